"""Numbers as they are printed, as small images; and a reader that says what it is told to."""

from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFilter, ImageFont

from extractors.reading.second.recogniser import Image, Recognised, SecondReaderError

_FONTS = ("DejaVuSans.ttf", "DejaVuSerif.ttf", "LiberationSans-Regular.ttf")


def printed(text: str, *, font: int = 0, size: int = 30, blur: float = 0.0) -> Image:
    """A line of print, dark on white, as it is cut out of a page."""
    face = ImageFont.truetype(_FONTS[font], size)
    left, top, right, bottom = face.getbbox(text)
    image = Pillow.new("L", (round(right - left) + 12, round(1.1 * size)), 255)
    ImageDraw.Draw(image).text((6 - left, (image.height - (top + bottom)) / 2), text, font=face, fill=20)
    return np.asarray(image.filter(ImageFilter.GaussianBlur(blur)), dtype=np.uint8)


class Told:
    """A reader that gives these readings, one after the other, and counts how often it is asked."""

    name = "told"
    version = "1"

    def __init__(self, answer: Callable[[int, bool], Recognised]) -> None:
        self.answer = answer
        self.asked: list[tuple[int, bool]] = []

    def read(self, images: Sequence[Image], *, quick: bool = False) -> list[Recognised]:
        self.asked.append((len(images), quick))
        return [self.answer(i, quick) for i in range(len(images))]


class Broken(Told):
    """A reader that breaks down."""

    def __init__(self) -> None:
        super().__init__(lambda *_: Recognised(text="", confidence=0.0))

    def read(self, images: Sequence[Image], *, quick: bool = False) -> list[Recognised]:
        raise SecondReaderError("The second reader broke down (out of memory).")
