"""A page image made ready for reading."""

import numpy as np
import pytest

from extractors.reading.ocr.prepare import evenly_lit, prepare
from extractors.reading.ocr.raster import MOST_PIXELS


def test_grain_is_not_enlarged_into_an_image_that_fills_the_memory() -> None:
    image = np.full((3500, 2500), 255, np.uint8)
    image[10:3490:14, 10:2490:10] = 0
    for row in range(1, 6):  # marks of six pixels by six, smaller than any print that can be read
        for column in range(6):
            image[10 + row : 3490 : 14, 10 + column : 2490 : 10] = 0
    prepared = prepare(image)
    assert prepared is not None
    assert 1.05 * image.size < prepared.image.size <= 1.01 * MOST_PIXELS


@pytest.mark.parametrize(("height", "width", "head"), [(2000, 1400, 60), (900, 650, 20)], ids=["200 dpi", "90 dpi"])
def test_a_tinted_head_is_paper_up_to_its_edges(height: int, width: int, head: int) -> None:
    page = np.full((height, width), 230, np.uint8)
    page[400 : 400 + head, 100:-100] = 175
    page[408:412, 200:240] = 40
    even = evenly_lit(page)
    print_of = even < 200
    assert print_of[408:412, 200:240].all(), "what is printed on it stays"
    print_of[408:412, 200:240] = False
    assert not print_of.any()


def test_a_dark_head_stays_dark() -> None:
    page = np.full((2000, 1400), 230, np.uint8)
    page[400:460, 100:-100] = 100
    assert (evenly_lit(page)[410:450, 120:-120] < 130).all()
