"""Why two papers differ: restated, misread, a slip, another year's value, another definition, or without a word."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pipeline.reconcile.across.compare import Pair, one_slip_apart, size_of
from pipeline.reconcile.across.statements import Slot, Slots, Statement, Subject, mentions
from pipeline.reconcile.texts import value_text
from pipeline.reconcile.verdicts import judge
from schemas.figures import Figure
from schemas.notes import Note
from schemas.relations import Relation
from schemas.series import Agreement

_POWER = Fraction(4, 5)
_SLIGHT, _MOST_RESTATED = 3, Fraction(1, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """What explanations are looked for in: all that the council's papers say; by the number of a paper its figures and its relations."""

    slots: Slots
    figures: Callable[[int], Mapping[str, Figure]]
    relations: Callable[[int], Sequence[Relation]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What most likely happened; `right` is the statement that is likelier right, `why` says it in sentences, the likeliest first.

    `witnesses` are statements of other papers that speak for it.
    """

    agreement: Agreement
    right: Statement | None
    why: tuple[str, ...]
    witnesses: tuple[Statement, ...] = ()


def restating_note(old: Figure, new: Figure, notes: Iterable[Note], *, by_year: bool = True) -> Note | None:
    """The note that says that `old` is now `new`: it names the old value, and the new one or (`by_year`) the year, and stands where the new one does."""
    for note in notes:
        if note.topic != "restated" or abs(note.page - new.evidence.page) > 1 or old.value == new.value:
            continue
        if old.value in note.numbers and (
            new.value in note.numbers
            or mentions(note.text, new.evidence.printed)
            or (by_year and _names_year(note, new) and _is_restated_so(old, new))
        ):
            return note
    return None


def _names_year(note: Note, figure: Figure) -> bool:
    """Whether a note is about the year of a figure: “the figure for 2020/21 was given as 15 in last year's report”."""
    start = figure.period.start if figure.period is not None else None
    return start is not None and start.year in note.numbers


def _is_restated_so(old: Figure, new: Figure) -> bool:
    """Whether a figure may have been restated by so much: what differs by more is of something else."""
    first, second = Fraction(old.value or 0), Fraction(new.value or 0)
    return abs(first - second) <= max(Fraction(_SLIGHT), _MOST_RESTATED * max(first, second))


def explain(pair: Pair, slot: Slot, third: Sequence[Statement], moved: int, archive: Archive) -> Explanation:
    """Why `pair` differs; "unlike" where our reading of the years is the likeliest cause. `third` are statements of other papers; `moved` is how many parts and wholes moved with it."""
    one, other = pair.one, pair.other
    if note := restating_note(one.figure, other.figure, other.paper.notes):
        return Explanation(
            agreement="restated", right=other, why=(f"The later report says so: “{shortened(note.text)}”",)
        )
    if misread := _misread(pair, archive):
        return misread
    if _years_off(other, slot[0], archive):
        why = f"The years of {other.paper.name} may be one off: it gives another report's values under the year before."
        return Explanation(agreement="unlike", right=one, why=(why,))
    whys = tuple(_slips(pair, slot, third, archive))
    if whys:
        sentences = tuple(sentence for one in whys for sentence in one.why)
        witnesses = tuple(witness for one in whys for witness in one.witnesses)
        return replace(whys[0], why=sentences, witnesses=witnesses)
    slip = one_slip_apart(one, other)
    perhaps = (f"They are one slip apart: {slip}.",) if slip else ()
    if note := next((n for n in _notes(pair) if n.topic in ("definition", "incomparable")), None):
        why = f"What is counted may have changed: “{shortened(note.text)}”"
        return Explanation(agreement="definition_changed", right=None, why=(why, *perhaps))
    if moved > 2:
        why = f"{moved} figures of this kind moved together: what is counted may have changed."
        return Explanation(agreement="definition_changed", right=None, why=(why, *perhaps))
    if other.paper.vintage(slot[1]) == "own":
        return Explanation(agreement="conflicts", right=None, why=perhaps)
    why = "The later report changes the figure without saying so."
    return Explanation(agreement="restated_silently", right=None, why=(*perhaps, why))


def _misread(pair: Pair, archive: Archive) -> Explanation | None:
    """One of the two was read from a scan and differs by signs that scanners take for each other, or was read with doubt."""
    for wrong, right in ((pair.other, pair.one), (pair.one, pair.other)):
        unsure = wrong.figure.grade != "read" or wrong.figure.confidence < right.figure.confidence - 0.3
        scanned = wrong.figure.evidence.method == "ocr" and _look_alike(wrong.figure, right.figure)
        if (unsure or scanned) and not _speaks_for(wrong, wrong, archive):
            why = f"{value_text(wrong.figure)} in {wrong.paper.name} is likely to be misread."
            return Explanation(agreement="misread", right=right, why=(why,))
    return None


_ALIKE = ("08", "17", "38", "56", "35", "69", "14", "86", "27")


def _look_alike(one: Figure, other: Figure) -> bool:
    """Whether two numbers differ in one digit, by two that look alike."""
    first, second = value_text(one), value_text(other)
    unlike = [{a, b} for a, b in zip(first, second, strict=False) if a != b]
    return len(first) == len(second) and len(unlike) == 1 and any(unlike[0] == set(two) for two in _ALIKE)


def _slips(pair: Pair, slot: Slot, third: Sequence[Statement], archive: Archive) -> Iterator[Explanation]:
    """What speaks against one of the two: its own paper's arithmetic, another year's value, a third paper."""
    for wrong, right in ((pair.other, pair.one), (pair.one, pair.other)):
        if _speaks_for(wrong, right, archive):
            why = f"The other numbers of {wrong.paper.name} make it {value_text(right.figure)}, not {value_text(wrong.figure)}."
            yield Explanation(agreement="slip", right=right, why=(why,))
    if _changed_places(pair, slot, archive):
        why = f"{pair.other.paper.name} gives {value_text(pair.one.figure)} for the year after: the two may have changed places."
        yield Explanation(agreement="slip", right=pair.one, why=(why,))
        return
    stale = _other_year(pair, slot, archive)
    if stale is not None:
        year = stale.figure.period.code if stale.figure.period else ""
        why = f"{value_text(pair.other.figure)} is what was reported for {year}: the wrong year's value may have been taken."
        yield Explanation(agreement="carried_forward", right=pair.one, why=(why,), witnesses=(stale,))
    for witness in third:
        if witness.figure.value == pair.one.figure.value and witness.paper.order > pair.other.paper.order:
            why = f"{witness.paper.name} says {value_text(pair.one.figure)} again."
            yield Explanation(agreement="slip", right=pair.one, why=(why,), witnesses=(witness,))
            return


def _speaks_for(statement: Statement, wanted: Statement, archive: Archive) -> bool:
    """Whether the arithmetic around `statement` holds, with power, for the value of `wanted`; and, if that is another, fails for its own."""
    paper, figure = statement.paper.number, statement.figure
    by_id = archive.figures(paper)
    meant = replace(figure, value=wanted.figure.value, decimals=wanted.figure.decimals, grade="read")
    changed = {**by_id, figure.figure_id: meant}
    for relation in archive.relations(paper):
        if figure.figure_id not in relation.figure_ids or not relation.complete:
            continue
        before, after = judge(relation, by_id), judge(relation, changed)
        if after.outcome != "holds" or (statement is not wanted and before.outcome in ("holds", "not_checkable")):
            continue
        if after.powers[relation.figure_ids.index(figure.figure_id)] >= _POWER:
            return True
    return False


def _changed_places(pair: Pair, slot: Slot, archive: Archive) -> bool:
    """Whether the second paper, whose arithmetic fails, gives the first one's value for the year after."""
    after = archive.slots.get((slot[0], slot[1].next()), ())
    theirs = {s.figure.value for s in after if s.paper is pair.other.paper}
    return pair.other.grade == "doubtful" and theirs == {pair.one.figure.value}


def _other_year(pair: Pair, slot: Slot, archive: Archive) -> Statement | None:
    """What the first paper, or an earlier one, says of another year, if that is the second paper's value. Small numbers recur by chance."""
    subject, period = slot
    if size_of(pair.other) < 20 and pair.other.figure.decimals <= 0:
        return None
    for year in (period.previous(), period.next()):
        for statement in archive.slots.get((subject, year), ()):
            if statement.figure.value == pair.other.figure.value and statement.paper != pair.other.paper:
                return statement
    return None


def _years_off(statement: Statement, subject: Subject, archive: Archive) -> bool:
    """Whether a paper gives nothing for its own year, but for the years before what another paper gives for the years after those."""
    own = statement.paper.period
    if own is None or any(s.paper is statement.paper for s in archive.slots.get((subject, own), ())):
        return False
    for year in (own.previous(), own.previous().previous()):
        mine = {s.figure.value for s in archive.slots.get((subject, year), ()) if s.paper is statement.paper}
        theirs = {
            s.figure.value for s in archive.slots.get((subject, year.next()), ()) if s.paper is not statement.paper
        }
        if mine & theirs:
            return True
    return False


def _notes(pair: Pair) -> Iterator[Note]:
    """Notes of the second paper that speak of the measure."""
    measure = pair.other.figure.measure.replace("_", " ")[:-1]
    yield from (note for note in pair.other.paper.notes if measure in note.text.casefold())


def shortened(text: str, most: int = 300) -> str:
    """A note as it is quoted."""
    return text if len(text) <= most else f"{text[: most - 1].rsplit(' ', 1)[0]}…"
