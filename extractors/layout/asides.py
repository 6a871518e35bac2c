"""Columns of numbers in brackets without a head: each says more of the number on its left (“22 (27)”), and belongs to its cell."""

import re
from dataclasses import replace

from schemas.layout import Cell, Table
from schemas.pages import BBox, MappedText

_ASIDE = re.compile(r"\([\d,]+\)|\(\S+: [\d,]+\)")
_BOTH = re.compile(r"[\d,]+ \([\d,]+\)")
_NUMBER = re.compile(r"[\d,]+")
LEAST = 2
"""Rows in which a number has another in brackets beside it."""


def with_asides(table: Table) -> Table:
    """The table, with columns that hold nothing but plain numbers in brackets set into the cells on their left."""
    for col in range(table.cols - 1, 1, -1):
        if _is_aside(table, col):
            table = _merged(table, col)
    return table


def _column(table: Table, col: int) -> dict[int, Cell]:
    """The filled cells of one column, by row."""
    return {c.row: c for c in table.cells if c.col == col and c.text.text.strip()}


def _is_aside(table: Table, col: int) -> bool:
    asides, numbers = _column(table, col), _column(table, col - 1)
    over = [c.text.text.strip() for c in table.cells if 0 < c.col < col < c.col + c.colspan]
    covered = any(text and not _BOTH.fullmatch(text) for text in over)
    beside = all(row in numbers and _NUMBER.fullmatch(numbers[row].text.text) for row in asides)
    return (
        len(asides) >= LEAST and not covered and beside and all(_ASIDE.fullmatch(c.text.text) for c in asides.values())
    )


def _merged(table: Table, col: int) -> Table:
    asides = _column(table, col)
    cells: list[Cell] = []
    for cell in table.cells:
        if cell.col == col:
            continue
        if cell.col == col - 1 and (aside := asides.get(cell.row)) is not None:
            text = MappedText.concat((cell.text, aside.text))
            cell = replace(cell, text=text, bbox=BBox.around((cell.bbox, aside.bbox)))
        elif cell.col > col:
            cell = replace(cell, col=cell.col - 1)
        elif cell.col + cell.colspan > col:
            cell = replace(cell, colspan=cell.colspan - 1)
        cells.append(cell)
    return replace(table, cells=tuple(cells))
