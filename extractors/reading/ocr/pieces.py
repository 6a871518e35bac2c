"""Connected pieces of ink, and the parts of a picture that anything is in."""

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.reading.ocr.raster import Image

# Rows × columns: the number of each pixel's piece, 0 where there is no ink; in two bytes where they hold the numbers, which saves time.
Labels = NDArray[np.integer[Any]]
Stats = NDArray[np.int32]  # pieces × 5: left, top, width, height, number of pixels

# No more runs of ink have no more pieces than two bytes can number.
_FEW = 65_000


def pieces_of(ink: Image) -> tuple[Labels, Stats]:
    """The pieces of ink (8-connected), numbered from 1; row 0 of the stats is all 0.

    The same as `cv2.connectedComponentsWithStats` in a quarter of its time: that counts every pixel of the paper too, this
    only the runs of ink in each row.
    """
    height, width = ink.shape
    # a column of paper, so that no run goes on in the next row
    flat = cv2.copyMakeBorder(ink, 0, 0, 0, 1, cv2.BORDER_CONSTANT, value=(0,)).ravel()
    changes = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    if height and width and flat[0]:
        changes = np.concatenate([[0], changes])
    starts, ends = changes[::2], changes[1::2]
    rows = starts // (width + 1)
    lefts, rights = starts - rows * (width + 1), ends - rows * (width + 1)
    count, found = cv2.connectedComponents(ink, connectivity=8, ltype=cv2.CV_16U if len(starts) <= _FEW else cv2.CV_32S)
    labels: Labels = np.asarray(found)
    stats = np.zeros((count, 5), np.int32)
    pieces = labels.ravel()[starts - rows]
    left, right = np.full(count, width), np.zeros(count, np.int64)
    np.minimum.at(left, pieces, lefts)
    np.maximum.at(right, pieces, rights)
    # runs come row by row: the last that is written stays
    top, bottom = np.zeros(count, np.int64), np.zeros(count, np.int64)
    top[pieces[::-1]], bottom[pieces] = rows[::-1], rows + 1
    stats[1:] = np.stack([left, top, right - left, bottom - top, np.bincount(pieces, ends - starts, count)], axis=1)[1:]
    return labels, stats


def parts_of(
    marks: NDArray[np.bool_], *, block: int, margin: int = 1, gap: float, least: float = 1
) -> Iterator[tuple[slice, slice]]:
    """Rows and columns, in a picture, of the marks in a coarse one, whose pixels are blocks of `block` by `block` pixels of the picture.

    Each stretch of rows is a part of its own, parted by more than `gap` coarse rows without marks; `margin` coarse pixels about it
    belong to it. Parts with marks in fewer than `least` columns are left out.
    """

    def about(places: NDArray[np.intp]) -> slice:
        return slice(max(int(places[0]) - margin, 0) * block, (int(places[-1]) + 1 + margin) * block)

    rows = np.flatnonzero(marks.any(axis=1))
    for run in np.split(rows, np.flatnonzero(np.diff(rows) > gap) + 1) if len(rows) else ():
        columns = np.flatnonzero(marks[run[0] : run[-1] + 1].any(axis=0))
        if len(columns) >= least:
            yield about(run), about(columns)
