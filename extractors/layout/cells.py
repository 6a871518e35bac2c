"""Cells and tables from words: the last step that all ways of finding a table share."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout.flow_text import text_of
from extractors.layout.lines import Line, line_of, rows_of_words
from extractors.layout.turned import turned_lines
from schemas.layout import Cell, Table, TableMethod
from schemas.pages import BBox, MappedText, Word

EMPTY = MappedText("", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place in a grid with what stands there: lines from top to bottom (none for an empty cell) and its box."""

    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    lines: tuple[Line, ...] = ()
    bbox: BBox


def lines_in(page: int, words: Sequence[Word]) -> tuple[Line, ...]:
    """Words of one cell as lines, without regard to wide gaps. Turned print is read as it was drawn."""
    if 2 * sum(word.turned for word in words) > len(words):
        return tuple(line_of(page, line) for line in turned_lines(words))
    return tuple(line_of(page, row) for row in rows_of_words(words))


def cell_of(spot: Spot) -> Cell:
    """The cell at a spot, its wrapped lines joined."""
    return Cell(
        row=spot.row,
        col=spot.col,
        rowspan=spot.rowspan,
        colspan=spot.colspan,
        text=text_of(spot.lines) if spot.lines else EMPTY,
        bbox=spot.bbox,
    )


def table_of(page: int, spots: Sequence[Spot], method: TableMethod) -> Table:
    """A table of `spots`, in row order. Raises ValueError when there are none."""
    ordered = sorted(spots, key=lambda s: (s.row, s.col))
    return Table(
        page=page,
        bbox=BBox.around(s.bbox for s in ordered),
        cells=tuple(cell_of(s) for s in ordered),
        method=method,
    )
