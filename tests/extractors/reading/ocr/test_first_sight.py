"""Lines that the network reads beyond doubt are read by it alone, and what is in doubt is left to Tesseract."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from extractors.reading.ocr.first_sight import read_at_first_sight
from extractors.reading.ocr.prepare import prepare
from extractors.reading.ocr.raster import Image
from extractors.reading.ocr.segment import find_strips
from extractors.reading.ocr.tesseract import Layout, Token, Tokens, find_reader
from schemas.pages import BBox
from tests.extractors.reading.ocr.pages import report_image
from tests.extractors.reading.second.prints import printed

LONG = "There were 117 complaints at stage 1, an increase of 7% from 109 in the year before that."


class Asked:
    """A reader that keeps what it is asked, and says "asked" in the middle of each image."""

    name, version, languages = "Tesseract", "1", "eng"

    def __init__(self, model: Path | None) -> None:
        self.model = model
        self.images: list[Image] = []

    def read(self, images: Sequence[Image], layout: Layout) -> tuple[Tokens, ...]:
        self.images += images
        boxes = [BBox(image.shape[1] / 2 - 5, 4, image.shape[1] / 2 + 5, 20) for image in images]
        return tuple((Token("asked", box, 0.5, (1, 1, 1)),) for box in boxes)


@pytest.fixture
def reader() -> Asked:
    return Asked(find_reader().model)


def texts(words: Tokens) -> str:
    return " ".join(word.text for word in words)


def smeared(image: Image, x0: float, x1: float) -> Image:
    """The image with a part of it that nobody can read."""
    made = image.copy()
    made[:, int(x0) : int(x1)] = cv2.blur(made[:, int(x0) : int(x1)], (25, 25))
    return made


@pytest.mark.parametrize("font", [0, 1, 2])
@pytest.mark.parametrize("text", ["117", "(15.5%)", "Stage 2", "2014/15", "Complaints received by team", LONG])
def test_clear_print_is_read_without_asking(reader: Asked, text: str, font: int) -> None:
    (words,) = read_at_first_sight([printed(text, font=font)], reader)
    assert texts(words) == text
    assert reader.images == []
    assert all(word.confidence > 0.9 for word in words)


def test_words_have_the_boxes_of_their_ink(reader: Asked) -> None:
    face = ImageFont.truetype("DejaVuSans.ttf", 30)
    canvas = Pillow.new("L", (700, 60), 255)
    drawn, x = [], 20.0
    for text in ("Total:", "41", "(15.5%)", "of", "a", "page"):
        ImageDraw.Draw(canvas).text((x, 10), text, font=face, fill=20)
        left, top, right, bottom = face.getbbox(text)
        drawn.append((text, (left + x, top + 10, right + x, bottom + 10)))
        x += round(face.getlength(f"{text} "))
    (words,) = read_at_first_sight([np.asarray(canvas, dtype=np.uint8)], reader)
    assert [word.text for word in words] == [text for text, _ in drawn]
    for word, (_, box) in zip(words, drawn, strict=True):
        assert np.allclose((word.bbox.x0, word.bbox.top, word.bbox.x1, word.bbox.bottom), box, atol=4)


def test_a_short_line_in_doubt_is_left_to_the_reader(reader: Asked) -> None:
    image = smeared(printed("Stage 2"), 60, 200)
    (words,) = read_at_first_sight([image], reader)
    assert texts(words) == "asked"
    assert [asked.shape for asked in reader.images] == [image.shape]


def test_of_a_long_line_only_what_is_in_doubt_is_left_to_the_reader(reader: Asked) -> None:
    clear = printed(LONG)
    (known,) = read_at_first_sight([clear], reader)
    doubtful = next(word for word in known if word.text == "increase")
    (words,) = read_at_first_sight([smeared(clear, doubtful.bbox.x0, doubtful.bbox.x1)], reader)
    (asked,) = reader.images
    assert asked.shape[1] < clear.shape[1] / 2
    said = next(word for word in words if word.text == "asked")
    assert abs(said.bbox.x0 - doubtful.bbox.x0) < doubtful.bbox.width, "back at its place on the line"
    # its neighbours are read with it, for what they tell of it
    assert texts(words).startswith("There were 117 complaints")
    assert texts(words).endswith("from 109 in the year before that.")


def test_an_image_without_print_is_left_to_the_reader(reader: Asked) -> None:
    read_at_first_sight([np.full((40, 90), 255, np.uint8)], reader)
    assert len(reader.images) == 1


def test_a_reader_whose_model_is_not_known_reads_everything(tmp_path: Path) -> None:
    other = tmp_path / "eng.traineddata"
    other.write_bytes(b"a model of another make")
    for reader in (Asked(None), Asked(other)):
        assert [texts(words) for words in read_at_first_sight([printed("117")] * 2, reader)] == ["asked", "asked"]


def test_what_is_read_quickly_is_what_tesseract_reads() -> None:
    reader = find_reader()
    prepared = prepare(report_image())
    assert prepared is not None
    strips = find_strips(prepared.image, prepared.ink, prepared.letter_height).strips
    images = [strip.image for strip in strips if strip.one_line]
    asked = Asked(reader.model)
    quickly, slowly = read_at_first_sight(images, asked), reader.read(images, "line")
    assert len(asked.images) <= 0.2 * len(images), "most of a clear page is beyond doubt"
    same = [texts(a) == texts(b) for a, b in zip(quickly, slowly, strict=True) if texts(a) != "asked"]
    assert sum(same) >= 0.95 * len(same)
