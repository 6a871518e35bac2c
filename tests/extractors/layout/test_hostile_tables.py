"""Pages made to take long or to break the layout: all end soon, and no word is lost."""

import time
from collections.abc import Sequence

import pytest

from extractors.layout import lay_out
from extractors.layout.ruled import MOST_PAIRS, looks_drawn
from schemas.layout import Table
from schemas.pages import BBox, Page, Rule, Word

MOST_SECONDS = 20.0  # a hundred times what it takes, so that a busy machine does not fail it


def word(text: str, x: float, y: float, width: float = 10.0, height: float = 6.0) -> Word:
    return Word(text=text, bbox=BBox(x, y, x + width, y + height), size=6.0)


def page(words: Sequence[Word], rules: Sequence[Rule] = (), size: float = 2000.0) -> Page:
    return Page(number=1, width=size, height=size, words=tuple(words), rules=tuple(rules))


def level(y: float, x0: float, x1: float) -> Rule:
    return Rule(bbox=BBox(x0, y, x1, y))


def upright(x: float, top: float, bottom: float) -> Rule:
    return Rule(bbox=BBox(x, top, x, bottom))


def grid_words(rows: int, cols: int) -> list[Word]:
    return [word(str(r * c % 97), 20 * c + 4, 15 * r + 4) for r in range(rows) for c in range(cols)]


def ten_thousand_ruled_cells() -> Page:
    rules = [level(15 * r, 0, 2000) for r in range(101)] + [upright(20 * c, 0, 1500) for c in range(101)]
    return page(grid_words(100, 100), rules)


def ten_thousand_cells_without_rules() -> Page:
    return page(grid_words(100, 100))


def thousands_of_rules() -> Page:
    rules = [level(n % 1000 * 2.0, n % 7, 1990 - n % 11) for n in range(3000)]
    rules += [upright(n % 1000 * 2.0, n % 5, 1990 - n % 13) for n in range(3000)]
    return page(grid_words(40, 40), rules)


def thousands_of_bands() -> Page:
    rules = [
        rule
        for n in range(600)
        for y in (n * 3.3,)
        for rule in (level(y, 0, 600), level(y + 2.9, 0, 600), *(upright(x, y, y + 2.9) for x in (0, 200, 400, 600)))
    ]
    return page(grid_words(60, 30), rules)


def cells_of_no_size() -> Page:
    rules = [level(100, 0, 600)] * 50 + [upright(300, 100, 100)] * 50 + [upright(0, 0, 0), level(0, 5, 5)]
    return page([word("7", 300, 100, 0, 0), word("", 300, 100, 0, 0), *grid_words(5, 5)], rules)


def text_outside_the_page() -> Page:
    rules = [level(-50, -500, 5000), level(50, -500, 5000), upright(-500, -50, 50), upright(5000, -50, 50)]
    return page([*grid_words(4, 4), word("12", -300, -20), word("13", 4000, 20), word("x", 1e9, -1e9)], rules)


def nested_frames() -> Page:
    rules = []
    for n in range(200):
        a, b = n * 2.0, 1900 - n * 2.0
        rules += [level(a, a, b), level(b, a, b), upright(a, a, b), upright(b, a, b)]
    return page(grid_words(50, 50), rules)


HOSTILE = [
    ten_thousand_ruled_cells, ten_thousand_cells_without_rules, thousands_of_rules, thousands_of_bands, cells_of_no_size,
    text_outside_the_page, nested_frames,
]  # fmt: skip


@pytest.mark.parametrize("made", HOSTILE, ids=lambda made: made.__name__)
def test_it_ends_soon_and_keeps_every_word(made) -> None:
    hostile = made()
    began = time.monotonic()
    layout = lay_out([hostile])
    assert time.monotonic() - began < MOST_SECONDS
    kept = 0
    for element in layout.elements:
        if isinstance(element, Table):
            texts = [cell.text for cell in element.cells] + [t for t in (element.caption, *element.notes) if t]
        else:
            texts = [element.text, *([element.marker] if element.marker else [])]
        kept += sum(len(text.words) for text in texts)
    assert kept == len(hostile.words)


def test_ten_thousand_ruled_cells_are_one_table() -> None:
    (table,) = [e for e in lay_out([ten_thousand_ruled_cells()]).elements if isinstance(e, Table)]
    assert (table.rows, table.cols) == (100, 100)


def test_a_page_with_more_crossings_than_a_table_has_is_known_as_a_drawing() -> None:
    assert looks_drawn(thousands_of_rules()) and not looks_drawn(ten_thousand_ruled_cells())
    assert 101 * 101 < MOST_PAIRS < 3000 * 3000
