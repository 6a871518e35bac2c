"""Lines of charts in pictures: their straight parts, put together over the categories that names tell; and what is none."""

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extractors.charts.grid import on_grid
from extractors.charts.slots import Slots
from extractors.reading.ocr.strokes import read_strokes
from schemas.pages import BBox, Shape, Word

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


def slots(*places: float, top: float = 180.0) -> Slots:
    """A row of names below a chart, as they would be read: a point off the places of the categories."""
    pitch = places[1] - places[0]
    return Slots(places=tuple(x + 1 for x in places), pitch=pitch, top=top, names=len(places))


FOUR = slots(60, 130, 200, 270)


def lines(picture: NDArray[np.uint8], row: Slots = FOUR, words: Sequence[Word] = ()) -> list[Shape]:
    return list(on_grid(list(read_strokes(picture, SCALE)), [row], words))


def near(found: Shape, points: Points, off: float = 1.5) -> bool:
    pairs = list(zip(found.points, points, strict=False))
    return len(found.points) == len(points) and all(np.hypot(a[0] - b[0], a[1] - b[1]) < off for a, b in pairs)


def parts(points: Points, colour: int) -> list[Shape]:
    """The straight parts of a line as a picture shows them, without the markers at its bends."""

    def between(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
        share = 4 / float(np.hypot(b[0] - a[0], b[1] - a[1]))
        return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])

    return [Shape(points=(between(a, b), between(b, a)), stroke=colour) for a, b in pairwise(points)]


@pytest.mark.parametrize("colour", [ORANGE, GREY])
@pytest.mark.parametrize("markers", [False, True])
def test_a_line_is_followed_from_category_to_category(markers: bool, colour: tuple[int, int, int]) -> None:
    picture = paper()
    drawn(picture, BENT, colour, markers=markers)
    for seen in (picture, scanned(picture)):
        [found] = lines(seen)
        assert near(found, BENT), found.points
        assert found.fill is None


def test_lines_that_cross_are_followed_on_both_sides() -> None:
    picture = paper()
    drawn(picture, BENT, ORANGE, markers=True)
    drawn(picture, CROSSING, BLUE, markers=True)
    found = lines(picture)
    assert len(found) == 2
    assert {min((BENT, CROSSING), key=lambda line: not near(one, line))[0] for one in found} == {BENT[0], CROSSING[0]}


def test_a_line_that_does_not_bend_is_read_where_names_tell_its_categories() -> None:
    picture = paper()
    straight = [(60.0, 140.0), (130.0, 120.0), (200.0, 100.0), (270.0, 80.0)]
    drawn(picture, straight, BLUE)
    [found] = lines(picture)
    assert near(found, straight, 2.0), found.points


def test_grid_lines_and_axes_are_no_part_of_a_line() -> None:
    picture = paper()
    for y in range(40, 180, 20):
        drawn(picture, [(30, y), (300, y)], (205, 205, 205))
    for y in (40, 170):
        drawn(picture, [(40, y), (300, y)], GREY)
    drawn(picture, BENT, GREY)
    [found] = lines(picture)
    assert near(found, BENT)


def test_words_frames_areas_and_tables_are_no_lines() -> None:
    words, frames, table = paper(), paper(), paper()
    for size, y in ((0.7, 100), (1.4, 250), (2.5, 420)):
        cv2.putText(words, "Complaints in charts", (40, y), cv2.FONT_HERSHEY_SIMPLEX, size, BLUE, 3, cv2.LINE_AA)
    cv2.rectangle(frames, (100, 100), (600, 400), ORANGE, 4)
    cv2.rectangle(frames, (150, 150), (500, 220), BLUE, -1)
    for y in range(40, 180, 20):
        drawn(table, [(30, y), (300, y)], GREY)
    for x in range(30, 301, 45):
        drawn(table, [(x, 40), (x, 160)], GREY)
    for picture in (words, frames, table):
        assert lines(picture) == []


def test_a_level_rule_from_the_first_category_to_the_last_is_no_line() -> None:
    picture = paper()
    drawn(picture, [(40, 100), (290, 100)], ORANGE)
    assert lines(picture) == []


def test_a_bend_that_another_line_or_print_hides_is_where_the_straight_parts_meet() -> None:
    picture = paper()
    drawn(picture, [(60, 60), (165, 140), (270, 50)], ORANGE)
    cv2.rectangle(picture, (round(158 * SCALE), round(130 * SCALE)), (round(172 * SCALE), round(150 * SCALE)), BLUE, -1)
    label = Word(text="12", bbox=BBox(158, 130, 172, 150), confidence=0.9)
    [found] = lines(picture, slots(60, 165, 270), [label])
    assert near(found, [(60, 60), (165, 140), (270, 50)], 2.5), found.points


def test_without_names_below_there_is_no_line() -> None:
    assert list(on_grid(parts(BENT, 1), [], ())) == []
    assert list(on_grid(parts(BENT, 1), [slots(60, 130, 200, 270, top=20)], ())) == []


def test_lines_of_two_charts_have_categories_of_their_own() -> None:
    above = parts([(60, 40), (165, 80), (270, 50)], 1)
    below = parts([(50, 120), (130, 160), (210, 140), (290, 150)], 1)
    rows = [slots(50, 130, 210, 290, top=190), slots(60, 165, 270, top=95)]
    found = list(on_grid([*above, *below], rows, ()))
    assert [[round(x) for x, _ in one.points] for one in found] == [[50, 130, 210, 290], [60, 165, 270]]


def test_labels_in_a_row_that_lines_run_through_are_no_names_of_a_plot_above() -> None:
    steep = [(60.0, 40.0), (130.0, 140.0), (200.0, 50.0), (270.0, 150.0)]
    above = parts([(60, 30), (130, 60), (200, 40), (270, 55)], 2)
    labels = slots(55, 165, 275, top=75)
    found = list(on_grid(parts(steep, 1), [FOUR, labels], ()))
    assert [one.stroke for one in found] == [1] and near(found[0], steep)
    # nothing runs through it: what lies above it is of the plot above
    assert list(on_grid(above, [FOUR, slots(55, 125, 195, 265, top=75)], ()))[0].points[0][1] == pytest.approx(
        30, abs=1
    )
    assert list(on_grid(above, [FOUR, labels], ())) == []


def test_pieces_between_categories_are_no_line() -> None:
    [found] = on_grid([*parts(BENT, 1), Shape(points=((95, 100), (165, 130)), stroke=2)], [FOUR], ())
    assert found.stroke == 1


def test_a_line_that_is_seen_over_too_little_is_none() -> None:
    assert list(on_grid(parts(BENT, 1)[:1], [FOUR], ())) == []


def samples(picture: NDArray[np.uint8]) -> list[Shape]:
    """The short level strokes in a picture."""
    return [s for s in read_strokes(picture, SCALE) if s.bbox.height < 1 and s.bbox.width < 50]


@pytest.mark.parametrize("noisy", [False, True], ids=["clean", "scanned"])
@pytest.mark.parametrize("markers", [False, True], ids=["bare", "with a marker"])
@pytest.mark.parametrize("colour", [ORANGE, BLUE, GREY])
def test_the_sample_of_a_line_in_a_legend_below_the_chart(
    colour: tuple[int, int, int], markers: bool, noisy: bool
) -> None:
    picture = paper()
    drawn(picture, BENT, colour, markers=markers)
    drawn(picture, [(100.0, 185.0), (120.0, 185.0)], colour)
    drawn(picture, [(110.0, 185.0)], colour, markers=markers)
    found = list(read_strokes(scanned(picture) if noisy else picture, SCALE))
    whole = [s for s in found if near(s, [(100.0, 185.0), (120.0, 185.0)], 2.0)]
    assert len(whole) == 1
    assert {s.stroke for s in found} == {whole[0].stroke}


def test_words_patches_long_lines_and_lines_of_other_colours_are_no_samples() -> None:
    picture = paper()
    drawn(picture, BENT, ORANGE)
    place = (round(40 * SCALE), round(188 * SCALE))
    cv2.putText(picture, "Complaints", place, cv2.FONT_HERSHEY_SIMPLEX, 0.7, ORANGE, 3, cv2.LINE_AA)
    patch = [(round(x * SCALE), round(y * SCALE)) for x, y in ((120, 181), (135, 188))]
    cv2.rectangle(picture, patch[0], patch[1], ORANGE, -1)
    drawn(picture, [(150.0, 185.0), (200.0, 185.0)], ORANGE)
    drawn(picture, [(220.0, 185.0), (240.0, 185.0)], BLUE)
    assert samples(picture) == []


def test_there_are_no_samples_without_a_line() -> None:
    picture = paper()
    drawn(picture, [(100.0, 185.0), (120.0, 185.0)], ORANGE)
    assert samples(picture) == []
