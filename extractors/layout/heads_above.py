"""Heads that stand right above a ruled table of a scan: the line over them came in pieces, or is that of the heading before.

They are one row with a part over each column and no value, between a level line and the table.
"""

from collections.abc import Sequence
from dataclasses import replace

from extractors.layout.lines import Line, Row
from extractors.layout.tokens import is_period, is_value
from schemas.layout import Cell, Table
from schemas.pages import BBox, MappedText, Rule

FEWEST = 3  # columns that stand under heads by no chance
GAP = 0.8  # heights of a head, at most, from it down to the table and up to the line over it
LINED = 0.5  # of the width of the table, what of the line over its heads is left at least


def with_heads_above(
    tables: Sequence[Table], rows: Sequence[Row], rules: Sequence[Rule]
) -> tuple[list[Table], list[Row]]:
    """The tables of a page with such heads, and the rows of print that are left."""
    left, made = list(rows), []
    for table in tables:
        heads = next((row for row in left if _are_heads(row, table, rules)), None)
        if heads is not None:
            left.remove(heads)
        made.append(table if heads is None else _with_heads(table, heads))
    return made, left


def _are_heads(row: Row, table: Table, rules: Sequence[Rule]) -> bool:
    if table.method != "ruled" or len(row) != table.cols or table.cols < FEWEST:
        return False
    box = BBox.around(part.bbox for part in row)
    read = all(word.confidence is not None for part in row for word in part.words)
    near = -1 < table.bbox.top - box.bottom < GAP * box.height
    if not (read and near) or any(_has_value(part) for part in row):
        return False
    over = [r.bbox for r in rules if r.horizontal and 0 <= box.middle - r.bbox.middle < (GAP + 0.5) * box.height]
    lined = sum(max(min(line.x1, table.bbox.x1) - max(line.x0, table.bbox.x0), 0) for line in over)
    return lined > LINED * table.bbox.width and all(_is_over(part, table, col) for col, part in enumerate(row))


def _has_value(part: Line) -> bool:
    return any(is_value(word.text) and not is_period(part.text) for word in part.words)


def _is_over(part: Line, table: Table, col: int) -> bool:
    """Whether a head stands over a column, and over no other."""
    boxes = [(c.col, w.word.bbox) for c in table.cells if c.colspan == 1 for w in c.text.words]
    touched = {at for at, box in boxes if min(box.x1, part.bbox.x1) > max(box.x0, part.bbox.x0)}
    return touched == {col}


def _with_heads(table: Table, heads: Row) -> Table:
    cells = [
        Cell(row=0, col=col, text=MappedText.join([(part.page, word) for word in part.words]), bbox=part.bbox)
        for col, part in enumerate(heads)
    ]
    box = BBox.around((table.bbox, *(part.bbox for part in heads)))
    return replace(table, bbox=box, cells=(*cells, *(replace(cell, row=cell.row + 1) for cell in table.cells)))
