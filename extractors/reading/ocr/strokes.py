"""Lines of charts in the picture of a page: thin strokes of one colour that run to the right, as a vector drawing would have them.

Each straight part of a stroke gives a shape without a fill, from left to right; `extractors.charts` puts together what is one line.
What is black or grey may as well be a rule, an axis or a letter: long level and upright lines are taken away first, and only what
then sprawls is followed.
"""

from collections.abc import Collection, Iterator
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.reading.ocr.colours import STROKES_ALIKE, by_colour, chroma_of, difference, lightest_of
from extractors.reading.ocr.pieces import parts_of, pieces_of
from extractors.reading.ocr.raster import Image, as_image
from schemas.pages import Shape

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]
Part = tuple[slice, slice]

# By how much (of 256) the channels of a colour differ at least, and how much darker than paper it is.
COLOURED, DEEP = 30, 42
# By how much (of 256) a line is darker than that of a grid behind it.
DARKER = 40
# The side of a block of pixels of the coarse picture.
COARSE = 4
# In points: lines this long that are level or upright are rules; print is no higher. What sprawls fills less of its box.
RULE, HIGHEST_PRINT, SPARSE = 60.0, 9.0, 0.25
# The middle of a stroke is at most so much lighter than what is around it.
MIDDLE = 12
# In points: how far the parts of one colour reach at least from left to right, and the shortest; the thickest, and markers on it.
NARROWEST, SHORTEST, THICKEST, MARKER = 50.0, 6.0, 3.8, 7.0
# In points: the length of a sample of a line in a legend; and the share of it that one row of pixels holds at least.
SAMPLE = (9.0, 45.0)
WHOLE = 0.9
# In pixels: how wide a line of a grid cuts another line that crosses it.
CUT = 11
# In pixels: the deviation of a straight part, and what is left out at its ends when it is measured.
STRAIGHT, ASIDE = 1.6, 5
# More stretches of ink in the columns of a picture are no lines.
MOST_RUNS = 60_000


def read_strokes(picture: Image, scale: float) -> Iterator[Shape]:
    """The straight parts of strokes in a picture (height, width, 3: red, green, blue; or grey) on white paper, `scale` pixels to a point.

    Behind them come the samples of such lines in a legend, which may lie anywhere about a chart.
    """
    lines = list(_lines(picture, scale))
    yield from lines
    colours = {line.stroke for line in lines if line.stroke is not None}
    if colours:
        yield from _samples(picture, scale, colours)


def _lines(picture: Image, scale: float) -> Iterator[Shape]:
    """The straight parts of strokes whose colour reaches as far from left to right as a line of a chart."""
    coarse = as_image(cv2.resize(picture, None, fx=1 / COARSE, fy=1 / COARSE, interpolation=cv2.INTER_AREA))
    for part, marks in (*_coloured_marks(picture, coarse, scale), *_grey_marks(picture, coarse, scale)):
        if cv2.countNonZero(marks) < NARROWEST * scale:
            continue
        for colour, mask, (left, top) in by_colour(picture[part], marks, STROKES_ALIKE):
            found = [(start, end) for course in _courses(mask, scale) for start, end in _straight_parts(course, scale)]
            columns = [x for start, end in found for x in (start[0], end[0])]
            if not found or max(columns) - min(columns) < NARROWEST * scale:
                continue
            corner = np.array([left + part[1].start + 0.5, top + part[0].start + 0.5])
            for ends in found:
                points = tuple((round(float(x), 2), round(float(y), 2)) for x, y in (np.array(ends) + corner) / scale)
                yield Shape(points=points, stroke=colour)


def _coloured_marks(picture: Image, coarse: Image, scale: float) -> Iterator[tuple[Part, Image]]:
    """Rows and columns with colour in them, found in the coarse picture (most pages have little or none), and the strokes there."""
    if picture.ndim == 2:
        return
    coloured = chroma_of(coarse) > COLOURED / 3
    for part in parts_of(coloured, block=COARSE, gap=MARKER * scale / COARSE, least=NARROWEST * scale / COARSE):
        inside = picture[part]
        dark = lightest_of(inside) < 255 - DEEP
        yield part, _middles(inside, ((chroma_of(inside) > COLOURED) & dark).astype(np.uint8), scale)


def _grey_marks(picture: Image, coarse: Image, scale: float) -> Iterator[tuple[Part, Image]]:
    """Where something without colour sprawls, found in the coarse picture."""
    dark = (lightest_of(coarse) < 255 - DEEP / 3).astype(np.uint8)
    marks = np.zeros(picture.shape[:2], np.uint8)
    for part in _sprawling(dark, scale / COARSE):
        part = (
            slice(part[0].start * COARSE, part[0].stop * COARSE),
            slice(part[1].start * COARSE, part[1].stop * COARSE),
        )
        grey = _without_rules(_grey(picture[part]), lightest_of(picture[part]), scale)
        kept = np.zeros_like(grey)
        # the lines of a grid, taken away, have cut it
        whole = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((CUT, CUT), np.uint8))
        for rows, columns in _sprawling(as_image(whole), scale):
            kept[rows, columns] = grey[rows, columns]
        marks[part] |= _middles(picture[part], kept, scale)
    if marks.any():
        yield (slice(0, picture.shape[0]), slice(0, picture.shape[1])), marks


def _grey(picture: Image) -> Image:
    """1 where a picture is dark and has no colour."""
    return ((lightest_of(picture) < 255 - DEEP) & (chroma_of(picture) <= COLOURED)).astype(np.uint8)


def _samples(picture: Image, scale: float, colours: Collection[int]) -> Iterator[Shape]:
    """Short level lines alone in one of the `colours`, perhaps with a marker on them, as legends have them."""
    light = lightest_of(picture)
    inked = (light < 255 - DEEP).astype(np.uint8)
    labels, stats = pieces_of(inked)
    _, _, width, height, _ = stats.T
    alone = (width >= SAMPLE[0] * scale) & (width <= SAMPLE[1] * scale) & (height <= HIGHEST_PRINT * scale)
    alone[0] = False
    for number in np.flatnonzero(alone).tolist():
        x, y, across, down, _ = stats[number].tolist()
        part = slice(y, y + down), slice(x, x + across)
        piece = labels[part] == number
        if not _is_level_line(piece, scale):
            continue
        own = piece & (light[part] <= light[part][piece].min() + MIDDLE)
        colour = _colour_of(picture[part][own])
        nearest = min(colours, key=lambda other: difference(other, colour))
        if difference(nearest, colour) < STROKES_ALIKE:
            middle = round((y + float(np.flatnonzero(own.any(axis=1)).mean()) + 0.5) / scale, 2)
            yield Shape(
                points=((round(x / scale, 2), middle), (round((x + across) / scale, 2), middle)), stroke=nearest
            )


def _is_level_line(piece: NDArray[np.bool_], scale: float) -> bool:
    """Whether a piece of ink is one thin level line from end to end, perhaps with a marker on its middle: letters that touch are none."""
    across = piece.shape[1]
    ends = np.concatenate([piece[:, : across // 4], piece[:, -(across // 4) :]], axis=1)
    return bool(piece.sum(axis=1).max() >= WHOLE * across and ends.sum(axis=0).max() <= THICKEST * scale)


def _colour_of(pixels: Image) -> int:
    """The colour (0xRRGGBB) of most of some pixels."""
    red, green, blue = np.broadcast_to(np.atleast_1d(np.median(pixels, axis=0)), 3).astype(int).tolist()
    return int(red << 16 | green << 8 | blue)


def _sprawling(dark: Image, scale: float) -> Iterator[Part]:
    """Where pieces are as wide as the line of a chart and higher than print, and fill little of their box; none inside another."""
    _, stats = pieces_of(dark)
    left, top, width, height, count = stats[1:].T
    large = (width >= NARROWEST * scale) & (height >= HIGHEST_PRINT * scale) & (count < SPARSE * width * height)
    boxes = np.stack([left, top, left + width, top + height], axis=1)[large].tolist()
    for x0, y0, x1, y1 in boxes:
        if not any(
            a <= x0 and b <= y0 and c >= x1 and d >= y1 and (a, b, c, d) != (x0, y0, x1, y1) for a, b, c, d in boxes
        ):
            yield slice(y0, y1), slice(x0, x1)


def _without_rules(grey: Image, light: Image, scale: float) -> Image:
    """What is dark, without the long level and upright lines: axes, grids and frames. What is darker than these and crosses them stays."""
    length = round(RULE * scale)
    for shape in ((1, length), (length, 1)):
        rules = cv2.morphologyEx(grey, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        crossing = (as_image(cv2.subtract(cv2.blur(light, shape[::-1]), light)) > DARKER).astype(np.uint8)
        rules = as_image(cv2.dilate(rules, np.ones((3, 3), np.uint8)))
        grey = cv2.bitwise_and(grey, 1 - (rules & (1 - crossing))).astype(np.uint8)
    return grey


def _middles(picture: Image, inked: Image, scale: float) -> Image:
    """1 along the middle of what is inked and thin, where it shows its own colour and not that of the paper as well."""
    if cv2.countNonZero(inked) < NARROWEST * scale:
        return inked
    light = lightest_of(picture)
    side = round(MARKER * scale)
    thick = cv2.morphologyEx(inked, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    thin = cv2.bitwise_and(inked, 1 - cv2.dilate(thick, np.ones((5, 5), np.uint8)))
    darkest = cv2.erode(light, np.ones((3, 3), np.uint8))
    own = (cv2.subtract(light, darkest) <= MIDDLE).astype(np.uint8)
    return cv2.bitwise_and(thin, own).astype(np.uint8)


def _courses(mask: Image, scale: float) -> Iterator[Floats]:
    """The middles (x, y) of the strokes in a mask, column by column, as far as each goes on alone: to where it ends, forks or meets another."""
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    column, top, bottom = _runs(as_image(closed))
    if not 0 < len(column) <= MOST_RUNS:
        return
    alone = _followers(column, top, bottom)
    begun = set(range(len(column))) - set(alone.values())
    for run in sorted(begun):
        course = [run]
        while course[-1] in alone:
            course.append(alone[course[-1]])
        own = np.array(course)
        middle = (top[own] + bottom[own] - 1) / 2
        if len(own) - 1 + np.ptp(middle) < SHORTEST * scale:
            continue
        thick = (bottom[own] - top[own]).astype(np.float64)
        if np.median(thick / np.hypot(1.0, _steepness(middle))) <= THICKEST * scale:
            yield np.stack([column[own].astype(np.float64), middle], axis=1)


def _runs(mask: Image) -> tuple[Integers, Integers, Integers]:
    """The stretches of marked pixels in each column: its number, and the first row and the one after the last; from left to right and down."""
    upright = as_image(cv2.copyMakeBorder(cv2.transpose(mask), 0, 0, 1, 1, cv2.BORDER_CONSTANT, value=(0,)))
    flat, height = upright.ravel(), upright.shape[1]
    changes = np.flatnonzero(flat[1:] != flat[:-1])
    starts, ends = changes[::2], changes[1::2]
    column = starts // height
    return column, starts - column * height, ends - column * height


def _followers(column: Integers, top: Integers, bottom: Integers) -> dict[int, int]:
    """The run that each goes on in, in the next column, where that is the only one and goes on from no other."""
    # runs of the next column that begin before this one ends, and those of them that end before it begins
    height = int(bottom.max()) + 2
    tops, bottoms = column * height + top, column * height + bottom
    first = np.searchsorted(bottoms, (column + 1) * height + top, side="left")
    after = np.searchsorted(tops, (column + 1) * height + bottom, side="right")
    meets = np.maximum(after - first, 0)
    met = np.bincount(np.minimum(first[meets > 0], len(column) - 1), minlength=len(column) + 1)
    several = np.flatnonzero(meets > 1)
    for run in several.tolist():
        met[first[run] + 1 : after[run]] += 1
    single = np.flatnonzero(meets == 1)
    kept = single[met[first[single]] == 1]
    return dict(zip(kept.tolist(), first[kept].tolist(), strict=True))


def _steepness(middle: Floats) -> Floats:
    """By how much a course rises or falls from column to column."""
    if len(middle) < 3:
        return np.zeros(len(middle))
    smooth = np.asarray(cv2.blur(middle[None, :], (5, 1))[0], np.float64)
    return np.asarray(np.abs(np.gradient(smooth)), np.float64)


def _straight_parts(course: Floats, scale: float) -> Iterator[tuple[Floats, Floats]]:
    """Where each straight part of a course begins and ends (x, y)."""
    bends = cv2.approxPolyDP(course.astype(np.float32)[:, None, :], STRAIGHT, closed=False).reshape(-1, 2)
    places = np.searchsorted(course[:, 0], bends[:, 0])
    for start, end in pairwise(places.tolist()):
        points = course[start : end + 1]
        if np.hypot(*(points[-1] - points[0])) < SHORTEST * scale:
            continue
        inner = points[ASIDE:-ASIDE] if len(points) > 3 * ASIDE else points
        vx, vy, x0, y0 = cv2.fitLine(inner.astype(np.float32), cv2.DIST_L2, 0, 0.01, 0.01).ravel().tolist()
        if abs(vx) < 1e-3:
            continue
        first, last = (np.array([x, y0 + vy / vx * (x - x0)]) for x in (points[0, 0], points[-1, 0]))
        yield first, last
