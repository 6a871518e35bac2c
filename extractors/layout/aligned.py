"""Tables without rules: rows whose parts stand under each other in columns.

Running text is kept out by what makes a table: at least two rows with wide gaps at the same places, columns that are
mostly filled, and cells that are short or hold values.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from extractors.layout.captions import names_a_table
from extractors.layout.cells import table_of
from extractors.layout.heads import Column
from extractors.layout.lines import Line, Row, line_of
from extractors.layout.structure import AT_EDGE, Structure, cut_at_edges, edges_agree, spots_of, structures_of, tabular
from extractors.layout.sums import chosen
from extractors.layout.tabular import is_chart, is_prose
from extractors.layout.tokens import (
    is_bullet,
    is_number_marker,
    is_numbered,
    is_period,
    is_value,
    marker_of,
    starts_lower,
)
from extractors.layout.wrapped import EVENLY, is_number
from schemas.layout import Table
from schemas.pages import BBox, Rule

MOST_STEP = 3.2  # em from row to row inside a table
SECTION_STEP = 1.35  # times the usual step: a numbered line so far below the row above is a heading
MOST_SINGLES = 3  # rows of one part that may come in turn inside a table
LEAST_FILLED = 0.4
MOST_VALUE_WORDS = 4
MOST_PARTS, MOST_TRIES = (
    3,
    12,
)  # lines that stand apart above which a table may end, in a run of rows and of all runs of a page
MOST_INDENT = 5.0  # em from the outermost row labels to the innermost
NEAR = 8.0  # points that a rule between two rows may be shorter than the table
MOST_WORDS = 9  # words in a cell on average
LEAST_HEADS, MOST_HEAD = 3, 40.0  # heads, and points between the rules around them, of a table with one row


def with_tables(
    rows: Sequence[Row], *, contents: bool = False, drawn: Sequence[float] = (), rules: Sequence[Rule] = ()
) -> Iterator[Row | Table]:
    """The rows of one flow, those that make a table replaced by it.

    `contents` says that the page is one of contents; `drawn` are the heights at which rules drawn with characters stood;
    `rules` are the lines of the page.
    """
    rows = [_joined_caption(row) for row in rows]
    at = 0
    cut = _with_full_labels(_with_heads_cut([tabular(row) for row in rows]))
    tries = MOST_TRIES
    while at < len(rows):
        last = _run_end(cut, at, drawn)
        parts = _breaks(cut, at, last)[:tries]
        for end in (last, *parts) if last - at >= 2 else ():
            tries -= end != last
            table = _table(cut[at:end], contents, rules)
            if table is not None:
                yield table
                at = end
                break
        else:
            yield rows[at]
            at += 1


def _breaks(rows: Sequence[Row], start: int, end: int) -> list[int]:
    """Where a table that begins at `start` may end within its run of rows: above one of the first lines that stand apart.

    What stands below a table between blank lines may have gaps, too, that are not those of its columns.
    """
    steps = [_step(rows[at - 1], rows[at]) for at in range(start + 1, end)]
    apart = [
        at
        for at in range(start + 2, end)
        if steps[at - start - 1] > SECTION_STEP * min(steps) and len(rows[at - 1]) > 1
    ]
    return apart[:MOST_PARTS]


def _run_end(rows: Sequence[Row], start: int, drawn: Sequence[float]) -> int:
    """The end of the run of rows from `start` that may be one table: it begins and ends with rows of several parts."""
    if len(rows[start]) < 2 or _is_item(rows[start]) or _is_numbered_row(rows[start]):
        return start
    end, singles, usual = start + 1, 0, MOST_STEP
    for at in range(start + 1, len(rows)):
        between = sum(rows[at - 1][0].bbox.middle < height < rows[at][0].bbox.middle for height in drawn)
        step = _step(rows[at - 1], rows[at]) / median(part.size for part in rows[at]) / (1 + between)
        if step > MOST_STEP or step > max(2.5, 1.65 * usual) or _is_item(rows[at]) or _begins_section(rows, at):
            break
        if _repeats_heads(rows, start, at) or at + 1 < len(rows) and _repeats_heads(rows, start, at + 1):
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
    if end < len(rows) and end - start > 1 and _is_wrapped_tail(rows[start:end], rows[end], usual):
        end += 1
    return end


def _joined_caption(row: Row) -> Row:
    """A row that is the caption of a table as one part, for all the space behind its number ("Table D.  Outcomes at Stage 1")."""
    words = [w for part in row for w in part.words]
    valued = any(is_value(part.words[0].text) and not is_period(part.text) for part in row[1:])
    if len(row) == 1 or valued or not names_a_table(" ".join(w.text for w in words)):
        return row
    return (line_of(row[0].page, words, edge=row[0].edge, flow=row[0].flow),)


def _with_heads_cut(rows: Sequence[Row]) -> list[Row]:
    """The rows, each of one part, or of one behind the label's, cut that has a word, behind wider gaps than any other, where each part of the row below begins.

    Heads set with little more than a space between them look like running text.
    """
    made = list(rows)
    for at, (row, below) in enumerate(pairwise(rows)):
        if len(row) == 1 and len(below) >= LEAST_HEADS and any(is_value(part.words[0].text) for part in below[1:]):
            pieces = tuple(cut_at_edges(row[0], [Column(x0=p.bbox.x0, x1=p.bbox.x1) for p in below]))
            made[at] = pieces if len(pieces) == len(below) else row
        elif len(row) == 2 and len(below) > LEAST_HEADS and all(is_value(part.words[0].text) for part in below[1:]):
            pieces = tuple(cut_at_edges(row[1], [Column(x0=p.bbox.x0, x1=p.bbox.x1) for p in below[1:]]))
            made[at] = (row[0], *pieces) if len(pieces) == len(below) - 1 else row
    return made


def _with_full_labels(rows: Sequence[Row]) -> list[Row]:
    """The rows, each of one part cut before a value that begins where those of the rows above and below do: its label takes all the room."""
    made = list(rows)
    for at, (above, row, below) in enumerate(zip(rows, rows[1:], rows[2:], strict=False), start=1):
        if (
            len(row) == 1
            and len(above) == len(below) == 2
            and all(is_value(other[1].words[0].text) for other in (above, below))
        ):
            part, near = row[0], AT_EDGE * row[0].size
            starts = [
                n
                for n, word in enumerate(part.words)
                if n
                and is_value(word.text)
                and all(abs(word.bbox.x0 - other[1].bbox.x0) < near for other in (above, below))
            ]
            if starts:
                made[at] = tuple(
                    line_of(part.page, words) for words in (part.words[: starts[0]], part.words[starts[0] :])
                )
    return made


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


def _repeats_heads(rows: Sequence[Row], start: int, at: int) -> bool:
    """Whether a row begins as the first one does, with the head of the labels: another table of the same kind."""
    first, own = rows[start], rows[at]
    head = first[0].text
    alike = len(own) == len(first) > 2 and own[0].text == head
    return alike and at > start + 2 and not is_value(first[0].words[0].text) and not is_period(head)


def _step(before: Row, after: Row) -> float:
    """Points from row to row, from the lower end of heads that are turned."""
    below = after[0].bbox
    if all(word.turned for part in before for word in part.words):
        return below.middle + below.height / 2 - max(part.bbox.bottom for part in before)
    return below.middle - before[0].bbox.middle


def _may_be_inside(first: Row, row: Row) -> bool:
    """Whether a row of one part may belong to a table: short, not running text."""
    width = first[-1].bbox.x1 - first[0].bbox.x0
    return len(row[0].words) <= 12 and row[0].bbox.width < 0.75 * width


def _is_wrapped_tail(rows: Sequence[Row], row: Row, usual: float) -> bool:
    """Whether a single part below the last of some rows is the rest of one of its cells. `usual`: em from row to row."""
    before = rows[-1]
    evenly = EVENLY * usual if usual < MOST_STEP else 0.0
    close = _step(before, row) < max(1.35, evenly) * row[0].size
    starts = any(abs(part.bbox.x0 - row[0].bbox.x0) < 3 for part in before)
    first, label = row[0], before[0]
    edge = max(each[0].bbox.x1 for each in rows if len(each) > 1)
    full = first.bbox.x0 < label.bbox.x1 and label.bbox.x1 + label.space + first.words[0].bbox.width > edge + 1
    near = _step(before, row) < 1.35 * first.size and (
        full and not is_bullet(first.text) and not is_numbered(first.words) or is_period(first.text)
    )
    return len(row) == 1 and close and starts and (starts_lower(first.text) or near)


def _table(rows: Sequence[Row], contents: bool, rules: Sequence[Rule]) -> Table | None:
    box = BBox.around(part.bbox for row in rows for part in row)
    level = [r.bbox for r in rules if r.horizontal]
    borders = sorted(b.middle for b in level if b.x0 < box.x0 + NEAR and b.x1 > box.x1 - NEAR)
    readings = []
    for structure in structures_of(rows, borders):
        if not _may_stand(structure, contents, headed=_is_headed(rows, borders)):
            break
        readings.append([table_of(rows[0][0].page, spots_of(structure, rules, borders), "aligned")])
    return chosen(readings)[0] if readings else None


def _is_headed(rows: Sequence[Row], borders: Sequence[float]) -> bool:
    """Whether the first of few rows stands between two level rules as wide as the table, or in a filled box, and the others below."""
    above, below = (
        [b for b in borders if b < rows[0][0].bbox.middle],
        [b for b in borders if b > rows[0][0].bbox.middle],
    )
    if not above or not below or len(rows[0]) < LEAST_HEADS:
        return False
    return below[0] - above[-1] < MOST_HEAD and below[0] < rows[1][0].bbox.middle


def _may_stand(structure: Structure, contents: bool, *, headed: bool) -> bool:
    cols = len(structure.columns)
    if cols < 2 or not _is_table(structure.grid, cols, contents, least=2 if headed else 3):
        return False
    return not is_prose(structure) and not is_chart(structure)


def _is_table(grid: Sequence[Sequence[tuple[int, int, Line]]], cols: int, contents: bool, least: int) -> bool:
    """Whether rows set in columns are a table and not a list, a contents page or chance gaps in text.

    Of words alone it needs at least so many rows.
    """
    several = [placed for placed in grid if len(placed) > 1]
    parts = [part for placed in several for _, _, part in placed]
    if len(several) < 2 or len(parts) < LEAST_FILLED * cols * len(several):
        return False
    if sum(len(p.words) for p in parts) > MOST_WORDS * len(parts) or any("...." in p.text for p in parts):
        return False
    if 2 * sum(len(p.words) > 1 and is_bullet(p.words[0].text) for p in parts) >= len(parts):
        return False
    by_column = [[p for placed in several for c, span, p in placed if c == col and span == 1] for col in range(cols)]
    if cols == 2 and all(is_bullet(p.text) or is_number_marker(p.text) or _is_mark(p) for p in by_column[0]):
        return False
    numeric = [col for col in range(1, cols) if _numeric(by_column[col])]
    agreeing = sum(
        len(own) > 1 and (edges_agree(own) or _headed(own) or col == 0 and bool(numeric) and _indented(own))
        for col, own in enumerate(by_column)
    )
    turned = any(part.words[0].turned for _, _, part in several[0])  # such heads may stand beside their columns
    if turned and _is_heads_over_values(several, cols):
        return True
    if agreeing < (cols if len(several) == 2 else 0.6 * cols):
        return False
    if _is_heads_over_values(several, cols):
        return True
    if numeric:
        return not _is_contents(by_column, least=2 if contents else 3)
    return len(several) >= least and agreeing == cols and all(len(own) >= 2 for own in by_column)


def _is_heads_over_values(rows: Sequence[Sequence[tuple[int, int, Line]]], cols: int) -> bool:
    """Whether two full rows are heads in words and one row of values below them, as a page end leaves of a table."""
    if len(rows) != 2 or cols <= LEAST_HEADS or any(len(row) != cols for row in rows):
        return False
    heads, values = ([part for _, _, part in row[1:]] for row in rows)
    worded = not any(is_number(p) for p in (*heads, rows[1][0][2]))
    return worded and all(is_value(p.words[0].text) and len(p.words) <= MOST_VALUE_WORDS for p in values)


def _is_mark(part: Line) -> bool:
    """Whether a part is the mark of a footnote: one letter or sign."""
    return len(part.text) == 1 and not part.text.isdigit()


def _numeric(parts: Sequence[Line]) -> bool:
    values = sum(is_value(p.words[0].text) and len(p.words) <= MOST_VALUE_WORDS or is_period(p.text) for p in parts)
    return bool(parts) and 2 * values > len(parts) and any(is_value(p.words[0].text) for p in parts)


def _headed(parts: Sequence[Line]) -> bool:
    """Whether the values of a column stand under each other, though their head, a period or words, stands a little aside."""
    head, values = parts[0], parts[1:]
    named = is_period(head.words[0].text) or not is_value(head.words[0].text)
    plain = all(is_value(p.words[0].text) and len(p.words) <= MOST_VALUE_WORDS for p in values)
    return len(values) > 1 and named and plain and edges_agree(values)


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
