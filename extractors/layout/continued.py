"""Tables that run over a page end are put together again; a heading row that the next page repeats is left off.

Without rules the rest of a table is told by its columns, which stand where those before the page end stand, and by its having
the same heads or none.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from extractors.layout.tokens import is_value
from schemas.layout import Block, Table

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
        before = result[-1] if result else None
        if (
            isinstance(before, Table)
            and isinstance(element, Table)
            and (_goes_on(before, element) or _is_rest(before, element))
        ):
            heads = _repeated_heads(before, element)
            rest = [cell for cell in element.cells if cell.row >= heads]
            shifted = [replace(cell, row=cell.row + before.rows - heads) for cell in rest]
            result[-1] = replace(
                before,
                cells=(*before.cells, *shifted),
                caption=before.caption or element.caption,
                notes=(*before.notes, *element.notes),
            )
        else:
            result.append(element)
    return result


def _goes_on(before: Table, after: Table) -> bool:
    """Whether a table is the rest of the one before it: next page, same columns, no caption, and no total before its own heads.

    Without rules around both, or with edges of their own, it must repeat the heads. Then its caption, which stands below, may be that of both.
    """
    last_page = max((w.page for cell in before.cells for w in cell.text.words), default=before.page)
    if after.page != last_page + 1 or before.cols != after.cols or before.notes or (before.caption and after.caption):
        return False
    if heads := _repeated_heads(before, after):
        return not _ends_in_total(before) and sum(map(bool, _row(after, heads - 1))) > 1 and _stands_below(after)
    if after.caption:
        return False
    if before.method == after.method == "aligned":
        return _has_values(after, 0) and not _ends_in_total(before) and _same_columns(before, after)
    if before.method != "ruled" or after.method != "ruled":
        return False
    return abs(before.bbox.x0 - after.bbox.x0) < SAME_EDGE and abs(before.bbox.x1 - after.bbox.x1) < SAME_EDGE


def _same_columns(before: Table, after: Table) -> bool:
    """Whether the cells of each column end, or begin, where those of the other table do."""
    for col in range(before.cols):
        edges = [
            [(c.bbox.x0, c.bbox.x1) for c in t.cells if c.col == col and c.colspan == 1 and c.text.text]
            for t in (before, after)
        ]
        if not all(edges):
            continue
        left, right = (abs(median(e[side] for e in edges[0]) - median(e[side] for e in edges[1])) for side in (0, 1))
        if min(left, right) > SAME_COLUMN:
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
        near and before.cols == after.cols and before.cols > 1 and all(_has_values(after, r) for r in range(after.rows))
    )


def _has_values(table: Table, row: int) -> bool:
    return any(is_value(w.word.text) for c in table.cells if c.row == row and c.col for w in c.text.words[:1])


def _repeated_heads(before: Table, after: Table) -> int:
    """How many rows a table begins with that the one before it begins with too."""
    number = 0
    while number < min(before.rows, after.rows) - 1 and _row(before, number) == _row(after, number):
        number += 1
    return number


def _ends_in_total(table: Table) -> bool:
    """Whether the last row of a table is that of a total, so that nothing of it can follow."""
    return bool(_TOTAL.match(_row(table, table.rows - 1)[0]))


def _row(table: Table, number: int) -> list[str]:
    return [cell.text.text for cell in table.cells if cell.row == number] or [""]
