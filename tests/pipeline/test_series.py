"""Series in the store: kept for both databases, the same whatever the order of imports, and new only where a document is."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from pipeline import reconcile
from pipeline.exports.rows import EXPORTS
from pipeline.exports.series import SeriesFilter, series_rows
from pipeline.exports.writers import write_jsonl
from pipeline.store.database import Store, open_store
from pipeline.store.queries import imported
from pipeline.store.tables import figures, findings, observations, reconciled
from schemas.exports import ROWS, SeriesRow
from schemas.policies import Policy
from tests.pipeline.conftest import run_import

# The stand-in reader makes every number a count of complaints in 2014/15; the folder names the council.
PAPERS = (
    ("leeds/a.txt", "75 58", "2014/15"),
    ("leeds/b.txt", "76 58", "2015/16"),
    ("leeds/c.txt", "75 and 58", "2016/17"),
)


def fill(store: Store, archive: Path, papers: Sequence[tuple[str, str, str]] = PAPERS) -> None:
    """Import papers, each about a period of its own."""
    for name, text, period in papers:
        (archive / name).parent.mkdir(exist_ok=True)
        (archive / name).write_text(text)
        run_import(store, archive / name, period=period, authority=name.partition("/")[0])


def rows(store: Store, policy: Policy | None = None, chosen: SeriesFilter | None = None) -> list[SeriesRow]:
    with store.reading() as connection:
        return list(series_rows(connection, policy, chosen))


def exported(store: Store) -> bytes:
    made = io.BytesIO()
    with store.reading() as connection:
        for what in ("figures", "findings", "series", "checklist"):
            write_jsonl(EXPORTS[what](connection), ROWS[what], made)
    return made.getvalue()


def test_import_ends_with_series(store: Store, archive: Path) -> None:
    fill(store, archive)
    total, part = rows(store)
    assert (total.period, total.value, total.status, total.document) == ("2014/15", 75, "contradicted", "a.txt")
    assert [(s.document, s.value, s.vintage, s.agreement) for s in total.statements] == [
        ("a.txt", 75, "own", "reference"),
        ("b.txt", 76, "later", "slip"),
        ("c.txt", 75, "later", "agrees"),
    ]
    assert (part.dims, part.status, part.first_document, part.last_document) == (
        {"stage": "1"},
        "agreed",
        "a.txt",
        "c.txt",
    )


def test_finding_across_documents_names_them_all(store: Store, archive: Path) -> None:
    fill(store, archive)
    with store.reading() as connection:
        (finding,) = EXPORTS["findings"](connection)
        by_id = {f.figure_id: f for f in EXPORTS["figures"](connection)}
    assert finding.model_dump()["documents"] == ["b.txt", "a.txt", "c.txt"]
    assert "a.txt (page 1) gives 75 and b.txt (page 1) gives 76" in finding.model_dump()["message"]
    assert [by_id[i].model_dump()["grade"] for i in finding.model_dump()["figure_ids"]] == [
        "doubtful",
        "proved",
        "proved",
    ]


def test_policy_chooses_the_value(store: Store, archive: Path) -> None:
    fill(store, archive, PAPERS[:2])
    chosen = SeriesFilter(status="restated")
    assert [r.value for r in rows(store, chosen=chosen)] == [75]
    assert [(r.value, r.document) for r in rows(store, Policy(default="latest"), chosen)] == [(76, "b.txt")]
    (row,) = rows(store, chosen=SeriesFilter(id=rows(store, chosen=chosen)[0].observation_id[:8]))
    decided = Policy.model_validate(
        {"default": "decision", "decisions": {row.observation_id: {"value": 74, "why": "seen"}}}
    )
    assert [(r.value, r.decided, r.why) for r in rows(store, decided, chosen)] == [(74, 74, "seen")]


@pytest.mark.parametrize(("chosen", "count"), [
    (SeriesFilter(), 2),
    (SeriesFilter(authority="LEE"), 2),
    (SeriesFilter(authority="york"), 0),
    (SeriesFilter(measure="complaints", year="2014"), 2),
    (SeriesFilter(measure="compliments"), 0),
    (SeriesFilter(year="2015"), 0),
    (SeriesFilter(status="agreed"), 1),
    (SeriesFilter(id="no%such"), 0),
])  # fmt: skip
def test_filters(chosen: SeriesFilter, count: int, sqlite_store: Store, archive: Path) -> None:
    fill(sqlite_store, archive)
    assert len(rows(sqlite_store, chosen=chosen)) == count


def test_order_of_import_changes_nothing(tmp_path: Path, archive: Path) -> None:
    papers = (*PAPERS, ("york/d.txt", "9 8 1", "2014/15"), ("leeds/e.txt", "77 3", "2014/15"))
    exports = []
    for name, order in (("one", papers), ("two", papers[::-1])):
        store = open_store(str(tmp_path / name), create=True)
        fill(store, archive, order)
        exports.append(exported(store))
        store.close()
    assert exports[0] == exports[1]


def test_both_databases_keep_the_same(sqlite_store: Store, postgres_url: str, tmp_path: Path, archive: Path) -> None:
    other = open_store(postgres_url, str(tmp_path / "blobs"), create=True)
    for store in (sqlite_store, other):
        fill(store, archive)
    assert exported(sqlite_store) == exported(other)
    other.close()


def test_reconciling_again_changes_nothing(store: Store, archive: Path) -> None:
    fill(store, archive)
    before = exported(store)
    reconcile.reconcile(store)
    assert exported(store) == before


def test_document_that_is_imported_twice_changes_nothing(store: Store, archive: Path) -> None:
    fill(store, archive)
    before = exported(store)
    fill(store, archive, [("leeds/b.txt", "76 58", "2015/16")])
    (archive / "leeds" / "zz copy.txt").write_text("76 58")
    run_import(store, archive / "leeds" / "zz copy.txt", period="2015/16", authority="leeds")
    assert exported(store) == before


def test_only_councils_with_something_new_are_compared(
    sqlite_store: Store, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(sqlite_store, archive, (*PAPERS, ("york/d.txt", "9 8 1", "2014/15")))
    from pipeline.reconcile.across import keeping

    seen: list[str] = []
    compare = keeping.compare_scope
    monkeypatch.setattr(keeping, "compare_scope", lambda store, part: (seen.append(part[0]), compare(store, part))[1])
    fill(sqlite_store, archive, [("york/d.txt", "9 8 1", "2014/15")])
    assert seen == []
    fill(sqlite_store, archive, [("york/e.txt", "9 8", "2015/16")])
    assert seen == ["york"]


def test_document_that_is_gone_leaves_no_trace(store: Store, archive: Path) -> None:
    fill(store, archive, PAPERS[:1])
    before = exported(store)
    fill(store, archive, PAPERS[1:2])
    assert exported(store) != before
    (archive / "leeds" / "b.txt").write_text("75 and 58")
    run_import(store, archive / "leeds" / "b.txt", period="2014/15", authority="leeds")
    assert exported(store).count(b'"status":"restated"') == 0
    (archive / "leeds" / "a.txt").write_text("")
    (archive / "leeds" / "b.txt").write_text("")
    run_import(store, archive / "leeds", authority="leeds", period="2014/15")
    with store.reading() as connection:
        for table in (observations, findings, reconciled, figures):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 0


def test_documents_of_no_known_council_are_not_compared(sqlite_store: Store, archive: Path) -> None:
    for name, text, period in (("a.txt", "75 58", "2014/15"), ("b.txt", "76 58", "2015/16")):
        (archive / name).write_text(text)
        run_import(sqlite_store, archive / name, period=period)
    with sqlite_store.writing() as connection:
        from pipeline.store.tables import documents

        connection.execute(update(documents).values(authority=None))
    reconcile.reconcile(sqlite_store)
    assert {(r.authority, r.status) for r in rows(sqlite_store)} == {(None, "single_sourced")}
    assert len({r.series_id for r in rows(sqlite_store)}) == 4


def test_councils_that_succeeded_each_other_stay_apart_and_are_linked(sqlite_store: Store, archive: Path) -> None:
    old, new = "Bournemouth Borough Council", "Bournemouth, Christchurch and Poole Council"
    for name, text, council in (("a.txt", "75 58", old), ("b.txt", "75 and 58", new)):
        (archive / name).write_text(text)
        run_import(sqlite_store, archive / name, period="2014/15", authority=council)
    linked = {(r.authority, tuple(r.predecessors), tuple(r.successors)) for r in rows(sqlite_store)}
    assert linked == {(old, (), (new,)), (new, (old,), ())}
    assert len({r.series_id for r in rows(sqlite_store)}) == 4


def test_many_documents_are_reconciled_in_processes_with_the_same_result(
    tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from benchmarks.scale import fill as fill_large

    monkeypatch.undo()  # other processes have the real checks
    exports = []
    for location, workers in ((str(tmp_path / "one"), 1), (str(tmp_path / "two"), 2), (postgres_url, 2)):
        store = open_store(location, str(tmp_path / "blobs"), create=True)
        fill_large(store, 2000)
        with monkeypatch.context() as context:
            context.setattr("pipeline.spreading._WORTH_IT", 10)
            reconcile.reconcile(store, workers=workers)
        with store.reading() as connection:
            assert all(d["checked"] for d in imported(connection))
        exports.append(exported(store))
        store.close()
    assert exports[0] == exports[1] == exports[2]
    assert b'"status":"agreed"' in exports[0]
