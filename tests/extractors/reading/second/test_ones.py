"""A stroke is a one where it stands alone in a cell, among numbers, and looks like a digit."""

import numpy as np
import pytest

from extractors.reading.second.ones import is_lone_one
from schemas.pages import BBox, Word
from tests.extractors.reading.second.prints import printed

LINE = np.full((40, 24), 255, dtype=np.uint8)
LINE[:, 11:13] = 0


def word(text: str, x0: float, top: float) -> Word:
    return Word(text=text, bbox=BBox(x0, top, x0 + 8, top + 14), size=12, confidence=0.8)


@pytest.mark.parametrize(
    ("read", "seen", "beside", "expected"),
    [("|", "i", "33", True), ("T", "1", "33", True), ("T", "T", "Team", False), ("|", "4", "33", False)],
)
def test_a_stroke_among_numbers_is_a_one(read: str, seen: str, beside: str, expected: bool) -> None:
    words = [word(read, 100, 50), word(beside, 200, 50), word(beside, 300, 50)]
    assert is_lone_one(words, 0, seen, printed("1", font=1)) is expected


def test_a_piece_of_a_line_is_none() -> None:
    words = [word("|", 100, 50), word("33", 200, 50), word("34", 300, 50)]
    assert not is_lone_one(words, 0, "", LINE)
