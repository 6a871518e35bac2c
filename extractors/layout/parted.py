"""Tables that stand right below each other, with only a title between: ruling lines make one grid of them, which is parted again."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.layout.tokens import is_value
from schemas.layout import Cell, Table
from schemas.pages import BBox

_TOTAL = re.compile(r"(?:grand |overall )?totals?\b|overall$|all$", re.I)
_TITLE = 4
"""Words of the shortest title; the label of a group of rows is shorter."""


def parted(table: Table) -> tuple[Table, ...]:
    """The table, or the tables one above the other that it is made of.

    Another begins where a row with nothing but a title follows a row of totals, and a row of heads follows the title.
    """
    starts = [row for row in range(1, table.rows - 2) if _begins_another(table.cells, row)]
    if not starts:
        return (table,)
    ends = [*starts[1:], table.rows]
    first = _part(table, 0, starts[0])
    rest = (_titled(table, start, end) for start, end in zip(starts, ends, strict=True))
    return (first, *rest)


def _begins_another(cells: Sequence[Cell], row: int) -> bool:
    before, title, heads = (_filled(cells, at) for at in (row - 1, row, row + 1))
    if (
        len(title) != 1
        or len(title[0].text.text.split()) < _TITLE
        or any(is_value(w) for w in title[0].text.text.split()[:1])
    ):
        return False
    totals = bool(before) and before[0].col == 0 and _TOTAL.match(before[0].text.text.strip()) is not None
    headed = (
        len(heads) > 1
        and heads[0].col == 0
        and not any(re.search(r"\d", c.text.text) and is_value(c.text.text) for c in heads)
    )
    return totals and headed and all(c.row == row for c in title)


def _filled(cells: Sequence[Cell], row: int) -> list[Cell]:
    return [c for c in cells if c.row == row and c.text.text.strip()]


def _part(table: Table, start: int, end: int) -> Table:
    cells = [replace(c, row=c.row - start) for c in table.cells if start <= c.row < end]
    box = BBox.around(c.bbox for c in cells)
    return replace(table, cells=_own_columns(cells), bbox=box, notes=table.notes if end == table.rows else ())


def _own_columns(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells without the columns that only the other tables have."""
    kept = sorted({c.col for c in cells if c.text.text.strip()})
    moved = []
    for cell in cells:
        within = [n for n, col in enumerate(kept) if cell.col <= col < cell.col + cell.colspan]
        if within:
            moved.append(replace(cell, col=within[0], colspan=len(within)))
    return tuple(moved)


def _titled(table: Table, start: int, end: int) -> Table:
    """The rows below a title, with it as their caption."""
    (title,) = _filled(table.cells, start)
    return replace(_part(table, start + 1, end), caption=title.text)
