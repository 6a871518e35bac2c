"""The chain of decisions: nobody can change it unnoticed, and two processes at once make one chain, not two."""

import multiprocessing
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DatabaseError

from pipeline.decisions import all_decisions, history, record, standing_of
from pipeline.decisions.chain import GENESIS, prove_records, record_hash
from pipeline.decisions.verify import verify
from pipeline.store.database import Store, open_store
from pipeline.store.tables import decisions, figures
from schemas.decisions import Asked, ConflictError, Decision, Subject, replay
from schemas.errors import UsageError
from tests.pipeline.conftest import run_import
from tests.pipeline.decisions.deciding import corrected, decide, figure, look


@pytest.fixture
def council(store: Store, archive: Path) -> Store:
    """A store with five decisions on three figures."""
    (archive / "a.txt").write_text("75 58 17")
    run_import(store, archive)
    decide(store, "ann", "accept", figure(store, "75"))
    decide(store, "bob", "correct", figure(store, "58"), corrected(store, figure(store, "58"), value="59"))
    decide(store, "ann", "comment", figure(store, "58"), why="Odd.")
    decide(store, "ann", "undo", figure(store, "58"))
    decide(store, "bob", "reject", figure(store, "17"))
    return store


def test_a_chain_that_nobody_touched_is_whole(council: Store) -> None:
    with council.reading() as connection:
        verified = verify(connection)
        made = list(all_decisions(connection))
    assert (verified.count, verified.problem, verified.broken_at) == (5, "", None)
    assert [d.previous for d in made] == [GENESIS, *(d.hash for d in made[:-1])]
    assert verified.head == made[-1].hash


@pytest.mark.parametrize("statement", ["UPDATE decisions SET why = 'x'", "DELETE FROM decisions WHERE number = 5"])
def test_the_database_refuses_to_change_records(statement: str, council: Store) -> None:
    with pytest.raises(DatabaseError, match="only added"), council.writing() as connection:
        connection.execute(text(statement))


def _unlock(connection: Connection) -> None:
    """What somebody would do who may change the database's schema."""
    if connection.dialect.name == "sqlite":
        for name in ("decisions_no_update", "decisions_no_delete"):
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    else:
        connection.execute(text("DROP TRIGGER decisions_no_change ON decisions"))
        connection.execute(text("ALTER TABLE standings DROP CONSTRAINT standings_in_force_fkey"))
        connection.execute(text("ALTER TABLE standings DROP CONSTRAINT standings_pending_fkey"))


@pytest.mark.parametrize(
    ("tampering", "number", "words"),
    [
        ("UPDATE decisions SET why = 'seen on the page' WHERE number = 2", 2, "was changed"),
        ("UPDATE decisions SET who = 'ann' WHERE number = 5", 5, "was changed"),
        ("UPDATE decisions SET at = '2020' || substr(at, 5) WHERE number = 3", 3, "was changed"),
        ("UPDATE decisions SET after = replace(after, '59', '60') WHERE number = 2", 2, "was changed"),
        ("UPDATE decisions SET of = 1 WHERE number = 4", 4, "was changed"),
        ("DELETE FROM decisions WHERE number = 3", 4, "record 3 is missing"),
        ("DELETE FROM decisions WHERE number = 1", 2, "record 1 is missing"),
        ("UPDATE standings SET status = 'accepted' WHERE subject_kind = 'figure' AND last = 5", 5, "is kept of"),
        ("DELETE FROM standings WHERE last = 4", 4, "is kept of"),
        ("INSERT INTO standings (subject_kind, subject_id, status, comments, last, suspected) VALUES ('figure', 'f', 'accepted', 0, 0, false)",
         None, "nobody decided"),
    ],
)  # fmt: skip
def test_tampering_is_named(tampering: str, number: int | None, words: str, council: Store) -> None:
    with council.writing() as connection:
        _unlock(connection)
        if tampering.startswith("DELETE FROM decisions") and connection.dialect.name == "sqlite":
            connection.execute(text("UPDATE standings SET in_force = NULL, pending = NULL"))
        connection.execute(text(tampering))
    with council.reading() as connection:
        verified = verify(connection)
    assert verified.broken_at == number
    assert words in verified.problem


def test_a_record_that_was_made_anew_with_its_hash_does_not_fit_the_next(council: Store) -> None:
    with council.writing() as connection:
        _unlock(connection)
        row = dict(connection.execute(select(decisions).where(decisions.c.number == 2)).mappings().one())
        row["why"] = "forged"
        new = {"why": "forged", "hash": record_hash(row)}
        connection.execute(decisions.update().where(decisions.c.number == 2).values(new))
    with council.reading() as connection:
        verified = verify(connection)
    assert (verified.broken_at, verified.count) == (3, 2)
    assert "does not follow" in verified.problem


def test_records_cut_off_at_the_end_are_missed_by_who_noted_the_last_down(council: Store) -> None:
    subject = figure(council, "17")
    with council.reading() as connection:
        before = verify(connection)
    noted = f"{before.count}:{before.head}"
    with council.writing() as connection:
        _unlock(connection)
        connection.execute(text("DELETE FROM standings WHERE last = 5"))
        connection.execute(text("DELETE FROM decisions WHERE number = 5"))
    with council.reading() as connection:
        assert verify(connection).problem == ""
        verified = verify(connection, noted)
    assert (verified.broken_at, "not there any more" in verified.problem) == (5, True)
    decide(council, "bob", "accept", subject)
    with council.reading() as connection:
        assert "is another" in verify(connection, noted).problem
        with pytest.raises(UsageError, match="number and hash"):
            verify(connection, "the last one")


def _record(number: int, previous: str, why: str) -> dict[str, object]:
    names = ("at", "who", "action", "subject_kind", "subject_id", "saw", "before", "after", "evidence")
    row: dict[str, object] = dict.fromkeys(names, "") | {
        "number": number,
        "why": why,
        "of": None,
        "needs_approval": False,
    }
    row |= {"previous": previous}
    return row | {"hash": record_hash(row)}


@given(st.lists(st.text(), min_size=1, max_size=8), st.data())
def test_any_change_of_any_record_is_found_at_that_record(whys: list[str], data: st.DataObject) -> None:
    records: list[dict[str, object]] = []
    for number, why in enumerate(whys, start=1):
        previous = str(records[-1]["hash"]) if records else GENESIS
        records.append(_record(number, previous, why))
    assert prove_records(records).problem == ""
    victim = data.draw(st.sampled_from(records))
    name = data.draw(
        st.sampled_from(["who", "why", "before", "after", "evidence", "action", "subject_id", "at", "saw"])
    )
    victim[name] = f"{victim[name]}!"
    assert prove_records(records).broken_at == victim["number"]


def _decide_much(location: str, blobs: str, who: str, ids: list[str], ready: Callable[[], object]) -> None:
    """A second auditor, in a process of their own: accepts every figure, looking again when somebody else was quicker."""
    store = open_store(location, blobs)
    ready()
    for figure_id in ids * 3:
        subject = Subject("figure", figure_id)
        while True:
            with store.reading() as connection:
                saw = standing_of(connection, subject).token
            try:
                record(store, Asked(who=who, action="accept", subject=subject, saw=saw))
            except ConflictError as conflict:
                assert conflict.others
            else:
                break
    store.close()


def test_two_processes_make_one_chain_and_lose_nothing(store: Store, archive: Path) -> None:
    (archive / "a.txt").write_text(" ".join(str(100 + i) for i in range(8)))
    run_import(store, archive)
    with store.reading() as connection:
        ids = list(connection.scalars(select(figures.c.figure_id).order_by(figures.c.position)))
    location = store.engine.url.render_as_string(hide_password=False)
    where = location.removeprefix("sqlite:///").removesuffix("/crossfoot.db")
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(2)
    people = [
        context.Process(target=_decide_much, args=(where, str(store.blobs.root), who, ids, barrier.wait))
        for who in ("ann", "bob")
    ]
    for person in people:
        person.start()
    for person in people:
        person.join(120)
    assert [person.exitcode for person in people] == [0, 0]
    with store.reading() as connection:
        verified = verify(connection)
        assert (verified.count, verified.problem) == (2 * 3 * len(ids), "")
        for figure_id in ids:
            subject = Subject("figure", figure_id)
            made = history(connection, subject)
            assert sorted(d.who for d in made) == ["ann"] * 3 + ["bob"] * 3
            _assert_each_saw_the_one_before(made)
    assert look(store, Subject("figure", ids[0])).last == max(d.number for d in history_of(store, ids[0]))


def history_of(store: Store, figure_id: str) -> tuple[Decision, ...]:
    with store.reading() as connection:
        return history(connection, Subject("figure", figure_id))


def _assert_each_saw_the_one_before(made: tuple[Decision, ...]) -> None:
    seen = [int(decision.saw.partition("-")[0]) for decision in made]
    assert seen == [0, *(decision.number for decision in made[:-1])]


def test_what_stands_is_what_the_decisions_come_to(council: Store) -> None:
    subject = figure(council, "58")
    with council.reading() as connection:
        replayed = replay(subject, history(connection, subject))
    assert (replayed.status, replayed.comments, replayed.last) == ("open", 1, 4)
