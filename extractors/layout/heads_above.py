"""Heads that stand right above a ruled table of a scan: the line over them came in pieces, or is that of the heading before.

They are one row with a part over each column and no value, between a level line and the table. A table that begins with values lacks its
heads: then the row needs no line, and may be one line of words that stand over the columns one by one.
"""

from collections.abc import Sequence
from dataclasses import replace

from extractors.layout.lines import Line, Row, line_of
from extractors.layout.tokens import has_digit, is_period, is_value
from schemas.layout import Cell, Table
from schemas.pages import BBox, MappedText, Rule, Word

FEWEST = 3  # columns that stand under heads by no chance
GAP = 0.8  # heights of a head, at most, from it down to the table and up to the line over it
LINED = 0.5  # of the width of the table, what of the line over its heads is left at least


def with_heads_above(
    tables: Sequence[Table], rows: Sequence[Row], rules: Sequence[Rule]
) -> tuple[list[Table], list[Row]]:
    """The tables of a page with such heads, and the rows of print that are left."""
    left, made = list(rows), []
    for table in tables:
        found = next(((row, parts) for row in left if _are_heads(parts := _parts(row, table), table, rules)), None)
        if found is not None:
            left.remove(found[0])
        made.append(table if found is None else _with_heads(table, found[1]))
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
    return (lined > LINED * table.bbox.width or _lacks_heads(table)) and all(
        _is_over(part, table, col) for col, part in enumerate(row)
    )


def _lacks_heads(table: Table) -> bool:
    """Whether a table begins with a row of values beside its label."""
    first = [c.text.text for c in table.cells if c.row == 0 and c.col]
    return all(text and is_value(text.split()[0]) and has_digit(text) and not is_period(text) for text in first)


def _parts(row: Row, table: Table) -> Row:
    """A row above a table that lacks its heads, its words parted where those over the next column begin."""
    words = [word for part in row for word in part.words]
    near = -1 < table.bbox.top - BBox.around(w.bbox for w in words).bottom < words[0].bbox.height
    if len(row) == table.cols or not near or table.method != "ruled" or not _lacks_heads(table):
        return row
    parts: dict[int, list[Word]] = {}
    col = 0
    for word in words:
        over = touched(word.bbox, table)
        if len(over) > 1 or over and min(over) < col:
            return row
        col = min(over, default=col)
        parts.setdefault(col, []).append(word)
    return tuple(line_of(row[0].page, own) for own in parts.values())


def _has_value(part: Line) -> bool:
    return any(is_value(word.text) and not is_period(part.text) for word in part.words)


def _is_over(part: Line, table: Table, col: int) -> bool:
    """Whether a head stands over a column, and over no other."""
    return touched(part.bbox, table) == {col}


def touched(head: BBox, table: Table) -> set[int]:
    """The columns of a table over whose print a box stands."""
    boxes = [(c.col, w.word.bbox) for c in table.cells if c.colspan == 1 for w in c.text.words]
    return {at for at, box in boxes if min(box.x1, head.x1) > max(box.x0, head.x0)}


def _with_heads(table: Table, heads: Row) -> Table:
    cells = [
        Cell(row=0, col=col, text=MappedText.join([(part.page, word) for word in part.words]), bbox=part.bbox)
        for col, part in enumerate(heads)
    ]
    box = BBox.around((table.bbox, *(part.bbox for part in heads)))
    return replace(table, bbox=box, cells=(*cells, *(replace(cell, row=cell.row + 1) for cell in table.cells)))
