"""Boxes filled with a colour, and the letters on them in white, made ready for reading."""

import numpy as np
import pytest

from extractors.reading.ocr.raster import Image
from extractors.reading.ocr.ruling import find_fills, turn_over

LETTER = 18.0


def page(*levels: int) -> Image:
    """A page with boxes of these grey levels, one below the other, each with a white stroke in it."""
    image = np.full((600, 800), 255, np.uint8)
    for number, level in enumerate(levels):
        top = 60 + 120 * number
        image[top : top + 60, 60:740] = level
        image[top + 20 : top + 40, 200:206] = 255
    return image


def turned_over(image: Image) -> tuple[Image, Image]:
    made, ink = image.copy(), np.asarray((image < 160) * np.uint8(255), np.uint8)
    boxes, mask = find_fills(ink, LETTER)
    turn_over(made, ink, mask, boxes)
    return made, ink


@pytest.mark.parametrize("level", [0, 30, 80, 120])
def test_what_is_filled_becomes_white_and_what_is_white_on_it_black(level: int) -> None:
    made, ink = turned_over(page(level))
    assert made[70:115, 80:190].min() >= 255 - 40
    assert made[82:98, 201:205].max() == 0
    assert ink[82:98, 201:205].min() == 255 and ink[70:115, 80:190].max() == 0


def test_each_box_has_its_own_colour() -> None:
    made, _ = turned_over(page(0, 120))
    assert made[70:115, 80:190].min() == made[190:235, 80:190].min() == 255


def test_paper_around_the_boxes_stays() -> None:
    image = page(120)
    image[300:320, 200:206] = 90  # print below it
    made, _ = turned_over(image)
    assert (made[300:320, 200:206] == 90).all() and (made[400:] == 255).all()


def test_a_bar_that_white_lines_part_is_a_box_for_each_piece() -> None:
    image = page(0)
    for x in (300, 420, 540):
        image[60:120, x : x + 2] = 255
    boxes, _ = find_fills(np.asarray((image < 160) * np.uint8(255), np.uint8), LETTER)
    assert sorted((round(b.x0), round(b.x1)) for b in boxes) == [(60, 300), (302, 420), (422, 540), (542, 740)]
    made, _ = turned_over(image)
    assert made[70:115, 80:190].min() == 255 and made[82:98, 201:205].max() == 0


def test_heavy_print_close_above_a_bar_is_no_part_of_it() -> None:
    image = page(0)
    for x in range(60, 400, 26):
        image[30:54, x : x + 20] = 0
    boxes, _ = find_fills(np.asarray((image < 160) * np.uint8(255), np.uint8), LETTER)
    assert [(round(b.top), round(b.bottom)) for b in boxes] == [(60, 120)]


def test_heavy_letters_alone_are_no_boxes() -> None:
    image = np.full((600, 800), 255, np.uint8)
    for x in range(60, 400, 40):
        image[60:100, x : x + 34] = 0
    assert find_fills(np.asarray((image < 160) * np.uint8(255), np.uint8), LETTER)[0] == ()


def test_black_print_on_grey_stays_black() -> None:
    image = page(110)
    image[80:100, 200:206] = 0
    made, ink = turned_over(image)
    assert made[70:115, 80:190].min() >= 255 - 40 and made[82:98, 201:205].max() == 0
    assert ink[82:98, 201:205].min() == 255 and ink[70:115, 80:190].max() == 0


def ink_of(image: Image) -> Image:
    return np.asarray((image < 160) * np.uint8(255), np.uint8)


def test_turned_print_that_touches_the_lower_edge_of_its_box_is_print() -> None:
    image = page(0)
    image[98:120, 400:424] = 255
    _, ink = turned_over(image)
    assert ink[100:118, 402:422].min() == 255
    assert ink[70:115, 80:190].max() == 0


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        (slice(116, 120), slice(400, 424)),  # an edge that is not level
        (slice(70, 120), slice(400, 424)),  # deeper: between two bars
        (slice(98, 120), slice(400, 480)),  # wider than print
        (slice(60, 82), slice(400, 424)),  # at the upper edge, where turned print ends
    ],
)
def test_other_notches_are_paper(rows: slice, columns: slice) -> None:
    image = page(0)
    image[rows, columns] = 255
    _, mask = find_fills(ink_of(image), LETTER)
    assert mask[rows, columns][2:, 6:-6].max() == 0


def test_between_letters_that_touch_a_box_from_above_is_paper() -> None:
    image = page(0)
    image[40:60, 400:404] = image[40:60, 420:424] = 0
    _, mask = find_fills(ink_of(image), LETTER)
    assert mask[:58, 405:419].max() == 0


def test_a_ragged_box_stays_as_it_is() -> None:
    image = page(0)
    image[98:120, 400:424] = image[60:82, 500:524] = 255
    _, mask = find_fills(ink_of(image), LETTER)
    assert mask[100:118, 406:418].max() == 0


def test_a_low_box_holds_no_turned_print() -> None:
    image = page(255)
    image[60:96, 60:740] = 0
    image[80:96, 400:424] = 255
    _, mask = find_fills(ink_of(image), LETTER)
    assert mask[82:94, 406:418].max() == 0
