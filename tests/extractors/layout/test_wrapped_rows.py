"""Rows that go on with the one above them, and rows of their own."""

from collections.abc import Sequence

import pytest

from extractors.layout.wrapped_rows import with_wrapped_rows
from schemas.layout import Cell, Table
from schemas.pages import BBox, MappedText, Word

BOX = BBox(0, 0, 10, 10)
ACTIONS = (("Action", "Lead", "By when"), ("Recruit people", "Director", "Ongoing"))


def rows(*texts: Sequence[str], confidence: float | None = 0.9) -> list[list[str]]:
    def text(cell: str) -> MappedText:
        return MappedText.join([(1, Word(text=part, bbox=BOX, confidence=confidence)) for part in cell.split()])

    cells = [Cell(row=r, col=c, text=text(cell), bbox=BOX) for r, row in enumerate(texts) for c, cell in enumerate(row)]
    made = with_wrapped_rows(Table(page=1, bbox=BOX, method="ruled", cells=tuple(cells)))
    return [[c.text.text for c in made.cells if c.row == row] for row in range(made.rows)]


def test_a_line_that_goes_on_with_the_cells_above_it_is_no_row() -> None:
    made = rows(*ACTIONS, ("Agree a protocol with the legal", "Head", "By 15 December"), ("team", "", "2009"), ("Run courses", "Head", "Quarter 4"))  # fmt: skip
    assert made[2:] == [
        ["Agree a protocol with the legal team", "Head", "By 15 December 2009"],
        ["Run courses", "Head", "Quarter 4"],
    ]


def test_several_such_lines_are_one_row() -> None:
    assert rows(*ACTIONS, ("Offer a meeting", "Head", "Ongoing"), ("within 10 days", "of care", ""), ("of it", "", ""))[
        2
    ] == ["Offer a meeting within 10 days of it", "Head of care", "Ongoing"]


@pytest.mark.parametrize(
    "row",
    [
        ("of which upheld", "4", ""),  # a value
        ("Team", "", "2009"),  # a capital
        ("from teams", "Head", "Ongoing"),  # a whole row
        ("", "team", ""),  # no label
    ],
)
def test_other_rows_stay(row: Sequence[str]) -> None:
    texts = (*ACTIONS, ("Agree a protocol", "Head", "By 15 December"), row)
    assert rows(*texts) == [list(one) for one in texts]


def test_the_rest_of_a_head_and_born_digital_rows_stay() -> None:
    heads = (("Reason for", "No.", "%"), ("complaint", "", ""), ("Delay", "4", "5%"))
    assert rows(*heads) == [list(one) for one in heads]
    digital = (*ACTIONS, ("Agree a protocol with the legal", "Head", "Ongoing"), ("team", "", ""))
    assert rows(*digital, confidence=None) == [list(one) for one in digital]
