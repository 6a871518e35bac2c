"""Every observation with its statements held against each other: who agrees with whom, and why those who do not, do not."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from pipeline.reconcile.across.compare import Pair, Said, compare, meet
from pipeline.reconcile.across.echoes import echoes
from pipeline.reconcile.across.explain import Archive, Explanation, explain, restating_note
from pipeline.reconcile.across.retold import retold
from pipeline.reconcile.across.statements import Slot, Statement, by_paper
from pipeline.reconcile.observations import is_reliable
from schemas.findings import FindingKind
from schemas.series import Agreement, Status

Inside = Mapping[str, tuple[tuple[FindingKind, tuple[str, ...]], ...]]
"""Findings within one document, by each figure that they are about: their kind, and the ids of all their figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Two papers that differ on an observation, and why. The first statement of the pair is that of the period's own report, or the earlier one.

    `again` are statements of later papers that say what the second says.
    """

    slot: Slot
    pair: Pair
    explanation: Explanation
    again: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One observation: its statements, the earliest paper first, each with how it agrees with the reference."""

    slot: Slot
    statements: tuple[Statement, ...]
    agreements: tuple[Agreement, ...]
    status: Status


def reference_of(papers: Mapping[int, Said], slot: Slot) -> Said:
    """The paper that the others are held against: the period's own report, if it says one thing that can be read, or else the first that does."""
    said = list(papers.values())
    own = [s for s in said if s.statements[0].paper.vintage(slot[1]) == "own"]
    return next((s for s in (*own, *said) if s.principal is not None), (own or said)[0])


def disagreements(archive: Archive) -> tuple[Disagreement, ...]:
    """Everything on which two papers differ; one for each value, however many papers repeat it."""
    pairs = [(slot, pair) for slot, of in archive.slots.items() for pair in _pairs(slot, of)]
    known = {(slot, pair.other.paper.number) for slot, pair in pairs}
    pairs += [(slot, pair) for slot, pair in retold(archive.slots) if (slot, pair.other.paper.number) not in known]
    ours = echoes([of for of in pairs if not _is_said(of[1])], archive.slots)
    pairs = [of for of in pairs if of not in ours]
    moved = Counter(_kind_of_move(slot, pair) for slot, pair in pairs)
    by_value: dict[tuple[Slot, object], list[Pair]] = {}
    for slot, pair in pairs:
        by_value.setdefault((slot, pair.other.figure.value), []).append(pair)
    found = []
    for (slot, _), (pair, *others) in by_value.items():
        involved = {pair.one.paper.number, pair.other.paper.number, *(other.other.paper.number for other in others)}
        third = [s for s in archive.slots[slot] if s.paper.number not in involved]
        explanation = explain(pair, slot, third, moved[_kind_of_move(slot, pair)], archive)
        again = tuple(other.other for other in others)
        found.append(Disagreement(slot=slot, pair=pair, explanation=explanation, again=again))
    return tuple(found)


def _pairs(slot: Slot, statements: Sequence[Statement]) -> Iterator[Pair]:
    """The reference with each other paper that differs from it."""
    if _one_value(statements) or all(s.paper is statements[0].paper for s in statements):
        return
    papers = {number: Said(of) for number, of in by_paper(statements).items()}
    reference = reference_of(papers, slot)
    for said in papers.values():
        if said is not reference:
            pair = _restated(reference, said) or compare(reference, said)[1]
            if pair is not None:
                yield pair


def _one_value(statements: Sequence[Statement]) -> bool:
    """Whether all say the same. Most observations are so, and need no closer look."""
    value = statements[0].figure.value
    return value is not None and all(s.figure.value == value for s in statements)


def _restated(reference: Said, said: Said) -> Pair | None:
    """The old value and the new one, where a paper gives both and says so."""
    notes = [note for note in said.statements[0].paper.notes if note.topic == "restated"]
    if not notes:
        return None
    for old in reference.statements:
        for new in said.statements:
            if (
                is_reliable(new.figure)
                and old.figure.value is not None
                and restating_note(old.figure, new.figure, notes)
            ):
                return Pair(old, new)
    return None


def _is_said(pair: Pair) -> bool:
    """Whether the later paper says itself that the figure was restated."""
    return restating_note(pair.one.figure, pair.other.figure, pair.other.paper.notes) is not None


def _kind_of_move(slot: Slot, pair: Pair) -> tuple[object, ...]:
    """Differences that may have one cause: between the same papers, of the same measure and period."""
    subject, period = slot
    return pair.one.paper.number, pair.other.paper.number, subject.measure, subject.statistic, period


def compared(archive: Archive, differing: Iterable[Disagreement], inside: Inside) -> Iterator[Compared]:
    """Every observation. `inside` are the findings within one document."""
    by_slot: dict[Slot, list[Disagreement]] = {}
    for one in differing:
        by_slot.setdefault(one.slot, []).append(one)
    for slot, of in archive.slots.items():
        against = by_slot.get(slot, [])
        kinds = {kind for s in of for kind, _ in inside.get(s.figure.figure_id, ())}
        if not against and _one_value(of):
            agreements = _all_agree(slot, of)
            yield Compared(
                slot=slot, statements=of, agreements=agreements, status=_status(of, agreements, set(), kinds)
            )
            continue
        reference = reference_of({n: Said(s) for n, s in by_paper(of).items()}, slot) if len(of) > 1 else Said(of)
        agreements = tuple(_agreement(s, reference, against) for s in of)
        also = {one.explanation.agreement for one in against if not any(s is one.pair.other for s in of)}
        yield Compared(slot=slot, statements=of, agreements=agreements, status=_status(of, agreements, also, kinds))


def _all_agree(slot: Slot, statements: Sequence[Statement]) -> tuple[Agreement, ...]:
    own = (s.paper for s in statements if s.paper.vintage(slot[1]) == "own" and is_reliable(s.figure))
    reference = next(own, statements[0].paper)
    return tuple("reference" if s.paper is reference else "agrees" for s in statements)


def _agreement(statement: Statement, reference: Said, against: Sequence[Disagreement]) -> Agreement:
    """How one statement agrees. Where the reference is likelier wrong, the slip is its own, and the other only contradicts it."""
    if statement.figure.value is None:
        return "unreadable"
    for one in against:
        wrong, kind = one.pair, one.explanation.agreement
        turned = kind in ("slip", "misread") and one.explanation.right is wrong.other
        if statement.paper is not wrong.one.paper and statement.figure.value == wrong.other.figure.value:
            return "conflicts" if turned else kind
        if turned and statement.paper is wrong.one.paper and statement.figure.value == wrong.one.figure.value:
            return kind
    if statement.paper is reference.statements[0].paper:
        principal = reference.principal
        same = principal is None or statement.figure.value == principal.figure.value
        return "reference" if same else "unlike"
    return next((met for s in reference.statements if (met := meet(statement, s))), "unlike")


def _status(
    statements: Sequence[Statement], agreements: Sequence[Agreement], also: Set[Agreement], inside: Set[FindingKind]
) -> Status:
    """What is to be thought of an observation; what matters most comes first.

    `also` are agreements with statements of other breakdowns, `inside` kinds of findings within one document.
    """
    given = also | set(agreements)
    if (
        "conflicting_statement" in inside
        or given & {"slip", "carried_forward"}
        or ("conflicts" in given and "misread" not in given)
    ):
        return "contradicted"
    if "restated_figure" in inside or given & {"restated", "restated_silently", "definition_changed"}:
        return "restated"
    sound = [
        s.paper.number
        for s, a in zip(statements, agreements, strict=True)
        if a not in ("unreadable", "unlike", "misread")
    ]
    if sound and given & {"unreadable", "misread"}:
        return "repaired"
    if len(set(sound)) > 1:
        return "agreed"
    return "single_sourced" if sound and "unlike" not in given else "unclear"
