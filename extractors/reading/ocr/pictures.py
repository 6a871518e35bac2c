"""Shapes in the picture of a page: areas of one colour, as a vector drawing would have them.

A scanned chart is then read like a drawn one (see `extractors.charts`). Only flat areas count, which leaves
out lines and print; they are parted by colour, and every connected area gives a shape.
"""

from collections.abc import Iterator

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from schemas.pages import Placing, Shape

Image = NDArray[np.uint8]

# Pixels to a point that the picture is brought to: finer ones only cost time.
SCALE = 2.8
# A pixel lighter than this in all its channels is paper.
PAPER = 232
# Paper this light need not be made lighter; blocks of pixels, and how many of them around one show what the paper is like.
_WHITE = 240
_BLOCK, _AROUND = 8, 41
# Neighbouring pixels that differ by more than this (of 256) are at an edge.
FLAT = 48
# In pixels: thinner areas are where a line runs along an edge.
THINNEST = 5
# Colours nearer to each other than this (of 256 in each channel) are one colour.
ALIKE = 36.0
MOST_COLOURS = 16
MOST_SHAPES = 2_000
# An area that fills this share of the box around it is a box.
BOX = 0.86
# An area of which less than this share is of its colour is the outline of another.
RING = 0.5


def draw_straight(page: pdfium.PdfPage, placing: Placing, width: float, height: float) -> Image:
    """A page in colour, `SCALE` pixels to a point, laid straight as its words are; `width` and `height` of the straight page."""
    shown: Image = page.render(scale=SCALE, may_draw_forms=False).to_numpy()[:, :, 2::-1].copy()
    points = np.array(placing.matrix).reshape(3, 3)
    pixels = np.diag([SCALE, SCALE, 1.0]) @ points @ np.diag([1 / SCALE, 1 / SCALE, 1.0])
    size = (max(round(width * SCALE), 1), max(round(height * SCALE), 1))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpPerspective(shown, pixels, size, flags=flags, borderValue=(255, 255, 255)).astype(np.uint8)


def read_picture(picture: Image, scale: float) -> tuple[Shape, ...]:
    """The shapes in a picture (height, width, 3: red, green, blue) with `scale` pixels to a point; none where there are too many."""
    factor = SCALE / scale
    kept = SCALE if factor < 0.95 else scale
    if factor < 0.95:
        picture = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA).astype(np.uint8)
    smooth = cv2.bilateralFilter(cv2.medianBlur(_on_white(picture), 3), 5, 50, 2).astype(np.uint8)
    marks = ((smooth.min(axis=2) < PAPER) & _is_flat(smooth)).astype(np.uint8)
    if int(marks.sum()) < THINNEST**2:
        return ()
    shapes: list[Shape] = []
    for colour, area in _areas(smooth, marks):
        shapes.extend(_shapes(area, colour, kept))
        if len(shapes) > MOST_SHAPES:
            return ()
    return tuple(shapes)


def _on_white(picture: Image) -> Image:
    """The picture as if it were on white paper, evenly lit: each colour against that of the paper in a wide neighbourhood."""
    height, width, _ = picture.shape
    rows, columns = height // _BLOCK, width // _BLOCK
    if min(rows, columns) < 3:
        return picture
    blocks = picture[: rows * _BLOCK, : columns * _BLOCK].reshape(rows, _BLOCK, columns, _BLOCK, 3).max(axis=(1, 3))
    wide = _AROUND // 2
    framed = np.pad(blocks, ((wide, wide), (wide, wide), (0, 0)), mode="symmetric")
    paper = cv2.medianBlur(framed, _AROUND)[wide:-wide, wide:-wide]
    if int(paper.min()) >= _WHITE:
        return picture
    return np.asarray(cv2.divide(picture, cv2.resize(paper, (width, height)), scale=255), np.uint8)


def _is_flat(picture: Image) -> NDArray[np.bool_]:
    """Where a pixel is like those around it: not in print, lines and along edges, where paper and ink blend into other colours."""
    near = np.ones((3, 3), np.uint8)
    span = cv2.dilate(picture, near).astype(np.int16) - cv2.erode(picture, near)
    flat: NDArray[np.bool_] = span.max(axis=2) <= FLAT
    return flat


def _areas(picture: Image, marks: Image) -> Iterator[tuple[int, Image]]:
    """Each main colour (0xRRGGBB) with the mask of its pixels."""
    pixels = picture[marks > 0].astype(np.int32)
    coarse = (pixels[:, 0] >> 3) << 10 | (pixels[:, 1] >> 3) << 5 | pixels[:, 2] >> 3
    codes, counts = np.unique(coarse, return_counts=True)
    colours: list[NDArray[np.float64]] = []
    for code in codes[np.argsort(-counts, kind="stable")][:400]:
        colour = np.array([(code >> 10 & 31) * 8 + 4, (code >> 5 & 31) * 8 + 4, (code & 31) * 8 + 4], float)
        if all(np.linalg.norm(colour - other) > ALIKE for other in colours):
            colours.append(colour)
        if len(colours) == MOST_COLOURS:
            break
    where = np.argwhere(marks > 0)
    nearest = np.argmin([((pixels - colour) ** 2).sum(axis=1) for colour in colours], axis=0)
    for number, colour in enumerate(colours):
        own = where[nearest == number]
        mask = np.zeros(marks.shape, np.uint8)
        mask[own[:, 0], own[:, 1]] = 1
        red, green, blue = (min(int(c), 254) for c in colour)
        # the edge itself was left out
        yield red << 16 | green << 8 | blue, cv2.dilate(mask, np.ones((3, 3), np.uint8)).astype(np.uint8)


def _shapes(mask: Image, colour: int, scale: float) -> Iterator[Shape]:
    """A box or a polygon for each connected area; holes, such as print, do not count."""
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    for outline in outlines:
        x, y, width, height = cv2.boundingRect(outline)
        if min(width, height) < THINNEST:
            continue
        # an outline runs through the middles of pixels
        within = cv2.contourArea(outline) + width + height - 1
        if cv2.countNonZero(mask[y : y + height, x : x + width]) < RING * within:
            continue
        if within >= BOX * width * height:
            x0, top, x1, bottom = (round(edge / scale, 2) for edge in (x, y, x + width, y + height))
            yield Shape(points=((x0, top), (x1, top), (x1, bottom), (x0, bottom), (x0, top)), fill=colour)
            continue
        corners = cv2.approxPolyDP(outline, 0.8, closed=True).reshape(-1, 2)
        if len(corners) >= 3:
            points = tuple(
                (round((float(px) + 0.5) / scale, 2), round((float(py) + 0.5) / scale, 2)) for px, py in corners
            )
            yield Shape(points=(*points, points[0]), fill=colour)
