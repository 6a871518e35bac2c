"""Dashes that were a line before the page was scanned, and dashes that are print."""

from collections.abc import Iterable

import numpy as np
import pytest

from extractors.reading.ocr.broken_lines import whole_lines
from extractors.reading.ocr.raster import Image
from schemas.pages import BBox

LETTER = 20.0


def page(*marks: tuple[int, int, int, int]) -> Image:
    """Ink at boxes of x0, top, x1, bottom."""
    ink = np.zeros((400, 1200), np.uint8)
    for x0, top, x1, bottom in marks:
        ink[top:bottom, x0:x1] = 255
    return ink


def dashes(y: int, starts: Iterable[int], length: int = 40) -> list[tuple[int, int, int, int]]:
    return [(x, y, x + length, y + 2) for x in starts]


def letters(y: int, x0: int = 100, number: int = 8) -> list[tuple[int, int, int, int]]:
    """The stems of the letters of a label whose middle is at a height."""
    return [(x0 + 12 * n, y - 10, x0 + 4 + 12 * n, y + 10) for n in range(number)]


def test_dashes_at_one_height_are_a_line() -> None:
    ink = page(*dashes(200, range(100, 1100, 110)), *letters(180))
    (line,), mask = whole_lines(ink, [], [], LETTER)
    assert (line.x0, line.x1, line.top, line.bottom) == (100, 1130, 200, 202)
    assert mask[200:202].any() and not mask[:199].any(), "of the print only the dashes are taken"


def test_a_line_takes_in_pieces_that_were_found_and_the_stumps_at_its_ends() -> None:
    found = [BBox(x, 200, x + 100, 202) for x in (200, 350, 500)]
    lines, mask = whole_lines(page((100, 200, 125, 202), (640, 200, 643, 202), (650, 201, 662, 203)), found, [], LETTER)
    assert [(line.x0, line.x1) for line in lines] == [(100, 662)]
    assert mask[200:202, 640:643].all(), "specks on the line go with it"


def test_lines_of_one_table_are_equally_long() -> None:
    ink = page(*dashes(200, range(250, 900, 110)), *dashes(240, range(140, 800, 110)))
    lines, _ = whole_lines(ink, [], [BBox(100, 150, 1000, 151)], LETTER)
    assert [(line.x0, line.x1) for line in lines] == [(100, 1000), (100, 1000)]


def test_what_is_left_of_a_line_next_to_broken_ones_goes_with_them() -> None:
    ink = page(*dashes(200, range(100, 1000, 110)), *dashes(240, (300, 700), 12))
    lines, mask = whole_lines(ink, [], [], LETTER)
    assert [line.top for line in lines] == [200, 240] and mask[240].any()


def test_long_pieces_with_gaps_that_show_are_a_line() -> None:
    found = [BBox(x, 200, x + 120, 202) for x in (100, 320, 540, 760)]
    lines, _ = whole_lines(page(), found, [], LETTER)
    assert [(line.x0, line.x1) for line in lines] == [(100, 880)]


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        pytest.param([*dashes(200, (400, 600, 800)), *letters(200)], [], id="dashes for nothing beside a label"),
        pytest.param(dashes(200, (400, 800)), [], id="two dashes"),
        pytest.param(dashes(200, (400, 600, 800), 12), [], id="three hyphens"),
        pytest.param([m for y in (100, 140, 180) for m in letters(y)], [], id="letters"),
        pytest.param([], [BBox(x, 200, x + 180, 202) for x in (100, 300, 500)], id="lines below heads over several columns"),
        pytest.param([], [BBox(x, 200, x + w, 202) for x, w in ((100, 90), (400, 200), (700, 120))], id="underlined heads"),
        pytest.param([(x, 200, x + 30, 212) for x in (100, 300, 500, 700)], [], id="bars"),
    ],
)  # fmt: skip
def test_other_dashes_are_none(marks: list[tuple[int, int, int, int]], found: list[BBox]) -> None:
    lines, mask = whole_lines(page(*marks), found, [], LETTER)
    assert not lines and not mask.any()
