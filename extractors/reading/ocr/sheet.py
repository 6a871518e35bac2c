"""A sheet of paper that was photographed at an angle, laid flat."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.reading.ocr.raster import Image, as_image

Matrix = NDArray[np.float64]

# The longer side of the small image in which the sheet is looked for, in pixels, and what is closed up there so that print is paper.
_SMALL, _PRINT = 400, 15
# A sheet is so much of the image, at least and at most; so much of its outline, which is of four straight sides, and so much lighter than
# what it lies on (grey levels).
_LEAST, _MOST, _WHOLE, _LIGHTER = 0.2, 0.98, 0.96, 50
# The outline of a sheet is followed to this share of its length.
_FOLLOWED = 0.02
# So many sides of a sheet lie clear of the edges of the image, by this part of its size and more.
_SIDES, _CLEAR = 3, 0.025
# Degrees by which a corner differs from a right angle; less is not seen at an angle, and is straightened without this.
_SQUARE, _SHARP = 1.0, 35.0


def laid_flat(image: Image) -> tuple[Image, Matrix]:
    """The sheet on a photograph as a rectangle, and the map (3 × 3) from its pixels to those of the photograph.

    The image as it is where no sheet is seen, or where it is seen from right above.
    """
    corners = _find_sheet(image)
    if corners is None:
        return image, np.eye(3)
    top, right, bottom, left = (float(np.linalg.norm(corners[n] - corners[(n + 1) % 4])) for n in range(4))
    width, height = round(max(top, bottom)), round(max(left, right))
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    there = cv2.getPerspectiveTransform(corners.astype(np.float32), flat)
    made = cv2.warpPerspective(image, there, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255,))
    return as_image(made), np.asarray(np.linalg.inv(there), np.float64)


def _find_sheet(image: Image) -> NDArray[np.float64] | None:
    """The corners (x, y) of the sheet from the upper left on, to the right; None if there is none, or its corners are right angles."""
    step = max(max(image.shape) // _SMALL, 1)
    small = cv2.blur(image[::step, ::step], (3, 3))
    level, light = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    # beyond the edges of the image there is no paper
    whole = cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((_PRINT, _PRINT), np.uint8), borderValue=0)
    outlines, _ = cv2.findContours(whole, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    largest = max(outlines, key=cv2.contourArea, default=None)
    if largest is None or not _LEAST * small.size < cv2.contourArea(largest) < _MOST * small.size:
        return None
    hull = cv2.convexHull(largest)
    corners = cv2.approxPolyDP(hull, _FOLLOWED * cv2.arcLength(hull, closed=True), closed=True).reshape(-1, 2)
    if len(corners) != 4 or cv2.contourArea(largest) < _WHOLE * cv2.contourArea(corners):
        return None
    inside = cv2.fillConvexPoly(np.zeros_like(small), corners, (1,)) > 0
    if inside.all() or float(np.median(small[inside])) - float(np.median(small[~inside])) < _LIGHTER or level == 0:
        return None
    ordered = _in_order(corners.astype(np.float64))
    if _clear_sides(ordered, small.shape) < _SIDES or not _SQUARE < _slant(ordered) < _SHARP:
        return None
    return np.asarray(ordered * step, np.float64)


def _clear_sides(corners: NDArray[np.float64], shape: tuple[int, ...]) -> int:
    """How many sides of the sheet do not lie at an edge of the image: of a scan in which the shadow of a fold cuts off a side it is one."""
    x, y = ((corners + np.roll(corners, -1, axis=0)) / 2 / (shape[1], shape[0])).T
    return int((np.minimum(np.minimum(x, 1 - x), np.minimum(y, 1 - y)) > _CLEAR).sum())


def _in_order(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """The corners clockwise as the image is seen, from that which is nearest to its upper left."""
    across, down = (corners - corners.mean(axis=0)).T
    around = corners[np.argsort(np.arctan2(down, across))]
    return np.roll(around, -int(around.sum(axis=1).argmin()), axis=0)


def _slant(corners: NDArray[Any]) -> float:
    """By how many degrees the corner that is the least square differs from a right angle."""
    before, after = np.roll(corners, 1, axis=0) - corners, np.roll(corners, -1, axis=0) - corners
    lengths = np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1)
    angles = np.degrees(np.arccos(np.clip((before * after).sum(axis=1) / lengths, -1, 1)))
    return float(np.abs(angles - 90).max())
