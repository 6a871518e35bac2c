"""Ruling lines of a scanned page: found in its print, taken out of the image for reading, and kept for the tables.

Long thin runs of ink are found by morphological opening; letters are neither so long nor so thin.
"""

import cv2
import numpy as np

from extractors.reading.ocr.raster import Image, as_image
from schemas.pages import BBox, Rule

# In heights of small letters: the shortest line and the thickest.
_LENGTH, _THICKNESS = 4.0, 0.45
# Pixels that a line is made thicker by, so that it is whole.
_DRIFT = 3
# Along a line there is paper: this many pixels, with at most this share of ink.
_BESIDE, _MOST_BESIDE = 3, 0.25


def find_rules(ink: Image, letter_height: float) -> tuple[tuple[BBox, ...], Image]:
    """Boxes of the lines in pixels, and a mask of their ink."""
    mask = np.zeros_like(ink)
    boxes: list[BBox] = []
    for lying in (True, False):
        found, part = _lines(ink, letter_height, lying=lying)
        boxes += found
        mask = as_image(cv2.bitwise_or(mask, part))
    return tuple(boxes), mask


def without_rules(image: Image, mask: Image) -> Image:
    """The image with the ink of the lines made white, with the grey at their edges."""
    if not mask.any():
        return image
    made = image.copy()
    made[cv2.dilate(mask, np.ones((3, 3), np.uint8)) > 0] = 255
    return made


def as_rules(boxes: tuple[BBox, ...], scale: float) -> tuple[Rule, ...]:
    """Boxes in pixels as rules in points."""
    return tuple(Rule(bbox=BBox(*(round(edge / scale, 2) for edge in (b.x0, b.top, b.x1, b.bottom)))) for b in boxes)


def _lines(ink: Image, letter_height: float, *, lying: bool) -> tuple[list[BBox], Image]:
    """Lines of one direction. Standing lines are found as lying ones of the image turned over its diagonal."""
    image = ink if lying else as_image(ink.T)
    length = max(int(_LENGTH * letter_height), 40)
    # a line one pixel thin that drifts or has gaps of a pixel is whole in the image made thicker by one pixel each way
    thick = cv2.dilate(image, np.ones((_DRIFT, _DRIFT), np.uint8))
    opened = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    if not opened.any():
        return [], as_image(opened if lying else opened.T)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    good = np.zeros(len(stats), np.uint8)
    boxes = []
    for number, (x, y, w, h, area) in enumerate(stats.tolist()):
        if number and w >= length and area / w <= _thickest(letter_height) and _alone(image, x, y, w, h):
            good[number] = 255
            boxes.append(BBox(x, y + 1, x + w, y + h - 1) if lying else BBox(y + 1, x, y + h - 1, x + w))
    mask = as_image(cv2.bitwise_and(good[labels], thick))
    return boxes, mask if lying else as_image(mask.T)


def _thickest(letter_height: float) -> float:
    return max(_THICKNESS * letter_height, 4.0) + _DRIFT - 1


def _alone(image: Image, x: int, y: int, w: int, h: int) -> bool:
    """Whether there is mostly paper along both sides of a line, as there is not where letters have run together."""
    above = image[max(y - _BESIDE, 0) : max(y, 1), x : x + w]
    below = image[y + h : y + h + _BESIDE, x : x + w]
    return all(side.size == 0 or float(side.mean()) < 255 * _MOST_BESIDE for side in (above, below))
