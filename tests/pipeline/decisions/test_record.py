"""Recording decisions: what may be decided, what it comes to, and that nobody's decision is lost."""

from pathlib import Path

import pytest

from pipeline.decisions import added_figure, history, record
from pipeline.store.database import Store
from schemas.decisions import Asked, ConflictError, Content, NotAllowedError, Subject, content_of, facts_of
from schemas.errors import UsageError
from tests.pipeline.conftest import run_import
from tests.pipeline.decisions.deciding import content, corrected, decide, figure, look, observation, place


@pytest.fixture
def council(store: Store, archive: Path) -> Store:
    """A store of one document: 75, 58 and 17 complaints."""
    (archive / "a.txt").write_text("75 58 17")
    run_import(store, archive)
    return store


def test_a_figure_that_nobody_decided_on_is_open(council: Store) -> None:
    standing = look(council, figure(council, "75"))
    assert (standing.status, standing.in_force, standing.stale) == ("open", None, "")
    assert standing.token
    assert str(content_of(standing.now).value) == "75"


def test_a_decision_tells_who_what_before_after_and_why(council: Store) -> None:
    subject = figure(council, "75")
    seen = look(council, subject)
    made = decide(council, "ann", "correct", subject, corrected(council, subject, value="57"), why="The page says 57.")
    assert (made.number, made.who, made.action, made.subject) == (1, "ann", "correct", subject)
    assert (dict(made.before)["value"], dict(made.after)["value"]) == ("75", "57")
    assert (made.why, made.saw, made.of) == ("The page says 57.", seen.token, None)
    assert made.evidence
    standing = look(council, subject)
    assert (standing.status, standing.in_force, standing.read) == ("corrected", made, seen.read)


@pytest.mark.parametrize(("action", "status"), [("accept", "accepted"), ("reject", "rejected")])
def test_a_decision_is_what_stands(action: str, status: str, council: Store) -> None:
    subject = figure(council, "58")
    decide(council, "ann", action, subject)
    assert look(council, subject).status == status


def test_undo_gives_back_what_stood_before(council: Store) -> None:
    subject = figure(council, "75")
    first = decide(council, "ann", "accept", subject)
    second = decide(council, "bob", "correct", subject, corrected(council, subject, value="57"))
    undone = decide(council, "ann", "undo", subject)
    assert undone.of == second.number
    assert look(council, subject).in_force == first
    decide(council, "bob", "undo", subject)
    assert look(council, subject).status == "open"
    with pytest.raises(NotAllowedError, match="nothing to undo"):
        decide(council, "bob", "undo", subject)


def test_comments_change_nothing_but_are_kept(council: Store) -> None:
    subject = figure(council, "75")
    decide(council, "ann", "comment", subject, why="The scan is faint here.")
    standing = look(council, subject)
    assert (standing.status, standing.comments) == ("open", 1)
    with council.reading() as connection:
        assert [d.why for d in history(connection, subject)] == ["The scan is faint here."]


def test_who_has_not_seen_the_others_decision_gets_a_conflict_and_loses_nothing(council: Store) -> None:
    subject = figure(council, "75")
    seen = look(council, subject).token
    first = decide(council, "ann", "accept", subject)
    asked = Asked(who="bob", action="reject", subject=subject, saw=seen, why="A page number.")
    with pytest.raises(ConflictError, match="ann decided on this meanwhile") as caught:
        record(council, asked)
    assert caught.value.others == (first,)
    assert caught.value.standing.in_force == first
    with council.reading() as connection:
        assert history(connection, subject) == (first,)


def test_two_subjects_do_not_conflict(council: Store) -> None:
    one, other = figure(council, "75"), figure(council, "58")
    seen = look(council, other).token
    decide(council, "ann", "accept", one)
    record(council, Asked(who="bob", action="accept", subject=other, saw=seen))


def test_with_second_approval_a_correction_waits_for_another_person(council: Store) -> None:
    setting, subject = Subject("setting", "second_approval"), figure(council, "75")
    decide(council, "root", "set", setting, facts_of({"value": "on"}))
    waiting = decide(council, "ann", "correct", subject, corrected(council, subject, value="57"))
    standing = look(council, subject)
    assert (standing.status, standing.pending) == ("open", waiting)
    assert str(content(council, subject).value) == "75"
    with pytest.raises(NotAllowedError, match="second person"):
        decide(council, "ann", "approve", subject)
    with pytest.raises(NotAllowedError, match="waits for a second person"):
        decide(council, "bob", "accept", subject)
    approved = decide(council, "bob", "approve", subject)
    assert approved.of == waiting.number
    standing = look(council, subject)
    assert (standing.status, standing.pending) == ("corrected", None)
    assert str(content(council, subject).value) == "57"


def test_what_was_decided_before_second_approval_stays_in_force(council: Store) -> None:
    subject = figure(council, "75")
    decide(council, "ann", "reject", subject)
    decide(council, "root", "set", Subject("setting", "second_approval"), facts_of({"value": "on"}))
    assert look(council, subject).status == "rejected"
    decide(council, "ann", "accept", figure(council, "58"))
    assert look(council, figure(council, "58")).status == "accepted"


def test_undoing_what_was_approved_waits_for_another_person_too(council: Store) -> None:
    subject = figure(council, "75")
    decide(council, "root", "set", Subject("setting", "second_approval"), facts_of({"value": "on"}))
    decide(council, "ann", "reject", subject)
    approved = decide(council, "bob", "approve", subject)
    undone = decide(council, "bob", "undo", subject)
    assert (undone.needs_approval, look(council, subject).status, look(council, subject).pending) == (
        True,
        "rejected",
        undone,
    )
    with pytest.raises(NotAllowedError, match="second person"):
        decide(council, "bob", "approve", subject)
    kept = decide(council, "ann", "undo", subject)
    assert (kept.of, kept.needs_approval) == (undone.number, False)
    assert (look(council, subject).status, look(council, subject).pending) == ("rejected", None)
    decide(council, "ann", "undo", subject)
    decide(council, "bob", "approve", subject)
    assert (look(council, subject).status, look(council, subject).pending) == ("open", None)
    assert approved.of == 2


def test_who_disagrees_with_a_waiting_correction_undoes_it(council: Store) -> None:
    subject = figure(council, "75")
    decide(council, "root", "set", Subject("setting", "second_approval"), facts_of({"value": "on"}))
    decide(council, "ann", "reject", subject)
    decide(council, "bob", "undo", subject)
    assert (look(council, subject).status, look(council, subject).pending) == ("open", None)


def test_a_missing_figure_is_added_with_its_place(council: Store) -> None:
    said = Content(
        value=content(council, figure(council, "17")).value, measure="compliments", statistic="count", unit="count", period="2014/15"
    )  # fmt: skip
    where = place(council, "a.txt", printed="17")
    subject = added_figure(where, said)
    assert look(council, subject).token == ""
    decide(council, "ann", "add", subject, (*said.facts(), *where.facts()))
    standing = look(council, subject)
    assert (standing.status, standing.stale) == ("added", "")
    assert content_of(standing.now) == said
    with pytest.raises(NotAllowedError, match="there already"):
        decide(council, "bob", "add", subject, (*said.facts(), *where.facts()))
    decide(council, "bob", "correct", subject, corrected(council, subject, value="18"))
    decide(council, "bob", "reject", subject)
    decide(council, "bob", "undo", subject)
    assert str(content(council, subject).value) == "18"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"page": "2"}, "page of the added figure is not in the store"),
        ({"document_sha256": "00"}, "page of the added figure is not in the store"),
        ({"bbox": "300 400 9999 412"}, "does not fit"),
        ({"printed": "9" * 2_001}, "does not fit"),
        ({"value": None}, "needs a value"),
        ({"page": "0"}, "needs its document, page"),
    ],
)
def test_a_figure_is_added_only_where_there_is_a_page(
    change: dict[str, str | None], words: str, council: Store
) -> None:
    said, where = content(council, figure(council, "17")), place(council, "a.txt")
    subject = added_figure(where, said)
    asked = facts_of({**dict(said.facts()), **dict(where.facts()), **change})
    with pytest.raises((NotAllowedError, UsageError), match=words):
        decide(council, "ann", "add", subject, asked)


def test_an_observation_is_given_a_value(council: Store) -> None:
    subject = observation(council, dims="{}")
    decide(council, "ann", "decide", subject, facts_of({"value": "76"}))
    assert dict(look(council, subject).now) == {"value": "76"}


@pytest.mark.parametrize(
    ("action", "after", "why", "words"),
    [
        ("correct", {}, "", "reason"),
        ("correct", {"measure": None}, "because", "needs its measure"),
        ("correct", {"value": "much"}, "because", "not a number"),
        ("correct", {"value": "nan"}, "because", "not a number"),
        ("correct", {"measure": "penguins"}, "because", "no measure penguins"),
        ("correct", {"dims.stage": "9"}, "because", "stage is one of"),
        ("correct", {"dims.colour": "red"}, "because", "no dimension colour"),
        ("correct", {"cause": "misprint"}, "because", "says what the figure says already"),
        ("correct", {"period": "last year"}, "because", "not the code of a period"),
        ("correct", {"cause": "mischief"}, "because", "misreading or a misprint"),
        ("dismiss", {}, "because", "Nobody can dismiss a figure"),
        ("comment", {}, "x" * 2_001, "longer than"),
    ],
)
def test_what_makes_no_sense_is_refused(
    action: str, after: dict[str, str | None], why: str, words: str, council: Store
) -> None:
    subject = figure(council, "75")
    said = corrected(council, subject)
    asked = facts_of({**dict(said), **after})
    with pytest.raises(UsageError, match=words):
        decide(council, "ann", action, subject, asked, why=why)
    assert look(council, subject).last == 0


def test_what_is_not_in_the_store_cannot_be_decided_on(council: Store) -> None:
    with pytest.raises(NotAllowedError, match="There is no figure nonesuch"):
        decide(council, "ann", "accept", Subject("figure", "nonesuch"))
