"""Columns of a scanned typewriter, whose spaces are as wide as letters."""

from dataclasses import replace

import pytest

from extractors.layout.lines import segments
from schemas.pages import BBox, Word


def row(*gaps: float, confidence: float | None = 0.9) -> list[Word]:
    """Words of 30 points and 10 points high with such gaps (em) between them."""
    words, at = [], 50.0
    for gap in (0.0, *gaps):
        at += 10 * gap
        words.append(Word(text="word", bbox=BBox(at, 100, at + 30, 110), size=10, confidence=confidence))
        at += 30
    return words


@pytest.mark.parametrize(
    ("gaps", "space", "confidence", "parts"),
    [
        ((0.77, 1.37), 0.77, 0.9, 2),  # two spaces, by the ink of the letters beside them
        ((0.77, 1.1), 0.77, 0.9, 1),
        ((0.77, 1.37), 0.77, None, 1),  # boxes of a font tell the spaces exactly
        ((0.3, 0.85), 0.5, 0.9, 1),  # no typewriter
    ],
)
def test_two_spaces_of_a_scanned_typewriter_part_a_row(
    gaps: tuple[float, ...], space: float, confidence: float | None, parts: int
) -> None:
    assert len(segments(1, row(*gaps, confidence=confidence), space)) == parts


def test_wide_gaps_between_words_of_other_type_are_spaces() -> None:
    words = [replace(word, text=text) for word, text in zip(row(0.77, 1.37), ("Parents", "12", "(4%)"), strict=True)]
    assert len(segments(1, words, 0.77)) == 1
