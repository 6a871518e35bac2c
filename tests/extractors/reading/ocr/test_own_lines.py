"""Pale lines that are a page's own, and those of its other side."""

import numpy as np

from extractors.reading.ocr.own_lines import own_pale_lines
from extractors.reading.ocr.raster import Image
from schemas.pages import BBox

LETTER = 20.0
LYING = [BBox(100, y, 500, y + 1) for y in (100, 160, 220)]
STANDING = [BBox(x, 100, x + 1, 221) for x in (100, 300, 500)]


def paper(*lines_of_print: int) -> Image:
    """Paper with letters in lines at these heights."""
    ink = np.zeros((400, 700), np.uint8)
    for y in lines_of_print:
        for x in range(110, 490, 14):
            ink[y - 9 : y + 9, x : x + 9] = 255
    ink[:, 292:308] = 0  # columns are apart
    return ink


def test_a_grid_that_keeps_clear_of_print_is_the_pages_own() -> None:
    assert set(own_pale_lines([*LYING, *STANDING], [], paper(130, 190), LETTER)) == {*LYING, *STANDING}


def test_lines_that_go_on_from_a_dark_head_are_its_own() -> None:
    head = [BBox(100, 60, 500, 60), BBox(100, 98, 500, 98), BBox(100, 60, 100, 98), BBox(500, 60, 500, 98)]
    below = [BBox(300, 98, 301, 160), LYING[1], BBox(100, 98, 101, 160)]
    assert set(own_pale_lines(below, head, paper(130), LETTER)) == set(below)


def test_lines_through_print_are_of_the_other_side() -> None:
    assert own_pale_lines([*LYING, *STANDING], [], paper(100, 160, 220), LETTER) == ()


def test_lines_that_make_no_grid_may_be_of_the_other_side() -> None:
    assert own_pale_lines(LYING, [], paper(130, 190), LETTER) == ()
    assert own_pale_lines([LYING[0], STANDING[0]], [], paper(130), LETTER) == ()


def test_a_line_that_ends_in_the_open_is_of_the_other_side_even_where_it_crosses_a_grid() -> None:
    stray = BBox(250, 130, 420, 131)
    own = own_pale_lines([*LYING, *STANDING, stray], [], paper(190), LETTER)
    assert set(own) == {*LYING, *STANDING}
    dark = [*LYING, *STANDING]
    assert own_pale_lines([stray, BBox(360, 100, 361, 140)], dark, paper(190), LETTER) == ()
