"""Areas of one colour in pictures: boxes are found though rims and lines of their colour join them, and nothing else is made a box."""

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.reading.ocr.pictures import SCALE, read_picture
from schemas.pages import Shape

GREY = (188, 188, 188)


def paper() -> NDArray[np.uint8]:
    return np.full((500, 800, 3), 255, np.uint8)


def areas(picture: NDArray[np.uint8]) -> list[Shape]:
    return [s for s in read_picture(picture, SCALE) if s.fill is not None and s.bbox.width * s.bbox.height > 100]


def test_bars_that_a_rim_of_their_colour_joins_are_boxes() -> None:
    picture = paper()
    for left, top in ((100, 200), (220, 120), (340, 260)):
        cv2.rectangle(picture, (left, top), (left + 60, 400), GREY, -1)
    cv2.rectangle(picture, (100, 394), (400, 400), GREY, -1)
    found = sorted((round(s.bbox.x0 * SCALE), round(s.bbox.top * SCALE)) for s in areas(picture) if len(s.points) == 5)
    assert np.allclose(found, [(100, 200), (220, 120), (340, 260)], atol=3)


def test_a_sector_is_no_box() -> None:
    picture = paper()
    cv2.ellipse(picture, (400, 250), (150, 150), 0, -90, 40, GREY, -1)
    [found] = areas(picture)
    assert len(found.points) > 5
