"""Which of several readings of one table is right, where the layout leaves that open: the one whose own arithmetic holds.

A shifted or merged cell breaks the sums around it, so the totals, row sums and shares that hold in a reading are evidence
for it. They decide only where they hold in clearly more places than in the reading that the layout prefers.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from schemas.layout import SumsHeld, Table

CLEARLY = 2
"""By how many places one reading must hold in more than another; one small sum may hold by chance."""

LEAST_PARTS = 2
"""Parts, other than nought, of a sum that tells anything."""

_NUMBER = re.compile(r"[(\[]?([+\-–−]?)£?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s?(%?)[)\]]?[*†‡]*(?:\s\([^()]*\))?")

Line = Sequence["_Number | None"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Number:
    """A printed number, half a unit of its last digit, and whether it is a percentage."""

    value: Decimal
    half: Decimal
    percent: bool


def chosen(candidates: Sequence[Sequence[Table]]) -> tuple[Table, ...]:
    """The tables of the candidate whose sums hold in most places; the first, which the layout prefers, unless they clearly tell.

    Each candidate is one reading of the same words, as one table or several. What decided is kept in the tables.
    """
    if len(candidates) == 1:
        return tuple(candidates[0])
    held = [sum(map(sums_that_hold, tables)) for tables in candidates]
    best = max(range(len(held)), key=lambda n: (held[n], -n))
    best = best if held[best] >= held[0] + CLEARLY else 0
    others = max(count for n, count in enumerate(held) if n != best)
    if held[best] < others + CLEARLY:
        return tuple(candidates[best])
    told = SumsHeld(here=held[best], otherwise=others)
    return tuple(replace(table, sums=told) for table in candidates[best])


def sums_that_hold(table: Table) -> int:
    """In how many places of a table a total or row sum holds, or a percentage is the share of the number beside it."""
    rows = _numbers(table)
    columns = [[row[col] for row in rows] for col in range(table.cols)]
    totals = [_total(column) for column in columns]
    sums = sum(total is not None for total in totals) + sum(_total(row) is not None for row in rows)
    return sums + sum(
        _shares(counts, percents, total)
        for (counts, percents), total in zip(pairwise(columns), totals, strict=False)
        if total is not None
    )


def _numbers(table: Table) -> list[list[_Number | None]]:
    """The plain numbers of a table by row and column."""
    rows: list[list[_Number | None]] = [[None] * table.cols for _ in range(table.rows)]
    for cell in table.cells:
        if cell.colspan == cell.rowspan == 1:
            rows[cell.row][cell.col] = _number(cell.text.text)
    return rows


def _number(text: str) -> _Number | None:
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    sign, whole, decimals, percent = match.groups()
    value = Decimal(whole.replace(",", "") + (decimals or ""))
    half = Decimal(5).scaleb(-max(len(decimals or "."), 1))
    return _Number(value=-value if sign in ("-", "–", "−") else value, half=half, percent=bool(percent))


def _total(line: Line) -> _Number | None:
    """The last or first number of a line if it is the sum of all the others, of which two at least are not nought."""
    known = [number for number in line if number is not None]
    if sum(number.value != 0 for number in known) <= LEAST_PARTS or len({n.percent for n in known}) > 1:
        return None
    for total, parts in ((known[-1], known[:-1]), (known[0], known[1:])):
        # whole counts must add up exactly, rounded numbers within what rounding can do
        rounded = total.percent or total.half < Decimal("0.5")
        slack = sum((number.half for number in known), Decimal(0)) if rounded else Decimal(0)
        if abs(sum((n.value for n in parts), Decimal(0)) - total.value) <= slack:
            return total
    return None


def _shares(counts: Line, percents: Line, total: _Number) -> int:
    """How many numbers have beside them the percentage that they are of a total."""
    pairs = [
        (c, p) for c, p in zip(counts, percents, strict=True) if c is not None and p is not None and c is not total
    ]
    holding = [abs(100 * c.value / total.value - p.value) <= p.half for c, p in pairs if c.value and total.value]
    return sum(holding)
