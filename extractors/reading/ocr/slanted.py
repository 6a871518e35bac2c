"""Slanted print: the names below the columns of a chart, set on lines that rise to the right.

Letters that follow each other on a slanted line become one piece when they are spread along it. Where several such pieces end on
one level, each is turned until it lies straight, and read as a line of print.
"""

from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.reading.ocr.again import read_poor
from extractors.reading.ocr.first_sight import read_at_first_sight
from extractors.reading.ocr.pieces import pieces_of
from extractors.reading.ocr.raster import Image, as_image
from extractors.reading.ocr.segment import Strip
from extractors.reading.ocr.strips import confidence_of
from extractors.reading.ocr.tesseract import Reader
from extractors.reading.second.recogniser import LineReader
from schemas.pages import BBox, Word

# Darker than this is ink.
INK = 160
# In points: letters, or some that run together; how far they are spread; the shortest line, how high its letters may be, and how level the ends of lines are.
LETTER, SPREAD, SHORTEST, HEIGHT, LEVEL = (0.7, 40.0), 6.0, 13.0, (2.5, 13.0), 9.0
# Degrees: how steep slanted print is, and how alike.
STEEP, ALIKE = (20.0, 70.0), 9.0
FEWEST, MOST = 3, 40
# The share of the letters' height in the size of their type.
OF_TYPE = 0.9
# By so much a line is made larger to be read, with so many pixels of paper around it.
LARGER, EDGE = 1.5, 8
# What is read with less confidence is no print.
LEAST = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A slanted line: its ink (x, y in pixels), how steeply it rises (degrees), how high its letters are, and where it ends above."""

    ink: NDArray[np.float64]
    degrees: float
    height: float
    top: float


def read_slanted(
    image: Image, scale: float, reader: Reader, second: LineReader | None = None
) -> tuple[tuple[Word, ...], Image]:
    """The slanted words of a picture in grey (`scale` pixels to a point), and the picture without them. Raises ReaderError."""
    lines = _find_lines(image, scale)
    if not lines:
        return (), image
    degrees = median(line.degrees for line in lines)
    cuts = [_straight(image, line, degrees) for line in lines]
    strips = [Strip(cut, 0, 0) for cut, _ in cuts]
    read = read_poor(strips, read_at_first_sight([cut for cut, _ in cuts], reader), reader, second)
    if confidence_of([token for tokens in read for token in tokens]) < LEAST:
        return (), image
    words = []
    for line, (_, back), tokens in zip(lines, cuts, read, strict=True):
        for token in tokens:
            box = token.bbox
            corners = np.array([(x, y, 1.0) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]) @ back.T / scale
            hull = BBox(*(round(float(v), 2) for v in (*corners.min(axis=0), *corners.max(axis=0))))
            size = round(line.height / scale / OF_TYPE, 1)
            words.append(Word(text=token.text, bbox=hull, size=size, confidence=token.confidence))
    rest = image.copy()
    for line in lines:
        x, y = line.ink.astype(np.int64).T
        rest[y, x] = 255
    return tuple(words), as_image(np.where(cv2.erode(rest, np.ones((3, 3), np.uint8)) < INK, rest, 255))


def _find_lines(image: Image, scale: float) -> list[_Line]:
    """What may be slanted lines, from left to right; none where there are hardly any, or they do not end on one level."""
    ink = (image < INK).astype(np.uint8)
    labels, stats = pieces_of(ink)
    size = stats[:, 2:4].max(axis=1)
    letters = (size >= LETTER[0] * scale) & (size <= LETTER[1] * scale)
    letters[0] = False
    print_ = as_image(letters[labels].astype(np.uint8))
    along = as_image(np.fliplr(np.eye(round(SPREAD * scale), dtype=np.uint8)))
    spread, parts = pieces_of(as_image(cv2.dilate(print_, along)))
    found = []
    for number in np.flatnonzero(parts[:, 2:4].max(axis=1) >= SHORTEST * scale):
        left, top, width, height, _ = (int(v) for v in parts[number])
        part = (slice(top, top + height), slice(left, left + width))
        rows, columns = np.nonzero((spread[part] == number) & (print_[part] > 0))
        if number and len(rows) > 20:
            line = _line_of(np.stack([columns + left, rows + top], axis=1).astype(np.float64), scale)
            found.extend([line] if line else [])
    if len(found) < FEWEST:
        return []
    degrees, level = median(line.degrees for line in found), median(line.top for line in found)
    kept = [
        line for line in found if abs(line.degrees - degrees) < ALIKE and abs(line.top - level) < LEVEL * scale
    ]  # fmt: skip
    return sorted(kept, key=lambda line: line.ink[:, 0].max()) if FEWEST <= len(kept) <= MOST else []


def _line_of(ink: NDArray[np.float64], scale: float) -> _Line | None:
    """Ink as a slanted line, if it is long, as high as letters, and rises to the right."""
    around = ink - ink.mean(axis=0)
    _, vectors = np.linalg.eigh(np.cov(around.T))
    x, y = vectors[:, 1]
    degrees = float(np.degrees(np.arctan2(-y, x))) % 180
    far, wide = np.ptp(around @ vectors[:, 1]), np.ptp(around @ vectors[:, 0])
    if not STEEP[0] < degrees < STEEP[1] or far < max(SHORTEST * scale, 1.5 * wide):
        return None
    if not HEIGHT[0] * scale < wide < HEIGHT[1] * scale:
        return None
    return _Line(ink=ink, degrees=degrees, height=float(wide), top=float(ink[:, 1].min()))


def _straight(image: Image, line: _Line, degrees: float) -> tuple[Image, NDArray[np.float64]]:
    """A line cut out and laid straight, and the matrix (2 × 3) that leads from its pixels back to the picture's."""
    turn = cv2.getRotationMatrix2D((0, 0), -degrees, LARGER)
    there = np.hstack([line.ink, np.ones((len(line.ink), 1))]) @ turn.T
    turn[:, 2] += EDGE - there.min(axis=0)
    width, height = (int(v) + 2 * EDGE for v in np.ptp(there, axis=0))
    own = np.zeros(image.shape, np.uint8)
    x, y = line.ink.astype(np.int64).T
    own[y, x] = 1
    alone = np.where(cv2.dilate(own, np.ones((5, 5), np.uint8)) > 0, image, 255).astype(np.uint8)
    cut = cv2.warpAffine(alone, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,))
    return as_image(cut), np.asarray(cv2.invertAffineTransform(turn), np.float64)
