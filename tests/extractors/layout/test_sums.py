"""The reading of a table whose own arithmetic holds is preferred, and the table says so."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.document import extract
from extractors.layout import lay_out
from extractors.layout.sums import chosen, sums_that_hold
from schemas.layout import Cell, SumsHeld, Table
from schemas.pages import BBox, MappedText, Page, Word
from tests.extractors.layout.pages import cells, grid, page, tables, typed

Rows = list[list[str]]


def table_of(rows: Rows) -> Table:
    """A table with these texts, whose words all stand in one place."""
    box = BBox(0, 0, 10, 10)
    placed = [
        Cell(row=r, col=c, text=MappedText(text, ()), bbox=box)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    return Table(page=1, bbox=box, cells=tuple(placed), method="ruled")


@st.composite
def footed(draw: st.DrawFn) -> Rows:
    """A table of counts with a row and a column of totals."""
    width, height = draw(st.integers(2, 4)), draw(st.integers(2, 6))
    counts = [[draw(st.integers(1, 400)) for _ in range(width)] for _ in range(height)]
    counts.append([sum(column) for column in zip(*counts, strict=True)])
    return [["Team", *(f"Q{n + 1}" for n in range(width)), "All"]] + [
        [f"row {n}", *map(str, row), str(sum(row))] for n, row in enumerate(counts)
    ]


def with_rows_merged(rows: Rows, at: int) -> Rows:
    return [*rows[:at], [f"{a} {b}" for a, b in zip(rows[at], rows[at + 1], strict=True)], *rows[at + 2 :]]


def with_columns_merged(rows: Rows, at: int) -> Rows:
    return [[*row[:at], f"{row[at]} {row[at + 1]}", *row[at + 2 :]] for row in rows]


@given(rows=footed(), at=st.integers(1, 2), first=st.booleans())
def test_the_reading_that_foots_is_chosen_whichever_comes_first(rows: Rows, at: int, first: bool) -> None:
    right = table_of(rows)
    for wrong in (table_of(with_rows_merged(rows, at)), table_of(with_columns_merged(rows, at))):
        (best,) = chosen([[right], [wrong]] if first else [[wrong], [right]])
        assert best.cells == right.cells
        assert best.sums == SumsHeld(here=sums_that_hold(right), otherwise=sums_that_hold(wrong))


@given(
    st.lists(st.lists(st.sampled_from(["", "-", "7", "12", "£3", "4%", "word"]), min_size=3, max_size=3), min_size=2)
)
def test_where_the_sums_do_not_clearly_tell_the_preferred_reading_stands(rows: Rows) -> None:
    same = table_of(rows)
    assert chosen([[same], [same]]) == (same,)
    assert chosen([[same]]) == (same,)


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        ([["a", "7"], ["b", "5"], ["c", "3"], ["all", "15"]], 1),
        ([["all", "15"], ["a", "7"], ["b", "5"], ["c", "3"]], 1),
        ([["a", "7"], ["all", "7"]], 0),
        ([["a", "0"], ["b", "7"], ["all", "7"]], 0),
        ([["a", "7", "47%"], ["b", "8", "53%"], ["all", "15", "100%"]], 4),
        ([["a", "7", "48%"], ["b", "8", "53%"], ["all", "15", "100%"]], 3),
        ([["a", "33.3%"], ["b", "33.3%"], ["c", "33.3%"], ["all", "100%"]], 1),
        ([["a", "7"], ["b", "8"], ["all", "16"]], 0),
        ([["a", "1,200"], ["b", "£300"], ["all", "1,500*"]], 1),
    ],
)
def test_places_in_which_sums_and_shares_hold(rows: Rows, places: int) -> None:
    assert sums_that_hold(table_of(rows)) == places


def shares_below_their_numbers() -> Page:
    """Cells without rules between the rows of the body, a share under each number: only the sums tell that both are one cell."""
    words: list[Word] = []
    labels = ("Attitude of\nthe staff", "Lack of\nany help", "All of\nthem")
    for at, (label, first, second) in enumerate(
        zip(labels, ("12\n(60%)", "8\n(40%)", "20\n(100%)"), ("6\n(50%)", "6\n(50%)", "12\n(100%)"), strict=True)
    ):
        for left, text in ((65, label), (205, first), (305, second)):
            words += typed(text, left=left, top=135 + 40 * at)
    words += [
        *typed("Cause", left=65, top=105),
        *typed("2014/15", left=205, top=105),
        *typed("2015/16", left=305, top=105),
    ]
    return page(words, rules=grid([60, 200, 300, 400], [100, 130, 170, 210, 250]))


def test_level_lines_are_one_row_where_only_that_adds_up() -> None:
    (table,) = tables(lay_out([shares_below_their_numbers()]))
    assert cells(table) == [
        ["Cause", "2014/15", "2015/16"],
        ["Attitude of the staff", "12 (60%)", "6 (50%)"],
        ["Lack of any help", "8 (40%)", "6 (50%)"],
        ["All of them", "20 (100%)", "12 (100%)"],
    ]
    assert table.sums == SumsHeld(here=2, otherwise=0)


def test_figures_of_such_a_table_say_that_its_sums_chose() -> None:
    heading = typed("Complaints by category 2015/16", left=65, top=60, bold=True)
    drawn = shares_below_their_numbers()
    reading = extract([page([*heading, *drawn.words], rules=drawn.rules)], pdf=b"", file_name="a.pdf", folder="x")
    found = [figure for figure in reading.figures if figure.value == Decimal(8)]
    assert found and all(figure.evidence.rule.endswith(" by sums") for figure in found)
