"""What was reported before: “The 2013/14 figure has been restated: last year's report gave 90” is of what was counted before it.

So is the 81 of “77% were resolved, and not 81% as printed”.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.figures.drafts import Draft, DraftRelation
from extractors.figures.put_right import stands_for

_CORRECTS = re.compile(
    r"\W*(?:in last year['’]s report,? )?the (?:[\d/–-]+(?: H\d)? (?:figure|number|total)|(?:figure|number|total) for [\d/–-]+(?: H\d)?)"
    r" (?:(?:was|had been) (?:reported|given|stated|shown|printed) as|(?:has been|was) (?:restated|corrected|revised))\b",
    re.I,
)
_SHORTLY = 8
"""How many counts of a period in running text may stand between a number and what it took the place of."""
_FAR = Decimal("0.25")
"""How far a number of a table may be, at most, from what last year's report gave in its place."""
_FEW, _PLAINLY = Decimal(3), Decimal("0.1")
"""How far the two may be, at most, for the note to be plainly about that number."""


@dataclass(frozen=True, slots=True)
class Told:
    """A draft, the words of its sentence, the number of the table that it stands in, if it does, and the whole text that it is in."""

    draft: Draft
    words: str
    table: int | None = None
    text: str = ""


UNKNOWN = ""
"""The measure of a number of a correction before it is known what it took the place of."""


def corrects(words: str) -> bool:
    """Whether a sentence says what was reported before (“The 2013/14 figure has been restated: …”)."""
    return _CORRECTS.match(words) is not None


def corrected(told: Sequence[Told]) -> list[Draft]:
    """The drafts of a document, in reading order; those that were reported last year with the subject of what took their place."""
    found: list[Draft] = []
    for place, one in enumerate(told):
        draft = one.draft
        if _is_correction(one):
            meant, _ = _replaced(draft, _noted(one, told[:place]))
            draft = draft if meant is None else replace(draft, measure=meant.measure, dims=meant.dims)
        elif (wrong := _put_right(one, told[:place], found)) is not None:
            draft = replace(draft, measure=wrong.measure, dims=wrong.dims, period=wrong.period)
        elif found and _is_in_its_place(told[place - 1], one):
            draft = replace(draft, measure=found[-1].measure, dims=found[-1].dims, period=found[-1].period)
        found.append(draft)
    return found


def restatements(told: Sequence[Told]) -> Iterator[DraftRelation]:
    """That what was reported last year would have to be what took its place, where it is plain which number that is."""
    for place, one in enumerate(told):
        if _is_correction(one):
            meant, plain = _replaced(one.draft, _noted(one, told[:place]))
            if meant is not None and plain:
                yield DraftRelation(kind="equal", keys=(meant.key, one.draft.key), roles=("same", "same"))


def _is_correction(one: Told) -> bool:
    dated = one.draft.statistic == "count" and one.draft.period is not None
    return one.table is None and dated and corrects(one.words)


_RIGHT = re.compile(
    r"\bthe (?:right|correct|true|actual|corrected) (?:number|figure|total|count) (?:is|was|should be|should have been|had been) $",
    re.I,
)


def _put_right(one: Told, before: Sequence[Told], drafts: Sequence[Draft]) -> Draft | None:
    """What a sentence gives the right number of (“Last year we told you of 52. … the right number is 50”): the last count of the sentence before."""
    start = one.draft.sentence
    if one.table is not None or start is None or not _RIGHT.search(one.words[: one.draft.start - start]):
        return None
    told = (
        d
        for t, d in zip(reversed(before), reversed(drafts), strict=True)
        if t.text == one.text and t.words != one.words
    )
    return next((d for d in told if d.statistic == "count"), None)


def _is_in_its_place(before: Told, one: Told) -> bool:
    """Whether a sentence says of its number that it was printed in the place of the number before it."""
    start = one.draft.sentence
    if one.table is not None or start is None or before.draft.sentence != start or before.words != one.words:
        return False
    between = one.words[before.draft.end - start : one.draft.start - start]
    return stands_for(before.draft, one.draft, between, one.words[one.draft.end - start :])


_MARKED = re.compile(r"\s*(\d{1,2}|[*†‡])[.)]?\s")


def _noted(one: Told, before: Sequence[Told]) -> Sequence[Told]:
    """What a footnote is about: the numbers of the last text in which its mark stands behind a stop or a bracket; all of them where none has it."""
    marked = _MARKED.match(one.text)
    if marked is None:
        return before
    place = re.compile(rf"[.,;)]\s?{re.escape(marked[1])}(?=\s|$)")
    texts = [t.text for t in before if t.table is None and place.search(t.text)]
    return [t for t in before if t.text == texts[-1]] if texts else before


def _replaced(draft: Draft, before: Sequence[Told]) -> tuple[Draft | None, bool]:
    """What was last counted of the same period: of a table, or of the passages right before, the one number that is nearest; and whether it is plainly that."""
    alike = [
        t
        for t in before
        if t.draft.statistic == "count" and t.draft.period == draft.period and not t.draft.definite and t.draft.value
        and t.draft.value != draft.value  # what is as it was took the place of nothing
    ]  # fmt: skip
    if not alike or draft.value is None:
        return None, False
    prose = alike[-1].table is None
    rows = [t.draft for t in alike if t.table == alike[-1].table]
    rows = rows[-_SHORTLY:] if prose else rows
    off = {id(d): abs((d.value or Decimal(0)) - draft.value) for d in rows}
    nearest = min(rows, key=lambda d: off[id(d)])
    rivals = [d for d in rows if off[id(d)] == off[id(nearest)] and d is not nearest]
    near = not rivals and off[id(nearest)] <= max(Decimal(2), _FAR * draft.value)
    plain = near and off[id(nearest)] <= max(_FEW, _PLAINLY * draft.value)
    return nearest if near else alike[-1].draft if prose else None, plain
