"""Tables that run over a page end, and tables that only follow one another."""

from dataclasses import replace

import pytest

from extractors.layout.continued import with_joined_tables
from schemas.layout import Block, Cell, Table, TableMethod
from schemas.pages import BBox, MappedText, Word
from tests.extractors.figures.grids import mapped, table

HEAD = "Theme | 2013/14 | 2014/15"
FIRST = f"{HEAD}\nDelay | 20 | 18"
REST = f"{HEAD}\nStaff | 11 | 9\nTotal | 31 | 27"


def on_page(text: str, page: int, *, method: TableMethod = "aligned", caption: MappedText | None = None) -> Table:
    cells = tuple(replace(c, text=MappedText.join([(page, w.word) for w in c.text.words])) for c in table(text).cells)
    return replace(table(text), page=page, cells=cells, method=method, caption=caption)


def below(text: str) -> MappedText:
    """A caption that stands under its table."""
    return MappedText.join(
        [(2, Word(text=w, bbox=BBox(5.0 * n, 810, 5.0 * n + 4, 820))) for n, w in enumerate(text.split())]
    )


def rows(*tables: Table) -> list[int]:
    return [t.rows for t in with_joined_tables(tables) if isinstance(t, Table)]


def test_the_rest_repeats_its_heads():
    assert rows(on_page(FIRST, 1), on_page(REST, 2)) == [4]


def test_the_caption_may_stand_below_the_rest():
    (joined,) = with_joined_tables([on_page(FIRST, 1), on_page(REST, 2, caption=below("Table 2: Complaints by theme"))])
    assert isinstance(joined, Table)
    assert joined.caption is not None and joined.caption.text == "Table 2: Complaints by theme"


@pytest.mark.parametrize(
    "second",
    [
        on_page("Team | Number | Share\nStaff | 11 | 9", 2),
        on_page(REST, 1),
        on_page(REST, 3),
        on_page(REST, 2, caption=mapped("Table 3: Compliments by theme")),
    ],
)
def test_a_table_with_other_heads_or_a_caption_of_its_own_begins_there(second: Table):
    first = replace(on_page(FIRST, 1), caption=mapped("Table 2: Complaints by theme"))
    assert rows(first, second) == [2, second.rows]


def test_nothing_follows_a_total():
    assert rows(on_page(f"{FIRST}\nTotal | 20 | 18", 1), on_page(REST, 2)) == [3, 3]


COUNTS = "Theme | Q1 | Q2 | Total\nDelay | 20 | 18 | 38\nStaff | 4 | 5 | 9"
MORE = "Contact | 1 | 2 | 3\nPlacement | 7 | 0 | 7"


def scanned(text: str, top: float, *, method: TableMethod = "aligned", confidence: float | None = 0.9) -> Table:
    """A table read from page 1 of a scan, its rows 20 points high and its columns 60 points wide."""

    def box(row: int, col: int) -> BBox:
        return BBox(60.0 * col, top + 20.0 * row, 60.0 * col + 40, top + 20.0 * row + 10)

    cells = [
        Cell(row=r, col=c, bbox=box(r, c), text=mapped_at(cell, box(r, c), confidence))
        for r, row in enumerate(text.split("\n"))
        for c, cell in enumerate(row.split(" | "))
    ]
    return Table(page=1, bbox=BBox.around(c.bbox for c in cells), method=method, cells=tuple(cells))


def mapped_at(text: str, box: BBox, confidence: float | None) -> MappedText:
    return MappedText.join([(1, Word(text=text, bbox=box, confidence=confidence))])


@pytest.mark.parametrize("method", ["aligned", "ruled"])
def test_rows_of_a_scan_right_below_a_table_are_its_own(method: TableMethod):
    assert rows(scanned(COUNTS, 100, method=method), scanned(MORE, 160)) == [5]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (scanned(COUNTS, 100), scanned(MORE, 200)),  # too far below
        (scanned(COUNTS, 100, confidence=None), scanned(MORE, 160, confidence=None)),  # no scan
        (scanned(f"{COUNTS}\nTotal | 24 | 23 | 47", 100), scanned(MORE, 180)),  # behind a total
        (scanned(COUNTS, 100), scanned(f"Team | Q1 | Q2 | Total\n{MORE}", 160)),  # with heads of its own
        (scanned(COUNTS, 100), replace(scanned(MORE, 160), caption=mapped("Table 3: Compliments"))),
    ],
)
def test_rows_that_belong_to_another_table_stay_there(first: Table, second: Table):
    assert rows(first, second) == [first.rows, second.rows]


def piece(
    rows: str, top: float, *, method: TableMethod = "ruled", confidence: float | None = 0.9, step: float = 16
) -> Table:
    """Rows of a table of a scan, values under each other; its first row stands at `top`."""
    cells = [
        Cell(row=r, col=c, text=MappedText.join([(1, Word(text=w, bbox=box, confidence=confidence)) for w in text.split()]), bbox=box)
        for r, row in enumerate(rows.split("\n"))
        for c, text in enumerate(row.split(" | "))
        for box in [BBox(60.0 + 120 * c, top + step * r, 90.0 + 120 * c, top + step * r + 11)]
    ]  # fmt: skip
    return Table(page=1, bbox=BBox.around(cell.bbox for cell in cells), cells=tuple(cells), method=method)


UPPER = "Outcome | No. | Change\nUpheld | 14 | -5\nResolved | 20 | +6"
LOWER = "Not upheld | 24 | -4\nWithdrawn | 7 | -1"


@pytest.mark.parametrize("method", ["ruled", "aligned"])
def test_pieces_right_below_each_other_are_one_table(method: TableMethod) -> None:
    third = piece("Lapsed | 1 | 0\nTotal | 66 | -9", 182)
    assert rows(piece(UPPER, 100, method="aligned"), piece(LOWER, 148, method=method), third) == [7]


def test_the_total_may_come_first() -> None:
    assert rows(piece("Outcome | No. | Change\nTotal | 45 | -4", 100), piece(LOWER, 132)) == [4]


def test_an_empty_row_that_a_piece_of_a_line_makes_parts_no_table() -> None:
    upper = piece(UPPER, 100)
    empty = [Cell(row=3, col=c, text=MappedText("", ()), bbox=BBox(60, 148, 90, 150)) for c in range(3)]
    assert rows(replace(upper, cells=(*upper.cells, *empty)), piece(LOWER, 150)) == [5]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (piece(f"{UPPER}\nTotal | 34 | +1", 100), piece(LOWER, 164)),  # the upper one is at its end
        (piece(UPPER, 100), piece(LOWER, 200)),  # far below
        (piece(UPPER, 100), piece("Team | Lead | Change\nNorth | 7 | -1", 148)),  # heads of its own
        (piece(UPPER, 100), piece("Not upheld | 24\nWithdrawn | 7", 148)),  # other columns
        (piece(UPPER, 100, confidence=None), piece(LOWER, 148, confidence=None)),  # born-digital
    ],
)
def test_tables_below_each_other_stay_two(upper: Table, lower: Table) -> None:
    assert rows(upper, lower) == [upper.rows, lower.rows]


def line_below(text: str, *, left: float = 60, top: float = 143, confidence: float | None = 0.9) -> Block:
    words = [
        Word(text=part, bbox=BBox(left + 9.0 * n, top, left + 9.0 * n + 8, top + 11), confidence=confidence)
        for n, part in enumerate(text.split())
    ]
    return Block(kind="paragraph", text=MappedText.join([(1, word) for word in words]))


def last_label(below: Block, table: Table | None = None) -> str:
    made = with_joined_tables([table or piece(UPPER, 100), below])[0]
    assert isinstance(made, Table)
    return next(c.text.text for c in made.cells if (c.row, c.col) == (2, 0))


def test_a_line_right_below_a_table_goes_on_with_its_last_label() -> None:
    assert last_label(line_below("by letter")) == "Resolved by letter"


@pytest.mark.parametrize(
    "below",
    [
        line_below("by letter", top=152),  # farther than lines are
        line_below("by letter", left=72),  # set in
        line_below("14 letters"),  # a value
        line_below("by a letter of the Director"),  # more than a label
        line_below("by letter or by telephone"),  # beyond the column
    ],
)
def test_other_lines_below_a_table_stay(below: Block) -> None:
    assert last_label(below) == "Resolved"


def test_a_line_below_a_table_that_was_not_scanned_stays() -> None:
    below = line_below("by letter", confidence=None)
    assert last_label(below, piece(UPPER, 100, confidence=None)) == "Resolved"
