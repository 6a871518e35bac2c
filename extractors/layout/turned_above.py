"""Turned heads that stand right above a ruled table of a scan, which begins with values: the tint or the line that held them was lost.

Such a head need not stand over the print of its column: values stand at its right edge, the turned head in the middle or at the left. It
belongs to the column whose print ends next to the right of it.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from extractors.layout.lines import Line, Row
from extractors.layout.tokens import has_digit, is_period, is_value
from schemas.layout import Cell, Table
from schemas.pages import BBox, MappedText

FEWEST = 3  # turned heads that stand over columns by no chance
MOST = 0.5  # of the columns beside the labels, which have such a head at least
GAP = 1.0  # thicknesses of a head, at most, from it down to the table


def with_turned_heads(tables: Sequence[Table], rows: Sequence[Row]) -> tuple[list[Table], list[Row]]:
    """The tables of a page with the turned heads that stand above them, and the rows of print that are left."""
    left, made = list(rows), []
    for table in tables:
        if table.method == "ruled" and _begins_with_values(table):
            at, heads = next(((n, h) for n, row in enumerate(left) if (h := _heads(row, table))), (0, {}))
            if heads:
                left[at : at + 1] = _rest(left[at], list(heads.values()))
                table = _with_heads(table, heads)
        made.append(table)
    return made, left


def _begins_with_values(table: Table) -> bool:
    """Whether the first row of a table has nothing turned, and a value that is no period beside its label."""
    first = [c.text for c in table.cells if c.row == 0]
    beside = [c.text.text for c in table.cells if c.row == 0 and c.col]
    upright = not any(w.word.turned for text in first for w in text.words)
    return upright and any(
        text and is_value(text.split()[0]) and has_digit(text) and not is_period(text) for text in beside
    )


def _heads(row: Row, table: Table) -> dict[int, Line]:
    """The heads of a row by the columns of a table; none if they are not its heads."""
    turned = [part for part in row if all(word.turned for word in part.words)]
    ends = _ends(table)
    if len(turned) < FEWEST or len(ends) != table.cols:
        return {}
    if any(word.confidence is None for part in turned for word in part.words) or not _is_near(turned, table):
        return {}
    found: dict[int, Line] = {}
    for part in turned:
        middle = (part.bbox.x0 + part.bbox.x1) / 2
        col = next((n for n, (start, end) in enumerate(pairwise(ends), 1) if start < middle <= end), None)
        if col is None or col in found:
            return {}
        found[col] = part
    label = [part for part in row if part not in turned and part.bbox.x1 <= min(p.bbox.x0 for p in turned)]
    if label and label[0].bbox.x0 < ends[0]:
        found[0] = label[0]
    return found if len(turned) > MOST * (table.cols - 1) else {}


def _is_near(heads: Sequence[Line], table: Table) -> bool:
    """Whether heads usually end right above the print of a table's first row; a stamp may reach farther up or down than both."""
    tops = [w.word.bbox.top for c in table.cells if c.row == 0 for w in c.text.words]
    gap = median(tops) - median(head.bbox.bottom for head in heads)
    return -1 < gap < GAP * median(word.bbox.width for head in heads for word in head.words)


def _ends(table: Table) -> list[float]:
    """Where the print of each column usually ends, from left to right; the last one at the edge of the table. Shorter if one is empty, or ends behind the next."""
    ends = [
        median(e)
        for col in range(table.cols)
        if (e := [max(w.word.bbox.x1 for w in c.text.words) for c in table.cells if _is_of(c, col)])
    ]
    ends[-1:] = [max(ends[-1], table.bbox.x1)] if ends else []
    return ends if all(a < b for a, b in pairwise(ends)) else []


def _is_of(cell: Cell, col: int) -> bool:
    return cell.col == col and cell.colspan == 1 and bool(cell.text.words)


def _rest(row: Row, heads: Sequence[Line]) -> list[Row]:
    """What is left of a row without its heads."""
    rest = tuple(part for part in row if part not in heads)
    return [rest] if rest else []


def _with_heads(table: Table, heads: dict[int, Line]) -> Table:
    cells = [
        Cell(row=0, col=col, text=MappedText.join([(part.page, word) for word in part.words]), bbox=part.bbox)
        for col, part in sorted(heads.items())
    ]
    box = BBox.around((table.bbox, *(part.bbox for part in heads.values())))
    return replace(table, bbox=box, cells=(*cells, *(replace(cell, row=cell.row + 1) for cell in table.cells)))
