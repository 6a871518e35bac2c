"""Tables whose rows became lines of text: a label and its values with single spaces between.

"Adoption 2 50% (1) 1 100% (1)" is a row of four values. How many columns there are is told by the heading where it can
be cut up, else by most rows; a number too many belongs to the label ("Locality 2"), and a row with values missing keeps
them in one cell over all columns, because nothing on the page says which they are.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.layout.captions import names_a_table
from extractors.layout.cells import Spot, table_of
from extractors.layout.headers import group_size, is_sure_heading, split_heading
from extractors.layout.lines import Line, line_of
from extractors.layout.paragraphs import TIGHT, Spacing, is_full
from extractors.layout.tokens import (
    ends_sentence,
    has_digit,
    is_bullet,
    is_difference_sign,
    is_legend,
    is_numbered,
    is_pair_tail,
    is_period,
    is_value,
    marker_of,
    starts_lower,
)
from schemas.layout import Table
from schemas.pages import BBox, Word

MOST_BETWEEN = 2  # lines in turn without values inside a table
MOST_HEADING_LINES = 7
MOST_LABEL_WORDS = 12
BLANK = 1.6  # usual line distances: more is a blank line
APART = 4.0  # usual line distances: more is another part of the page


_SHARE = re.compile(r"\([\dOlIS][\dOlIS.]*%\)")


_OF_A_PERIOD = re.compile(r"\(\S+: [\d,]+\)")
"""“(2023/24: 28)”."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueLine:
    """A line as a label and the values after it, each value one or two words."""

    line: Line
    label: tuple[Word, ...]
    values: tuple[tuple[Word, ...], ...]


def value_line(line: Line) -> ValueLine:
    """Cut a line before the first of the values that end it."""
    words = list(line.words)
    values: list[tuple[Word, ...]] = []
    while words:
        last, before = words[-1].text, words[-2].text if len(words) > 1 else ""
        pair = is_pair_tail(last) and is_value(before) and not is_period(before) and before.endswith(("%", "o", "N/A"))
        two_words = last.lower() == "applicable" and before.lower() == "not" or last == "%" and has_digit(before)
        two_words = (
            two_words or _OF_A_PERIOD.fullmatch(f"{before} {last}") is not None and is_period(before.strip("(:"))
        )
        if pair or two_words:
            values.insert(0, (words[-2], words[-1]))
            del words[-2:]
        elif is_value(last) and not is_period(last) and last.count("(") == last.count(")") or _is_one(words, values):
            values.insert(0, (words.pop(),))
        else:
            break
    if len(values) > 1 and words and words[-1].text.lower() == "stage" and values[0][0].text in ("1", "2", "3"):
        words.extend(values.pop(0))  # the number is part of the name
    return ValueLine(line=line, label=tuple(words), values=_in_pairs(values))


def _is_one(words: Sequence[Word], values: Sequence[tuple[Word, ...]]) -> bool:
    """Whether the letter at the end of `words` is a misread 1: it stands among values."""
    return words[-1].text == "l" and len(words) > 1 and (bool(values) or is_value(words[-2].text))


def _in_pairs(values: list[tuple[Word, ...]]) -> tuple[tuple[Word, ...], ...]:
    """Values two by two where each plain number has its share in brackets behind it ("14 (23%) 11 (31%)")."""
    pairs = [(*a, *b) for a, b in zip(values[::2], values[1::2], strict=False)]
    shared = all(len(p) == 2 and p[0].text.isdecimal() and _SHARE.fullmatch(p[1].text) for p in pairs)
    if len(pairs) > 1 and len(values) % 2 == 0 and shared:
        return tuple(pairs)
    return (*values[:-2], (*values[-2], *values[-1])) if _ends_in_share(values) else tuple(values)


def _ends_in_share(values: Sequence[tuple[Word, ...]]) -> bool:
    """Whether the last of several plain numbers has its share behind it ("9 8 2 (25%)"); of "2 3 (33%)" one may be a broken number."""
    if len(values) < 4 or len(values[-1]) > 1 or not _SHARE.fullmatch(values[-1][0].text):
        return False
    return not any(word.text.endswith(("%", ")")) for value in values[:-1] for word in value)


def with_flattened(lines: Sequence[Line], spacing: Spacing) -> Iterator[Line | Table]:
    """The lines, those of a flattened table replaced by it."""
    whole = list(_whole_lines(lines, spacing))
    parsed = [value_line(parts[0] if len(parts) == 1 else _joined(parts)) for parts in whole]
    at, given = 0, 0
    while at < len(parsed):
        end = _run_end(parsed, at, spacing)
        if end is None:
            at += 1
            continue
        parsed[at:end] = _without_separators(parsed[at:end])
        columns, top = _columns_and_top(parsed, given, at, end, spacing)
        start = top if top < at or not _label_above(parsed, given, at) else at - 1
        yield from (line for parts in whole[given:start] for line in parts)
        yield _table(parsed[start:end], at - start, columns, spacing)
        at = given = end
    yield from (line for parts in whole[given:] for line in parts)


def _without_separators(rows: Sequence[ValueLine]) -> list[ValueLine]:
    """Rows without the dash between label and value where all have one ("Delay – 18 (20)"): it is no empty cell."""
    parted = [row for row in rows if row.values]
    if any(len(row.values) < 3 or row.values[0][0].text not in ("-", "–", "—") for row in parted):
        return list(rows)
    return [replace(row, values=row.values[1:]) if row.values else row for row in rows]


def _whole_lines(lines: Sequence[Line], spacing: Spacing) -> Iterator[list[Line]]:
    """Lines as the source had them: parts of one line that found no room on the page come together again."""
    parts: list[Line] = []
    for line in lines:
        if parts and not _wrapped(parts[-1], line, spacing):
            yield parts
            parts = []
        parts.append(line)
    if parts:
        yield parts


def _wrapped(before: Line, after: Line, spacing: Spacing) -> bool:
    gap = spacing.gap(before, after)
    return gap is not None and gap <= TIGHT and is_full(before, after) and not _is_row(value_line(after))


def _joined(parts: Sequence[Line]) -> Line:
    words = [w for part in parts for w in part.words]
    return line_of(parts[0].page, words, edge=parts[0].edge, flow=parts[0].flow)


def _is_row(parsed: ValueLine) -> bool:
    """Whether a line can be a row: at least two values, one with a digit, after a short label."""
    if (
        len(parsed.values) < (1 if is_dotted(parsed.line) else 2)
        or len(parsed.label) > MOST_LABEL_WORDS
        or is_bullet(parsed.line.words[0].text)
    ):
        return False
    if parsed.label and parsed.label[-1].text.endswith(":"):
        return False
    labelled = any(c.isalpha() for w in parsed.label for c in w.text) or any(
        is_period(w.text) or is_difference_sign(w.text) for w in parsed.label
    )
    return labelled and any(has_digit(w.text) for value in parsed.values for w in value)


def is_dotted(line: Line) -> bool:
    """Whether dots lead from a label to its value ("Complaints upheld ......... 41")."""
    return len(line.words) > 2 and re.fullmatch(r"[.…·_]{3,}", line.words[-2].text) is not None


def _is_contents(rows: Sequence[ValueLine]) -> bool:
    """Whether dotted lines lead to page numbers, which never fall."""
    last = [row.values[-1][-1].text for row in rows]
    numbers = [int(text) for text in last if text.isdecimal()]
    return len(numbers) == len(last) and numbers == sorted(numbers)


def _is_fragment(parsed: ValueLine) -> bool:
    """Whether a line without values of its own may stand inside a table: a piece of a label."""
    line = parsed.line
    return len(line.words) <= 5 and not ends_sentence(line.text) and not is_bullet(line.words[0].text)


def _begins_section(parsed: Sequence[ValueLine], at: int) -> bool:
    """Whether a line is a numbered heading or a caption, with more than a row of values below it: the heads of another table."""
    line = parsed[at].line
    heading = not parsed[at].values and (is_numbered(line.words) or names_a_table(line.text))
    return heading and at + 1 < len(parsed) and not _is_row(parsed[at + 1])


def _begins_heads(parsed: Sequence[ValueLine], at: int, spacing: Spacing) -> bool:
    """Whether a line alone between blank lines is followed by the heads of other rows ("Stage 1 by team" / "Team Received Upheld")."""
    if at + 2 >= len(parsed) or _is_row(parsed[at + 1]) or not _is_row(parsed[at + 2]):
        return False
    title, heads = parsed[at].line, parsed[at + 1].line
    apart = not _near(parsed[at - 1].line, title, spacing, BLANK) and not _near(title, heads, spacing, BLANK)
    return apart and any(is_sure_heading(heads.words, n) for n in {len(p.values) for p in parsed[at + 2 : at + 5]})


def _near(before: Line, after: Line, spacing: Spacing, most: float) -> bool:
    gap = spacing.gap(before, after)
    return gap is None or gap <= most


def _run_end(parsed: Sequence[ValueLine], start: int, spacing: Spacing) -> int | None:
    """The end of the rows that begin at `start`; None if fewer than two stand there."""
    if not _is_row(parsed[start]):
        return None
    end, rows, between = start + 1, 1, 0
    for at in range(start + 1, len(parsed)):
        if not _near(parsed[at - 1].line, parsed[at].line, spacing, APART):
            break
        if _is_row(parsed[at]):
            end, rows, between = at + 1, rows + 1, 0
        elif (
            between == MOST_BETWEEN
            or not _is_fragment(parsed[at])
            or _begins_section(parsed, at)
            or _begins_heads(parsed, at, spacing)
        ):
            break
        else:
            between += 1
    own = [p for p in parsed[start:end] if _is_row(p)]
    if all(is_dotted(p.line) for p in own) and (rows < 3 or _is_contents(own)):
        return None
    if rows < 2 or _numbered_names([p for p in parsed[start:end] if _is_row(p)]):
        return None
    if max(Counter(len(p.values) for p in parsed[start:end] if _is_row(p)).values()) < 2:
        return None
    if end < len(parsed) and _is_rest_of_label(parsed[end - 1], parsed[end], spacing):
        after = parsed[end + 1] if end + 1 < len(parsed) else None
        end += after is None or not _near(parsed[end].line, after.line, spacing, BLANK)
    return end


def _numbered_names(rows: Sequence[ValueLine]) -> bool:
    """Whether the numbers belong to names: "Support Team 3 1" and "Support Team 4 1", "Pages 1 - 28" and "Pages 29 - 46"."""
    last = {row.label[-1].text for row in rows if row.label}
    whole = {tuple(w.text for w in row.label) for row in rows}
    return len(whole) == 1 or len(last) == 1 and all(len(row.values) == 2 for row in rows)


def _is_rest_of_label(row: ValueLine, after: ValueLine, spacing: Spacing) -> bool:
    """Whether a line directly below a row goes on with its label."""
    fits = _is_fragment(after) and not after.values and len(row.label) >= 2
    return fits and _near(row.line, after.line, spacing, BLANK) and spacing.gap(row.line, after.line) is not None


def _label_above(parsed: Sequence[ValueLine], given: int, at: int) -> bool:
    """Whether the label of a row begins on the line above it: "Apr-Sept" over "2019/20 44 12"."""
    only_period = all(is_period(w.text) for w in parsed[at].label)
    above = at > given and not parsed[at - 1].values and len(parsed[at - 1].line.words) <= 3
    text = parsed[at - 1].line.text
    return only_period and above and not ends_sentence(text) and not starts_lower(text)


def _columns_and_top(
    parsed: Sequence[ValueLine], given: int, start: int, end: int, spacing: Spacing
) -> tuple[int, int]:
    """The number of value columns, and where the heading lines begin (`start` if there are none)."""
    counts = Counter(len(p.values) for p in parsed[start:end] if _is_row(p))
    likely = [k for k, _ in sorted(counts.items(), key=lambda kn: (-kn[1], -kn[0]))]
    lowest = start
    while lowest > given and start - lowest < MOST_HEADING_LINES and _may_head(parsed, lowest, spacing):
        lowest -= 1
    for certain in (True, False):
        for columns in likely:
            for top in range(lowest, start):
                words = parsed[top].line.words
                repeats = group_size(words, columns) > 1 and len(words) > columns
                if repeats if certain else is_sure_heading(words, columns):
                    return columns, top
    if lowest < start and _stands_on_rows(parsed, start, likely[0], spacing):
        return likely[0], start - 1
    return likely[0], start


def _stands_on_rows(parsed: Sequence[ValueLine], at: int, columns: int, spacing: Spacing) -> bool:
    """Whether the line above row `at` is as near as the rows are to each other and has words enough to head the columns.

    Which words stand over which column is then for their meaning to tell.
    """
    above, first, second = parsed[at - 1].line, parsed[at].line, parsed[at + 1].line
    step, usual = spacing.gap(above, first), spacing.gap(first, second)
    if step is None or usual is None or step > 1.15 * usual or above.bold or above.size > first.size:
        return False
    return len(above.words) > columns > 1 and not marker_of(above.words, wide_gap=0.0)


def _may_head(parsed: Sequence[ValueLine], at: int, spacing: Spacing) -> bool:
    """Whether the line above `at` can be a heading line of the table."""
    line = parsed[at - 1].line
    prose = ends_sentence(line.text) or len(line.text) > 170 or is_bullet(line.words[0].text) or is_legend(line.words)
    return (
        not prose
        and not is_numbered(line.words)
        and not _is_row(parsed[at - 1])
        and _near(line, parsed[at].line, spacing, APART)
    )


def _table(parsed: Sequence[ValueLine], headings: int, columns: int, spacing: Spacing) -> Table:
    """A table of `headings` heading lines and the rows below them."""
    spots: list[Spot] = []
    row = 0
    size = max([group_size(p.line.words, columns) for p in parsed[:headings]], default=1)
    above: tuple[Line, ...] = ()
    full = False
    for at, own in enumerate(parsed):
        body = at >= headings
        follows = parsed[at + 1] if at + 1 < len(parsed) else None
        if follows is not None and at + 1 >= headings and _is_row(follows) and _label_above(parsed, 0, at + 1):
            above = (own.line,)
            continue
        if body and _is_row(own):
            spots.extend(_row_spots(row, above, own, columns, size))
            above = ()
        elif body and spots and _joins_label(parsed[at - 1], own, spacing):
            spots = _with_label(spots, row - 1, own.line)
            continue
        else:
            heads = list(_heading_spots(row, own.line, columns, below_all=full))
            full = full or len(heads) >= columns
            spots.extend(heads)
        row += 1
    return table_of(parsed[0].line.page, spots, "lines")


def _joins_label(before: ValueLine, own: ValueLine, spacing: Spacing) -> bool:
    return _is_row(before) and _is_rest_of_label(before, own, spacing)


def _with_label(spots: Sequence[Spot], row: int, line: Line) -> list[Spot]:
    """The spots with `line` added to the label of `row`."""
    return [replace(s, lines=(*s.lines, line)) if s.row == row and s.col == 0 else s for s in spots]


def _row_spots(row: int, above: tuple[Line, ...], own: ValueLine, columns: int, size: int) -> Iterator[Spot]:
    """Label and values of a row. Numbers too many go to the label; values too few share one cell."""
    count = len(own.values)
    kept = columns if count >= columns else count - count % size or count
    label = own.label + tuple(w for value in own.values[: count - kept] for w in value)
    values = own.values[count - kept :]
    page = own.line.page
    labelled = (*above, line_of(page, label)) if label else above
    yield Spot(row=row, col=0, lines=labelled, bbox=_box(labelled, own.line))
    if kept < columns:
        rest = line_of(page, [w for value in values for w in value])
        yield Spot(row=row, col=1, colspan=columns, lines=(rest,), bbox=rest.bbox)
        return
    for n, value in enumerate(values):
        line = line_of(page, value)
        yield Spot(row=row, col=1 + n, lines=(line,), bbox=line.bbox)


def _box(lines: Sequence[Line], otherwise: Line) -> BBox:
    same_page = [line.bbox for line in lines if line.page == otherwise.page]
    return BBox.around(same_page) if same_page else otherwise.bbox


def _heading_spots(row: int, line: Line, columns: int, *, below_all: bool) -> Iterator[Spot]:
    """A heading line cut up over the columns, or whole over all of them.

    Below a line with a heading for each column (`below_all`) only so many words again, or periods over groups of columns, are
    told apart: the rest of wrapped headings is not.
    """
    headings = split_heading(line.words, columns)
    rest = below_all and headings is not None and len(headings) < columns
    if headings is None or rest and not all(is_period(w.text) for h in headings for w in h.words):
        yield Spot(row=row, col=0, colspan=columns + 1, lines=(line,), bbox=line.bbox)
        return
    for heading in headings:
        part = line_of(line.page, heading.words)
        yield Spot(row=row, col=heading.col, colspan=heading.span, lines=(part,), bbox=part.bbox)
