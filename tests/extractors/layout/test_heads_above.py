"""Heads right above a ruled table of a scan, and rows there that are none."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from extractors.layout.heads_above import with_heads_above
from extractors.layout.lines import Row, line_of
from schemas.layout import Cell, Table
from schemas.pages import BBox, MappedText, Rule, Word

TABLE = (("Publish a leaflet", "Manager", "Quarter 2"), ("Recruit people", "Director", "Ongoing"))
HEADS = ("Action", "Lead", "By when")


def words(text: str, left: float, top: float, confidence: float | None = 0.9) -> list[Word]:
    return [
        Word(text=word, bbox=BBox(left + 30 * n, top, left + 30 * n + 26, top + 12), size=10, confidence=confidence)
        for n, word in enumerate(text.split())
    ]


def table(rows: Sequence[Sequence[str]] = TABLE) -> Table:
    cells = [
        Cell(
            row=r,
            col=c,
            text=MappedText.join([(1, word) for word in words(cell, 120.0 * c, 120.0 + 20 * r)]),
            bbox=BBox(120.0 * c, 120.0 + 20 * r, 120.0 * c + 110, 132.0 + 20 * r),
        )
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
    ]
    return Table(page=1, bbox=BBox.around(cell.bbox for cell in cells), method="ruled", cells=tuple(cells))


def row(texts: Sequence[str], top: float = 104, confidence: float | None = 0.9) -> Row:
    return tuple(line_of(1, words(text, 120.0 * n, top, confidence)) for n, text in enumerate(texts))


def line(top: float = 102, end: float = 350) -> Rule:
    return Rule(bbox=BBox(0, top, end, top))


def first_row(above: Row, *rules: Rule, below: Table | None = None) -> list[str]:
    made, left = with_heads_above([below or table()], [above], rules)
    assert len(left) == (0 if made[0].rows == 3 else 1), "a row is in the table, or stays"
    return [cell.text.text for cell in made[0].cells if cell.row == 0]


def test_a_row_between_a_line_and_the_table_is_its_heads() -> None:
    assert first_row(row(HEADS), line()) == list(HEADS)


def test_the_line_may_come_in_pieces() -> None:
    pieces = [Rule(bbox=BBox(x, 102, x + 80, 102)) for x in (0.0, 120.0, 240.0)]
    assert first_row(row(HEADS), *pieces) == list(HEADS)


@pytest.mark.parametrize(
    ("above", "rules"),
    [
        (row(HEADS), []),  # no line
        (row(HEADS, top=80), [line(78)]),  # too far above
        (row(("Action", "Lead")), [line()]),  # one head too few
        (row(("Action", "14", "By when")), [line()]),  # a value
        (row(HEADS, confidence=None), [line()]),  # no scan
        (row(HEADS), [line(end=100)]),  # a line over a part
    ],
)
def test_other_rows_above_a_table_stay(above: Row, rules: list[Rule]) -> None:
    assert first_row(above, *rules) == list(TABLE[0])


def test_tables_that_are_not_ruled_have_their_heads() -> None:
    assert first_row(row(HEADS), line(), below=replace(table(), method="aligned")) == list(TABLE[0])


VALUES = (("Delay", "14", "58%"), ("Policy", "6", "25%"))


def test_a_table_that_begins_with_values_has_its_heads_above_it_without_a_line() -> None:
    heads = ("Theme", "No.", "Share")
    assert first_row(row(heads), below=table(VALUES)) == list(heads)


def test_heads_in_one_line_are_parted_over_the_columns_that_they_stand_over() -> None:
    one = (line_of(1, [word for part in row(("Theme of", "No.", "Share")) for word in part.words]),)
    assert first_row(one, below=table(VALUES)) == ["Theme of", "No.", "Share"]


@pytest.mark.parametrize(
    "above",
    [
        row(("Theme", "14", "Share")),  # a value
        row(("Theme", "No.", "Share"), top=80),  # too far above
        row(("Theme of all", "these complaints", "")[:2]),  # nothing over the last column
        row(("Theme", "No.", "Share"), confidence=None),  # no scan
    ],
)
def test_other_lines_above_values_stay(above: Row) -> None:
    assert first_row(above, below=table(VALUES)) == list(VALUES[0])


def test_a_line_of_words_above_heads_is_none() -> None:
    one = (line_of(1, [word for part in row(HEADS) for word in part.words]),)
    assert first_row(one, below=table()) == list(TABLE[0])
