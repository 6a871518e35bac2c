"""The print of a chart as if it stood on white paper: bars, sectors, the patches of legends and the marks of ticks are taken away.

Print on a bar is read by how its colour differs from the bar's; the rim of a bar beside print is not read as a stroke of it.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from extractors.reading.ocr.pieces import pieces_of
from extractors.reading.ocr.raster import Image, as_image, in_grey
from schemas.pages import Shape

# By so much print is darkened: thin strokes of few pixels are pale.
DARKER = 1.7
# In points: sides of the smallest box, and of the smallest other area, that is no letter; how far its colour runs into what is beside it.
SMALLEST_BOX, SMALLEST, RIM = 3.0, 15.0, 1.0
# Pixels whose colour differs from an area's by less (of 256) are of it; and at the least difference what differs most is black.
GRAIN, CONTRAST = 28.0, 60.0
# The share of an area that may be print.
PRINT = 0.004
# How far the colour of a rim may be from a mixture of those of the area and the paper.
MIXED = 48.0
# In points: the shortest axis, and pieces of one (letters are no higher, also where they are turned); the longest mark of a tick, the shortest, and its thickness. Darker than this is ink, and a line of a grid.
AXIS, PIECE, TICK, SHORT, THICK = 40.0, 10.0, 6.0, 1.5, 1.5
INK, FAINT = 160, 225


def flattened(picture: Image, shapes: Sequence[Shape], scale: float) -> Image:
    """A picture (height, width, 3) in grey, its print dark on white, `scale` pixels to a point.

    `shapes` are what a chart is drawn of, in points; none of a picture that is no chart, which is left as it is.
    """
    flat = as_image(255 - np.minimum((255 - in_grey(picture).astype(np.int32)) * DARKER, 255))
    if not shapes:
        return flat
    rims = np.zeros(flat.shape, np.uint8)
    for shape in shapes:
        if shape.fill is not None and _is_area(shape):
            _take_away(shape, picture, flat, rims, scale)
    flat[rims > 1] = 255  # between two areas
    return _without_axes(flat, scale)


def _is_area(shape: Shape) -> bool:
    box = shape.bbox
    sides = min(box.width, box.height)
    return sides >= (SMALLEST_BOX if len(shape.points) == 5 else SMALLEST)


def _take_away(shape: Shape, picture: Image, flat: Image, rims: Image, scale: float) -> None:
    """Make an area white but for the print on it, and its rim white where it is but a mixture of its colour and the paper's."""
    reach = round(RIM * scale)
    height, width = flat.shape
    box = shape.bbox
    left, top = max(int(box.x0 * scale) - 2 * reach, 0), max(int(box.top * scale) - 2 * reach, 0)
    part = (
        slice(top, min(int(box.bottom * scale) + 2 * reach + 1, height)),
        slice(left, min(int(box.x1 * scale) + 2 * reach + 1, width)),
    )
    inside = np.zeros(flat[part].shape, np.uint8)
    corners = np.array([(round(x * scale) - left, round(y * scale) - top) for x, y in shape.points], np.int32)
    cv2.fillPoly(inside, [corners], (1,))
    near = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    core, wide = cv2.erode(inside, near) > 0, cv2.dilate(inside, near) > 0
    if not core.any():
        return
    pixels = picture[part].astype(np.float32)
    own = np.median(pixels[core], axis=0)
    off = np.abs(pixels - own).max(axis=2)
    most = max(float(np.quantile(off[core], 1 - PRINT)), CONTRAST)
    print_ = 255 - np.clip((off - GRAIN) * 255 / (most - GRAIN), 0, 255)
    flat[part][core] = print_[core].astype(np.uint8)
    rim = wide & ~core
    # how far along from the colour of the area to that of the paper each pixel is, and how far beside that way
    way = 255.0 - own
    along = np.clip(((pixels - own) @ way) / max(float(way @ way), 1.0), 0, 1)
    beside = np.linalg.norm(pixels - own - along[..., None] * way, axis=2)
    flat[part][rim & (beside < MIXED)] = 255
    rims[part][rim] += 1


def _without_axes(flat: Image, scale: float) -> Image:
    """The picture without the pieces of axes between bars, and the short marks that stand at right angles to an axis."""
    ink = (flat < INK).astype(np.uint8)
    marks = np.zeros_like(ink)
    for upright in (True, False):
        axis = _axes(flat, upright, scale)
        if not axis.any():
            continue
        # where a level axis begins, the nought of the upright one may touch it
        bare = axis if upright else as_image(cv2.erode(axis, _line(2 * TICK * scale, upright), borderValue=(0,)))
        across = _opened(ink, _line(SHORT * scale, not upright))
        thick = _opened(ink, _line(THICK * scale + 1, upright))
        beside = as_image(cv2.dilate(bare, _line(2 * TICK * scale, not upright)))
        ticks = across & beside & (1 - thick) & (1 - axis)
        labels, stats = pieces_of(as_image(ticks | axis))
        held = np.zeros(len(stats), np.bool_)
        held[np.unique(labels[axis > 0])] = True
        held[0] = False
        # a long one is found as a rule of the page
        broken = held & (stats[:, 3 if upright else 2] < AXIS * scale)
        marks |= (held[labels] & (ticks > 0) | broken[labels]).astype(np.uint8)
    flat[cv2.dilate(marks, np.ones((3, 3), np.uint8)) > 0] = 255
    return flat


def _axes(flat: Image, upright: bool, scale: float) -> Image:
    """1 on thin straight lines, axes and those of a grid, pieces of them together as long as an axis."""
    found = np.zeros_like(flat)
    length = PIECE * scale
    for level in (INK, FAINT):
        dark = (flat < level).astype(np.uint8)
        thin = dark & (1 - _opened(dark, _line(THICK * scale + 1, not upright)))
        pieces = _opened(thin, _line(length, upright))
        along = pieces.sum(axis=0 if upright else 1).astype(np.float64)
        long = np.convolve(along, np.ones(3), "same") >= AXIS * scale
        short = _opened(thin, _line(length / 2, upright))
        rows_or_columns = (long[None, :] if upright else long[:, None]).astype(np.uint8)
        found |= as_image(short & rows_or_columns)
    # marks of ticks make it thick where they meet it
    whole = as_image(cv2.morphologyEx(found, cv2.MORPH_CLOSE, _line(2 * THICK * scale + 1, upright)))
    return as_image(whole & (flat < FAINT).astype(np.uint8))


def _opened(image: Image, kernel: Image) -> Image:
    return as_image(cv2.morphologyEx(image, cv2.MORPH_OPEN, kernel))


def _line(length: float, upright: bool) -> Image:
    return np.ones((max(round(length), 1), 1) if upright else (1, max(round(length), 1)), np.uint8)
