"""Lines from a pie to its labels are taken away, and nothing else."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extractors.reading.ocr.pointers import without_pointers
from schemas.pages import BBox

SCALE = 200 / 72
PIE = BBox(60, 40, 120, 100)
Points = tuple[tuple[float, float], ...]


def paper() -> NDArray[np.uint8]:
    return np.full((round(140 * SCALE), round(260 * SCALE)), 255, np.uint8)


def pixels(points: Points) -> NDArray[np.int32]:
    return np.array([(round(x * SCALE * 16), round(y * SCALE * 16)) for x, y in points], np.int32)


def line(picture: NDArray[np.uint8], *points: tuple[float, float], thick: int = 2) -> None:
    cv2.polylines(picture, [pixels(points)], isClosed=False, color=(0,), thickness=thick, lineType=cv2.LINE_AA, shift=4)


def letter(picture: NDArray[np.uint8], text: str, x: float, y: float) -> None:
    cv2.putText(
        picture, text, (round(x * SCALE), round(y * SCALE)), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (0,), 2, cv2.LINE_AA
    )


def made(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return without_pointers(picture, [PIE], SCALE)


def ink(picture: NDArray[np.uint8]) -> int:
    return int(np.count_nonzero(picture < 160))


@pytest.mark.parametrize(
    "points",
    [
        pytest.param(((122, 70), (140, 70)), id="level"),
        pytest.param(((112, 50), (124, 40), (140, 40)), id="with a bend"),
        pytest.param(((95, 38), (99, 20)), id="steep"),
    ],
)
def test_a_line_that_leads_away_from_a_pie_is_taken_away(points: Points) -> None:
    picture = paper()
    line(picture, *points)
    letter(picture, "F", points[-1][0] + 4, points[-1][1] + 4)
    assert 0 < ink(made(picture)) < ink(picture)
    with_letter_only = paper()
    letter(with_letter_only, "F", points[-1][0] + 4, points[-1][1] + 4)
    assert ink(made(picture)) == ink(with_letter_only)


def test_the_letter_that_the_line_runs_into_stays() -> None:
    picture, alone = paper(), paper()
    letter(alone, "F", 140, 74)
    letter(picture, "F", 140, 74)
    line(picture, (122, 70.5), (141.5, 70.5))
    left = made(picture)
    assert ink(left[:, : round(137 * SCALE)]) == 0
    assert abs(ink(left) - ink(alone)) <= 6


@pytest.mark.parametrize(
    "points",
    [
        pytest.param(((122, 70), (129, 70)), id="no longer than print is high"),
        pytest.param(((128, 70), (150, 70)), id="away from the pie"),
        pytest.param(((90, 38), (94, 30), (98, 38), (92, 34), (97, 34)), id="a letter"),
        pytest.param(((122, 20), (122, 70), (150, 70), (122, 40), (150, 20)), id="lines that part"),
    ],
)
def test_other_lines_stay(points: Points) -> None:
    picture = paper()
    line(picture, *points)
    assert (made(picture) == picture).all()


def test_thick_lines_and_pictures_without_a_pie_stay() -> None:
    picture = paper()
    line(picture, (122, 70), (145, 70), thick=9)
    assert (made(picture) == picture).all()
    line(picture, (112, 50), (124, 40), (140, 40))
    assert without_pointers(picture, [], SCALE) is picture
