"""Heads of a scanned table that stand beside their columns and were taken for columns of their own, put over them.

Heads that are turned are narrow, and stand at one side of columns whose values stand at the other.
"""

from dataclasses import replace

from extractors.layout.tokens import has_digit, is_period, is_value
from schemas.layout import Cell, Table

FEWEST = 2  # pairs of columns that show it


def with_heads_paired(table: Table) -> Table:
    """The table, its columns of nothing but a head made one with those of nothing but values to the right of them."""
    if table.method == "chart" or any(cell.colspan > 1 and cell.col for cell in table.cells):
        return table
    filled = [cell for cell in table.cells if cell.text.text]
    if any(w.word.confidence is None for cell in filled for w in cell.text.words):
        return table
    first = min((cell.row for cell in filled if cell.col and cell.row and _is_number(cell)), default=0)
    heads = {cell.col for cell in filled if cell.col and cell.row < first}
    body = {cell.col for cell in filled if cell.col and cell.row >= first}
    pairs = [col for col in sorted(heads - body) if col + 1 in body - heads]
    lone = set(range(1, table.cols)) - {at for col in pairs for at in (col, col + 1)}
    if len(pairs) < FEWEST or lone - (heads & body):
        return table
    cells = (_moved(cell, pairs, first) for cell in table.cells)
    return replace(table, cells=tuple(cell for cell in cells if cell is not None))


def _is_number(cell: Cell) -> bool:
    text = cell.text.text
    return has_digit(text) and is_value(text.split()[0]) and not is_period(text)


def _moved(cell: Cell, pairs: list[int], first: int) -> Cell | None:
    """A cell in its column of the table without the second of each pair; None for the empty ones of a pair."""
    col = cell.col - sum(pair < cell.col for pair in pairs)
    own = cell.col in pairs and cell.row < first or cell.col - 1 in pairs and cell.row >= first
    paired = cell.col in pairs or cell.col - 1 in pairs
    return None if paired and not own else replace(cell, col=col)
