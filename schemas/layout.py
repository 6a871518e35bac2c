"""A document laid out in reading order: headings, paragraphs, list items and tables."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from schemas.pages import BBox, MappedText

BlockKind = Literal["heading", "paragraph", "list_item", "footnote", "furniture"]
TableMethod = Literal["ruled", "aligned", "lines", "chart"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of running text. `level` is 1 for the most prominent headings, 0 where it means nothing.

    `furniture` is what repeats on pages: running heads and feet, page numbers. It is kept so that nothing on a page is
    lost, but it is not read for figures. `marker` is the bullet or number of a list item or heading ("•", "(ii)", "3.2"),
    as printed; it is not part of `text`.
    """

    kind: BlockKind
    text: MappedText
    level: int = 0
    marker: MappedText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A table cell: rows and columns count from 0; `text` is empty for an empty cell.

    `interval` is set where no number is printed: the mark of a chart stands for a value from the first to the second, and
    `text` is the likeliest.
    """

    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    text: MappedText
    bbox: BBox
    interval: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SumsHeld:
    """In how many places totals, row sums and shares hold: in the reading of a table that they chose, and in the next best."""

    here: int
    otherwise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Cells of one table, in row order. `method` says what showed the structure: ruling lines, aligned columns, lines of text, or the marks of a chart.

    `notes` are footnotes printed directly under the table; `axes` the print on the axes of a chart, whose numbers are no figures.
    `sums` is there where the print could be read as a table in more than one way and the arithmetic told which is right.
    """

    page: int
    bbox: BBox
    cells: tuple[Cell, ...]
    method: TableMethod
    caption: MappedText | None = None
    notes: tuple[MappedText, ...] = ()
    axes: tuple[MappedText, ...] = ()
    sums: SumsHeld | None = None

    @property
    def rows(self) -> int:
        """Number of rows."""
        return max((c.row + c.rowspan for c in self.cells), default=0)

    @property
    def cols(self) -> int:
        """Number of columns."""
        return max((c.col + c.colspan for c in self.cells), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Everything on the pages, in reading order."""

    elements: tuple[Block | Table, ...]
