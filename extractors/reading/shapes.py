"""Shapes of drawings: filled boxes, sectors, polylines, with their colours. Charts are read from them.

Only pages with some coloured shapes are asked (see `Paths.coloured`), so that a page of text costs nothing more.
"""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium_c

from extractors.reading.frame import Frame
from extractors.reading.rules import Matrix, colour_of, matrix_of, objects_of, times
from schemas.pages import Shape

# A line chart may have a single mark.
FEWEST = 1
# A page with more shapes is a map or a picture, and a path with more points no mark of a chart.
MOST_SHAPES = 6_000
MOST_POINTS = 600
# Straight pieces that stand for one curve: an arc of a quarter turn then keeps to its chord within half a percent.
PIECES = 6

Point = tuple[float, float]


def read_shapes(raw_page: Any, frame: Frame) -> tuple[Shape, ...]:
    """The shapes on a page that pdfium has loaded, in the order drawn; none where there are more than a chart has."""
    shapes: list[Shape] = []
    for kind, page_object, matrix in objects_of(raw_page):
        if kind != pdfium_c.FPDF_PAGEOBJ_PATH:
            continue
        shapes.extend(_shapes_of(page_object, matrix, frame))
        if len(shapes) > MOST_SHAPES:
            return ()
    return tuple(shapes)


def _shapes_of(path: Any, matrix: Matrix, frame: Frame) -> Iterator[Shape]:
    """One shape for every connected stretch of a path that is seen."""
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(path, ctypes.byref(filled), ctypes.byref(stroked))
    fill = colour_of(path, pdfium_c.FPDFPageObj_GetFillColor) if filled.value else None
    stroke = colour_of(path, pdfium_c.FPDFPageObj_GetStrokeColor) if stroked.value else None
    count = pdfium_c.FPDFPath_CountSegments(path)
    if (fill is None and stroke is None) or not 2 <= count <= MOST_POINTS:
        return
    for points in _stretches(path, count, times(matrix_of(path), matrix), frame):
        yield Shape(points=tuple(points), fill=fill, stroke=stroke)


def _stretches(path: Any, count: int, matrix: Matrix, frame: Frame) -> Iterator[list[Point]]:
    """Points of each stretch between two moves of the pen, on our page; curves as straight pieces."""
    points: list[Point] = []
    waiting: list[Point] = []
    for index in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, index)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        place = _place(segment, matrix, frame)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points, waiting = [place], []
        elif kind == pdfium_c.FPDF_SEGMENT_BEZIERTO:
            waiting.append(place)
            if len(waiting) == 3:
                points.extend(_curve(points[-1] if points else waiting[0], *waiting))
                waiting = []
        else:
            points.append(place)
        if pdfium_c.FPDFPathSegment_GetClose(segment) and len(points) > 1 and points[0] != points[-1]:
            points.append(points[0])
    if len(points) > 1:
        yield points


def _place(segment: Any, matrix: Matrix, frame: Frame) -> Point:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium_c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
    a, b, c, d, e, f = matrix
    px, py = a * x.value + c * y.value + e, b * x.value + d * y.value + f
    left, top, _, _ = frame.place(px, py, px, py)
    return round(left, 3), round(top, 3)


def _curve(start: Point, first: Point, second: Point, end: Point) -> Iterator[Point]:
    """A cubic Bézier curve as points after `start`."""
    for step in range(1, PIECES + 1):
        t = step / PIECES
        s = 1 - t
        weights = (s**3, 3 * s * s * t, 3 * s * t * t, t**3)
        corners = (start, first, second, end)
        yield (
            round(sum(w * p[0] for w, p in zip(weights, corners, strict=True)), 3),
            round(sum(w * p[1] for w, p in zip(weights, corners, strict=True)), 3),
        )
