"""Lines of print read quickly: by Tesseract's own network alone, where what it reads is beyond doubt.

Tesseract looks for lines on each image, runs its network, and weighs what that says with the words of a dictionary. Of a strip that is
known to be one line, and that the network reads surely, the rest changes nothing; other strips are left to Tesseract itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import log
from typing import TYPE_CHECKING

import cv2
import numpy as np

from extractors.reading.ocr.model import Floats
from extractors.reading.ocr.raster import Image, as_image
from extractors.reading.ocr.tesseract import Reader, Token, Tokens
from schemas.pages import BBox

if TYPE_CHECKING:
    from extractors.reading.ocr.line_network import LineNetwork

# A line is beyond doubt with so little of it, or where it is read alike with more white around it, and with no more doubt than this.
_SURE, _AGREED = 0.1, 0.4
# In heights: of a longer line words in doubt are read by themselves, with their neighbours, and pixels of white at their sides.
_LONG, _EDGE = 9.0, 8
# A character is seen for so many steps before and after those at which it is the likeliest.
_SEEN = 2
# In steps: how far before the last character of a word was seen last, and after the next is seen first, the gap between them may lie.
_EARLY, _LATE = 0.5, 1.5
# In heights of its print: the white around a line, as Tesseract leaves it around those that we give it, and more.
_MARGIN, _WIDER = 0.13, 0.22
_WHITE = 255
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

    @property
    def is_long(self) -> bool:
        """Whether words of it can be read by themselves."""
        height, width = self.input.shape
        return bool(width > _LONG * height)


@dataclass(frozen=True, slots=True)
class _Look:
    """What the network reads on a line, and for each step the chance (0-1) that it is another character there, or one more.

    `unread` is the greatest chance that there is one more character, such as a space.
    """

    line: _Line
    seen: tuple[_Seen, ...]
    doubts: Floats
    unread: float

    @property
    def doubt(self) -> float:
        """The greatest chance that anything is otherwise."""
        return float(self.doubts.max(initial=0.0)) if self.seen else 1.0


@dataclass(frozen=True, slots=True)
class _Sure:
    """The words of a line that are beyond doubt, and the stretches of columns of its image that are not."""

    words: Tokens
    left: tuple[tuple[int, int], ...]


def read_at_first_sight(images: Sequence[Image], reader: Reader) -> list[Tokens]:
    """The words of images of one line each: quickly where that is beyond doubt, else by the reader. Raises ReaderError."""
    sure = _read_surely(images, reader)
    left = [(place, *stretch) for place, line in enumerate(sure) for stretch in line.left]
    slowly = _slowly([_cut(images[place], x0, x1) for place, x0, x1 in left], reader)
    found = [list(line.words) for line in sure]
    for (place, x0, x1), words in zip(left, slowly, strict=True):
        moved = 0 if x1 - x0 == images[place].shape[1] else x0 - _EDGE
        found[place] += [word._replace(bbox=word.bbox.moved(moved, 0)) for word in words]
    return [tuple(sorted(words, key=lambda word: word.bbox.x0)) for words in found]


def _cut(image: Image, x0: int, x1: int) -> Image:
    """A stretch of an image, with white at its sides."""
    if x1 - x0 == image.shape[1]:
        return image
    return as_image(cv2.copyMakeBorder(image[:, x0:x1], 0, 0, _EDGE, _EDGE, cv2.BORDER_CONSTANT, value=(255,)))


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


def _read_surely(images: Sequence[Image], reader: Reader) -> list[_Sure]:
    """What the network of the reader says of each image."""
    unread = [_Sure((), ((0, image.shape[1]),)) for image in images]
    if reader.model is None or not images:
        return unread
    # onnx takes a while to load, and what is on the shelf needs none
    from extractors.reading.ocr.line_network import load_network

    network = load_network(reader.model)
    if network is None:
        return unread
    first = _look(images, network, _MARGIN)
    unsure = [n for n, look in enumerate(first) if look and _SURE < look.doubt <= _AGREED and not look.line.is_long]
    again = dict(zip(unsure, _look([images[place] for place in unsure], network, _WIDER), strict=True))
    return [
        _without_doubt(look, network.step, agreed=_agree(look, again.get(place))) or unread[place]
        if look
        else unread[place]
        for place, look in enumerate(first)
    ]


def _look(images: Sequence[Image], network: "LineNetwork", margin: float) -> list[_Look | None]:
    """What the network reads on each image, with so much white around the print (in heights of that); None where there is none."""
    lines = [_line(image, network.height, margin) for image in images]
    chances = iter(network.chances([line.input for line in lines if line]))
    return [_read(line, next(chances), network.characters) if line else None for line in lines]


def _agree(look: _Look, other: _Look | None) -> bool:
    """Whether two looks at a line see the same, and neither nearly sees more."""
    if other is None or max(look.unread, other.unread) > _SURE or other.doubt > _AGREED:
        return False
    return [one.text for one in look.seen] == [one.text for one in other.seen]


def _line(image: Image, height: int, margin: float) -> _Line | None:
    """The print of an image; None if there is none."""
    level, ink = cv2.threshold(image, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    _, y0, _, down = cv2.boundingRect(ink)
    if down == 0:
        return None
    # print that is smeared or faded is of the line, too
    x0, _, across, _ = cv2.boundingRect(cv2.threshold(image, (level + _WHITE) / 2, 255, cv2.THRESH_BINARY_INV)[1])
    white = max(round(margin * down), 1)
    rows, columns = slice(max(y0 - white, 0), y0 + down + white), slice(max(x0 - white, 0), x0 + across + white)
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
    return _level(low, _INK, 0.0), _level(high, _PAPER, 255.0)


def _level(levels: Floats, share: float, none: float) -> float:
    """The level that this share of the levels lies below; `none` where there are no levels."""
    return float(np.sort(levels)[int(share * (len(levels) - 1))]) if len(levels) else none


def _read(line: _Line, chances: Floats, characters: Sequence[str]) -> _Look:
    """The likeliest character of each step, with repeats and blanks taken out (best path decoding; see the second reader)."""
    best = chances.argmax(axis=1)
    edges = np.flatnonzero(np.diff(best, prepend=-1, append=-1)).tolist()
    rest, unsure = chances.copy(), np.zeros(len(chances), np.float32)
    rest[:, characters.index("")] = 0
    seen = []
    for first, end in pairwise(edges):
        character = best[first]
        if characters[character]:
            chance = float(chances[first:end, character].max())
            seen.append(_Seen(characters[character], first, end - 1, chance))
            rest[max(first - _SEEN, 0) : end + _SEEN, character] = 0
            unsure[first:end] = 1 - chance
    unread = rest.max(axis=1)
    return _Look(line, tuple(seen), np.maximum(unsure, unread), float(unread.max(initial=0.0)))


def _without_doubt(look: _Look, step: int, *, agreed: bool) -> _Sure | None:
    """The words of a line that are beyond doubt: all, or of a long one those that are not beside a doubtful one. None if there are none.

    A step of the network is `step` columns of its input. A line is beyond doubt, too, if two looks at it are `agreed`.
    """
    words, line = _parted(look.seen), look.line
    if not words or (look.doubt > _SURE and not agreed and not line.is_long):
        return None
    columns = line.ink.shape[1] / line.input.shape[1] * step  # of the image
    edges = [0, *_gaps(line, words, columns), line.ink.shape[1]]
    if any(x0 >= x1 for x0, x1 in pairwise(edges)):  # two words at one place
        return None
    doubts = _doubts(look, words)
    doubtful = np.array([not agreed and doubt > _SURE for doubt in doubts], np.uint8)
    beside = np.convolve(doubtful, np.ones(3, np.uint8), "same") > 0
    made: list[Token] = []
    left: list[tuple[int, int]] = []
    for in_doubt, places in groupby(range(len(words)), key=lambda n: bool(beside[n])):
        run = list(places)
        if in_doubt:
            left.append((line.left + edges[run[0]], line.left + edges[run[-1] + 1]))
        else:
            made += [_token(line, words[n], (edges[n], edges[n + 1]), doubts[n]) for n in run]
    return _Sure(tuple(made), tuple(left)) if made else None


def _token(line: _Line, word: Sequence[_Seen], columns: tuple[int, int], doubt: float) -> Token:
    """A word with the box of its ink, which is in these columns."""
    left, top, across, down = cv2.boundingRect(line.ink[:, columns[0] : columns[1]])
    box = BBox(left, top, left + across, top + down).moved(columns[0] + line.left, line.top)
    return Token("".join(one.text for one in word), box, _CERTAIN + _FALL * log(1 - doubt), (1, 1, 1))


def _doubts(look: _Look, words: Sequence[Sequence[_Seen]]) -> list[float]:
    """The doubt about each word; that about what is between two words counts for both."""
    begins = [0, *(word[-1].last + 1 for word in words[:-1])]
    ends = [*(word[0].first for word in words[1:]), len(look.doubts)]
    return [float(look.doubts[begin:end].max()) for begin, end in zip(begins, ends, strict=True)]


def _parted(seen: Sequence[_Seen]) -> list[list[_Seen]]:
    """The characters of each word."""
    words: list[list[_Seen]] = [[]]
    for one in seen:
        if one.text == " ":
            words.append([])
        else:
            words[-1].append(one)
    return [word for word in words if word]


def _gaps(line: _Line, words: Sequence[Sequence[_Seen]], columns: float) -> Iterator[int]:
    """Where words part: in the middle of the widest gap about where the network sees the end of the one and the beginning of the other.

    A step of the network is so many `columns` of the image.
    """
    changes = np.flatnonzero(np.diff(line.ink.any(axis=0), prepend=True, append=True))
    starts, ends = changes[::2], changes[1::2]
    middles = (starts + ends) / 2
    for before, after in pairwise(words):
        x0, x1 = (before[-1].last - _EARLY) * columns, (after[0].first + _LATE) * columns
        near = slice(*np.searchsorted(middles, (x0, x1)).tolist())
        widths = ends[near] - starts[near]
        yield int(middles[near][widths.argmax()] if len(widths) else (x0 + x1) / 2)
