"""Lines of charts in pictures: where they begin, bend and end, in points; and what is none."""

from collections.abc import Sequence

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extractors.charts.grid import on_grid
from extractors.reading.ocr.strokes import read_strokes
from schemas.pages import Shape

SCALE = 2.8
ORANGE, BLUE, GREY = (190, 90, 10), (30, 70, 140), (110, 110, 110)
Points = Sequence[tuple[float, float]]
BENT = [(60.0, 140.0), (130.0, 60.0), (200.0, 110.0), (270.0, 90.0)]
CROSSING = [(60.0, 70.0), (130.0, 120.0), (200.0, 60.0), (270.0, 130.0)]


def paper() -> NDArray[np.uint8]:
    return np.full((round(200 * SCALE), round(320 * SCALE), 3), 255, np.uint8)


def drawn(picture: NDArray[np.uint8], points: Points, colour: tuple[int, int, int], *, markers: bool = False) -> None:
    pixels = np.array([(round(x * SCALE * 16), round(y * SCALE * 16)) for x, y in points], np.int32)
    cv2.polylines(picture, [pixels], isClosed=False, color=colour, thickness=5, lineType=cv2.LINE_AA, shift=4)
    for x, y in pixels if markers else ():
        cv2.circle(picture, (int(x), int(y)), 16 * 6, colour, -1, cv2.LINE_AA, 4)


def scanned(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    noise = np.random.default_rng(1).normal(0, 5, picture.shape)
    noisy = np.clip(cv2.GaussianBlur(picture, (3, 3), 0.8) + noise, 0, 255).astype(np.uint8)
    opened = cv2.imdecode(cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, 75])[1], cv2.IMREAD_COLOR)
    assert opened is not None
    return opened.astype(np.uint8)


def strokes(picture: NDArray[np.uint8]) -> list[Shape]:
    return list(read_strokes(picture, SCALE))


def near(found: Shape, points: Points, off: float = 1.5) -> bool:
    pairs = list(zip(found.points, points, strict=False))
    return len(found.points) == len(points) and all(np.hypot(a[0] - b[0], a[1] - b[1]) < off for a, b in pairs)


@pytest.mark.parametrize("markers", [False, True])
def test_a_line_is_followed_through_its_bends(markers: bool) -> None:
    picture = paper()
    drawn(picture, BENT, ORANGE, markers=markers)
    for seen in (picture, scanned(picture)):
        [found] = strokes(seen)
        assert near(found, BENT), found.points
        assert found.fill is None


def test_lines_that_cross_are_followed_on_both_sides() -> None:
    picture = paper()
    drawn(picture, BENT, ORANGE, markers=True)
    drawn(picture, CROSSING, BLUE, markers=True)
    found = strokes(picture)
    assert len(found) == 2
    assert {min((BENT, CROSSING), key=lambda line: not near(one, line))[0] for one in found} == {BENT[0], CROSSING[0]}


def test_grid_lines_behind_a_line_are_no_part_of_it() -> None:
    picture = paper()
    for y in range(40, 180, 20):
        drawn(picture, [(30, y), (300, y)], (205, 205, 205))
    drawn(picture, BENT, BLUE)
    [found] = strokes(picture)
    assert near(found, BENT)


def test_words_in_colour_are_no_lines() -> None:
    picture = paper()
    for size, y in ((0.7, 100), (1.4, 250), (2.5, 420)):
        cv2.putText(picture, "Complaints in charts", (40, y), cv2.FONT_HERSHEY_SIMPLEX, size, BLUE, 3, cv2.LINE_AA)
    assert strokes(picture) == []


def test_frames_and_areas_in_colour_are_no_lines() -> None:
    picture = paper()
    cv2.rectangle(picture, (100, 100), (600, 400), ORANGE, 4)
    cv2.rectangle(picture, (150, 150), (500, 220), BLUE, -1)
    assert strokes(picture) == []


@pytest.mark.parametrize("markers", [False, True])
def test_a_grey_line_is_followed_through_its_bends(markers: bool) -> None:
    picture = paper()
    for y in (40, 170):
        drawn(picture, [(40, y), (300, y)], GREY)
    drawn(picture, BENT, GREY, markers=markers)
    for seen in (picture, scanned(picture)):
        [found] = strokes(seen)
        assert near(found, BENT), found.points


def test_tables_frames_and_words_in_grey_are_no_lines() -> None:
    picture = paper()
    for y in range(40, 180, 20):
        drawn(picture, [(30, y), (300, y)], GREY)
    for x in range(30, 301, 45):
        drawn(picture, [(x, 40), (x, 160)], GREY)
    for size, y in ((0.7, 150), (1.4, 320), (2.5, 500)):
        cv2.putText(picture, "Complaints in charts", (100, y), cv2.FONT_HERSHEY_SIMPLEX, size, GREY, 3, cv2.LINE_AA)
    assert strokes(picture) == []


def test_a_bend_that_another_line_hides_is_where_the_straight_parts_meet() -> None:
    picture = paper()
    drawn(picture, [(60, 60), (165, 140), (270, 50)], ORANGE)
    cv2.rectangle(picture, (round(158 * SCALE), round(130 * SCALE)), (round(172 * SCALE), round(150 * SCALE)), BLUE, -1)
    [found] = [s for s in strokes(picture) if s.points[-1][0] - s.points[0][0] > 150]
    assert near(found, [(60, 60), (165, 140), (270, 50)], 2.5), found.points


def test_a_level_rule_has_no_bend_and_so_no_categories() -> None:
    picture = paper()
    drawn(picture, [(40, 100), (290, 100)], ORANGE)
    [rule] = strokes(picture)
    assert len(rule.points) == 2
    assert list(on_grid([rule])) == []


def test_categories_are_the_fewest_between_which_no_line_bends() -> None:
    straight_on = Shape(points=((60, 140), (120, 80), (270, 95)), stroke=1)
    found = list(on_grid([straight_on, Shape(points=((61, 40), (179, 20), (269, 30)), stroke=2)]))
    assert [len(one.points) for one in found] == [8, 8]
    [alone] = on_grid([straight_on])
    assert [x for x, _ in alone.points] == pytest.approx([60, 90, 120, 150, 180, 210, 240, 270])


def test_lines_of_two_charts_have_categories_of_their_own() -> None:
    above = Shape(points=((60, 40), (165, 80), (270, 50)), stroke=1)
    below = Shape(points=((50, 120), (130, 160), (290, 150)), stroke=1)
    assert [[x for x, _ in one.points] for one in on_grid([above, below])] == [[50, 130, 210, 290], [60, 165, 270]]


def test_pieces_of_one_colour_from_category_to_category_are_one_line() -> None:
    whole = Shape(points=((60, 140), (130, 60), (200, 110), (270, 90)), stroke=1)
    pieces = [Shape(points=((60, 100), (130, 130)), stroke=2), Shape(points=((200, 70), (270, 120)), stroke=2)]
    found = {one.stroke: [round(x) for x, _ in one.points] for one in on_grid([whole, *pieces])}
    assert found == {1: [60, 130, 200, 270], 2: [60, 130, 200, 270]}


def test_a_piece_that_ends_between_categories_is_no_line_of_the_chart() -> None:
    whole = Shape(points=((60, 140), (130, 60), (200, 110), (270, 90)), stroke=1)
    [found] = on_grid([whole, Shape(points=((95, 100), (165, 130)), stroke=2)])
    assert found.stroke == 1


def test_a_bend_too_many_among_many_does_not_hide_the_categories() -> None:
    heights = (40, 90, 60, 100, 50, 80, 40, 95, 60, 100, 45, 70)
    bends = [(60 + 20 * n, y) for n, y in enumerate(heights)]
    [found] = on_grid([Shape(points=(*bends[:5], (149, 68), *bends[5:]), stroke=1)])
    assert len(found.points) == len(bends)
