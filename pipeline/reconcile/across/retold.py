"""Restatements across breakdowns: a later report says "reported last year as 90", and last year's own report gives that 90 of Stage 1.

The words are the proof that the two are about one thing; the breakdown, which each report words in its own way, need only be compatible.
"""

from collections.abc import Iterator

from pipeline.reconcile.across.compare import Pair, near
from pipeline.reconcile.across.explain import restating_note
from pipeline.reconcile.across.statements import Slot, Slots, Statement, Subject
from pipeline.reconcile.observations import is_reliable
from schemas.periods import Period

_Kind = tuple[str, str, str, str, Period]


def retold(slots: Slots) -> Iterator[tuple[Slot, Pair]]:
    """Pairs of the old value in the report on its own period and the new one in a later report that says so, of differing breakdowns."""
    telling = [(slot, s) for slot, of in slots.items() for s in of if _may_restate(s)]
    if not telling:
        return
    own: dict[_Kind, list[tuple[Slot, Statement]]] = {}
    for slot, of in slots.items():
        own.setdefault(_kind(slot), []).extend((slot, s) for s in of if s.paper.vintage(slot[1]) == "own")
    seen: set[tuple[int, Slot]] = set()
    for slot, new in telling:
        olds = [
            (place, old) for place, old in own.get(_kind(slot), ()) if place != slot and _compatible(place[0], slot[0])
        ]
        for place, old in sorted(olds, key=lambda found: found[1].paper.order):
            told = old.paper is not new.paper and restating_note(old.figure, new.figure, new.paper.notes, by_year=False)
            if told and near(old, new) and (new.paper.number, place) not in seen:
                seen.add((new.paper.number, place))
                yield place, Pair(old, new)


def _may_restate(statement: Statement) -> bool:
    figure, paper = statement.figure, statement.paper
    if not is_reliable(figure) or figure.period is None or paper.vintage(figure.period) != "later":
        return False
    return any(note.topic == "restated" for note in paper.notes)


def _kind(slot: Slot) -> _Kind:
    subject, period = slot
    return subject.measure, subject.statistic, subject.unit, subject.service, period


def _compatible(one: Subject, other: Subject) -> bool:
    """Whether one breakdown says all that the other says."""
    first, second = ({*subject.coded, *subject.names} for subject in (one, other))
    return first <= second or second <= first
