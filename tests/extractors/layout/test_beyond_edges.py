"""A last column beyond the lines of a scanned table, a row between two of its pieces, and print there that is no part of it."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.layout.beyond_edges import with_what_is_beyond
from extractors.layout.lines import Line, Row, line_of
from schemas.layout import Cell, Table
from schemas.pages import BBox, MappedText, Word

ABOVE = (("Subject", "2014", "2015"), ("Delay", "9", "10"))
BELOW = (("Equality", "1", "4"), ("Money", "2", "3"))
RIGHT = (80.0, 160.0, 240.0, 320.0, 400.0)  # points, where the print of the columns ends


def part(text: str, right: float, top: float, confidence: float | None = 0.9) -> Line:
    box = BBox(right - 7 * len(text), top, right, top + 12)
    return line_of(1, [Word(text=text, bbox=box, size=10, confidence=confidence)])


def row(texts: Sequence[str], top: float, first: int = 0) -> Row:
    return tuple(part(text, RIGHT[first + n], top) for n, text in enumerate(texts))


def table(rows: Sequence[Sequence[str]], top: float, confidence: float | None = 0.9) -> Table:
    cells = [
        Cell(row=r, col=c, text=MappedText.join([(1, w) for w in p.words]), bbox=p.bbox)
        for r, texts in enumerate(rows)
        for c, text in enumerate(texts)
        for p in (part(text, RIGHT[c], top + 20 * r, confidence),)
    ]
    box = BBox(10, top - 3, 240, top + 20 * len(rows) - 5)
    return Table(page=1, bbox=box, method="ruled", cells=tuple(cells))


def texts(made: Table) -> list[list[str]]:
    return [[c.text.text for c in made.cells if c.row == n] for n in range(made.rows)]


def test_a_value_beside_each_row_is_the_last_column() -> None:
    made, left = with_what_is_beyond([table(BELOW, 100)], [row(["8"], 100, 3), row(["12"], 120, 3)])
    assert texts(made[0]) == [["Equality", "1", "4", "8"], ["Money", "2", "3", "12"]]
    assert not left


def stays(below: Table, rows: list[Row]) -> bool:
    made, left = with_what_is_beyond([below], rows)
    return made == [below] and left == rows


def test_a_value_beside_one_row_only_is_no_column() -> None:
    assert stays(table(BELOW, 100), [row(["8"], 100, 3)])


def test_words_beside_a_table_are_no_column() -> None:
    assert stays(table(BELOW, 100), [row(["see"], 100, 3), row(["below"], 120, 3)])


def test_values_farther_away_are_those_of_something_else() -> None:
    assert stays(table(BELOW, 100), [row(["8"], 100, 4), row(["12"], 120, 4)])


def test_rows_of_another_table_beside_it_are_no_column() -> None:
    assert stays(table(BELOW, 100), [row(["8", "9"], 100, 3), row(["12", "3"], 120, 3)])


def test_a_table_with_heads_of_its_own_lacks_none() -> None:
    assert stays(table(ABOVE, 100), [row(["8"], 100, 3), row(["12"], 120, 3)])


def test_a_table_of_a_text_layer_stays() -> None:
    assert stays(table(BELOW, 100, None), [row(["8"], 100, 3), row(["12"], 120, 3)])


BETWEEN = ("Advice", "6", "7")


def pieces(above: Table, rows: list[Row], below: Table) -> int:
    """How many tables there are of two pieces."""
    return len(with_what_is_beyond([above, below], rows)[0])


def test_a_row_between_two_pieces_joins_them() -> None:
    made, left = with_what_is_beyond([table(ABOVE, 100), table(BELOW, 160)], [row(BETWEEN, 140)])
    assert texts(made[0]) == [*map(list, ABOVE), list(BETWEEN), *map(list, BELOW)]
    assert len(made) == 1
    assert not left


def test_a_caption_between_two_tables_parts_them() -> None:
    assert pieces(table(ABOVE, 100), [(part("Table 3: Complaints by team", 200, 140),)], table(BELOW, 160)) == 2


def test_a_table_with_heads_of_its_own_is_another() -> None:
    assert pieces(table(ABOVE, 100), [row(BETWEEN, 140)], table(ABOVE, 160)) == 2


def test_nothing_goes_on_behind_a_total() -> None:
    ended = table((*ABOVE, ("Total", "9", "10")), 80)
    assert pieces(ended, [row(BETWEEN, 140)], table(BELOW, 160)) == 2


def test_tables_of_other_widths_are_two() -> None:
    below = table(BELOW, 160)
    assert pieces(table(ABOVE, 100), [row(BETWEEN, 140)], replace(below, bbox=replace(below.bbox, x1=300))) == 2


def test_words_under_years_are_no_row_of_the_table() -> None:
    assert pieces(table(ABOVE, 100), [row(("Advice", "six", "seven"), 140)], table(BELOW, 160)) == 2


def test_a_row_without_a_value_in_each_column_is_none() -> None:
    assert pieces(table(ABOVE, 100), [row(("Advice", "6"), 140)], table(BELOW, 160)) == 2
