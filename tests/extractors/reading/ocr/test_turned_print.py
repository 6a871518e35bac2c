"""Where print that runs up or down is seen, by how its letters lie; what is read there is tested with poor print."""

import numpy as np
import pytest

from extractors.reading.ocr.raster import Image
from extractors.reading.ocr.turned_print import find_lines

LETTER = 10.0


def page(*letters: tuple[int, int, int, int]) -> Image:
    """A page with letters as filled boxes: left, top, width, height."""
    ink = np.zeros((400, 300), np.uint8)
    for x, y, width, height in letters:
        ink[y : y + height, x : x + width] = 255
    return ink


def word(top: int, count: int) -> list[tuple[int, int, int, int]]:
    """Turned letters above each other, wider than high."""
    return [(100, top + 10 * n, 12, 8) for n in range(count)]


RUN_TOGETHER = (100, 156, 12, 22)  # two letters in one piece, as high as no letter of a turned word is


def lines(*letters: tuple[int, int, int, int]) -> list[tuple[int, int]]:
    """Upper and lower ends of the lines found, in tens of pixels."""
    return [(round(box.top / 10), round(box.bottom / 10)) for box in find_lines(page(*letters), LETTER)]


def test_letters_that_ran_together_between_two_words_of_a_line_belong_to_it() -> None:
    (found,) = lines(*word(100, 5), RUN_TOGETHER, *word(184, 5))
    assert found == (10, 23)


@pytest.mark.parametrize(
    "piece",
    [(100, 156, 12, 22), (103, 153, 6, 9), (130, 156, 12, 22)],
    ids=["below a line, with nothing farther on", "an upright digit", "beside the line"],
)
def test_what_stands_at_one_end_of_a_line_only_is_no_part_of_it(piece: tuple[int, int, int, int]) -> None:
    assert lines(*word(100, 5), piece) == [(10, 15)]


def test_what_is_far_from_both_words_is_no_part_of_their_line() -> None:
    assert lines(*word(60, 5), RUN_TOGETHER, *word(230, 5)) == [(6, 11), (23, 28)]
