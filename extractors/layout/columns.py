"""Reading order: text set in columns is read down each column, everything else from top to bottom.

A page is a list of rows. Where enough rows in turn leave the same gutter free and hold running text on both sides, they
are a stretch of columns; a table, whose sides are short or numeric, is not. In a document that is set in columns a few rows,
or one, are enough: two columns of a section that end level with each other may be two lines long.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from statistics import median

from extractors.layout.lines import Line, Row
from extractors.layout.tokens import is_bullet, is_value

MIN_ROWS = 5
ALIGNED = 3.0  # points
FAR = 6.0  # times its height: the foot of a page stands so far below its text
INDENTS = 9  # so many times ALIGNED: items of lists stand so far within their column
MIN_WORDS = 3.5  # words a line on average: running text, not cells
STEP = 2.2  # em from line to line of a column, at most
MARKED = 30.0  # points by which a text stands in, behind its mark or number
LARGER = 1.08  # times the size of the text: a heading


def flows(rows: Sequence[Row], gutters: Sequence[float] = ()) -> list[list[Row]]:
    """Rows as stretches that are read one after the other; within a stretch rows go from top to bottom.

    `gutters` are the left edges in points of right columns that the document is known to have.
    """
    best = _best_stretch(rows, gutters) or _short_stretch(rows, gutters)
    if best is None:
        return [list(rows)] if rows else []
    start, end, gutter = best
    read = [*flows(rows[:start], gutters)]
    for section in _sections(rows[start:end], gutter):
        read += flows([side for row in section if (side := tuple(s for s in row if s.bbox.x0 < gutter))])
        read += flows([side for row in section if (side := tuple(s for s in row if s.bbox.x0 >= gutter))])
    return [*read, *flows(rows[end:], gutters)]


def _sections(rows: Sequence[Row], gutter: float) -> list[list[Row]]:
    """A stretch parted at its headings, if the columns begin anew below each of them, level with each other; else the whole of it.

    Where columns run on past headings, as in a newspaper, text stands beside some heading, or beside the lines around it.
    """
    size = median(part.size for row in rows for part in row)
    sections: list[list[Row]] = [[]]
    for before, row in zip((None, *rows), rows, strict=False):
        if _heads(row, gutter, size) and not (before is not None and _heads(before, gutter, size)):
            sections.append([])
        sections[-1].append(row)
    sections = [section for section in sections if section]
    bodies = [[row for row in section if not _heads(row, gutter, size)] for section in sections]
    level = all(not body or _is_level(body, gutter) for body in bodies)
    return sections if level and not _runs_on(bodies[-1], rows, gutter) else [list(rows)]


def _runs_on(last: Sequence[Row], rows: Sequence[Row], gutter: float) -> bool:
    """Whether the last section has a left column only, whose sentence goes on at the top of the right one."""
    left = [part for row in last for part in row if part.bbox.x0 < gutter]
    right = next((part for row in rows for part in row if part.bbox.x0 >= gutter), None)
    if not left or right is None or any(part.bbox.x0 >= gutter for row in last for part in row):
        return False
    return not left[-1].text.rstrip().endswith((".", ":", ";", "!", "?")) and right.text[:1].islower()


def _heads(row: Row, gutter: float, size: float) -> bool:
    return len(row) == 1 and row[0].bbox.x0 < gutter and (row[0].bold or row[0].size > LARGER * size)


def _is_level(body: Sequence[Row], gutter: float) -> bool:
    """Whether the columns of a section begin on one line, or there is but the left one."""
    right = any(part.bbox.x0 >= gutter for row in body for part in row)
    return not right or (body[0][0].bbox.x0 < gutter <= body[0][-1].bbox.x0)


def gutters_of(pages: Iterable[Sequence[Row]]) -> tuple[float, ...]:
    """The left edges in points of right columns: where lines of text stand beside lines of text, on as many rows as make a column.

    A paragraph of the column may have its number in front of it, the others begin farther in.
    """
    edges = Counter(round(edge) for rows in pages for row in rows if (edge := _right_edge_of(row)) is not None)
    found: list[tuple[int, int]] = []
    for edge, times in sorted(edges.items()):
        if found and edge - found[-1][0] < MARKED:
            found[-1] = (found[-1][0], found[-1][1] + times)
        else:
            found.append((edge, times))
    return tuple(edge - 0.6 for edge, times in found if times >= MIN_ROWS)


def _right_edge_of(row: Row) -> float | None:
    """Where the right one of two lines of text begins, with its mark; None where a row is not made of two."""
    texts = _texts(row)
    if len(texts) != 2 or not _beside(row):
        return None
    return next(part for part in row if part.bbox.x0 > texts[0].bbox.x0).bbox.x0


def _beside(row: Row) -> bool:
    return all(len(part.words) >= MIN_WORDS and not is_value(part.text) for part in _texts(row))


def _texts(row: Row) -> Row:
    """A row without the marks and numbers of its paragraphs."""
    return tuple(
        part for part in row if not (len(part.words) == 1 and (is_bullet(part.text) or _NUMBER.match(part.text)))
    )


_NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){1,2}\.?|\d{1,2}[.)]|\([a-z\d]{1,2}\))$")
"""The number of a paragraph."""


def _short_stretch(rows: Sequence[Row], gutters: Sequence[float]) -> tuple[int, int, float] | None:
    """The first stretch of columns at a known gutter: rows with text on both sides, and the lines that run on below on the left."""
    for gutter in gutters:
        for start, row in enumerate(rows):
            if not _parts_at(row, gutter) or not _beside(row):
                continue
            end = start + 1
            while end < len(rows) and _goes_on(rows[end - 1], rows[end], gutter):
                end += 1
            if end - start > 1:
                return start, end, gutter
    return None


def _parts_at(row: Row, gutter: float) -> bool:
    """Whether a row is a line of the left column and one of the right."""
    left = [part for part in row if part.bbox.x0 < gutter]
    right = [part for part in row if part.bbox.x0 >= gutter]
    if not left or not right or len(_texts(row)) != 2:
        return False
    return left[-1].bbox.x1 < gutter - 4 and right[0].bbox.x0 - gutter < MARKED


def _goes_on(before: Row, after: Row, gutter: float) -> bool:
    """Whether a row is another line of the columns: it keeps to them, in the same type and shortly below."""
    one, other = before[0], after[0]
    keeps = all(part.bbox.x1 < gutter - 4 or part.bbox.x0 >= gutter for part in after)
    alike = abs(one.size - other.size) < 0.5 and one.bold == other.bold
    return keeps and alike and other.bbox.middle - one.bbox.middle < STEP * one.size


def _best_stretch(rows: Sequence[Row], gutters: Sequence[float]) -> tuple[int, int, float] | None:
    """First row, end and left edge of the right column of the longest stretch of columns."""
    starts: dict[int, int] = defaultdict(int)
    left = min((row[0].bbox.x0 for row in rows), default=0.0)
    for row in rows:
        for part in row:
            if part.bbox.x0 > left + 60:
                starts[round(part.bbox.x0 / ALIGNED)] += 1
    own = [key for key in sorted(starts) if sum(starts.get(key + inward, 0) for inward in range(INDENTS)) >= MIN_ROWS]
    best: tuple[int, int, float] | None = None
    for gutter in (*((key - 0.6) * ALIGNED for key in own), *gutters):
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


def _reaches(row: Row, gutter: float) -> bool:
    return row[-1].bbox.x0 >= gutter


def _running_text(rows: Sequence[Row], gutter: float) -> bool:
    """Whether both sides hold lines of text that mostly fill their column."""
    texts = [part for row in rows for part in _texts(row)]
    left = [p for p in texts if p.bbox.x0 < gutter]
    right = [p for p in texts if p.bbox.x0 >= gutter]
    return all(len(side) >= MIN_ROWS and _is_text(side) for side in (left, right))


def _is_text(parts: Sequence[Line]) -> bool:
    words = sum(len(p.words) for p in parts)
    if words < MIN_WORDS * len(parts) or sum(is_value(p.text) for p in parts) > 0.1 * len(parts):
        return False
    start, end = min(p.bbox.x0 for p in parts), max(p.bbox.x1 for p in parts)
    full = sum(p.bbox.x1 > end - 0.2 * (end - start) for p in parts)
    return 2 * full >= len(parts) and end - start > 90
