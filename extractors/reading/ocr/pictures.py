"""Shapes in the picture of a page: areas of one colour, as a vector drawing would have them.

A scanned chart is then read like a drawn one (see `extractors.charts`). Flat areas, which leaves out lines and print, are parted
by colour, and every connected area gives a shape; lines of charts are followed by `strokes`.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import islice

import cv2
import numpy as np

from extractors.reading.ocr.colours import STROKES_ALIKE, by_colour, difference, highest_of, lightest_of
from extractors.reading.ocr.pieces import parts_of, pieces_of
from extractors.reading.ocr.raster import Image, as_image, lightest_blocks
from extractors.reading.ocr.strokes import read_strokes
from schemas.pages import Placing, Shape

# Pixels to a point that the picture is brought to: finer ones only cost time.
SCALE = 2.8
# A pixel lighter than this in all its channels is paper.
PAPER = 232
# Paper this light need not be made lighter; blocks of pixels, and how many of them around one show what the paper is like.
_WHITE = 240
_PATCH, _PATCHES = 8, 41
# Paper in a shadow is no darker than this share of the rest, and no more coloured.
_SHADE, _TINT = 0.7, 0.1
# The side of a block of pixels of the coarse picture, and how many blocks about an area belong to it.
BLOCK, AROUND = 3, 8
# Neighbouring pixels that differ by more than this (of 256) are at an edge.
FLAT = 48
# A smaller piece (in pixels) that fills less of the box around it is a letter.
LETTER, SQUARE = 24, 0.7
# In pixels: thinner areas are where a line runs along an edge.
THINNEST = 5
MOST_SHAPES = 2_000
# The rims of other areas, and lines, are thinner than this, in pixels.
RIM = 11
# An area that fills this share of the box around it is a box.
BOX = 0.86
# An area of which less than this share is of its colour is the outline of another.
RING = 0.5


def lay_straight(picture: Image, scale: float, placing: Placing, width: float, height: float) -> Image:
    """The picture of a page as shown, laid straight as its words are, `SCALE` pixels to a point.

    `picture` (with or without colour) has `scale` pixels to a point; `width` and `height` are those of the straight page in points.
    """
    points = np.array(placing.matrix).reshape(3, 3)
    pixels = np.diag([scale, scale, 1.0]) @ points @ np.diag([1 / SCALE, 1 / SCALE, 1.0])
    size = (max(round(width * SCALE), 1), max(round(height * SCALE), 1))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    if not pixels[2, :2].any():
        return as_image(cv2.warpAffine(picture, pixels[:2], size, flags=flags, borderValue=(255, 255, 255)))
    return as_image(cv2.warpPerspective(picture, pixels, size, flags=flags, borderValue=(255, 255, 255)))


def read_picture(picture: Image, scale: float) -> tuple[Shape, ...]:
    """The shapes in a picture (height, width, 3: red, green, blue; or grey) with `scale` pixels to a point; none where there are too many."""
    factor = SCALE / scale
    kept = SCALE if factor < 0.95 else scale
    if factor < 0.95:
        picture = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA).astype(np.uint8)
    picture = _on_white(picture)
    smooth, marks = _smooth(picture)
    shapes: list[Shape] = []
    for colour, area, corner in by_colour(smooth, marks) if cv2.countNonZero(marks) >= THINNEST**2 else ():
        shapes.extend(islice(_shapes(area, corner, colour, kept), MOST_SHAPES + 1 - len(shapes)))
        if len(shapes) > MOST_SHAPES:
            return ()
    strokes = read_strokes(picture, kept)
    return (*shapes, *_as_areas(strokes, {s.fill for s in shapes if s.fill is not None}))


def _as_areas(strokes: Iterable[Shape], colours: Collection[int]) -> Iterator[Shape]:
    """The strokes in the colours of areas, such as those of a legend, where these are nearly their own."""
    for stroke in strokes:
        own = stroke.stroke or 0
        nearest = min(colours, key=lambda colour: difference(colour, own), default=own)
        yield replace(stroke, stroke=nearest) if difference(nearest, own) < STROKES_ALIKE else stroke


def _on_white(picture: Image) -> Image:
    """The picture as if it were on white paper, evenly lit: each colour against that of the paper in a wide neighbourhood."""
    height, width = picture.shape[:2]
    channels = 3 if picture.ndim == 3 else 1
    rows, columns = height // _PATCH, width // _PATCH
    if min(rows, columns) < 3:
        return picture
    blocks = lightest_blocks(picture, _PATCH).reshape(rows, columns, channels)
    usual = np.median(blocks, axis=(0, 1))
    if int(usual.min()) >= _WHITE:
        return picture
    wide = _PATCHES // 2
    framed = np.pad(blocks, ((wide, wide), (wide, wide), (0, 0)), mode="symmetric")
    paper = cv2.medianBlur(framed, _PATCHES).reshape(framed.shape)[wide:-wide, wide:-wide].copy()
    # what is much darker than the page, or of another colour, is a large area and no paper
    level = paper / np.maximum(usual, 1.0)
    area = (level.min(axis=2) < _SHADE) | (np.ptp(level, axis=2) > _TINT)
    paper[area] = usual.astype(np.uint8)
    return np.asarray(cv2.divide(picture, cv2.resize(paper, (width, height)), scale=255), np.uint8)


def _smooth(picture: Image) -> tuple[Image, Image]:
    """The picture without noise, where something on it may be an area; and which of its pixels (1) are of one."""
    smooth, marks = np.zeros_like(picture), np.zeros(picture.shape[:2], np.uint8)
    for part in _parts(picture):
        # the channels are looked at one by one, and by OpenCV: by NumPy this would take as long as reading the print
        calm = _calm(cv2.medianBlur(picture[part], 3))
        smooth[part] = calm
        flat = _is_flat(calm, np.ones((3, 3), np.uint8))
        marks[part] = _areas_in(cv2.bitwise_and((lightest_of(calm) < PAPER).astype(np.uint8), flat).astype(np.uint8))
    return smooth, marks


def _calm(part: cv2.typing.MatLike) -> Image:
    if part.ndim == 3:
        return as_image(cv2.bilateralFilter(part, 5, 50, 2))
    # of one channel OpenCV rounds bytes down, so that paper gets darker: turned over it gets no darker, and black ink is hardly lighter;
    # a third of the difference counts three times in colours
    return as_image(cv2.bitwise_not(cv2.bilateralFilter(cv2.bitwise_not(part), 5, 50 / 3, 2)))


def _parts(picture: Image) -> Iterator[tuple[slice, slice]]:
    """Rows and columns about what is of one colour over more than a stroke of print; on most pages there are none.

    They are looked for in a coarse picture, which has no noise.
    """
    coarse = cv2.resize(picture, None, fx=1 / BLOCK, fy=1 / BLOCK, interpolation=cv2.INTER_AREA)
    near = np.ones((2, 2), np.uint8)
    dark = cv2.erode((lightest_of(as_image(coarse)) < PAPER).astype(np.uint8), near)
    thick = cv2.bitwise_and(dark, _is_flat(as_image(coarse), near))
    yield from parts_of(thick > 0, block=BLOCK, margin=AROUND, gap=2 * AROUND)


def _areas_in(marks: Image) -> Image:
    """The marks without those pieces that are nowhere as thick as an area (its edge has been left out), or are letters."""
    core = cv2.erode(marks, cv2.getStructuringElement(cv2.MORPH_CROSS, (THINNEST - 2, THINNEST - 2)))
    if not core.any():
        return np.zeros_like(marks)
    pieces, stats = pieces_of(marks)
    _, _, width, height, count = stats.T
    kept = (np.maximum(width, height) >= LETTER) | (count >= SQUARE * width * height)
    thick = np.zeros(len(stats), np.bool_)
    thick[pieces[core > 0]] = True
    kept &= thick
    kept[0] = False
    return np.asarray(kept[pieces], dtype=np.uint8)


def _is_flat(picture: Image, near: Image) -> Image:
    """1 where a pixel is like those around it: not in print, lines and along edges, where paper and ink blend into other colours."""
    spread = as_image(cv2.subtract(cv2.dilate(picture, near), cv2.erode(picture, near)))
    return (highest_of(spread) <= FLAT).astype(np.uint8)


def _boxes_in(mask: Image, outline: cv2.typing.MatLike) -> list[tuple[int, int, int, int]]:
    """The boxes (x, y, width, height) of an area that are one with the rims of others and with lines; none if it is made of anything else."""
    x, y, width, height = cv2.boundingRect(outline)
    if min(width, height) < LETTER:
        return []
    own = np.zeros((height + 2, width + 2), np.uint8)  # with paper around, or what lies along the edge would be kept
    cv2.drawContours(own, [outline], -1, (1,), cv2.FILLED, offset=(1 - x, 1 - y))
    own[1:-1, 1:-1] &= mask[y : y + height, x : x + width]
    core = cv2.morphologyEx(own, cv2.MORPH_OPEN, np.ones((RIM, RIM), np.uint8))
    parts = [cv2.boundingRect(part) for part in cv2.findContours(core, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]]
    filled = sum(w * h for _, _, w, h in parts)
    if not parts or cv2.countNonZero(core) < BOX * filled:
        return []
    return [(x + left - 1, y + top - 1, w, h) for left, top, w, h in parts]


def _box(box: tuple[int, int, int, int], corner: tuple[int, int], colour: int, scale: float) -> Shape:
    x, y, width, height = box[0] + corner[0], box[1] + corner[1], box[2], box[3]
    x0, top, x1, bottom = (round(edge / scale, 2) for edge in (x, y, x + width, y + height))
    return Shape(points=((x0, top), (x1, top), (x1, bottom), (x0, bottom), (x0, top)), fill=colour)


def _shapes(mask: Image, corner: tuple[int, int], colour: int, scale: float) -> Iterator[Shape]:
    """A box or a polygon for each connected area of a mask; holes, such as print, do not count."""
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    for outline in outlines:
        x, y, width, height = cv2.boundingRect(outline)
        if min(width, height) < THINNEST:
            continue
        # an outline runs through the middles of pixels
        within = cv2.contourArea(outline) + width + height - 1
        if cv2.countNonZero(mask[y : y + height, x : x + width]) < RING * within:
            continue
        boxes = [(x, y, width, height)] if within >= BOX * width * height else _boxes_in(mask, outline)
        if boxes:
            yield from (_box(box, corner, colour, scale) for box in boxes)
            continue
        corners = cv2.approxPolyDP(outline, 0.8, closed=True).reshape(-1, 2) + np.array(corner)
        if len(corners) >= 3:
            points = tuple((x, y) for x, y in np.round((corners + 0.5) / scale, 2).tolist())
            yield Shape(points=(*points, points[0]), fill=colour)
