"""What copying left of ruling lines is no column, row or table of its own."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from extractors.layout import lay_out
from extractors.layout.crumbs import crumbs_of
from schemas.layout import Table
from schemas.pages import BBox, Page, Rule, Word
from tests.extractors.layout.pages import cells, page, tables, typed, words_of

ROWS = "Theme         Q1   Q2\nDelay          4    2\nContact        1    3\nPolicy         2    1"


def scan(words: Sequence[Word], rules: Sequence[BBox] = ()) -> Page:
    read = [replace(word, confidence=0.9) for word in words]
    return replace(page(read, rules=[Rule(bbox=box) for box in rules]), source="ocr")


def stroke(text: str, x: float, y: float, width: float = 0.5) -> Word:
    return Word(text=text, bbox=BBox(x, y, x + width, y + 11), size=10, confidence=0.9)


def body(*crumbs: Word) -> list[list[str]]:
    layout = lay_out([scan([*typed(ROWS, step=16), *crumbs])])
    assert sum(1 for _, word in words_of(layout) if word.text in ("|", "-")) == len(crumbs), "nothing is lost"
    (table,) = tables(layout)
    return cells(table)


WHOLE = [["Theme", "Q1", "Q2"], ["Delay", "4", "2"], ["Contact", "1", "3"], ["Policy", "2", "1"]]


def test_an_upright_stroke_makes_no_column() -> None:
    assert body(stroke("|", 120, 100), stroke("|", 250, 132)) == WHOLE


def test_dashes_between_rows_make_no_row() -> None:
    assert body(stroke("-", 70, 124, 12), stroke("-", 160, 124, 12)) == WHOLE


@pytest.mark.parametrize(
    "words",
    [
        [stroke("|", 120, 100), stroke("|", 180, 100), stroke("|", 240, 100)],  # a line drawn with strokes
        [stroke("|", 150, 116, 3)],  # a one
        [stroke("-", 150, 164, 8), stroke("-", 180, 164, 8)],  # values of a row that lost its label
        [replace(stroke("|", 120, 100), confidence=None)],  # born-digital
    ],
)
def test_other_strokes_stay(words: list[Word]) -> None:
    made = replace(scan(typed(ROWS, step=16)), words=(*scan(typed(ROWS, step=16)).words, *words))
    assert not crumbs_of(made)


def test_a_page_with_a_text_layer_keeps_its_strokes() -> None:
    assert not crumbs_of(page([*typed(ROWS, step=16), stroke("|", 120, 100)]))


FRAME = [BBox(140, y, 210, y) for y in (98, 114, 130, 146, 162)] + [BBox(x, 98, x, 162) for x in (140, 165, 210)]


def drawn(words: Sequence[Word], rules: Sequence[BBox] = FRAME) -> list[Table]:
    return tables(lay_out([scan(words, rules)]))


def test_lines_that_are_left_around_a_part_of_a_table_make_no_table_of_it() -> None:
    (table,) = drawn(typed(ROWS, step=16))
    assert cells(table) == WHOLE


def test_lines_around_a_whole_table_do() -> None:
    wide = [replace(box, x0=55 if box.x0 == 140 else box.x0) for box in FRAME]
    (table,) = drawn(typed(ROWS, step=16), wide)
    assert table.method == "ruled"


def test_two_drawn_tables_may_stand_side_by_side() -> None:
    other = [replace(box, x0=box.x0 + 200, x1=box.x1 + 200) for box in FRAME]
    words = [*typed("Q1  Q2\n 4   2\n 1   3\n 2   1", left=145, step=16), *typed("Q3  Q4\n 4   2\n 1   3\n 2   1", left=345, step=16)]  # fmt: skip
    assert [t.method for t in drawn(words, [*FRAME, *other])] == ["ruled", "ruled"]


def test_a_table_with_a_word_on_the_margin_is_whole() -> None:
    wide = [replace(box, x0=55 if box.x0 == 140 else box.x0) for box in FRAME]
    assert [t.method for t in drawn([*typed(ROWS, step=16), *typed("noted", left=230, top=132)], wide)] == ["ruled"]
