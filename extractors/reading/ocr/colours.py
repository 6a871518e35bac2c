"""The main colours of a picture: with three channels, or with one where it is grey all over, which takes a third of the time."""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.reading.ocr.raster import Image

# Colours nearer to each other than this are one; of thin strokes more so, whose colour noise and paper change more.
ALIKE, STROKES_ALIKE = 36.0, 64.0
MOST_COLOURS = 16


def difference(one: int, other: int) -> float:
    """How far two colours (0xRRGGBB) are apart."""
    return float(np.linalg.norm([(one >> shift & 255) - (other >> shift & 255) for shift in (16, 8, 0)]))


def lightest_of(picture: Image) -> Image:
    """The least of the channels of each pixel."""
    if picture.ndim == 2:
        return picture
    red, green, blue = cv2.split(picture)
    return cv2.min(cv2.min(red, green), blue).astype(np.uint8)


def highest_of(picture: Image) -> Image:
    """The most of the channels of each pixel."""
    if picture.ndim == 2:
        return picture
    red, green, blue = cv2.split(picture)
    return cv2.max(cv2.max(red, green), blue).astype(np.uint8)


def chroma_of(picture: Image) -> Image:
    """By how much the channels of each pixel differ: nothing where it is grey."""
    return cv2.subtract(highest_of(picture), lightest_of(picture)).astype(np.uint8)


def places_in(marks: Image) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The columns and the rows of the marked pixels, row by row: as `np.nonzero`, in a fraction of its time."""
    found = cv2.findNonZero(marks)
    if found is None:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    places = np.asarray(found, np.int32).reshape(-1, 2)
    return places[:, 0], places[:, 1]


def by_colour(picture: Image, marks: Image, alike: float = ALIKE) -> Iterator[tuple[int, Image, tuple[int, int]]]:
    """Each main colour (0xRRGGBB) of the marked pixels with the mask of those, one pixel wider, and where the corner (x, y) of the mask lies.

    Colours nearer to each other than `alike` (of 256 in each channel, taken together) are one.
    """
    across, down = places_in(marks)
    pixels = picture[down, across].astype(np.int32)
    pixels = pixels if picture.ndim == 3 else np.stack(3 * [pixels], axis=1)
    coarse = (pixels[:, 0] >> 3) << 10 | (pixels[:, 1] >> 3) << 5 | pixels[:, 2] >> 3
    counts = np.bincount(coarse)
    codes = np.flatnonzero(counts)
    shades = np.stack([(codes >> 10 & 31) * 8 + 4, (codes >> 5 & 31) * 8 + 4, (codes & 31) * 8 + 4], axis=1).astype(
        float
    )
    colours: list[NDArray[np.float64]] = []
    for shade in shades[np.argsort(-counts[codes], kind="stable")][:400]:
        if all(np.linalg.norm(shade - other) > alike for other in colours):
            colours.append(shade)
        if len(colours) == MOST_COLOURS:
            break
    nearest = np.zeros(len(counts), np.uint8)
    nearest[codes] = np.argmin([((shades - colour) ** 2).sum(axis=1) for colour in colours], axis=0)
    belongs = nearest[coarse]
    order = np.argsort(belongs, kind="stable")
    ends = np.cumsum(np.bincount(belongs, minlength=len(colours)))
    for colour, own in zip(colours, np.split(order, ends[:-1]), strict=True):
        rows, columns = down[own], across[own]
        if not len(rows):
            continue
        top, left = int(rows.min()) - 2, int(columns.min()) - 2
        mask = np.zeros((int(rows.max()) - top + 3, int(columns.max()) - left + 3), np.uint8)
        mask[rows - top, columns - left] = 1
        red, green, blue = (min(int(c), 254) for c in colour)
        # the edge itself was left out
        near = np.ones((3, 3), np.uint8)
        yield red << 16 | green << 8 | blue, cv2.dilate(mask, near).astype(np.uint8), (left, top)
