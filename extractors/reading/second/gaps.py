"""Gaps inside a printed number: where a decimal point or a stroke was lost in copying, or two numbers were taken for one.

Both readers read over such a gap ("13 3" as 133), and agree on a number that is not there.
"""

import re

import cv2
import numpy as np

from extractors.reading.second.recogniser import Image, Recognised

# Parts of the height of the digits: a gap that no font has between two digits, and the height of what is a digit and no speck.
_WIDE, _TALL = 0.5, 0.5
# How likely it is that a point was lost in a gap.
_LOST_POINT = 0.3
_LEAST_CONTRAST = 40


def with_gap(read: Recognised, image: Image) -> Recognised:
    """The reading with a space where the image has a gap between two of its digits, and the number with a point there as an alternative."""
    if not re.search(r"\d\d", read.text) or " " in read.text or (share := find_gap(image)) is None:
        return read
    place = min(max(round(share * len(read.text)), 1), len(read.text) - 1)
    before, after = read.text[:place], read.text[place:]
    if not (before[-1].isdigit() and after[0].isdigit()):
        return read
    others = ((f"{before}.{after}", _LOST_POINT), *read.alternatives)
    return Recognised(text=f"{before} {after}", confidence=read.confidence, alternatives=others)


def find_gap(image: Image) -> float | None:
    """Where the widest gap between two digits is, as a share (0-1) of the width of the print; None where none is too wide."""
    level, ink = cv2.threshold(image, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    if (
        not ink.any()
        or float(image[ink == 0].mean() if (ink == 0).any() else 0) - float(image[ink > 0].mean()) < _LEAST_CONTRAST
    ):
        return None
    columns = np.flatnonzero(ink.any(axis=0))
    breaks = np.flatnonzero(np.diff(columns) > 1)
    starts, ends = columns[np.r_[0, breaks + 1]], columns[np.r_[breaks, len(columns) - 1]]
    heights = np.array(
        [np.ptp(np.flatnonzero(ink[:, a : b + 1].any(axis=1))) + 1 for a, b in zip(starts, ends, strict=True)]
    )
    digits = heights >= _TALL * heights.max()
    gaps = [
        (int(starts[i + 1] - ends[i] - 1), int(starts[i + 1] + ends[i]) / 2)
        for i in range(len(starts) - 1)
        if digits[: i + 1].any() and digits[i + 1 :].any()
    ]
    if not gaps or (widest := max(gaps))[0] < _WIDE * float(heights.max()):
        return None
    return float((widest[1] - columns[0]) / max(columns[-1] - columns[0], 1))
