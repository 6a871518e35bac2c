"""The categories of a line chart, as the names below it tell."""

from itertools import pairwise

import pytest

from extractors.charts.slots import Slots, rows_of_slots
from schemas.pages import Word
from tests.extractors.charts.drawings import phrase, word

YEARS = ("2010/11", "2011/12", "2012/13", "2013/14", "2014/15")


def row(texts: tuple[str, ...], *, pitch: float = 60.0, y: float = 400.0) -> list[Word]:
    return [word(text, 150 + pitch * n, y) for n, text in enumerate(texts) if text]


def rows(words: list[Word]) -> list[Slots]:
    return rows_of_slots(words, set(range(len(words))))


@pytest.mark.parametrize("missing", [None, 1, 2])
def test_names_in_a_row_tell_the_places_of_categories_one_of_them_unread(missing: int | None) -> None:
    [found] = rows(row(tuple(t if n != missing else "" for n, t in enumerate(YEARS))))
    assert found.places == pytest.approx([150, 210, 270, 330, 390], abs=0.2)


def test_years_that_nearly_touch_are_names_of_their_own() -> None:
    [found] = rows(row(YEARS, pitch=30.0))
    assert [round(b - a) for a, b in pairwise(found.places)] == [30, 30, 30, 30]


def test_running_text_and_numbers_are_no_names() -> None:
    prose = phrase("Managers met each quarter to talk over what complaints had shown", 60, 300)
    assert rows(prose) == []
    assert rows(row(("0", "20", "40", "60", "80"))) == []


def test_names_that_are_not_equally_far_apart_are_none() -> None:
    assert rows([word(text, x, 400) for text, x in (("North", 100), ("South", 160), ("Fostering", 250))]) == []


def test_rows_of_two_charts_beside_each_other_are_two() -> None:
    right = [word(text, 480 + 45 * n, 400) for n, text in enumerate(("North", "South", "MASH"))]
    assert sorted(len(found.places) for found in rows([*row(YEARS[:4]), *right])) == [3, 4]
