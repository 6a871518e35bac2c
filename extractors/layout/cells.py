"""Cells and tables from words: the last step that all ways of finding a table share."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout.flow_text import text_of
from extractors.layout.lines import Line, line_of, rows_of_words
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
    if _is_turned(words):
        return tuple(line_of(page, line) for line in _turned_lines(words))
    return tuple(line_of(page, row) for row in rows_of_words(words))


def _is_turned(words: Sequence[Word]) -> bool:
    """Whether the words of a cell are printed upwards or downwards: most of those of several letters are higher than wide."""
    long = [w for w in words if len(w.text) > 1]
    tall = [w for w in long if w.bbox.height > 1.1 * w.bbox.width and w.bbox.width < 2 * (w.size or 1)]
    return 2 * len(tall) > len(long)


def _turned_lines(words: Sequence[Word]) -> list[list[Word]]:
    """Turned words by line, in the order in which they were drawn: whether up or down, only that tells."""
    lines: list[list[Word]] = []
    for word in words:
        middle = (word.bbox.x0 + word.bbox.x1) / 2
        if lines and lines[-1][0].bbox.x0 <= middle <= lines[-1][0].bbox.x1:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


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
