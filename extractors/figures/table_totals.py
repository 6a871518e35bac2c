"""Totals that only their arithmetic shows: a last row "County" under teams, a last column "Service" beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from extractors.figures.table_grid import Grid
from extractors.figures.table_labels import Label
from schemas.vocabulary import FREE_DIMENSIONS

LEAST_PARTS = 3
"""Parts of a sum that a single column may prove; two parts need a second column that adds up as well."""


def with_summed_rows(
    grid: Grid, rows: dict[int, Label | None], columns: Mapping[int, Label]
) -> dict[int, Label | None]:
    """The rows, one of free text that holds the sums of all others being the total. It stands last or first."""
    order = [r for r, x in rows.items() if x is not None and x.text]
    named = [rows[r] for r in order]
    if len(order) < len(rows) or len(order) < 3 or any(x is None or x.total or x.change for x in named):
        return rows
    lines = [c for c, x in columns.items() if not (x.change or x.average or x.unit == "percent")]
    for whole in (order[-1], order[0]):
        label = rows[whole]
        parts = [r for r in order if r != whole]
        if label is not None and _is_free(label) and _adds_up(grid, [[(r, c) for r in [whole, *parts]] for c in lines]):
            return {**rows, whole: _as_total(label)}
    return rows


def with_summed_columns(grid: Grid, columns: dict[int, Label], rows: Mapping[int, Label | None]) -> dict[int, Label]:
    """The columns, a last one of free text that holds the sums of all others being the total."""
    order = sorted(columns)
    if len(order) < 3 or any(x.total or x.change or x.mentions or x.unit for x in columns.values()):
        return columns
    whole = order[-1]
    lines = [r for r, x in rows.items() if x is not None]
    free = columns[whole].unknown and not columns[whole].measure and not columns[whole].dims
    if free and _adds_up(grid, [[(r, c) for c in [whole, *order[:-1]]] for r in lines]):
        return {**columns, whole: _as_total(columns[whole])}
    return columns


def parts_of_total(
    grid: Grid, row: int, columns: Sequence[int], choices: Sequence[Sequence[int]]
) -> Sequence[int] | None:
    """Which of several sets of rows the total in `row` is of: the first whose numbers add up to it. None if none does."""
    for rows in choices:
        if len(rows) > 1 and _adds_up(grid, [[(r, c) for r in [row, *rows]] for c in columns], least=2):
            return rows
    return None


def adds_up_twice(grid: Grid, row: int, columns: Sequence[int], rows: Sequence[int]) -> bool:
    """Whether rows add up to the total in `row` in two columns at least, which is no chance: any other column holds a mistake."""
    return sum(_adds_up(grid, [[(r, c) for r in [row, *rows]]], least=2) for c in columns) > 1


def adds_up_of_many(grid: Grid, row: int, columns: Sequence[int], rows: Sequence[int]) -> bool:
    """Whether rows add up to the total in `row` in one column, in which they are so many that it is no chance."""
    return any(_adds_up(grid, [[(r, c) for r in [row, *rows]]], least=_MANY) for c in columns)


_MANY = 5


def _is_free(label: Label) -> bool:
    return bool(label.dims) and not label.measure and not label.mentions and set(label.dims) <= set(FREE_DIMENSIONS)


def _as_total(label: Label) -> Label:
    return replace(label, dims={}, total=True, covered=True, unknown=False, measure=None, nonfigure=None)


def _adds_up(grid: Grid, lines: Sequence[Sequence[tuple[int, int]]], *, least: int = LEAST_PARTS) -> bool:
    """Whether in each line of places the first number is the sum of the others, in enough of them to be no chance."""
    proved = 0
    for places in lines:
        numbers = [_count(grid, place) for place in places]
        known = [n for n in numbers[1:] if n]
        if numbers[0] is None or not any(n is not None for n in numbers):
            continue
        if sum(known) != numbers[0]:
            return False
        proved += len(known) - 1 if len(known) > 1 else 0
    return proved >= least - 1


def _count(grid: Grid, place: tuple[int, int]) -> Decimal | None:
    """The plain number at a place."""
    value = grid.value(*place)
    number = value.parts[0].number if value is not None and value.parts else None
    return None if number is None or number.unit or number.value is None else number.value
