"""Decisions by themselves: facts, and what a series of decisions comes to."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.decisions import (
    STATUS_AFTER,
    Action,
    Content,
    Decision,
    Place,
    Subject,
    content_of,
    facts_of,
    place_of,
    replay,
)
from schemas.errors import UsageError
from schemas.pages import BBox

FIGURE = Subject("figure", "f1")
DECIDING = ("accept", "correct", "reject")


def made(number: int, action: Action, *, of: int | None = None, needs_approval: bool = False) -> Decision:
    return Decision(
        number=number,
        at=datetime(2026, 1, 1, tzinfo=UTC),
        who="ann",
        action=action,
        subject=FIGURE,
        saw="",
        before=(),
        after=(),
        why="",
        of=of,
        needs_approval=needs_approval,
        evidence="",
        previous="",
        hash="",
    )


@given(st.lists(st.sampled_from([*DECIDING, "undo", "comment"])))
def test_without_approval_the_last_decision_that_was_not_undone_is_in_force(actions: list[Action]) -> None:
    stack: list[Decision] = []
    decisions: list[Decision] = []
    for number, action in enumerate(actions, start=1):
        if action == "undo":
            if not stack:
                continue
            decisions.append(made(number, "undo", of=stack.pop().number))
        else:
            decisions.append(made(number, action))
            if action in DECIDING:
                stack.append(decisions[-1])
    standing = replay(FIGURE, decisions)
    assert standing.in_force == (stack[-1] if stack else None)
    assert standing.status == (STATUS_AFTER[stack[-1].action] if stack else "open")
    assert standing.pending is None
    assert standing.comments == [d.action for d in decisions].count("comment")


@given(st.lists(st.sampled_from(["correct", "accept", "approve", "undo"])))
def test_what_waits_never_counts_and_what_counts_never_waits(actions: list[Action]) -> None:
    decisions: list[Decision] = []
    for number, action in enumerate(actions, start=1):
        now = replay(FIGURE, decisions)
        if action in DECIDING and now.pending is None:
            decisions.append(made(number, action, needs_approval=action == "correct"))
        elif action == "approve" and now.pending:
            decisions.append(made(number, action, of=now.pending.number))
        elif action == "undo" and (about := now.pending or now.in_force):
            waits = now.pending is None and about.action == "correct"
            decisions.append(made(number, action, of=about.number, needs_approval=waits))
        after = replay(FIGURE, decisions)
        approved = {one.of for one in decisions if one.action == "approve"}
        if after.in_force is not None:
            assert not after.in_force.needs_approval or after.in_force.number in approved
            assert after.pending is None or after.pending.number > after.in_force.number
        if after.pending is not None:
            assert after.pending.needs_approval
            assert after.pending.number not in approved


texts = st.text(min_size=1, max_size=8)


@given(
    st.decimals(allow_nan=False, allow_infinity=False) | st.none(),
    st.dictionaries(st.sampled_from(["stage", "team", "outcome"]), texts),
    st.sampled_from(["2014/15", "2019/20 H1", "2015-03-31", None]),
)
def test_what_a_figure_says_comes_back_from_its_facts(
    value: Decimal | None, dims: dict[str, str], period: str | None
) -> None:
    said = Content(
        value=value, measure="complaints", statistic="count", dims=tuple(sorted(dims.items())), unit="count", period=period
    )  # fmt: skip
    back = content_of(said.facts())
    assert back == said
    assert str(back.value) == str(value), "no digit is lost"


def test_a_place_comes_back_from_its_facts() -> None:
    place = Place(document_sha256="ab" * 32, page=3, bbox=BBox(1.25, 2, 30.5, 4), printed="17 ")
    assert place_of(place.facts()) == place


@pytest.mark.parametrize("missing", ["document_sha256", "page", "bbox", "printed"])
def test_half_a_place_is_none(missing: str) -> None:
    place = Place(document_sha256="ab" * 32, page=3, bbox=BBox(1, 2, 3, 4), printed="17")
    with pytest.raises(UsageError, match="needs its document, page"):
        place_of(facts_of({**dict(place.facts()), missing: None}))


@pytest.mark.parametrize(
    "box", ["nan 0 1 1", "0 0 inf 1", "5 0 1 1", "0 5 1 1", "-1 0 1 1", "0 0 1", "0 0 1 1 1", "a b c d", ""]
)
def test_a_box_that_is_none_is_refused(box: str) -> None:
    place = Place(document_sha256="ab" * 32, page=3, bbox=BBox(1, 2, 3, 4), printed="17")
    with pytest.raises(UsageError, match="needs its document, page"):
        place_of(facts_of({**dict(place.facts()), "bbox": box}))
