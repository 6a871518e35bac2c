"""Boxes of words round all of their print."""

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from extractors.reading.ocr.raster import Image
from extractors.reading.ocr.segment import Found, Strip
from extractors.reading.ocr.strips import words_in
from extractors.reading.ocr.tesseract import Layout, Token, Tokens
from schemas.pages import BBox


class Nothing:
    """A reader that reads nothing again."""

    name, version, languages = "nobody", "1", "eng"

    def read(self, images: Sequence[Image], layout: Layout) -> tuple[Tokens, ...]:  # noqa: ARG002
        return ((),) * len(images)


def box_of(text: str, box: BBox) -> BBox:
    """The box of the only word of a strip, on which a ring of ink lies at 20 to 40, 10 to 40 and a speck far from it."""
    image = np.full((52, 80), 255, np.uint8)
    cv2.ellipse(image, (30, 25), (9, 14), 0, 0, 360, (0,), 3)
    image[24:27, 70:73] = 0
    found = Found((Strip(image, 0, 0),), ())
    (word,) = words_in(found, [(Token(text, box, 0.97, (1, 1, 1)),)], Nothing())
    return word.bbox


def test_the_box_of_a_nought_that_holds_but_its_hole_is_that_of_the_nought() -> None:
    box = box_of("0", BBox(27, 20, 33, 30))
    assert box.x0 < 22 and 38 < box.x1 < 45 and box.top < 12 and box.bottom > 37


@pytest.mark.parametrize(("text", "box"), [("0", BBox(22, 12, 38, 38)), ("total", BBox(27, 20, 33, 30))])
def test_other_boxes_stay(text: str, box: BBox) -> None:
    assert box_of(text, box) == box
