"""Lines that lead from a pie to its labels are taken away: they end at the first letter of a name or the last of a number, as a part of it."""

from collections.abc import Sequence
from math import hypot

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.reading.ocr.pieces import pieces_of
from extractors.reading.ocr.raster import Image, as_image
from schemas.pages import BBox

# In points: how far from its pie such a line begins, how far it leads at least (print is less high), and how far at most.
BEGINS, LEADS, FARTHEST = 4.0, 10.0, 90.0
# Darker than this is ink.
INK = 160
# In points: a line is no wider than this; where ink is wider by this factor than the line has been, print begins.
WIDEST, WIDER = 2.4, 1.6

Marks = NDArray[np.bool_]


def without_pointers(flat: Image, pies: Sequence[BBox], scale: float) -> Image:
    """The print of a chart (grey, `scale` pixels to a point) without the lines that lead away from `pies` (in points)."""
    made = flat.copy() if pies else flat
    for pie in pies:
        left, top = max(int((pie.x0 - FARTHEST) * scale), 0), max(int((pie.top - FARTHEST) * scale), 0)
        part = (
            slice(top, int((pie.bottom + FARTHEST) * scale) + 1),
            slice(left, int((pie.x1 + FARTHEST) * scale) + 1),
        )
        away = _away_from(pie, made[part].shape, (left / scale, top / scale), scale)
        labels, stats = pieces_of((made[part] < INK).astype(np.uint8))
        begun = np.unique(labels[(away > 0) & (away < BEGINS)])
        for number in begun[begun > 0].tolist():
            x, y, across, down, _ = stats[number].tolist()
            if not LEADS * scale <= hypot(across, down) <= FARTHEST * scale:
                continue
            inside = slice(y, y + down), slice(x, x + across)
            piece = labels[inside] == number
            line = _line_in(piece, away[inside], scale)
            if line is not None:
                # its pale edges go with it, those of the letter do not
                edges = cv2.dilate(line.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
                made[part][inside][edges & ~(piece & ~line)] = 255
    return made


def _away_from(pie: BBox, shape: tuple[int, ...], corner: tuple[float, float], scale: float) -> NDArray[np.float32]:
    """How far each pixel is outside the ellipse of a pie, in points; `corner` is where the first one lies."""
    rows, columns = np.indices(shape[:2], dtype=np.float32)
    x = (columns + 0.5) / scale + corner[0] - (pie.x0 + pie.x1) / 2
    y = (rows + 0.5) / scale + corner[1] - pie.middle
    from_middle = np.hypot(x, y)
    # along the way from the middle the rim is where this is 1
    turns = np.hypot(x / (pie.width / 2), y / (pie.height / 2))
    return np.asarray(from_middle * (1 - 1 / np.maximum(turns, 1e-3)), np.float32)


def _line_in(piece: Marks, away: NDArray[np.float32], scale: float) -> Marks | None:
    """The part of a piece of ink that is a thin line from beside a pie to where the ink gets wider, or ends; None if it is too short."""
    start = np.unravel_index(np.where(piece, away, np.inf).argmin(), piece.shape)
    front = np.zeros(piece.shape, np.uint8)
    front[start] = 1
    # at which step from its beginning each pixel is reached, step by step to all sides; the left ones have not been
    steps, left = np.zeros(piece.shape, np.int32), piece.astype(np.uint8)
    widths: list[float] = []
    while front.any():
        _, _, across, down = cv2.boundingRect(front)
        if max(across, down) > WIDEST * scale:
            break
        widths.append(float(max(across, down)))
        steps[front > 0] = len(widths)
        left = as_image(cv2.subtract(left, front))
        front = as_image(cv2.bitwise_and(cv2.dilate(front, np.ones((3, 3), np.uint8)), left))
    end = len(widths)
    while end > 1 and widths[end - 1] > WIDER * float(np.median(widths)):
        end -= 1
    line = (steps > 0) & (steps <= end)
    rows, columns = np.nonzero(line)
    return line if np.hypot(np.ptp(rows), np.ptp(columns)) >= LEADS * scale else None
