"""Which ink makes a strip of print: thick letters do, strokes of a pen and holes for a file do not."""

import cv2
import numpy as np
import pytest

from extractors.reading.ocr.raster import Image
from extractors.reading.ocr.segment import Strip, find_strips
from schemas.pages import BBox

LETTER = 17.0  # pixels: the height of small letters


def paper(width: int = 900, height: int = 300) -> Image:
    return np.full((height, width), 255, np.uint8)


def write(image: Image, text: str, left: int, base: int, thick: int = 2, scale: float = 1.2) -> None:
    cv2.putText(image, text, (left, base), cv2.FONT_HERSHEY_SIMPLEX, scale, (0,), thick)


def strips(image: Image) -> list[Strip]:
    ink = np.asarray((image < 128) * np.uint8(255), np.uint8)
    return list(find_strips(image, ink, LETTER).strips)


def widths(image: Image) -> list[int]:
    """The width of the ink of each strip."""
    found = [np.flatnonzero((strip.image < 128).any(axis=0)) for strip in strips(image)]
    return [int(columns[-1] - columns[0]) + 1 for columns in found if len(columns)]


def thick_n(image: Image, left: int, top: int) -> None:
    """A bold N as a copier makes it: nearly all of its box is ink, but its corners are."""
    image[top : top + 25, left : left + 24] = 0
    for x, y in ((9, 0), (10, 17)):
        image[top + y : top + y + 8, left + x : left + x + 5] = 255


def test_a_thick_letter_belongs_to_its_word() -> None:
    image = paper()
    thick_n(image, 100, 76)
    write(image, "umber", 128, 100, thick=4)
    (width,) = widths(image)
    assert width > 100


def test_a_hole_for_a_file_is_no_letter() -> None:
    image = paper()
    write(image, "umber", 140, 100)
    before = widths(image)
    cv2.circle(image, (112, 88), 13, (0,), -1)
    assert widths(image) == before


@pytest.mark.parametrize("stroke", ["tick", "circle", "arc"])
def test_a_stroke_of_a_pen_is_no_print_and_does_not_reach_into_any(stroke: str) -> None:
    image = paper()
    write(image, "2", 400, 100)
    before = widths(image)
    if stroke == "tick":
        cv2.polylines(image, [np.array([(440, 80), (455, 110), (490, 50)])], False, (0,), 4)
    elif stroke == "circle":
        cv2.ellipse(image, (408, 92), (70, 32), 0, 0, 360, (0,), 5)
    else:
        cv2.ellipse(image, (540, 50), (80, 45), 0, 20, 160, (0,), 5)
    assert widths(image) == before


def test_a_title_in_large_type_is_read() -> None:
    image = paper()
    write(image, "WVXA", 100, 200, thick=5, scale=3)
    (width,) = widths(image)
    assert width > 200


def parted(image: Image, *rules: BBox) -> int:
    """In how many strips a page is read that had these lines."""
    ink = np.asarray((image < 128) * np.uint8(255), np.uint8)
    return len(find_strips(image, ink, LETTER, rules).strips)


def heads(gap: int) -> tuple[Image, float]:
    """Two heads so far apart, and where the middle between them is."""
    image = paper()
    write(image, "Stage", 100, 100)
    end = 100 + int(np.flatnonzero((image[:, 100:] < 128).any(axis=0))[-1])
    write(image, "Two", end + gap, 100)
    begin = end + int(np.flatnonzero((image[:, end + 1 :] < 128).any(axis=0))[0])
    return image, (end + begin) / 2


def standing(x: float, top: float = 50, bottom: float = 150) -> BBox:
    return BBox(x - 1, top, x + 1, bottom)


def test_a_standing_line_parts_what_stands_little_apart_on_both_sides_of_it() -> None:
    image, middle = heads(20)
    assert parted(image) == 1
    assert parted(image, standing(middle)) == 2


def test_a_line_that_was_drawn_through_a_word_does_not_part_it() -> None:
    image, middle = heads(3)
    assert parted(image, standing(middle)) == 1


@pytest.mark.parametrize(
    "rule",
    [standing(450, 160, 290), BBox(50, 105, 500, 107), standing(700)],
    ids=["below it", "a level line", "beside it"],
)
def test_other_lines_do_not_part_a_line_of_print(rule: BBox) -> None:
    assert parted(heads(20)[0], rule) == 1


@pytest.mark.parametrize(
    ("width", "height", "grey", "found"),
    [(5, 2, 0, 1), (8, 2, 0, 1), (4, 2, 0, 0), (5, 4, 0, 0), (8, 2, 125, 0)],
    ids=["a thin dash of a fax", "a dash", "dust", "a speck", "a piece of a faint line"],
)
def test_a_dash_that_stands_alone_is_a_sign(width: int, height: int, grey: int, found: int) -> None:
    image = paper()
    write(image, "Delays", 100, 100)
    image[90 : 90 + height, 600 : 600 + width] = grey
    ink = np.asarray((image < 128) * np.uint8(255), np.uint8)
    assert [sign for sign, _ in find_strips(image, ink, LETTER).signs] == ["-"] * found


def test_the_pieces_of_a_sign_that_fell_apart_are_a_strip_where_they_stand_level_with_print() -> None:
    image = paper()
    write(image, "No.", 100, 100)
    for x, y in ((500, 80), (512, 92)):
        image[y : y + 8, x : x + 8] = 0
    assert len(strips(image)) == 2


def test_specks_far_from_print_are_no_strip() -> None:
    image = paper()
    write(image, "No.", 100, 100)
    for x, y in ((500, 220), (512, 232)):
        image[y : y + 8, x : x + 8] = 0
    assert len(strips(image)) == 1


def pale(text: str, ink: bool) -> Image:
    """A page of print with a word whose strokes are grey, of which a copier has left some rows black (`ink`) or none."""
    image = paper()
    write(image, "complaints", 100, 60)
    word = paper()
    write(word, text, 100, 200, scale=1.0)
    image[word < 128] = 190
    if ink:
        image[(word < 128) & (np.arange(len(image)) % 8 < 5)[:, None]] = 0
    return image


def test_a_word_whose_strokes_are_pale_is_whole() -> None:
    wide, narrow = sorted(widths(pale("Advocates on behalf of", ink=True)), reverse=True)[:2]
    assert wide > 300 and narrow > 150


def test_what_is_nowhere_as_dark_as_ink_is_no_print() -> None:
    assert len(widths(pale("Advocates on behalf of", ink=False))) == 1


def test_a_bold_digit_that_has_run_full_belongs_to_its_number() -> None:
    image = paper()
    write(image, "16", 100, 100, thick=3)
    before = widths(image)
    cv2.circle(image, (154, 87), 12, (0,), -1)
    (after,) = widths(image)
    assert after > before[0] + 15
