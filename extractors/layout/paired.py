"""Columns of a scanned table that are one: heads that stand beside theirs, and shares in brackets behind their numbers.

Heads that are turned are narrow, and stand at one side of columns whose values stand at the other. Under "No. (%)" a share stands
behind its number, in type of one width as far away as the next column would.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.layout.tokens import has_digit, is_period, is_value
from schemas.layout import Cell, Table
from schemas.pages import MappedText

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


_PAIR_HEAD = re.compile(r".*\(%\)$", re.S)
_SHARE = re.compile(r"\D?\d{1,3}(?:\.\d+)?[%\d]?\W*")
MOSTLY = 0.5  # of the cells of a column that are shares in brackets


def with_shares_joined(table: Table) -> Table:
    """The table, each column of shares in brackets without a head of its own made one with that of their numbers, under "(%)"."""
    if table.method == "chart" or any(w.word.confidence is None for c in table.cells for w in c.text.words):
        return table
    pairs = sorted({cell.col for cell in table.cells if _heads_pair(cell, table)}, reverse=True)
    for col in pairs:
        table = replace(table, cells=tuple(_joined(table, col)))
    return table


def _heads_pair(head: Cell, table: Table) -> bool:
    """Whether a head of numbers and shares stands over two columns, of which the second has the shares."""
    if not _PAIR_HEAD.match(head.text.text) or not head.col or head.colspan > 2:
        return False
    second = [c for c in table.cells if c.col == head.col + 1 and c.text.text]
    body = [c.text.text for c in second if c.row > head.row and c.colspan == 1]
    bracketed = sum("(" in text or ")" in text or "%" in text for text in body)
    shares = len(body) > 1 and all(map(_SHARE.fullmatch, body)) and bracketed >= max(MOSTLY * len(body), 1)
    return shares and not any(c.row <= head.row for c in second)


def _joined(table: Table, col: int) -> Iterator[Cell]:
    """The cells of a table with a column and the one behind it as one."""
    behind = {c.row: c for c in table.cells if c.col == col + 1 and c.colspan == 1}
    for cell in table.cells:
        if cell.col == col and cell.colspan <= 2:
            other = behind.get(cell.row)
            texts = [c.text for c in (cell, other) if c is not None and c.text.text]
            yield replace(
                cell, colspan=1, text=MappedText.concat(texts) if len(texts) > 1 else (texts or [cell.text])[0]
            )
        elif cell.col < col:
            yield replace(cell, colspan=cell.colspan - (cell.col + cell.colspan > col + 1))
        elif cell.col > col + 1 or cell.col == col + 1 and cell.colspan > 1:
            yield replace(cell, col=cell.col - 1)
