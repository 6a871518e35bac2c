"""The part of a page around a figure, enlarged, with the line and the table headings that say what the figure is.

Where a heading is too far away to be in the same picture, its strip of the page is put beside or above, as a spreadsheet keeps its
headings in sight.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from review.pictures import PrintedLine
from schemas.pages import BBox

# Points around the figure, and the least width: print is then at least twice its size on a screen.
_ACROSS, _DOWN = 130.0, 52.0
_LEAST_WIDTH, _MOST_WIDTH = 330.0, 430.0
# The widest strip of a row's heading, and the room between two strips.
_STRIP, _GAP = 170.0, 7.0
# A column's heading no further up than this is shown in one piece with the figure.
_NEAR = 90.0
_WIDEST_HEADING = 220.0
_LETTERS = re.compile(r"[A-Za-z]{2}")
_HEADING = re.compile(r"[A-Za-z]{2}|\b\d{4}\b|^[%£]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pane:
    """A rectangle of the page (`shown`), and where it is put (`x`, `y`), all in points."""

    x: float
    y: float
    shown: BBox


@dataclass(frozen=True, slots=True, kw_only=True)
class Crop:
    """What is shown of a page: panes at one scale, the first with the figure; and its headings in a table ("" where there are none)."""

    width: float
    height: float
    panes: tuple[Pane, ...]
    row: str
    column: str
    row_box: BBox | None
    column_box: BBox | None


def crop_around(box: BBox, width: float, height: float, lines: Sequence[PrintedLine], *, in_table: bool) -> Crop:
    """The surroundings of `box` on a page of `width` by `height` points."""
    row = _row_heading(box, lines) if in_table else None
    column = _column_heading(box, lines) if in_table else None
    main = _main(box, width, height, lines, row, column, in_table=in_table)
    beside = (
        None
        if row is None or row.x0 >= main.x0
        else BBox(row.x0 - 5, main.top, min(_right_of_headings(row, main, lines) + 5, main.x0), main.bottom)
    )
    above = (
        None if column is None or column.top >= main.top else BBox(main.x0, column.top - 4, main.x1, column.bottom + 4)
    )
    x = beside.width + _GAP if beside else 0.0
    y = above.height + _GAP if above else 0.0
    panes = [Pane(x=x, y=y, shown=main)]
    panes += [Pane(x=0, y=y, shown=beside)] if beside else []
    panes += [Pane(x=x, y=0, shown=above)] if above else []
    return Crop(
        width=x + main.width,
        height=y + main.height,
        panes=tuple(panes),
        row=_text(row, lines),
        column=_text(column, lines),
        row_box=row,
        column_box=column,
    )  # fmt: skip


def _right_of_headings(row: BBox, main: BBox, lines: Sequence[PrintedLine]) -> float:
    """How far to the right the headings of the rows in sight go, but for lines of prose."""
    edges = [
        b.x1 for line in lines if abs((b := line.bbox).x0 - row.x0) < 15 and b.top < main.bottom and b.bottom > main.top
    ]
    return max([row.x1, *(edge for edge in edges if edge < row.x0 + _STRIP)])


def _main(
    box: BBox,
    width: float,
    height: float,
    lines: Sequence[PrintedLine],
    row: BBox | None,
    column: BBox | None,
    *,
    in_table: bool,
) -> BBox:
    """The figure with what is around it: all of its line in prose, its headings in a table where they are near."""
    left, right = box.x0 - _ACROSS, box.x1 + _ACROSS
    top, bottom = box.top - _DOWN, box.bottom + _DOWN
    if not in_table:
        level = [line.bbox for line in lines if _level(box, line.bbox)]
        left, right = min([left, *(b.x0 - 10 for b in level)]), max([right, *(b.x1 + 10 for b in level)])
    if row and right - row.x0 + 10 <= _MOST_WIDTH:
        left = min(left, row.x0 - 10)
    if column and box.top - column.top <= _NEAR:
        top = min(top, column.top - 10)
    lacking = max(0.0, _LEAST_WIDTH - (right - left)) / 2
    left, right = max(0.0, left - lacking), min(width, right + lacking)
    top, bottom = max(0.0, top), min(height, bottom)
    return BBox(left, top, max(right, left + 20), max(bottom, top + 20))


def _level(box: BBox, other: BBox) -> bool:
    return other.top <= box.middle <= other.bottom


def _row_heading(box: BBox, lines: Sequence[PrintedLine]) -> BBox | None:
    """The first words to the left at the same height."""
    level = [n.bbox for n in lines if _level(box, n.bbox) and n.bbox.x1 <= box.x0 + 1 and _LETTERS.search(n.text)]
    return min(level, key=lambda found: found.x0, default=None)


def _column_heading(box: BBox, lines: Sequence[PrintedLine]) -> BBox | None:
    """The nearest words above that stand over the figure and are neither numbers nor a line of prose."""
    above = [
        line.bbox
        for line in lines
        if line.bbox.bottom <= box.top + 1
        and min(line.bbox.x1, box.x1) - max(line.bbox.x0, box.x0) > 0.3 * box.width
        and line.bbox.width < _WIDEST_HEADING
        and _HEADING.search(line.text)
    ]
    return max(above, key=lambda found: found.bottom, default=None)


def _text(heading: BBox | None, lines: Sequence[PrintedLine]) -> str:
    return next((line.text for line in lines if line.bbox == heading), "") if heading else ""
