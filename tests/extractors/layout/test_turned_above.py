"""Turned heads above a ruled table of a scan whose lines do not hold them, and print there that is none."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.layout.lines import Line, Row, line_of
from extractors.layout.turned_above import with_turned_heads
from schemas.layout import Cell, Table
from schemas.pages import BBox, MappedText, Word

ROWS = (("Stage 1", "39", "3", "48"), ("Stage 2", "4", "1", "7"))
HEADS = ("Q1", "Q2", "Total")
RIGHT = (60.0, 160.0, 260.0, 360.0)  # points, where the print of the columns ends


def word(text: str, right: float, top: float, *, turned: bool = False, read: bool = True) -> Word:
    box = BBox(right - 10, top - 20, right, top) if turned else BBox(right - 8 * len(text), top, right, top + 12)
    return Word(text=text, bbox=box, size=10, confidence=0.9 if read else None, turned=turned)


def table(rows: Sequence[Sequence[str]] = ROWS, top: float = 100) -> Table:
    cells = [
        Cell(row=r, col=c, text=MappedText.join([(1, w)]), bbox=w.bbox)
        for r, texts in enumerate(rows)
        for c, text in enumerate(texts)
        for w in (word(text, RIGHT[c], top + 20 * r),)
    ]
    return Table(page=1, bbox=BBox.around(c.bbox for c in cells), method="ruled", cells=tuple(cells))


def turned(heads: Sequence[str] = HEADS, bottom: float = 96, shift: float = 40, *, read: bool = True) -> list[Line]:
    """Turned heads that stand `shift` points left of where their columns end."""
    return [line_of(1, [word(h, RIGHT[n + 1] - shift, bottom, turned=True, read=read)]) for n, h in enumerate(heads)]


def label() -> Line:
    return line_of(1, [word("Period", 50, 84)])


def first_row(row: Row, below: Table | None = None) -> list[str]:
    made, left = with_turned_heads([below or table()], [row])
    assert bool(left) == (made[0].rows == 2), "heads are in the table, or stay"
    return [c.text.text for c in made[0].cells if c.row == 0]


def test_heads_left_of_the_values_belong_to_the_columns_that_end_next() -> None:
    assert first_row((label(), *turned())) == ["Period", *HEADS]


def test_a_head_under_a_stamp_may_be_missing() -> None:
    heads = turned()
    narrow = table()
    five = (*ROWS[0], "9"), (*ROWS[1], "2")
    cells = [
        Cell(row=r, col=4, text=MappedText.join([(1, w)]), bbox=w.bbox)
        for r, texts in enumerate(five)
        for w in (word(texts[4], 460, 100 + 20 * r),)
    ]
    made, _ = with_turned_heads([replace(narrow, cells=(*narrow.cells, *cells))], [(label(), *heads)])
    assert [(c.col, c.text.text) for c in made[0].cells if c.row == 0][1:] == [(1, "Q1"), (2, "Q2"), (3, "Total")]


def test_what_stands_among_the_heads_is_left() -> None:
    stamp = line_of(1, [word("COPY", 250, 80)])
    made, left = with_turned_heads([table()], [(label(), *turned()[:2], stamp, turned()[2])])
    assert made[0].rows == 3
    assert left == [(stamp,)]


def test_a_table_with_heads_keeps_them() -> None:
    assert first_row((label(), *turned()), table((("Stage", "Upheld", "Not", "All"), ROWS[0]))) != ["Period", *HEADS]


def test_a_first_row_of_years_is_one_of_heads() -> None:
    years = ("Stage", "2014/15", "2015/16", "2016/17")
    assert first_row((label(), *turned()), table((years, ROWS[0]))) == list(years)


def test_print_farther_above_is_no_head() -> None:
    assert first_row((label(), *turned(bottom=80))) == list(ROWS[0])


def test_two_over_one_column_are_no_heads() -> None:
    again = line_of(1, [word("Q4", RIGHT[1] - 20, 96, turned=True)])
    assert first_row((label(), *turned(), again)) == list(ROWS[0])


def test_upright_print_is_no_turned_head() -> None:
    row = tuple(line_of(1, [word(h, RIGHT[n + 1] - 40, 84)]) for n, h in enumerate(HEADS))
    assert first_row((label(), *row)) == list(ROWS[0])


def test_print_of_a_text_layer_stays() -> None:
    assert first_row(tuple(turned(read=False))) == list(ROWS[0])
