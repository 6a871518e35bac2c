"""Pound signs that were typed for a 3, and those that were meant."""

import pytest

from tests.extractors.figures.stating import stated


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Compliments had risen from £2 to 40.", ["compliments ?32 in 2013/14", "compliments 40"]),
        ("In 2014/15 complaints fell from 51 to £9.", ["complaints 51 in 2013/14", "complaints ?39"]),
    ],
)
def test_a_pound_sign_in_the_place_of_a_digit_of_a_count_cannot_be_read(text: str, expected: list[str]):
    assert stated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Compensation had risen from £2 to 40.",
        "The cost of complaints had risen from £2 to 40.",
        "Complaints rose from £25 to 30.",
        "Compliments rose from 32 to 40, and the payment for each from £2 to £5.",
    ],
)
def test_a_sum_of_money_is_none(text: str):
    assert not any("?" in figure for figure in stated(text))
