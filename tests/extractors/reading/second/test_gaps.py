"""Gaps inside a number that no font has there."""

import numpy as np
import pytest

from extractors.reading.second.gaps import find_gap, with_gap
from extractors.reading.second.recogniser import Image, Recognised
from tests.extractors.reading.second.prints import printed


def beside(left: Image, right: Image, gap: int) -> Image:
    """Two prints of one height with so many white columns more between them."""
    white = np.full((left.shape[0], gap), 255, dtype=np.uint8)
    return np.hstack([left, white, right])


@pytest.mark.parametrize("font", [0, 1, 2])
@pytest.mark.parametrize("text", ["117", "11", "1,234", "14.7", "(10)", "100%", "2014/15", "7"])
def test_numbers_as_fonts_set_them_have_no_gap(text: str, font: int) -> None:
    assert find_gap(printed(text, font=font)) is None


@pytest.mark.parametrize("font", [0, 1, 2])
def test_a_lost_point_leaves_a_gap(font: int) -> None:
    torn = beside(printed("13", font=font), printed("3", font=font), 4)
    assert find_gap(torn) == pytest.approx(0.6, abs=0.15)
    read = with_gap(Recognised(text="133", confidence=0.99), torn)
    assert (read.text, read.alternatives[0][0]) == ("13 3", "13.3")


def test_specks_beside_a_number_are_no_digits() -> None:
    image = beside(printed("117"), np.full((33, 40), 255, dtype=np.uint8), 10)
    image[20:23, -20:-17] = 0
    assert find_gap(image) is None


@pytest.mark.parametrize("text", ["7", "13 3", "no", ""])
def test_only_numbers_in_one_piece_are_looked_at(text: str) -> None:
    read = Recognised(text=text, confidence=0.9)
    assert with_gap(read, beside(printed("13"), printed("3"), 30)) is read


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_an_even_image_has_no_gap(shade: int) -> None:
    assert find_gap(np.full((30, 60), shade, dtype=np.uint8)) is None
