"""Lines of charts in the picture of a page: thin strokes of one colour that run to the right, as a vector drawing would have them.

A stroke gives a shape without a fill, whose points are where it begins, bends and ends. What is black or grey may as well be a
rule, an axis or a letter: long level and upright lines are taken away first, and only what then sprawls is followed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.reading.ocr.colours import STROKES_ALIKE, by_colour, chroma_of, lightest_of
from extractors.reading.ocr.pieces import parts_of, pieces_of
from extractors.reading.ocr.raster import Image, as_image
from schemas.pages import Shape

Floats = NDArray[np.float64]
Part = tuple[slice, slice]

# By how much (of 256) the channels of a colour differ at least, and how much darker than paper it is.
COLOURED, DEEP = 40, 60
# The side of a block of pixels of the coarse picture.
COARSE = 4
# In points: lines this long that are level or upright are rules; print is no higher. What sprawls fills less of its box.
RULE, HIGHEST_PRINT, SPARSE = 60.0, 9.0, 0.25
# The middle of a stroke is at most so much lighter than what is around it.
MIDDLE = 12
# In points: the shortest stroke from left to right, and the shortest piece of one; the thickest, and markers on it; the widest gap in a broken one.
NARROWEST, SHORTEST, THICKEST, MARKER, GAP = 50.0, 10.0, 3.8, 7.0, 3.2
# The share of the columns of a stroke in which it is met once, and the deviation of a straight piece in pixels.
ONCE, STRAIGHT = 0.9, 1.6
# In pixels: what is left out beside a bend when the pieces are measured, and the shortest piece.
ASIDE, PIECE = 5, 20
# Two pieces whose slopes differ by less than this are one; the ends of a piece are sure to so many pixels.
SAME, UNSURE = 0.03, 1.5
# A bend that may be hidden is at least so sharp: the difference of two slopes.
SHARP = 0.2
MOST_PIECES = 200


@dataclass(frozen=True, slots=True)
class _Line:
    """A straight line over some columns: pixels down at column 0, and by how much it falls a column."""

    start: int
    end: int
    slope: float
    level: float

    def at(self, x: float) -> float:
        """Its height in a column."""
        return self.slope * x + self.level


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a stroke: its straight lines from left to right, and where it begins and ends."""

    lines: tuple[_Line, ...]
    start: float
    end: float


def read_strokes(picture: Image, scale: float) -> Iterator[Shape]:
    """The strokes in a picture (height, width, 3: red, green, blue; or grey) on white paper with `scale` pixels to a point."""
    for part, marks in (*_coloured_marks(picture, scale), *_grey_marks(picture, scale)):
        if cv2.countNonZero(marks) < NARROWEST * scale:
            continue
        for colour, mask, (left, top) in by_colour(picture[part], marks, STROKES_ALIKE):
            pieces = _pieces(mask, left + part[1].start, top + part[0].start, scale)
            for stroke in _connected(pieces, scale):
                bends = _corners(stroke, scale)
                if len(bends) > 1 and bends[-1][0] - bends[0][0] >= NARROWEST * scale:
                    points = tuple((round((x + 0.5) / scale, 2), round((y + 0.5) / scale, 2)) for x, y in bends)
                    yield Shape(points=points, stroke=colour)


def _coloured_marks(picture: Image, scale: float) -> Iterator[tuple[Part, Image]]:
    """Rows and columns with colour in them, found in a coarse picture (most pages have little or none), and the strokes there."""
    if picture.ndim == 2:
        return
    coarse = cv2.resize(picture, None, fx=1 / COARSE, fy=1 / COARSE, interpolation=cv2.INTER_AREA)
    coloured = chroma_of(as_image(coarse)) > COLOURED / 3
    for part in parts_of(coloured, block=COARSE, gap=MARKER * scale / COARSE, least=NARROWEST * scale / COARSE):
        inside = picture[part]
        dark = lightest_of(inside) < 255 - DEEP
        yield part, _middles(inside, ((chroma_of(inside) > COLOURED) & dark).astype(np.uint8), scale)


def _grey_marks(picture: Image, scale: float) -> Iterator[tuple[Part, Image]]:
    """Rows and columns where something without colour sprawls, found in a coarse picture, and the strokes there."""
    coarse = cv2.resize(picture, None, fx=1 / COARSE, fy=1 / COARSE, interpolation=cv2.INTER_AREA)
    dark = (lightest_of(as_image(coarse)) < 255 - DEEP / 3).astype(np.uint8)
    for part in _sprawling(dark, scale / COARSE):
        part = (
            slice(part[0].start * COARSE, part[0].stop * COARSE),
            slice(part[1].start * COARSE, part[1].stop * COARSE),
        )
        inside = picture[part]
        grey = ((lightest_of(inside) < 255 - DEEP) & (chroma_of(inside) <= COLOURED)).astype(np.uint8)
        grey = _without_rules(grey, scale)
        kept = np.zeros_like(grey)
        for rows, columns in _sprawling(grey, scale):
            kept[rows, columns] = grey[rows, columns]
        yield part, _middles(inside, kept, scale)


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


def _without_rules(grey: Image, scale: float) -> Image:
    """What is dark, without the long level and upright lines: axes, grids and frames."""
    length = round(RULE * scale)
    for shape in ((1, length), (length, 1)):
        rules = cv2.morphologyEx(grey, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        grey = cv2.bitwise_and(grey, 1 - cv2.dilate(rules, np.ones((3, 3), np.uint8))).astype(np.uint8)
    return grey


def _pieces(mask: Image, left: int, top: int, scale: float) -> list[_Piece]:
    """The parts of strokes in the mask of one colour, whose corner lies at (left, top), from left to right."""
    reach = round(GAP * scale)
    wide = cv2.copyMakeBorder(mask, reach, reach, reach, reach, cv2.BORDER_CONSTANT, value=(0,))
    near = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    labels, stats = pieces_of(cv2.morphologyEx(wide, cv2.MORPH_CLOSE, near).astype(np.uint8))
    found = []
    for number in np.flatnonzero(stats[:, 2] >= SHORTEST * scale)[:MOST_PIECES]:
        x, y, width, height, _ = (int(v) for v in stats[number])
        piece = _followed(labels[y : y + height, x : x + width] == number, x + left - reach, y + top - reach, scale)
        found.extend([piece] if piece else [])
    return sorted(found, key=lambda piece: piece.start)


def _connected(pieces: Sequence[_Piece], scale: float) -> list[_Piece]:
    """Pieces of one stroke put together: another stroke that crosses it parts it."""
    strokes: list[_Piece] = []
    for piece in pieces:
        before = next((n for n, stroke in enumerate(strokes) if _goes_on(stroke, piece, scale)), None)
        if before is None:
            strokes.append(piece)
        else:
            strokes[before] = _Piece(_joined([*strokes[before].lines, *piece.lines]), strokes[before].start, piece.end)
    return strokes


def _goes_on(stroke: _Piece, piece: _Piece, scale: float) -> bool:
    """Whether a piece begins where a stroke ends, or the bend between them is hidden: there their lines meet."""
    last, first, near = stroke.lines[-1], piece.lines[0], MARKER * scale
    gap = piece.start - stroke.end
    if not -near < gap < 3 * near:
        return False
    meeting = (first.level - last.level) / (last.slope - first.slope) if last.slope != first.slope else piece.start
    hidden = stroke.end - near < meeting < piece.start + near and abs(last.slope - first.slope) > SHARP
    return hidden or gap < 2 * near and abs(first.at(piece.start) - last.at(stroke.end)) < max(near, 3 * gap)


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


def _followed(stroke: NDArray[np.bool_], left: int, top: int, scale: float) -> _Piece | None:
    """A connected piece as lines, in pixels of the page; None if it is a word, a frame, or a blot."""
    heights = stroke.sum(axis=0)
    runs = (np.diff(stroke.astype(np.int8), axis=0, prepend=0) > 0).sum(axis=0)
    if np.mean(runs == 1) < ONCE:
        return None
    columns = np.arange(stroke.shape[1], dtype=np.float64) + left
    middle = (stroke * np.arange(stroke.shape[0])[:, None]).sum(axis=0) / heights + top
    steep = np.abs(np.gradient(cv2.blur(middle[None, :], (5, 1))[0]))
    if np.median(heights / np.hypot(1.0, steep)) > THICKEST * scale:
        return None
    course = np.stack([columns, middle], axis=1).astype(np.float32)
    bends = [
        round(float(x)) - left for x, _ in cv2.approxPolyDP(course[:, None, :], STRAIGHT, closed=False).reshape(-1, 2)
    ]
    lines = _joined([_fitted(columns, middle, a, b) for a, b in pairwise(bends) if b - a >= PIECE])
    caps = cv2.distanceTransform(np.pad(stroke, 1).astype(np.uint8), cv2.DIST_L2, 3)[1:-1, 1:-1]
    first, last = float(caps[:, :PIECE].max()), float(caps[:, -PIECE:].max())
    return _Piece(lines, left + first - 0.5, left + stroke.shape[1] - 0.5 - last) if lines else None


def _fitted(columns: Floats, middle: Floats, start: int, end: int) -> _Line:
    """The line through a straight part of a course."""
    inner = slice(start + ASIDE, end - ASIDE + 1) if end - start > 3 * ASIDE else slice(start, end + 1)
    slope, level = np.polyfit(columns[inner], middle[inner], 1)
    return _Line(int(columns[start]), int(columns[end]), float(slope), float(level))


def _joined(lines: Iterable[_Line]) -> tuple[_Line, ...]:
    """The lines; where two that follow each other are one, the longer's."""
    kept: list[_Line] = []
    for line in lines:
        if kept and abs(kept[-1].slope - line.slope) < SAME + UNSURE / min(
            kept[-1].end - kept[-1].start, line.end - line.start
        ):
            longer = max(kept[-1], line, key=lambda one: one.end - one.start)
            kept[-1] = replace(longer, start=kept[-1].start, end=line.end)
        else:
            kept.append(line)
    return tuple(kept)


def _corners(stroke: _Piece, scale: float) -> list[tuple[float, float]]:
    """Where a stroke begins, its lines meet, and it ends; nothing where they do not meet one after the other.

    A short line between two others is a marker at their bend, or another line over it.
    """
    inner = [line for line in stroke.lines[1:-1] if line.end - line.start > SHORTEST * scale]
    lines = _joined([stroke.lines[0], *inner, stroke.lines[-1]]) if len(stroke.lines) > 1 else stroke.lines
    corners = [(stroke.start, lines[0].at(stroke.start))]
    for line, following in pairwise(lines):
        x = (following.level - line.level) / (line.slope - following.slope)
        if not corners[-1][0] < x < stroke.end:
            return []
        corners.append((x, line.at(x)))
    return [*corners, (stroke.end, stroke.lines[-1].at(stroke.end))]
