"""Lines of print read quickly: by Tesseract's own network alone, where what it reads is beyond doubt.

Tesseract looks for lines on each image, runs its network, and weighs what that says with the words of a dictionary. Of a strip that is
known to be one line, and that the network reads surely, the rest changes nothing; other strips are left to Tesseract itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

import cv2
import numpy as np

from extractors.reading.ocr.model import Floats
from extractors.reading.ocr.raster import Image, as_image
from extractors.reading.ocr.tesseract import Reader, Token, Tokens
from schemas.pages import BBox

# The chance of the least sure character of a line that is beyond doubt, and that of any that was not read.
_SURE, _OTHER = 0.9, 0.15
# A character is seen for so many steps before and after those at which it is the likeliest.
_SEEN = 2
# In heights of its print: the white around a line, as Tesseract leaves it around those that we give it.
_MARGIN = 0.13
# Print is made smaller or larger as Leptonica does it (pixScale): sharpened after, by size of the window and share of the difference.
_SMALLER, _MUCH_LARGER = 0.7, 1.4
_SHARPER_SMALL, _SHARPER = (3, 0.2), (5, 0.4)
# Pixels: the height of an image at which a line on it is about as high as Tesseract's model has it. Higher ones are read no better,
# and take a seventh more time; of lower ones more are misread. An image that is hardly higher stays as it is.
_HIGH, _HARDLY = 52, 0.9
# What stands for ink and paper among the darkest and lightest points of the middle row.
_INK, _PAPER = 0.25, 0.75
# Tesseract's confidence: of characters that are certain, and what it falls with the logarithm of the chance (kCertaintyScale).
_CERTAIN, _FALL = 0.97, 0.35


@dataclass(frozen=True, slots=True)
class _Seen:
    """A character that was read: what, from which to which step, and with what chance at the surest."""

    text: str
    first: int
    last: int
    chance: float


@dataclass(frozen=True, slots=True)
class _Line:
    """The part of an image with print on it, whose corner lies at `left`, `top`: as it is, where it has ink, and as the network takes it."""

    left: int
    top: int
    ink: Image
    input: Floats


def read_at_first_sight(images: Sequence[Image], reader: Reader) -> list[Tokens]:
    """The words of images of one line each: quickly where that is beyond doubt, else by the reader. Raises ReaderError."""
    sure = _sure(images, reader)
    left = [place for place, words in enumerate(sure) if words is None]
    slowly = dict(zip(left, _slowly([images[place] for place in left], reader), strict=True))
    return [slowly[place] if words is None else words for place, words in enumerate(sure)]


def _slowly(images: Sequence[Image], reader: Reader) -> list[Tokens]:
    """The words of each image by the reader, at the height at which lines are read fastest."""
    factors = [_HIGH / image.shape[0] for image in images]
    factors = [factor if factor < _HARDLY else 1.0 for factor in factors]
    smaller = [
        image
        if factor == 1.0
        else as_image(cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))
        for image, factor in zip(images, factors, strict=True)
    ]
    return [
        words if factor == 1.0 else tuple(word._replace(bbox=_larger(word.bbox, 1 / factor)) for word in words)
        for words, factor in zip(reader.read(smaller, "line"), factors, strict=True)
    ]


def _larger(box: BBox, factor: float) -> BBox:
    return BBox(box.x0 * factor, box.top * factor, box.x1 * factor, box.bottom * factor)


def _sure(images: Sequence[Image], reader: Reader) -> list[Tokens | None]:
    """The words of each image by the network of the reader; None where there is any doubt."""
    if reader.model is None or not images:
        return [None] * len(images)
    # onnx takes a while to load, and what is on the shelf needs none
    from extractors.reading.ocr.line_network import load_network

    network = load_network(reader.model)
    if network is None:
        return [None] * len(images)
    lines = [_line(image, network.height) for image in images]
    chances = iter(network.chances([line.input for line in lines if line]))
    return [_words(line, next(chances), network.characters, network.step) if line else None for line in lines]


def _line(image: Image, height: int) -> _Line | None:
    """The print of an image; None if there is none."""
    _, ink = cv2.threshold(image, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    x0, y0, across, down = cv2.boundingRect(ink)
    if across == 0:
        return None
    margin = max(round(_MARGIN * down), 1)
    rows = slice(max(y0 - margin, 0), y0 + down + margin)
    columns = slice(max(x0 - margin, 0), x0 + across + margin)
    return _Line(columns.start, rows.start, as_image(ink[rows, columns]), _input(image[rows, columns], height))


def _input(image: Image, height: int) -> Floats:
    """A line at the height of the network, from -1 (ink) to 1 (paper), by its own ink and paper."""
    factor = height / image.shape[0]
    size = (max(round(image.shape[1] * factor), 3), height)
    how, (window, share) = (cv2.INTER_AREA, _SHARPER_SMALL) if factor < _SMALLER else (cv2.INTER_LINEAR, _SHARPER)
    made = cv2.resize(image, size, interpolation=how).astype(np.float32)
    if factor < _MUCH_LARGER:
        made = np.clip(made + share * (made - cv2.blur(made, (window, window))), 0, 255)
    ink, paper = _levels(made[height // 2])
    return np.asarray(np.clip((made - ink) / max((paper - ink) / 2, 1.0) - 1, -1, 1), np.float32)


def _levels(row: Floats) -> tuple[float, float]:
    """The grey of ink and of paper, by the darkest and the lightest points of a row (Tesseract's networkio.cpp, ComputeBlackWhite)."""
    before, here, after = row[:-2], row[1:-1], row[2:]
    low = here[((here < before) & (here <= after)) | ((here <= before) & (here < after))]
    high = here[((here > before) & (here >= after)) | ((here >= before) & (here > after))]
    ink = float(np.quantile(low, _INK)) if len(low) else 0.0
    return ink, float(np.quantile(high, _PAPER)) if len(high) else 255.0


def _words(line: _Line, chances: Floats, characters: Sequence[str], step: int) -> Tokens | None:
    """The words of a line with their boxes; None if anything is in doubt. A step of the chances is `step` columns of the input."""
    seen = _read(chances, characters)
    if not seen or min(one.chance for one in seen) < _SURE or _unread(chances, seen, characters) > _OTHER:
        return None
    words = _parted(seen)
    columns = line.ink.shape[1] / line.input.shape[1] * step  # of the image, to a step of the chances
    ends = [0, *(_gap(line.ink, a[-1], b[0], columns) for a, b in pairwise(words)), line.ink.shape[1]]
    made = []
    for word, (x0, x1) in zip(words, pairwise(ends), strict=True):
        left, top, across, down = cv2.boundingRect(line.ink[:, x0:x1])
        if across == 0:
            return None
        box = BBox(x0 + left, top, x0 + left + across, top + down).moved(line.left, line.top)
        chance = min(one.chance for one in word)
        made.append(Token("".join(one.text for one in word), box, _CERTAIN + _FALL * log(chance), (1, 1, 1)))
    return tuple(made)


def _read(chances: Floats, characters: Sequence[str]) -> list[_Seen]:
    """The likeliest character of each step, with repeats and blanks taken out (best path decoding; see the second reader)."""
    best = chances.argmax(axis=1)
    edges = np.flatnonzero(np.diff(best, prepend=-1, append=-1))
    return [
        _Seen(characters[best[first]], first, last, float(chances[first : last + 1, best[first]].max()))
        for first, last in ((int(a), int(b) - 1) for a, b in pairwise(edges))
        if characters[best[first]]
    ]


def _unread(chances: Floats, seen: Sequence[_Seen], characters: Sequence[str]) -> float:
    """The greatest chance of a character at a place where it was not read."""
    rest = chances.copy()
    places = {text: place for place, text in enumerate(characters)}
    rest[:, places[""]] = 0
    for one in seen:
        rest[max(one.first - _SEEN, 0) : one.last + 1 + _SEEN, places[one.text]] = 0
    return float(rest.max())


def _parted(seen: Sequence[_Seen]) -> list[list[_Seen]]:
    """The characters of each word."""
    words: list[list[_Seen]] = [[]]
    for one in seen:
        if one.text == " ":
            words.append([])
        else:
            words[-1].append(one)
    return [word for word in words if word]


def _gap(ink: Image, before: _Seen, after: _Seen, columns: float) -> int:
    """Where two words part: in the middle of the widest gap between the last character of the one and the first of the other."""
    x0, x1 = int(before.first * columns), max(int((after.last + 1) * columns), int(before.first * columns) + 1)
    inked = np.flatnonzero(ink[:, x0:x1].any(axis=0))
    if len(inked) < 2:
        return (x0 + x1) // 2
    widest = int(np.diff(inked).argmax())
    return x0 + int(inked[widest] + inked[widest + 1]) // 2
