"""Words that were read over a space, in print that is drawn for the purpose."""

import cv2
import numpy as np
import pytest

from extractors.reading.ocr.spaces import parted
from extractors.reading.ocr.tesseract import Token
from schemas.pages import BBox

SIZE = 30.0  # pixels of an em


def printed(*words: str, gap: int = 9) -> tuple[np.ndarray, BBox]:
    """Words beside each other, with `gap` pixels between them, as ink, and the box around them."""
    ink = np.zeros((60, 600), np.uint8)
    right = 20
    for word in words:
        (width, _), _ = cv2.getTextSize(word, cv2.FONT_HERSHEY_SIMPLEX, 1.0, 2)
        cv2.putText(ink, word, (right, 40), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (255,), 2)
        right = int(np.flatnonzero(ink.any(axis=0))[-1]) + gap
        right -= (
            int(np.flatnonzero(cv2.putText(np.zeros_like(ink), word, (20, 40), 0, 1.0, (255,), 2).any(axis=0))[0]) - 20
        )
    columns = np.flatnonzero(ink.any(axis=0))
    return ink, BBox(float(columns[0]), 15.0, float(columns[-1] + 1), 50.0)


def read(*words: str, gap: int = 9) -> list[Token]:
    ink, box = printed(*words, gap=gap)
    return parted(Token("".join(words), box, 0.9, (0,)), ink, SIZE)


@pytest.mark.parametrize(
    "words",
    [
        ("Stage", "1"),
        ("10", "days"),
        ("at", "Stage", "1"),
        ("Full", "year"),
        ("20", "November", "2015"),
        ("Complaints", "by"),
    ],
    ids=" ".join,
)
def test_spaces_are_put_back(words: tuple[str, ...]) -> None:
    tokens = read(*words)
    assert [t.text for t in tokens] == list(words)
    assert {t.raw for t in tokens} == {"".join(words)}
    assert all(left.bbox.x1 < right.bbox.x0 for left, right in zip(tokens, tokens[1:], strict=False))


@pytest.mark.parametrize(
    "words", [("in", "formal"), ("2", "nd"), ("with", "in"), ("Q", "1"), ("9", "am"), ("Xyz", "1")], ids="".join
)
def test_what_is_one_word_stays_one(words: tuple[str, ...]) -> None:
    assert [t.text for t in read(*words)] == ["".join(words)]


def test_words_of_words_without_a_gap_stay_one() -> None:
    assert [t.text for t in read("Fullyear", gap=9)] == ["Fullyear"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Stage.1", ["Stage", "1"]),
        ("1:had", ["1", "had"]),
        ("of.stage", ["of", "stage"]),
        ("No.5", ["No.5"]),
        ("year.The", ["year.The"]),
        ("10.30", ["10.30"]),
        ("children's", ["children's"]),
    ],
)
def test_specks_between_words_are_no_stops(text: str, parts: list[str]) -> None:
    token = Token(text, BBox(0, 0, 100, 30), 0.9, (0,))
    assert [t.text for t in parted(token, np.zeros((40, 120), np.uint8), SIZE)] == parts
