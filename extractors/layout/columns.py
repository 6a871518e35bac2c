"""Reading order: text set in columns is read down each column, everything else from top to bottom.

A page is a list of rows. Where enough rows in turn leave the same gutter free and hold running text on both sides, they
are a stretch of columns; a table, whose sides are short or numeric, is not.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.layout.lines import Line, Row
from extractors.layout.tokens import is_value

MIN_ROWS = 5
ALIGNED = 3.0  # points
FAR = 6.0  # times its height: the foot of a page stands so far below its text
INDENTS = 9  # so many times ALIGNED: items of lists stand so far within their column
MIN_WORDS = 3.5  # words a line on average: running text, not cells


def flows(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows as stretches that are read one after the other; within a stretch rows go from top to bottom."""
    best = _best_stretch(rows)
    if best is None:
        return [list(rows)] if rows else []
    start, end, gutter = best
    heads = [at for at in range(start + 1, end) if _heads_both(rows, at, gutter)]
    sections = [rows[a:b] for a, b in pairwise((start, *heads, end))]
    return [*flows(rows[:start]), *(f for s in sections for f in _columns(s, gutter)), *flows(rows[end:])]


def _columns(rows: Sequence[Row], gutter: float) -> Iterator[list[Row]]:
    """The left column of a stretch, and then the right."""
    yield from flows([side for row in rows if (side := tuple(s for s in row if s.bbox.x0 < gutter))])
    yield from flows([side for row in rows if (side := tuple(s for s in row if s.bbox.x0 >= gutter))])


def _best_stretch(rows: Sequence[Row]) -> tuple[int, int, float] | None:
    """First row, end and left edge of the right column of the longest stretch of columns."""
    starts: dict[int, int] = defaultdict(int)
    left = min((row[0].bbox.x0 for row in rows), default=0.0)
    for row in rows:
        for part in row:
            if part.bbox.x0 > left + 60:
                starts[round(part.bbox.x0 / ALIGNED)] += 1
    best: tuple[int, int, float] | None = None
    for key in sorted(starts):
        if sum(starts.get(key + inward, 0) for inward in range(INDENTS)) < MIN_ROWS:
            continue
        gutter = (key - 0.6) * ALIGNED
        for start, end in _free_runs(rows, gutter):
            longer = best is None or end - start > best[1] - best[0]
            if longer and _running_text(rows[start:end], gutter):
                best = (start, end, gutter)
    return best


def _free_runs(rows: Sequence[Row], gutter: float) -> list[tuple[int, int]]:
    """Stretches of rows none of which has a part across the gutter, trimmed to begin and end with two-sided rows."""
    runs: list[tuple[int, int]] = []
    start = 0
    for at in range(len(rows) + 1):
        crossed = at == len(rows) or any(p.bbox.x0 < gutter - 1 and p.bbox.x1 > gutter - 4 for p in rows[at])
        if not crossed:
            continue
        first, last = start, at
        # a heading or a short line above the columns belongs to neither
        while first < last and not _reaches(rows[first], gutter):
            first += 1
        if last - first > 1 and _stands_apart(rows[last - 2], rows[last - 1]):
            last -= 1
        if last - first >= MIN_ROWS:
            runs.append((first, last))
        start = at + 1
    return runs


def _stands_apart(above: Row, row: Row) -> bool:
    """Whether a row is the foot of the page, far below the columns."""
    return row[0].bbox.top - above[-1].bbox.bottom > FAR * row[0].bbox.height


def _heads_both(rows: Sequence[Row], at: int, gutter: float) -> bool:
    """Whether a row is a heading over both columns: bold or large, on the left, with nothing beside it on the right."""
    (head, *others), below = rows[at], rows[at + 1 : at + 2]
    if others or head.bbox.x0 >= gutter or not below or not (head.bold or head.size > 1.1 * below[0][0].size):
        return False
    around = rows[max(0, at - 2) : at + 3]
    room = 0.5 * head.bbox.height
    beside = (p for row in around for p in row if p.bbox.x0 >= gutter)
    return not any(p.bbox.bottom > head.bbox.top - room and p.bbox.top < head.bbox.bottom + room for p in beside)


def _reaches(row: Row, gutter: float) -> bool:
    return row[-1].bbox.x0 >= gutter


def _running_text(rows: Sequence[Row], gutter: float) -> bool:
    """Whether both sides hold lines of text that mostly fill their column."""
    left = [p for row in rows for p in row if p.bbox.x0 < gutter]
    right = [p for row in rows for p in row if p.bbox.x0 >= gutter]
    return all(len(side) >= MIN_ROWS and _is_text(side) for side in (left, right))


def _is_text(parts: Sequence[Line]) -> bool:
    words = sum(len(p.words) for p in parts)
    if words < MIN_WORDS * len(parts) or sum(is_value(p.text) for p in parts) > 0.1 * len(parts):
        return False
    start, end = min(p.bbox.x0 for p in parts), max(p.bbox.x1 for p in parts)
    full = sum(p.bbox.x1 > end - 0.2 * (end - start) for p in parts)
    return 2 * full >= len(parts) and end - start > 90
