"""Percent signs at the head of columns that were read as anything or not at all, and heads that are what they say."""

from collections.abc import Sequence

import pytest

from extractors.reading.ocr.percents import with_percent_heads
from schemas.pages import BBox, Word

VALUES = ("Delay", "10", "27%", "8", "24%")


def heads(texts: Sequence[str], values: Sequence[str] = VALUES) -> list[str]:
    """A row of heads, "" where nothing was read, over a row of values: the heads as they are then."""
    words = [
        Word(text=text, bbox=BBox(60.0 * n, top, 60.0 * n + 12, top + 11), size=10, confidence=0.7)
        for top, row in ((100.0, texts), (120.0, values))
        for n, text in enumerate(row)
        if text
    ]
    made = [word for word in with_percent_heads(words) if word.bbox.top == 100]
    return [word.text for word in sorted(made, key=lambda word: word.bbox.x0)]


@pytest.mark.parametrize(
    "read",
    [
        ("Theme", "No.", "On)", "No", "a"),
        ("Theme", ".No", "0", "No.", "Q"),
        ("Theme", "No,", "%,", "No.", "%"),
        ("Theme", "No.", "", "No.", ""),
    ],
)
def test_above_shares_that_stand_in_turn_with_numbers_is_a_percent_sign(read: Sequence[str]) -> None:
    assert heads(read) == ["Theme", "No.", "%", "No.", "%"]


@pytest.mark.parametrize(
    ("read", "values"),
    [
        (("Theme", "No.", "Percentage", "No.", "Percentage"), VALUES),
        (("Theme", "No.", "Q1", "No.", "Q2"), ("Delay", "10", "27", "8", "24")),  # no shares
        (("Theme", "No.", "Yes", "All", "%"), VALUES),  # one answer, not two numbers
        (("Theme", "No.", "(%)", "No.", "(%)"), ("Delay", "10", "(27%)", "8", "(24%)")),
        (("Upheld", "No", "of", "No", "in"), ("Delay", "late", "27%", "8", "24%")),
    ],
)
def test_other_heads_stay(read: Sequence[str], values: Sequence[str]) -> None:
    assert heads(read, values) == list(read)
