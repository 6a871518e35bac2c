"""Words get the size of their print, whatever box the reader gave them."""

import cv2
import numpy as np
import pytest

from extractors.reading.ocr.place import words_of
from extractors.reading.ocr.raster import Image
from extractors.reading.ocr.tesseract import Token
from schemas.pages import BBox


def inked() -> Image:
    ink = np.zeros((200, 400), np.uint8)
    cv2.putText(ink, "2008", (50, 100), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (255,), 2)
    cv2.putText(ink, "2009", (50, 160), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (255,), 2)
    return ink


TIGHT = BBox(50, 78, 125, 102)


@pytest.mark.parametrize(
    "box",
    [BBox(50, 78, 125, 102), BBox(50, 60, 125, 120), BBox(50, 84, 125, 97), BBox(53, 80, 122, 100)],
    ids=["its own", "as high as the image that was read", "the inner part", "cut at its sides"],
)
def test_the_size_of_a_word_is_that_of_its_print(box: BBox) -> None:
    (plain,) = words_of([Token("2008", TIGHT, 0.9, (1,))], inked(), 1.0)
    (word,) = words_of([Token("2008", box, 0.9, (1,))], inked(), 1.0)
    assert abs(word.size - plain.size) < 0.05 * plain.size
    assert abs(word.bbox.top - plain.bbox.top) < 2 and abs(word.bbox.bottom - plain.bbox.bottom) < 2


def test_print_that_runs_on_is_of_something_else() -> None:
    ink = inked()
    ink[20:78, 60:62] = 255  # a stroke of a pen down to the word
    (plain,) = words_of([Token("2008", TIGHT, 0.9, (1,))], inked(), 1.0)
    (word,) = words_of([Token("2008", TIGHT, 0.9, (1,))], ink, 1.0)
    assert abs(word.size - plain.size) < 0.05 * plain.size
