"""Cells of a scan over which a piece of a rule is lost, columns that a line on the margin makes, and cells that are what they seem."""

from dataclasses import replace

import pytest

from extractors.layout import lay_out
from schemas.pages import BBox, Page, Rule, Word
from tests.extractors.layout.pages import cells, page, tables, typed

XS, YS = (60, 200, 260, 320), (100, 120, 140, 160, 180)
ROWS = [["Theme", "No.", "%"], ["Delay", "4", "40%"], ["Contact", "1", "10%"], ["Policy", "5", "50%"]]


def lines(*lost: tuple[str, int, int]) -> list[BBox]:
    """The rules of a grid without some pieces: ("down", column, row) is what parts a column from the next one in a row."""
    across = [BBox(XS[c], y, XS[c + 1], y) for r, y in enumerate(YS) for c in range(3) if ("across", c, r) not in lost]
    down = [BBox(x, YS[r], x, YS[r + 1]) for c, x in enumerate(XS) for r in range(4) if ("down", c, r) not in lost]
    return [*across, *down]


def words_of(rows: list[list[str]]) -> list[Word]:
    found = []
    for row, top in zip(rows, YS, strict=False):
        for text, left in zip(row, XS, strict=False):
            found += typed(text, left=left + 8, top=top + 4)
    return found


def read(rows: list[list[str]], rules: list[BBox], *, scanned: bool = True, more: list[Word] | None = None) -> Page:
    words = [replace(word, confidence=0.9 if scanned else None) for word in (*words_of(rows), *(more or []))]
    made = page(words, rules=[Rule(bbox=box) for box in rules])
    return replace(made, source="ocr") if scanned else made


def body(rows: list[list[str]], rules: list[BBox], *, scanned: bool = True) -> list[list[str]]:
    (table,) = tables(lay_out([read(rows, rules, scanned=scanned)]))
    return cells(table)


def test_values_are_parted_where_the_line_between_them_is_lost() -> None:
    assert body(ROWS, lines(("down", 2, 1), ("down", 2, 2), ("down", 2, 3))) == ROWS


def test_rows_are_parted_where_the_line_between_them_is_lost() -> None:
    assert body(ROWS, lines(("across", 0, 2), ("across", 2, 2))) == ROWS


@pytest.mark.parametrize(
    ("rows", "lost"),
    [
        ([["Theme", "in 2014/15", ""], *ROWS[1:]], [("down", 2, 0)]),  # a head over two columns
        ([["Theme", "No.", "%"], ["Delay", "none of", "them"], *ROWS[2:]], [("down", 2, 1)]),  # words
        ([["Reason for", "No.", "%"], ["complaint", "2014", "2015"], *ROWS[2:]], [("across", 0, 1)]),  # a head on two lines
        ([ROWS[0], ["Delay in", "4", "40%"], ["providing", "", ""], ROWS[3]], [("across", c, 2) for c in range(3)]),
    ],
)  # fmt: skip
def test_cells_over_several_stay(rows: list[list[str]], lost: list[tuple[str, int, int]]) -> None:
    made = tables(lay_out([read(rows, lines(*lost))]))[0]
    assert any(cell.colspan > 1 or cell.rowspan > 1 or " " in cell.text.text for cell in made.cells if cell.text.text)


def test_a_line_on_the_margin_makes_no_column() -> None:
    margin = [BBox(50, 100, 50, 180), *(BBox(50, y, 60, y) for y in YS)]
    assert body(ROWS, [*lines(), *margin]) == ROWS


def test_a_tick_on_the_margin_is_no_cell() -> None:
    margin = [BBox(50, 100, 50, 180), *(BBox(50, y, 60, y) for y in YS)]
    (table,) = tables(lay_out([read(ROWS, [*lines(), *margin], more=typed("v", left=52, top=124))]))
    assert cells(table) == ROWS


@pytest.mark.parametrize("numbered", [["1", "2", "3"], ["a", "b", "c"]])
def test_a_narrow_column_of_numbers_or_letters_stays(numbered: list[str]) -> None:
    margin = [BBox(48, 100, 48, 180), *(BBox(48, y, 60, y) for y in YS)]
    more = [word for n, text in enumerate(numbered) for word in typed(text, left=51, top=YS[n + 1] + 4)]
    (table,) = tables(lay_out([read(ROWS, [*lines(), *margin], more=more)]))
    assert table.cols == 4


ACTIONS = [["Action", "Lead", "By when"], ["Recruit", "Head of", "31 March"], ["Survey", "Director", "Ongoing"]]
WRAPPED = [*typed("people", left=68, top=135), *typed("Service", left=208, top=135), *typed("2020", left=328, top=135)]


def test_a_date_on_two_lines_makes_no_two_rows() -> None:
    xs, ys = (60, 200, 320, 420), (100, 120, 150, 170)
    words = [w for row, top in zip(ACTIONS, ys, strict=False) for text, x in zip(row, xs, strict=False) for w in typed(text, left=x + 8, top=top + 4)]  # fmt: skip
    rules = [BBox(60, y, 420, y) for y in ys] + [BBox(x, 100, x, 170) for x in xs]
    (table,) = tables(lay_out([page([*words, *WRAPPED], rules=[Rule(bbox=box) for box in rules])]))
    assert cells(table)[1] == ["Recruit people", "Head of Service", "31 March 2020"]
