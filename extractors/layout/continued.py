"""Tables that run over a page end are put together again; a heading row that the next page repeats is left off.

Without rules the rest of a table is told by its columns, which stand where those before the page end stand, and by its having
the same heads or none. Where a page end parts the first heads from the others, these go over the columns that they stand over.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from extractors.layout.tokens import is_period, is_value
from schemas.layout import Block, Cell, Table
from schemas.pages import BBox, MappedText

_TOTAL = re.compile(r"\W*(?:grand |sub-?)?(?:totals?|all|overall|both|sum)\b", re.I)
SAME_EDGE = 3.0  # points
SAME_COLUMN = 8.0  # points
NEAR_ROWS = 60.0  # points between rows of one table that became text


def with_joined_tables(elements: Sequence[Block | Table]) -> list[Block | Table]:
    """Elements with the parts of ruled tables on following pages joined. Cells keep their own page in their words.

    So are the parts of a flattened table that a blank or a speck on the page set apart.
    """
    result: list[Block | Table] = []
    for element in elements:
        if isinstance(element, Table) and (parted := _parted_by_label(result, element)) is not None:
            result[-parted:] = [_with_rows(_with_label(result[-parted], result[1 - parted :]), element, heads=0)]
            continue
        before = result[-1] if result else None
        if isinstance(before, Table) and isinstance(element, Block) and _is_rest_of_label(before, element):
            result[-1] = _with_label(before, [element])
            continue
        whole = _joined(before, element) if isinstance(before, Table) and isinstance(element, Table) else None
        if whole is None:
            result.append(element)
        else:
            result[-1] = whole
    return result


def _joined(before: Table, after: Table) -> Table | None:
    """Two tables as one; None if they are two."""
    before = _without_empty_end(before)
    if _has_heads_alone(before, after):
        over = [replace(c, col=_column_of(c, after), colspan=_span_of(c, after)) for c in before.cells]
        moved = [replace(c, row=c.row + before.rows) for c in after.cells]
        return replace(before, cells=(*over, *moved), notes=after.notes)
    if not any(joins(before, after) for joins in (_goes_on, _is_rest, _is_parted_by_slip)):
        return None
    return _with_rows(before, after, heads=_repeated_heads(before, after))


def _without_empty_end(table: Table) -> Table:
    """A table of a scan without empty rows at its end, which pieces of a line make."""
    last = max((c.row + c.rowspan for c in table.cells if c.text.text), default=table.rows)
    read = all(w.word.confidence is not None for c in table.cells for w in c.text.words)
    return (
        table if last == table.rows or not read else replace(table, cells=tuple(c for c in table.cells if c.row < last))
    )


def _with_rows(before: Table, after: Table, *, heads: int) -> Table:
    """A table with the rows of another behind its own, but for that one's `heads`."""
    rest = [replace(c, row=c.row + before.rows - heads) for c in after.cells if c.row >= heads]
    return replace(
        before,
        bbox=BBox.around((before.bbox, after.bbox)) if before.page == after.page else before.bbox,
        cells=(*before.cells, *rest),
        caption=before.caption or after.caption,
        notes=(*before.notes, *after.notes),
    )


def _goes_on(before: Table, after: Table) -> bool:
    """Whether a table is the rest of the one before it: next page, same columns, no caption, and no total before its own heads.

    One that repeats the heads may have the caption of both below it, and a total right under the first heads is that of what follows. Without them, rules must end at the same edges, and aligned
    columns stand where those before the page end stand.
    """
    last_page = max((w.page for cell in before.cells for w in cell.text.words), default=before.page)
    if after.page != last_page + 1 or before.cols != after.cols or before.notes or (before.caption and after.caption):
        return False
    if heads := _repeated_heads(before, after):
        open_end = not ends_in_total(before) or _total_comes_first(before, after, heads, repeated=heads)
        return open_end and sum(map(bool, _row(after, heads - 1))) > 1 and _stands_below(after)
    if after.caption:
        return False
    if before.method == after.method == "aligned":
        return has_values(after, 0) and not ends_in_total(before) and _same_columns(before, after)
    if before.method != "ruled" or after.method != "ruled":
        return False
    return abs(before.bbox.x0 - after.bbox.x0) < SAME_EDGE and abs(before.bbox.x1 - after.bbox.x1) < SAME_EDGE


_LABEL_LINES = 3
_LABEL_WORDS = 4
LINE = 1.2  # heights of print from line to line of one label, at most
_TELLING = 3  # columns that stand under each other by no chance


def _parted_by_label(before: Sequence[Block | Table], after: Table) -> int | None:
    """How many elements back a table begins whose last label runs on over lines that became text, right above its other rows."""
    lines = next((n for n, e in enumerate(reversed(before)) if isinstance(e, Table)), 0)
    if not 0 < lines <= _LABEL_LINES or after.caption or not has_values(after, 0):
        return None
    table, label = before[-lines - 1], before[-lines:]
    if not isinstance(table, Table) or table.method != after.method or table.notes or table.page != after.page:
        return None
    end = max(c.bbox.x1 for c in table.cells if c.col == 0)
    own = [w.word for e in label if isinstance(e, Block) for w in e.text.words]
    within = (
        all(table.bbox.bottom - 1 <= w.bbox.top <= after.bbox.top and w.bbox.x1 <= end + SAME_COLUMN for w in own)
        and own
    )
    short = all(
        isinstance(e, Block) and e.marker is None and len(e.text.words) <= _LABEL_WORDS
        and not any(is_value(w.word.text) for w in e.text.words)
        for e in label
    )  # fmt: skip
    alike = table.cols == after.cols and _same_columns(table, after) and not ends_in_total(table)
    return lines + 1 if within and short and alike else None


def _is_rest_of_label(table: Table, block: Block) -> bool:
    """Whether a line of words right below a table of a scan goes on with its last label: as near as lines are, and within its column."""
    words = [w.word for w in block.text.words]
    label = next((c for c in table.cells if (c.row, c.col) == (table.rows - 1, 0)), None)
    if label is None or not label.text.words or block.marker is not None or len(words) > _LABEL_WORDS:
        return False
    last = label.text.words[-1]
    if last.word.confidence is None or last.page != block.text.words[0].page or any(is_value(w.text) for w in words):
        return False
    above, box = last.word.bbox, BBox.around(w.bbox for w in words)
    ends = [w.word.bbox.x1 for c in table.cells if c.col == 0 for w in c.text.words]
    lined = abs(box.x0 - label.text.words[0].word.bbox.x0) < SAME_EDGE and box.x1 <= max(ends) + SAME_COLUMN
    return lined and table.cols >= _TELLING and 0 < box.middle - above.middle < LINE * last.word.bbox.height


def _with_label(table: Block | Table, label: Sequence[Block | Table]) -> Table:
    """A table, the label of its last row with the lines that belong to it."""
    assert isinstance(table, Table)
    rest = [e.text for e in label if isinstance(e, Block)]
    last = table.rows - 1
    cells = tuple(
        replace(c, text=MappedText.concat([c.text, *rest])) if (c.row, c.col) == (last, 0) else c for c in table.cells
    )
    return replace(table, cells=cells)


def _has_heads_alone(before: Table, after: Table) -> bool:
    """Whether a page end parts the first heads of a table from the others: nothing but words, over columns that go on below."""
    if before.method != "ruled" or after.method != "ruled" or after.page != before.page + 1 or after.caption:
        return False
    if before.rows > 2 or not before.cols < after.cols or any(has_values(before, row) for row in range(before.rows)):
        return False
    edges = abs(before.bbox.x0 - after.bbox.x0) < SAME_EDGE and abs(before.bbox.x1 - after.bbox.x1) < SAME_EDGE
    spans = sorted((_column_of(c, after), _span_of(c, after)) for c in before.cells if c.row == 0)
    return edges and all(a[0] + a[1] == b[0] for a, b in zip(spans, spans[1:], strict=False))


def _under(cell: Cell, table: Table) -> list[int]:
    """The columns of a table whose middle lies under a cell."""
    middles = {c.col: (c.bbox.x0 + c.bbox.x1) / 2 for c in table.cells if c.colspan == 1}
    return sorted(col for col, middle in middles.items() if cell.bbox.x0 <= middle <= cell.bbox.x1)


def _column_of(cell: Cell, table: Table) -> int:
    return next(iter(_under(cell, table)), cell.col)


def _span_of(cell: Cell, table: Table) -> int:
    return max(len(_under(cell, table)), 1)


def _same_columns(before: Table, after: Table) -> bool:
    """Whether the print of each column ends or begins where that of the other table does, or has its middle there."""
    for col in range(before.cols):
        edges = [
            [
                (c.text.words[0].word.bbox.x0, max(w.word.bbox.x1 for w in c.text.words))
                for c in t.cells
                if c.col == col and c.colspan == 1 and c.text.words
            ]
            for t in (before, after)
        ]
        if not all(edges):
            continue
        left, right = (abs(median(e[side] for e in edges[0]) - median(e[side] for e in edges[1])) for side in (0, 1))
        middle = abs(median(map(sum, edges[0])) - median(map(sum, edges[1]))) / 2
        if min(left, right, middle) > SAME_COLUMN:
            return False
    return True


def _stands_below(table: Table) -> bool:
    """Whether the caption of a table, if it has one, stands below it."""
    caption = table.caption.words[0].word.bbox.top if table.caption and table.caption.words else table.bbox.bottom
    return caption > table.bbox.top


def _is_rest(before: Table, after: Table) -> bool:
    """Whether rows of text right below a table are more of its rows: as many columns, and no heads of their own."""
    if (
        before.method != "lines"
        or after.method != "lines"
        or before.page != after.page
        or after.caption
        or before.notes
    ):
        return False
    near = -1 < after.bbox.top - before.bbox.bottom < NEAR_ROWS
    return (
        near and before.cols == after.cols and before.cols > 1 and all(has_values(after, r) for r in range(after.rows))
    )


def _is_parted_by_slip(before: Table, after: Table) -> bool:
    """Whether rows without heads right below a table of a scan are its own: a row with a misread box or the end of a tint parted them."""
    if not {before.method, after.method} <= {"aligned", "ruled"} or before.page != after.page:
        return False
    captioned = after.caption is not None and not _stands_below(after)
    ended = ends_in_total(before) and not _total_comes_first(before, after, _head_rows(before), repeated=0)
    if before.cols != after.cols or before.cols < _TELLING or captioned or before.notes or ended:
        return False
    scanned = all(w.word.confidence is not None for t in (before, after) for c in t.cells for w in c.text.words)
    rows = [[bool(c.text.text) for c in after.cells if c.row == row and c.col] for row in range(after.rows)]
    full = all(all(row) and has_values(after, n) for n, row in enumerate(rows))
    tops = sorted({c.bbox.top for t in (before, after) for c in t.cells if c.col == t.cols - 1 and c.text.text})
    steps = [low - high for high, low in pairwise(tops)]
    gap = after.bbox.top - before.bbox.bottom
    near = bool(steps) and -median(steps) / 2 < gap < median(steps)
    return scanned and full and near and has_values(before, before.rows - 1) and _same_columns(before, after)


def has_values(table: Table, row: int) -> bool:
    """Whether a cell of a row, beside its label, begins with a value that is no period."""
    first = [c.text.words[0].word.text for c in table.cells if c.row == row and c.col and c.text.words]
    return any(is_value(text) and not is_period(text) for text in first)


def _head_rows(table: Table) -> int:
    """How many rows of a table stand above its first values."""
    return next((row for row in range(table.rows) if has_values(table, row)), table.rows)


def _repeated_heads(before: Table, after: Table) -> int:
    """How many rows a table begins with that the one before it begins with too."""
    number = 0
    while number < min(before.rows, after.rows) - 1 and _row(before, number) == _row(after, number):
        number += 1
    return number


def ends_in_total(table: Table) -> bool:
    """Whether the last row of a table is that of a total, so that nothing of it can follow."""
    return bool(_TOTAL.match(_row(table, table.rows - 1)[0]))


def _total_comes_first(before: Table, after: Table, heads: int, *, repeated: int) -> bool:
    """Whether the total is the only row right under the heads, and several rows without one go on behind it, below `repeated` ones."""
    rest = [_row(after, row)[0] for row in range(repeated, after.rows)]
    return 1 < before.rows == heads + 1 and len(rest) > 1 and not any(_TOTAL.match(label) for label in rest)


def _row(table: Table, number: int) -> list[str]:
    return [cell.text.text for cell in table.cells if cell.row == number] or [""]
