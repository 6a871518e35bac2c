"""Level rules that stand under a heading, and the running text between two of them, which is no table."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extractors.layout.lines import Line, Row
from extractors.layout.structure import tabular
from extractors.layout.tokens import is_value
from extractors.layout.turned import printed_rows
from schemas.pages import Page

LARGER, SCANNED = (
    1.12,
    1.25,
)  # times the type of the text: a heading; and in a scan, where the ink tells sizes to a tenth
NEAR = 1.0  # em from a heading to the rule under it
SAME_EDGE = 8.0  # points
HEAD = 3.0  # em from a rule to the next, with a line of heads between
SPANNING_WORDS = 7  # of a head over several columns: fewer
LINE_WORDS = 4  # of running text behind the number of its paragraph

_NUMBER = re.compile(r"\(?\d{1,2}(?:\.\d{1,2})+\.?\)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A level rule, perhaps in pieces."""

    x0: float
    x1: float
    height: float


def without_underlines(frames: Sequence[Frame], page: Page, space: float) -> list[Frame]:
    """The rules of a page but for those right under a heading: one piece of text in larger type, from where the rule begins.

    A rule under a heading with nothing but a line of heads between it and the next is the upper edge of a table.
    """
    rows = [tabular(row) for row in printed_rows(page.number, page.words, space)] if frames else []
    sizes = [part.size for row in rows for part in row for _ in part.words]
    if not sizes:
        return list(frames)
    text = median(sizes)
    headings = [row[0] for row in rows if len(row) == 1 and row[0].size > LARGER * text]
    return [
        frame
        for frame in frames
        if not any(
            abs(line.bbox.x0 - frame.x0) < SAME_EDGE and -1 < frame.height - line.bbox.bottom < NEAR * line.size
            for line in headings
        )
        or _is_above_heads(frame, frames, rows)
    ]


def _is_above_heads(frame: Frame, frames: Sequence[Frame], rows: Sequence[Row]) -> bool:
    """Whether one line of heads stands between a rule and the next below it.

    Heads are short parts in columns, if that rule has the same ends, or stand over the columns that a shorter one spans.
    """
    below = min((other for other in frames if other.height > frame.height + 2), key=lambda f: f.height, default=None)
    if below is None or below.x0 < frame.x0 - SAME_EDGE or below.x1 > frame.x1 + SAME_EDGE:
        return False
    between = [row for row in rows if frame.height < row[0].bbox.middle < below.height]
    if len(between) != 1 or below.height - frame.height > HEAD * between[0][0].size:
        return False
    (heads,) = between
    if below.x0 > frame.x0 + SAME_EDGE:
        return all(len(part.words) < SPANNING_WORDS and part.bbox.x0 > frame.x0 + SAME_EDGE for part in heads)
    return len(heads) > 1 and all(len(part.words) < LINE_WORDS for part in heads)


def parts_sections(rows: Sequence[Row]) -> bool:
    """Whether rows between two rules are running text: numbered paragraphs, or with a heading in larger type among them."""
    if any(begins_paragraph(row) for row in rows):
        return True
    text = median(part.size for row in rows for part in row) if rows else 0.0
    valued = [row for row in rows if sum(is_value(part.words[0].text) for part in row[1:]) > 1]
    if 2 * len(valued) >= len(rows):
        return False  # a label of a group of rows, in the type of the heads
    return len(rows) > 2 and any(len(row) == 1 and is_larger(row[0], text) for row in rows)


def is_larger(line: Line, text: float) -> bool:
    """Whether a line is set in larger type than the text."""
    return line.size > (LARGER if line.words[0].confidence is None else SCANNED) * text > 0


def begins_paragraph(row: Row) -> bool:
    """Whether a row is the first line of a numbered paragraph (“8.1  The table below shows …”)."""
    return len(row) > 1 and _NUMBER.fullmatch(row[0].text.strip()) is not None and len(row[1].words) >= LINE_WORDS
