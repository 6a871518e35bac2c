"""Tables without rules: rows whose parts stand under each other in columns.

Running text is kept out by what makes a table: at least two rows with wide gaps at the same places, columns that are
mostly filled, and cells that are short or hold values.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from extractors.layout.captions import names_a_table
from extractors.layout.cells import Spot, table_of
from extractors.layout.lines import Line, Row, line_of
from extractors.layout.tokens import (
    is_bullet,
    is_number_marker,
    is_numbered,
    is_period,
    is_value,
    marker_of,
    starts_lower,
)
from schemas.layout import Table
from schemas.pages import BBox

MOST_STEP = 3.2  # em from row to row inside a table
SECTION_STEP = 1.35  # times the usual step: a numbered line so far below the row above is a heading
MOST_SINGLES = 3  # rows of one part that may come in turn inside a table
LEAST_FILLED = 0.4
MOST_VALUE_WORDS = 4
MOST_INDENT = 5.0  # em from the outermost row labels to the innermost
MOST_WORDS = 9  # words in a cell on average


_OPEN_ENDS = frozenset(
    {"of", "or", "and", "to", "for", "by", "in", "with", "from", "the", "a", "an", "&", "/", "-", "–"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Left and right end of what stands in a column, in points."""

    x0: float
    x1: float


def with_tables(rows: Sequence[Row], *, contents: bool = False, drawn: Sequence[float] = ()) -> Iterator[Row | Table]:
    """The rows of one flow, those that make a table replaced by it.

    `contents` says that the page is one of contents; `drawn` are the heights at which rules drawn with characters stood.
    """
    rows = [_joined_caption(row) for row in rows]
    at = 0
    while at < len(rows):
        end = _run_end(rows, at, drawn)
        table = _table(rows[at:end], contents) if end - at >= 2 else None
        if table is None:
            yield rows[at]
            at += 1
        else:
            yield table
            at = end


def _run_end(rows: Sequence[Row], start: int, drawn: Sequence[float]) -> int:
    """The end of the run of rows from `start` that may be one table: it begins and ends with rows of several parts."""
    if len(rows[start]) < 2 or _is_item(rows[start]) or _is_numbered_row(rows[start]):
        return start
    end, singles, usual = start + 1, 0, MOST_STEP
    for at in range(start + 1, len(rows)):
        between = sum(rows[at - 1][0].bbox.middle < height < rows[at][0].bbox.middle for height in drawn)
        step = _step(rows[at - 1], rows[at]) / rows[at][0].size / (1 + between)
        if step > MOST_STEP or step > max(2.5, 1.65 * usual) or _is_item(rows[at]) or _begins_section(rows, at):
            break
        if step > SECTION_STEP * usual and (_is_numbered_row(rows[at]) or _begins_heads(rows, at)):
            break
        usual = min(usual, max(step, 1.0))
        if len(rows[at]) == 1 and names_a_table(rows[at][0].text):
            break
        if len(rows[at]) >= 2:
            end, singles = at + 1, 0
        elif singles == MOST_SINGLES or not _may_be_inside(rows[start], rows[at]):
            break
        else:
            singles += 1
    if end < len(rows) and end - start > 1 and _is_wrapped_tail(rows[end - 1], rows[end]):
        end += 1
    return end


def _joined_caption(row: Row) -> Row:
    """A row that is the caption of a table as one part, for all the space behind its number ("Table D.  Outcomes at Stage 1")."""
    words = [w for part in row for w in part.words]
    apart = len(row) == 2 and len(row[0].words) == 2 and not is_value(row[1].words[0].text)
    if not apart or not names_a_table(" ".join(w.text for w in words)):
        return row
    return (line_of(row[0].page, words, edge=row[0].edge, flow=row[0].flow),)


def _is_item(row: Row) -> bool:
    """Whether a row is a bullet or number with text after it."""
    if len(row) != 2 or is_value(row[1].words[0].text) and len(row[1].words) < 4:
        return False
    return is_bullet(row[0].text) or bool(marker_of((*row[0].words, *row[1].words), wide_gap=0.0))


def _begins_section(rows: Sequence[Row], at: int) -> bool:
    """Whether a row is a numbered heading over the heads of another table ("4. Complaints by area" / "Area  2014/15  2015/16")."""
    if len(rows[at]) > 1 or at + 1 == len(rows) or not is_numbered(rows[at][0].words):
        return False
    below = rows[at + 1]
    return len(below) > 1 and not any(is_value(part.text) and not is_period(part.text) for part in below)


def _is_numbered_row(row: Row) -> bool:
    """Whether a row begins with a number and has no value of its own, so that it is a heading and no row of a table."""
    words = [w for part in row for w in part.words]
    return is_numbered(words) and (len(row) == 1 or not is_value(row[-1].words[0].text))


def _begins_heads(rows: Sequence[Row], at: int) -> bool:
    """Whether heads of periods without a value begin here, or below a line of one part: another table."""
    heads = rows[at] if len(rows[at]) > 1 else rows[at + 1] if at + 1 < len(rows) else ()
    periods = [part for part in heads[1:] if is_period(part.text)]
    return len(periods) > 1 and len(periods) == len(heads) - 1 and not is_value(heads[0].text)


def _step(before: Row, after: Row) -> float:
    return after[0].bbox.middle - before[0].bbox.middle


def _may_be_inside(first: Row, row: Row) -> bool:
    """Whether a row of one part may belong to a table: short, not running text."""
    width = first[-1].bbox.x1 - first[0].bbox.x0
    return len(row[0].words) <= 12 and row[0].bbox.width < 0.75 * width


def _is_wrapped_tail(before: Row, row: Row) -> bool:
    """Whether a single part below the last row is the rest of one of its cells."""
    close = _step(before, row) < 1.35 * row[0].size
    starts = any(abs(part.bbox.x0 - row[0].bbox.x0) < 3 for part in before)
    return len(row) == 1 and close and starts and starts_lower(row[0].text)


def _table(rows: Sequence[Row], contents: bool) -> Table | None:
    columns = _columns(rows)
    if len(columns) < 2:
        return None
    grid = [_placed(row, columns) for row in rows]
    if not _is_table(grid, len(columns), contents):
        return None
    spots: list[Spot] = []
    for number, group in enumerate(_row_groups(rows, grid)):
        spots.extend(_row_spots(number, group, columns, rows))
    return table_of(rows[0][0].page, spots, "aligned")


def _columns(rows: Sequence[Row]) -> list[Column]:
    """Columns shown by the parts of rows, those with most parts first; a part over two columns is a heading over both."""
    columns: list[Column] = []
    for row in sorted(rows, key=len, reverse=True):
        for part in row if len(row) > 1 else ():
            over = [c for c in columns if part.bbox.x0 < c.x1 and part.bbox.x1 > c.x0]
            if len(over) > 1:
                continue
            merged = Column(
                x0=min([part.bbox.x0, *(c.x0 for c in over)]),
                x1=max([part.bbox.x1, *(c.x1 for c in over)]),
            )
            others = [c for c in columns if c not in over]
            if not over or all(c.x1 <= merged.x0 or c.x0 >= merged.x1 for c in others):
                columns = [*others, merged]
    return sorted(columns, key=lambda c: c.x0)


def _placed(row: Row, columns: Sequence[Column]) -> list[tuple[int, int, Line]]:
    """Parts of a row as (first column, number of columns, part)."""
    placed = []
    for part in row:
        over = [n for n, c in enumerate(columns) if part.bbox.x0 < c.x1 and part.bbox.x1 > c.x0]
        if not over:
            middle = (part.bbox.x0 + part.bbox.x1) / 2
            over = [min(range(len(columns)), key=lambda n: abs((columns[n].x0 + columns[n].x1) / 2 - middle))]
        placed.append((over[0], over[-1] - over[0] + 1, part))
    return placed


def _is_table(grid: Sequence[Sequence[tuple[int, int, Line]]], cols: int, contents: bool) -> bool:
    """Whether rows set in columns are a table and not a list, a contents page or chance gaps in text."""
    several = [placed for placed in grid if len(placed) > 1]
    parts = [part for placed in several for _, _, part in placed]
    if len(several) < 2 or len(parts) < LEAST_FILLED * cols * len(several):
        return False
    if sum(len(p.words) for p in parts) > MOST_WORDS * len(parts) or any("...." in p.text for p in parts):
        return False
    by_column = [[p for placed in several for c, span, p in placed if c == col and span == 1] for col in range(cols)]
    if cols == 2 and all(is_bullet(p.text) or is_number_marker(p.text) for p in by_column[0]):
        return False
    numeric = [col for col in range(1, cols) if _numeric(by_column[col])]
    agreeing = sum(
        len(own) > 1 and (_edges_agree(own) or _headed(own) or col == 0 and bool(numeric) and _indented(own))
        for col, own in enumerate(by_column)
    )
    if agreeing < (cols if len(several) == 2 else 0.6 * cols):
        return False
    if numeric:
        return not _is_contents(by_column, least=2 if contents else 3)
    return len(several) >= 3 and agreeing == cols and all(len(own) >= 2 for own in by_column)


def _numeric(parts: Sequence[Line]) -> bool:
    values = sum(is_value(p.words[0].text) and len(p.words) <= MOST_VALUE_WORDS or is_period(p.text) for p in parts)
    return bool(parts) and 2 * values > len(parts) and any(is_value(p.words[0].text) for p in parts)


def _edges_agree(parts: Sequence[Line]) -> bool:
    """Whether parts stand under each other on their left or right edge or their middle."""
    left = sum(abs(p.bbox.x0 - median(q.bbox.x0 for q in parts)) < 3 for p in parts)
    right = sum(abs(p.bbox.x1 - median(q.bbox.x1 for q in parts)) < 3 for p in parts)
    middle = sum(abs(p.bbox.x0 + p.bbox.x1 - median(q.bbox.x0 + q.bbox.x1 for q in parts)) < 6 for p in parts)
    return max(left, right, middle) >= 0.7 * len(parts)


def _headed(parts: Sequence[Line]) -> bool:
    """Whether the values of a column stand under each other, though their head, a period or words, stands a little aside."""
    head, values = parts[0], parts[1:]
    named = is_period(head.words[0].text) or not is_value(head.words[0].text)
    plain = all(is_value(p.words[0].text) and len(p.words) <= MOST_VALUE_WORDS for p in values)
    return len(values) > 1 and named and plain and _edges_agree(values)


def _indented(parts: Sequence[Line]) -> bool:
    """Whether labels stand on two or three edges close together, some a step further in than the others."""
    edges = sorted(p.bbox.x0 for p in parts)
    steps = [b - a for a, b in zip(edges, edges[1:], strict=False) if b - a >= 3]
    return len(steps) <= 2 and edges[-1] - edges[0] < MOST_INDENT * parts[0].size


def _is_contents(by_column: Sequence[Sequence[Line]], least: int) -> bool:
    """Whether the only numbers are page numbers: one column of whole numbers that never fall, after long entries."""
    if len(by_column) != 2:
        return False
    numbers = [int(p.text) for p in by_column[1] if p.text.isdecimal() and len(p.text) < 4]
    rising = len(numbers) >= least and len(numbers) == len(by_column[1]) and numbers == sorted(numbers)
    distance = median(n.bbox.x0 for n in by_column[1]) - median(e.bbox.x1 for e in by_column[0])
    return rising and distance > 60


def _row_groups(rows: Sequence[Row], grid: Sequence[Sequence[tuple[int, int, Line]]]) -> list[list[int]]:
    """Numbers of the printed rows that make up each row of the table: a wrapped cell has several."""
    groups: list[list[int]] = []
    for at, placed in enumerate(grid):
        if groups and (_continues(rows, grid, at, placed) or _begins_label(rows, grid, at)):
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups


def _continues(
    rows: Sequence[Row],
    grid: Sequence[Sequence[tuple[int, int, Line]]],
    at: int,
    placed: Sequence[tuple[int, int, Line]],
) -> bool:
    """Whether a printed row only goes on with cells of the row above: no values, close by, under a part of it."""
    above = {c + k for c, span, _ in grid[at - 1] for k in range(span)}
    own = {c + k for c, span, _ in placed for k in range(span)}
    if any(is_value(p.words[0].text) for _, _, p in placed) or not own <= above:
        return False
    size = rows[at][0].size
    if _step(rows[at - 1], rows[at]) > 1.4 * size:
        return False
    has_values = any(is_value(p.words[-1].text) for _, _, p in grid[at - 1])
    if 0 not in own:
        return True
    return has_values and len(placed) == 1 and (starts_lower(placed[0][2].text) or len(placed[0][2].words) <= 2)


def _begins_label(rows: Sequence[Row], grid: Sequence[Sequence[tuple[int, int, Line]]], at: int) -> bool:
    """Whether the row above holds nothing but the first line of this row's label ("Attitude or behaviour of" / "staff  21  25")."""
    above, own = grid[at - 1], grid[at]
    if len(above) != 1 or above[0][:2] != (0, 1) or own[0][0] != 0 or len(own) < 2:
        return False
    before, after = above[0][2], own[0][2]
    if _step(rows[at - 1], rows[at]) > 1.7 * before.size or is_value(before.words[-1].text):
        return False
    widest = max(part.bbox.x1 for placed in grid for col, span, part in placed if (col, span) == (0, 1))
    full = before.bbox.x1 + after.words[0].bbox.width + before.space > widest
    return before.words[-1].text.lower() in _OPEN_ENDS or starts_lower(after.text) and full


def _row_spots(number: int, group: Sequence[int], columns: Sequence[Column], rows: Sequence[Row]) -> Iterator[Spot]:
    """The cells of one row, empty ones included."""
    held: dict[tuple[int, int], list[Line]] = {}
    for at in group:
        for col, span, part in _placed(rows[at], columns):
            home = next((k for k in held if k[0] <= col < k[0] + k[1]), (col, span))
            held.setdefault(home, []).append(part)
    band = BBox.around(part.bbox for at in group for part in rows[at])
    covered = {c + k for c, span in held for k in range(span)}
    for (col, span), parts in held.items():
        lines = tuple(parts)
        yield Spot(row=number, col=col, colspan=span, lines=lines, bbox=BBox.around(p.bbox for p in parts))
    for col, column in enumerate(columns):
        if col not in covered:
            yield Spot(row=number, col=col, bbox=BBox(column.x0, band.top, column.x1, band.bottom))
