"""Differences that are ours: what one paper says of a whole, the other seems to say of a part.

"35 upheld" of a sentence that lost its "at Stage 1" differs from last year's 40 upheld in all; but last year's report gives 35 upheld at
Stage 1 as well. Its own words for it are the proof that the two papers agree.
"""

from collections.abc import Iterable, Mapping, Sequence

from pipeline.reconcile.across.compare import Pair, size_of
from pipeline.reconcile.across.statements import Slot, Slots, Statement, Subject
from schemas.periods import Period

# Smaller numbers than this are those of a whole and of its part by chance.
_SMALL = 10

Place = tuple[Slot, Pair]
_Kind = tuple[str, str, str, str, Period]


def echoes(pairs: Sequence[Place], slots: Slots) -> Sequence[Place]:
    """The pairs that differ in a word that was lost or added, not in what their papers say.

    Those of one kind are judged together: between the same two papers, of the same measure and period.
    """
    if not pairs:
        return ()
    told = _told(slots, {_kind(slot) for slot, _ in pairs})
    together: dict[tuple[object, ...], list[Place]] = {}
    for slot, pair in pairs:
        papers = pair.one.paper.number, pair.other.paper.number
        together.setdefault((papers, _kind(slot)), []).append((slot, pair))
    found: list[Place] = []
    for alike in together.values():
        large = [(s, p) for s, p in alike if max(size_of(p.one), size_of(p.other)) >= _SMALL]
        echoed = [(s, p) for s, p in large if _is_echoed(s, p, told)]
        found += alike if echoed and 2 * len(echoed) >= len(large) else []
    return found


def _is_echoed(slot: Slot, pair: Pair, told: Mapping[_Kind, Sequence[tuple[Subject, Statement]]]) -> bool:
    """Whether one of the two papers gives the other's number for a breakdown with one word more, or one less."""
    return any(
        statement.paper is theirs.paper and statement.figure.value == value.figure.value and _one_word_apart(subject, slot[0])
        for value, theirs in ((pair.one, pair.other), (pair.other, pair.one))
        if size_of(value) >= _SMALL
        for subject, statement in told[_kind(slot)]
    )  # fmt: skip


def _one_word_apart(one: Subject, other: Subject) -> bool:
    first, second = ({*subject.coded, *subject.names} for subject in (one, other))
    return len(first ^ second) == 1


def _told(slots: Slots, kinds: Iterable[_Kind]) -> Mapping[_Kind, Sequence[tuple[Subject, Statement]]]:
    found: dict[_Kind, list[tuple[Subject, Statement]]] = {kind: [] for kind in kinds}
    for slot, of in slots.items():
        if (known := found.get(_kind(slot))) is not None:
            known.extend((slot[0], s) for s in of)
    return found


def _kind(slot: Slot) -> _Kind:
    subject, period = slot
    return subject.measure, subject.statistic, subject.unit, subject.service, period
