"""What belongs to a ruled table of a scan but stands outside its lines: a last column that they end short of, a row between two pieces.

The lines of a copy come out as dashes, and what is left of them may end a column early, or stop above a row that a pen went through.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from extractors.layout.continued import SAME_COLUMN, SAME_EDGE, ends_in_total, has_values
from extractors.layout.heads_above import touched
from extractors.layout.lines import Line, Row
from extractors.layout.tokens import is_period, is_value
from schemas.layout import Cell, Table
from schemas.pages import BBox, MappedText

FEWEST = 3  # columns that stand under each other by no chance
FEWEST_ROWS = 2  # values beyond a table that are a column
MOST_BETWEEN = 2  # rows between two pieces of one table


def with_what_is_beyond(tables: Sequence[Table], rows: Sequence[Row]) -> tuple[list[Table], list[Row]]:
    """The tables of a page with such columns and rows, and the rows of print that are left."""
    left, wide = list(rows), []
    for table in tables:
        values = _beyond(table, left)
        left = [row for row in left if row not in [(value,) for value in values]]
        wide.append(_with_column(table, values) if values else table)
    made: list[Table] = []
    for table in sorted(wide, key=lambda t: t.bbox.top):
        between = _between(made[-1], table, left) if made else []
        if between:
            left = [row for row in left if row not in between]
            made[-1] = _with_rows(made[-1], between, table)
        else:
            made.append(table)
    return made, left


def _beyond(table: Table, rows: Sequence[Row]) -> list[Line]:
    """The values, one beside each row of a table, that stand where its next column would; none if one is missing."""
    ends = [_end(table, col) for col in range(table.cols)]
    if table.method != "ruled" or not table.cols >= FEWEST or table.rows < FEWEST_ROWS or not _is_read(table):
        return []
    if None in ends or not all(has_values(table, row) for row in range(table.rows)):
        return []
    places = [end for end in ends if end is not None]
    step = median(b - a for a, b in pairwise(places[1:]))
    values = []
    for row in range(table.rows):
        box = BBox.around(w.word.bbox for c in table.cells if c.row == row for w in c.text.words)
        beside = [r for r in rows if box.top < r[0].bbox.middle < box.bottom and r[-1].bbox.x0 > box.x1]
        if len(beside) != 1 or len(beside[0]) != 1 or not _is_value(beside[0][0]):
            return []
        values.append(beside[0][0])
    lined = all(abs(value.bbox.x1 - places[-1] - step) < SAME_COLUMN for value in values)
    return values if lined and all(value.words[0].confidence is not None for value in values) else []


def _is_value(part: Line) -> bool:
    return is_value(part.text) and not is_period(part.text)


def _end(table: Table, col: int) -> float | None:
    """Where the print of a column usually ends; None where there is none."""
    ends = [max(w.word.bbox.x1 for w in c.text.words) for c in table.cells if c.col == col and c.text.words]
    return median(ends) if ends else None


def _with_column(table: Table, values: Sequence[Line]) -> Table:
    cells = [_cell(value, row, table.cols) for row, value in enumerate(values)]
    return replace(table, bbox=BBox.around((table.bbox, *(v.bbox for v in values))), cells=(*table.cells, *cells))


def _cell(part: Line, row: int, col: int) -> Cell:
    return Cell(row=row, col=col, text=MappedText.join([(part.page, word) for word in part.words]), bbox=part.bbox)


def _between(above: Table, below: Table, rows: Sequence[Row]) -> list[Row]:
    """The rows of print between two pieces of one table, a part in each column; none if they are two tables."""
    if not above.method == below.method == "ruled" or above.cols != below.cols or above.cols < FEWEST:
        return []
    same = abs(above.bbox.x0 - below.bbox.x0) < SAME_COLUMN and abs(above.bbox.x1 - below.bbox.x1) < SAME_EDGE
    if not same or ends_in_total(above) or not has_values(below, 0) or not (_is_read(above) and _is_read(below)):
        return []
    top, bottom = above.bbox.bottom, below.bbox.top
    found = [row for row in rows if top - 1 < row[0].bbox.middle < bottom + 1]
    fit = all(len(row) == above.cols and all(_fits(p, above, below, c) for c, p in enumerate(row)) for row in found)
    return found if fit and len(found) <= MOST_BETWEEN else []


def _fits(part: Line, above: Table, below: Table, col: int) -> bool:
    """Whether a part stands with the print of one column and no other; what stands beside a label is a value."""
    over = touched(part.bbox, above) | touched(part.bbox, below)
    return over == {col} and (col == 0 or is_value(part.words[0].text))


def _with_rows(above: Table, rows: Sequence[Row], below: Table) -> Table:
    """One table of two pieces and the rows between them."""
    new = [_cell(part, above.rows + n, col) for n, row in enumerate(rows) for col, part in enumerate(row)]
    rest = [replace(cell, row=cell.row + above.rows + len(rows)) for cell in below.cells]
    return replace(above, bbox=BBox.around((above.bbox, below.bbox)), cells=(*above.cells, *new, *rest))


def _is_read(table: Table) -> bool:
    return all(w.word.confidence is not None for c in table.cells for w in c.text.words)
