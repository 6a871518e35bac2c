"""The print of charts in pictures: what of a drawing is taken away before it is read, and slanted print."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from extractors.charts import has_marks
from extractors.reading.ocr.flat import INK, flattened
from extractors.reading.ocr.pictures import read_picture
from extractors.reading.ocr.slanted import read_slanted
from extractors.reading.ocr.tesseract import find_reader

SCALE = 200 / 72
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
NAMES = ("Fostering", "Leaving care", "Staff attitude", "Delay in assessment")


def paper(width: int = 900, height: int = 600) -> Pillow.Image:
    return Pillow.new("RGB", (width, height), "white")


def columns(picture: Pillow.Image, heights: tuple[int, ...], fill: str) -> None:
    """Columns with an axis between and below them, and marks of ticks at both."""
    pen = ImageDraw.Draw(picture)
    for n, height in enumerate(heights):
        pen.rectangle((160 + 180 * n, 450 - height, 260 + 180 * n, 450), fill=fill)
        pen.line((210 + 180 * n, 450, 210 + 180 * n, 462), fill="black", width=2)
    pen.line((120, 450, 850, 450), fill="black", width=2)
    pen.line((120, 60, 120, 450), fill="black", width=2)
    for y in range(60, 451, 65):
        pen.line((108, y, 120, y), fill="black", width=2)


def print_at(picture: Pillow.Image, text: str, x: int, y: int, fill: str = "black") -> None:
    ImageDraw.Draw(picture).text((x, y), text, fill=fill, font=ImageFont.truetype(FONT, 24))


def slanted(picture: Pillow.Image, text: str, x: int, y: int) -> None:
    """Print that rises to the right and ends at a point."""
    font = ImageFont.truetype(FONT, 24)
    line = Pillow.new("L", (round(font.getlength(text)) + 8, 34), 255)
    ImageDraw.Draw(line).text((4, 2), text, fill=0, font=font)
    turned = line.rotate(45, expand=True, fillcolor=255, resample=Pillow.Resampling.BICUBIC)
    picture.paste(turned.convert("RGB"), (x - turned.width, y))


def seen(picture: Pillow.Image) -> NDArray[np.uint8]:
    image = np.asarray(picture)
    shapes = read_picture(image, SCALE)
    assert has_marks(shapes)
    return flattened(image, shapes, SCALE)


def ink(image: NDArray[np.uint8], x0: int, top: int, x1: int, bottom: int) -> int:
    return int((image[top:bottom, x0:x1] < INK).sum())


@pytest.mark.parametrize(("fill", "print_"), [("#1c4c8c", "white"), ("#999999", "black"), ("#f4b45c", "black")])
def test_bars_are_taken_away_and_print_on_them_is_dark_on_white(fill: str, print_: str) -> None:
    picture = paper()
    columns(picture, (300, 180, 240), fill)
    print_at(picture, "42", 192, 250, print_)
    flat = seen(picture)
    assert ink(flat, 190, 250, 230, 282) > 100
    assert flat[250:282, 190:230].max() > 240
    assert ink(flat, 335, 280, 445, 445) == 0, "a bar without print"
    assert ink(flat, 240, 150, 262, 445) == 0, "the rim of a bar"


def test_print_close_beside_a_bar_stays() -> None:
    picture = paper()
    columns(picture, (300, 180, 240), "#1c4c8c")
    print_at(picture, "971", 264, 200)
    before = ink(np.asarray(picture.convert("L")), 266, 200, 320, 235)
    assert ink(seen(picture), 266, 200, 320, 235) > 0.9 * before


def test_marks_of_ticks_are_taken_away_and_the_numbers_beside_them_stay() -> None:
    picture = paper()
    columns(picture, (300, 180, 240), "#1c4c8c")
    print_at(picture, "40", 74, 178)
    flat = seen(picture)
    assert ink(flat, 108, 100, 118, 160) == 0 and ink(flat, 110, 185, 118, 198) == 0
    assert ink(flat, 74, 178, 106, 205) > 100


def test_a_picture_without_a_chart_keeps_its_rules_and_fills() -> None:
    picture = paper()
    pen = ImageDraw.Draw(picture)
    for row in range(4):
        pen.rectangle((60, 60 + 60 * row, 800, 120 + 60 * row), fill="#d9d9d9" if row % 2 else "white", outline="black")
        print_at(picture, "Fostering", 80, 75 + 60 * row)
        print_at(picture, "12", 500, 75 + 60 * row)
    image = np.asarray(picture)
    assert not has_marks(read_picture(image, SCALE))
    flat = flattened(image, (), SCALE)
    assert ink(flat, 55, 118, 805, 123) > 700


def test_slanted_names_are_read_and_taken_out_of_the_picture() -> None:
    picture = paper(900, 400)
    for n, name in enumerate(NAMES):
        slanted(picture, name, 250 + 190 * n, 60)
    print_at(picture, "Enquiries recorded", 300, 10)
    image = np.asarray(picture.convert("L"))
    words, rest = read_slanted(image, SCALE, find_reader("eng"))
    assert " ".join(word.text for word in words) == " ".join(NAMES)
    assert all(word.bbox.height > 1.5 * word.size for word in words if len(word.text) > 4)
    assert ink(rest, 0, 62, 900, 400) < 0.02 * ink(image, 0, 62, 900, 400)
    assert ink(rest, 0, 0, 900, 50) == ink(image, 0, 0, 900, 50), "print that lies straight"


def test_print_that_lies_straight_is_not_slanted() -> None:
    picture = paper(900, 300)
    for n, name in enumerate(NAMES):
        print_at(picture, name, 60, 20 + 60 * n)
    image = np.asarray(picture.convert("L"))
    words, rest = read_slanted(image, SCALE, find_reader("eng"))
    assert words == () and (rest == image).all()


def test_lines_of_a_chart_are_not_slanted_print() -> None:
    picture = paper()
    pen = ImageDraw.Draw(picture)
    for n in range(4):
        pen.line((80 + 200 * n, 300, 180 + 200 * n, 190), fill="black", width=4)
    image = np.asarray(picture.convert("L"))
    assert read_slanted(image, SCALE, find_reader("eng"))[0] == ()
