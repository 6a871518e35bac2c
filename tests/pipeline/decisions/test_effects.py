"""What decisions do: to grades, findings, exports and series; and that reconciling and importing again keeps it so."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from pipeline import reconcile
from pipeline.decisions import added_figure, record
from pipeline.exports.rows import EXPORTS
from pipeline.reconcile.checks import check
from pipeline.review_plan import count_unchecked
from pipeline.store.database import Store
from pipeline.store.tables import documents, figures, findings
from schemas.decisions import Asked, Content, Subject, facts_of
from tests.pipeline import fakes
from tests.pipeline.conftest import run_import
from tests.pipeline.decisions.deciding import content, corrected, decide, figure, finding, look, observation, place

Again = Callable[[Store, Path], None]


def reconcile_again(store: Store, _archive: Path) -> None:
    reconcile.reconcile(store)


def import_again(store: Store, archive: Path) -> None:
    """Read every document anew, as a newer extractor would."""
    with store.writing() as connection:
        connection.execute(documents.update().values(read_as="an older extractor"))
    run_import(store, archive)


afterwards = pytest.mark.parametrize("again", [lambda store, archive: None, reconcile_again, import_again])


@pytest.fixture(autouse=True)
def _real_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.reconcile._check", lambda f, r, p, m: check(f, r, period=p, misprints=m))


@pytest.fixture
def council(store: Store, archive: Path) -> Store:
    """Two documents: in the first the parts do not make up the whole."""
    (archive / "a.txt").write_text("75 58 19")
    (archive / "b.txt").write_text("75 1234")
    run_import(store, archive)
    return store


def grade(store: Store, subject: Subject) -> str:
    with store.reading() as connection:
        return str(connection.execute(select(figures.c.grade).where(figures.c.figure_id == subject.id)).scalar_one())


def rows(store: Store, what: str) -> list[dict[str, Any]]:
    with store.reading() as connection:
        return [row.model_dump() for row in EXPORTS[what](connection)]


def exported(store: Store, subject: Subject) -> dict[str, Any] | None:
    return next((row for row in rows(store, "figures") if row["figure_id"] == subject.id), None)


@afterwards
def test_an_accepted_figure_is_proved(again: Again, council: Store, archive: Path) -> None:
    subject = figure(council, "58")
    assert grade(council, subject) == "doubtful"
    decide(council, "ann", "accept", subject)
    again(council, archive)
    row = exported(council, subject)
    assert row is not None
    assert (row["grade"], row["decision"], row["decided_value"], row["decided_by"]) == ("proved", "accepted", 58, "ann")


@afterwards
def test_undo_gives_the_grade_of_the_checks_back(again: Again, council: Store, archive: Path) -> None:
    subject = figure(council, "58")
    decide(council, "ann", "accept", subject)
    again(council, archive)
    decide(council, "ann", "undo", subject)
    assert grade(council, subject) == "doubtful"
    again(council, archive)
    assert grade(council, subject) == "doubtful"


@afterwards
def test_a_rejected_figure_leaves_figures_and_series_and_its_number_tells_why(
    again: Again, council: Store, archive: Path
) -> None:
    subject = figure(council, "1234")
    decide(council, "ann", "reject", subject, why="A telephone number.")
    again(council, archive)
    assert exported(council, subject) is None
    assert not [s for row in rows(council, "series") for s in row["statements"] if s["figure_id"] == subject.id]
    (mark,) = [mark for mark in rows(council, "marks") if mark["figure_ids"] == [subject.id]]
    assert mark["reason"] == "rejected as a figure by ann: A telephone number."


@afterwards
def test_a_corrected_figure_keeps_what_was_printed_and_has_what_was_decided(
    again: Again, council: Store, archive: Path
) -> None:
    subject = figure(council, "19")
    decide(council, "ann", "correct", subject, corrected(council, subject, value="17", measure="compliments"))
    again(council, archive)
    row = exported(council, subject)
    assert row is not None
    assert (row["raw_text"], row["value"], row["decided_value"], row["measure"]) == ("19", 19, 17, "compliments")
    assert (row["grade"], row["decision"], row["stale"]) == ("proved", "corrected", False)


def test_a_misreading_put_right_settles_the_finding(council: Store) -> None:
    subject = figure(council, "19")
    assert rows(council, "findings")
    decide(council, "ann", "correct", subject, corrected(council, subject, value="17"))
    reconcile.reconcile(council, only_new=True)
    assert rows(council, "findings") == []
    decide(council, "ann", "undo", subject)
    reconcile.reconcile(council, only_new=True)
    assert len(rows(council, "findings")) == 1


def test_a_misprint_stays_a_finding(council: Store) -> None:
    subject = figure(council, "19")
    before = rows(council, "findings")
    decide(council, "ann", "correct", subject, corrected(council, subject, value="17", cause="misprint"))
    reconcile.reconcile(council)
    assert rows(council, "findings") == before


@pytest.mark.parametrize("cause", ["misread", "misprint"])
def test_series_use_what_was_decided(cause: str, council: Store) -> None:
    subject = figure(council, "19")
    decide(council, "ann", "correct", subject, corrected(council, subject, value="17", cause=cause))
    reconcile.reconcile(council)
    (row,) = [r for r in rows(council, "series") for s in r["statements"] if s["figure_id"] == subject.id]
    (said,) = [s for s in row["statements"] if s["figure_id"] == subject.id]
    assert (said["value"], said["decided_value"], said["decision"]) == (19, 17, "corrected")


def test_a_corrected_period_moves_the_figure_in_its_series(council: Store) -> None:
    subject = figure(council, "1234")
    decide(council, "ann", "correct", subject, corrected(council, subject, period="2012/13"))
    reconcile.reconcile(council, only_new=True)
    (row,) = [r for r in rows(council, "series") for s in r["statements"] if s["figure_id"] == subject.id]
    assert (row["period"], row["value"]) == ("2012/13", 1234)


@afterwards
def test_an_added_figure_is_exported_as_added_by_whom(again: Again, council: Store, archive: Path) -> None:
    said = Content(
        value=content(council, figure(council, "58")).value,
        measure="compliments",
        statistic="count",
        unit="count",
        period="2014/15",
    )
    where = place(council, "a.txt", printed="58")
    subject = added_figure(where, said)
    decide(council, "ann", "add", subject, (*said.facts(), *where.facts()), why="In a picture.")
    again(council, archive)
    row = exported(council, subject)
    assert row is not None
    assert (row["document"], row["value"], row["method"]) == ("a.txt", 58, "added")
    assert (row["decision"], row["decided_by"], row["grade"], row["page"]) == ("added", "ann", "proved", 1)
    assert row["bbox"] == (300, 400, 310.5, 412)
    reconcile.reconcile(council, only_new=True)
    assert [r["value"] for r in rows(council, "series") if r["measure"] == "compliments"] == [58]
    decide(council, "bob", "correct", subject, corrected(council, subject, value="59"))
    assert exported(council, subject)["value"] == 59  # type: ignore[index]
    decide(council, "bob", "undo", subject)
    decide(council, "bob", "undo", subject)
    again(council, archive)
    reconcile.reconcile(council, only_new=True)
    assert exported(council, subject) is None
    assert not [r for r in rows(council, "series") if r["measure"] == "compliments"]


@afterwards
def test_findings_are_dismissed_and_stay_so(again: Again, council: Store, archive: Path) -> None:
    subject = finding(council)
    decide(council, "ann", "dismiss", subject, why="The parts may overlap.")
    again(council, archive)
    assert [row["status"] for row in rows(council, "findings")] == ["dismissed"]
    decide(council, "ann", "undo", subject)
    assert [row["status"] for row in rows(council, "findings")] == ["open"]


@afterwards
def test_a_decided_observation_has_its_value_and_why(again: Again, council: Store, archive: Path) -> None:
    subject = observation(council, dims="{}")
    decide(council, "ann", "decide", subject, facts_of({"value": "76"}), why="One was counted late.")
    again(council, archive)
    (row,) = [row for row in rows(council, "series") if row["observation_id"] == subject.id]
    assert (row["value"], row["policy"], row["why"], row["decided"]) == (76, "decision", "One was counted late.", 76)


def test_a_waiting_correction_changes_nothing_yet(council: Store) -> None:
    subject = figure(council, "1234")
    decide(council, "root", "set", Subject("setting", "second_approval"), facts_of({"value": "on"}))
    before = rows(council, "figures")
    decide(council, "ann", "reject", subject)
    reconcile.reconcile(council)
    assert rows(council, "figures") == before
    decide(council, "bob", "approve", subject)
    assert exported(council, subject) is None


def read_otherwise(content: bytes, **more: Any) -> Any:
    """A later extractor, which takes every number for a compliment."""
    from dataclasses import replace

    read = fakes.read_numbers(content, **more)
    changed = tuple(replace(f, measure="compliments") for f in read.reading.figures)
    return replace(read, reading=replace(read.reading, figures=changed))


def test_what_was_read_in_another_way_makes_a_decision_stale_but_not_forgotten(council: Store, archive: Path) -> None:
    subject = figure(council, "1234")
    decide(council, "ann", "accept", subject)
    with council.writing() as connection:
        connection.execute(documents.update().values(read_as="an older extractor"))
    run_import(council, archive, read=read_otherwise)
    standing = look(council, subject)
    assert (standing.status, standing.stale) == ("accepted", "changed")
    row = exported(council, subject)
    assert row is not None
    assert (row["grade"], row["stale"], row["measure"], row["decided_by"]) == ("doubtful", True, "complaints", "ann")
    decide(council, "bob", "accept", subject)
    assert look(council, subject).stale == ""
    assert grade(council, subject) == "proved"


def test_a_correction_that_is_now_read_so_is_not_stale(council: Store, archive: Path) -> None:
    subject = figure(council, "1234")
    decide(council, "ann", "correct", subject, corrected(council, subject, measure="compliments"))
    with council.writing() as connection:
        connection.execute(documents.update().values(read_as="an older extractor"))
    run_import(council, archive, read=read_otherwise)
    assert look(council, subject).stale == ""
    assert grade(council, subject) == "proved"


def test_decisions_on_what_is_gone_are_kept_and_told(council: Store, archive: Path) -> None:
    subject, added = figure(council, "1234"), place(council, "b.txt")
    said = Content(value=None, measure="complaints", statistic="count", unit="count", period=None)
    decide(council, "ann", "accept", subject)
    new = added_figure(added, said)
    decide(council, "ann", "add", new, (*said.facts(), ("value", "9"), *added.facts()))
    (archive / "b.txt").write_text("75 4321")
    run_import(council, archive)
    assert [look(council, one).stale for one in (subject, new)] == ["gone", "gone"]
    assert [row["stale"] for row in rows(council, "decisions")] == ["gone", "gone"]
    assert exported(council, new) is None
    (archive / "b.txt").write_text("75 1234")
    run_import(council, archive)
    assert [look(council, one).stale for one in (subject, new)] == ["", ""]
    assert exported(council, new) is not None


def test_a_decision_on_what_was_read_in_another_way_meanwhile_is_a_conflict(council: Store, archive: Path) -> None:
    from schemas.decisions import ConflictError

    subject = figure(council, "1234")
    seen = look(council, subject).token
    with council.writing() as connection:
        connection.execute(documents.update().values(read_as="an older extractor"))
    run_import(council, archive, read=read_otherwise)
    with pytest.raises(ConflictError, match="read in another way meanwhile") as caught:
        record(council, Asked(who="ann", action="accept", subject=subject, saw=seen))
    assert caught.value.others == ()


def test_findings_that_are_gone_leave_their_decisions(council: Store) -> None:
    subject, wrong = finding(council), figure(council, "19")
    decide(council, "ann", "accept", subject)
    decide(council, "ann", "correct", wrong, corrected(council, wrong, value="17"))
    reconcile.reconcile(council)
    with council.reading() as connection:
        assert connection.execute(select(findings)).all() == []
    assert (look(council, subject).status, look(council, subject).stale) == ("accepted", "gone")


def test_two_exports_are_the_same_to_the_byte(council: Store, tmp_path: Path) -> None:
    from pipeline.exports.writers import WRITERS, opened
    from schemas.exports import ROWS

    decide(council, "ann", "accept", figure(council, "58"))
    decide(council, "bob", "dismiss", finding(council), why='=HYPERLINK("x")')
    for what in ("decisions", "figures", "series"):
        for format, write in WRITERS.items():
            made = []
            for run in ("1", "2"):
                with council.reading() as connection, opened(str(tmp_path / run)) as target:
                    write(EXPORTS[what](connection), ROWS[what], target)
                made.append((tmp_path / run).read_bytes())
            assert made[0] == made[1], (what, format)


def read_faintly(content: bytes, **more: Any) -> Any:
    """An extractor that is sure of nothing."""
    from dataclasses import replace

    read = fakes.read_numbers(content, **more)
    doubtful = tuple(replace(f, grade="doubtful", confidence=0.4) for f in read.reading.figures)
    return replace(read, reading=replace(read.reading, figures=doubtful))


@pytest.mark.parametrize(("read", "unchecked"), [(fakes.read_numbers, 0), (read_faintly, 1)])
def test_what_a_person_confirms_is_checked_again_only_where_it_was_in_doubt(
    read: Any, unchecked: int, store: Store, archive: Path
) -> None:
    (archive / "a.txt").write_text("75 58 19")
    run_import(store, archive, read=read)
    decide(store, "ann", "accept", figure(store, "58"))
    with store.reading() as connection:
        assert count_unchecked(connection) == unchecked
