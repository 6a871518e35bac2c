"""Ruling lines: the straight strokes and the edges of filled boxes on a page.

pdfium keeps each path as an object with its points, which costs a fraction of what pdfplumber's interpreter costs
(about 1 ms a page against 75-300), and a test holds the two against each other. pdfplumber is asked only about pages
whose paths pdfium cannot hand out as plain lines: see `Paths.complete`.
"""

import ctypes
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium_c

from extractors.reading.frame import Frame
from extractors.reading.pasted import LEAST_HEIGHT, Image
from schemas.pages import BBox, Rule

# In points. A filled box thinner than this is a line; wider ones give their four edges.
THIN = 3.0
# A rule shorter than this is a tick, a dash or part of a drawing.
SHORTEST = 4.0
# Rules nearer to each other than this are one rule drawn twice.
SAME = 0.75
# Dashes of a line follow each other with gaps up to this.
DASH_GAP = 3.0
# A page with more straight pieces than this is a drawing or a map: no table has so many, so it gets no rules.
MOST_SEGMENTS = 20_000
DEEPEST_FORM = 8

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Span = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """What the drawing on a page amounts to.

    `rules` are deduplicated; `image_cover` is the share of the page (0-1) under its largest image; `drawings` counts
    the shapes drawn, and `coloured` those among them that may be marks of a chart: filled neither black nor white, or a stroke
    that turns; `images` are those that may be pictures, or tiles of one. `complete` is False when forms are nested too deeply for `rules` to be the whole truth.
    """

    rules: tuple[Rule, ...]
    image_cover: float
    drawings: int
    complete: bool
    coloured: int = 0
    images: tuple[Image, ...] = ()


def read_paths(raw_page: Any, frame: Frame) -> Paths:
    """Rules and images of a page that pdfium has loaded."""
    spans: list[Span] = []
    images: list[Image] = []
    cover = 0.0
    complete = True
    drawings = coloured = 0
    area = frame.width * frame.height
    for kind, page_object, matrix in objects_of(raw_page):
        if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            drawings += 1
            coloured += _may_be_mark(page_object)
            spans.extend(_path_spans(page_object, matrix, frame))
        elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            box = _visible(_bounds(page_object, matrix, frame), frame)
            if box and min(box.width, box.height) <= THIN:
                spans.append((box.x0, box.top, box.x1, box.bottom))  # a line drawn as a strip of pixels
            cover = max(cover, box.width * box.height / area if box else 0.0)
            if box and box.width >= LEAST_HEIGHT and box.height > THIN:
                images.append(Image(bbox=_rounded(box), content=_fingerprint(page_object)))
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM:
            complete = False  # nested deeper than we look
        if len(spans) > MOST_SEGMENTS:
            spans.clear()
            coloured = 0
            break
    rules = tidy(spans, frame)
    return Paths(
        rules=rules, image_cover=min(cover, 1.0), drawings=drawings, complete=complete, coloured=coloured, images=tuple(images)
    )  # fmt: skip


def _fingerprint(image: Any) -> int:
    """A number for the content of an image that costs nothing: its size in bytes and in pixels."""
    across, down = ctypes.c_uint(), ctypes.c_uint()
    pdfium_c.FPDFImageObj_GetImagePixelSize(image, ctypes.byref(across), ctypes.byref(down))
    return hash((pdfium_c.FPDFImageObj_GetImageDataRaw(image, None, 0), across.value, down.value))


def _rounded(box: BBox) -> BBox:
    return BBox(*(round(edge, 2) for edge in (box.x0, box.top, box.x1, box.bottom)))


def plumber_rules(file: bytes, frames: dict[int, Frame], *, password: str | None = None) -> dict[int, tuple[Rule, ...]]:
    """Rules of the pages in `frames` (by number) as pdfplumber sees them; the document is opened once.

    A page that pdfplumber cannot interpret has no entry.
    """
    import pdfplumber  # slow to import, and seldom needed

    found: dict[int, tuple[Rule, ...]] = {}
    with pdfplumber.open(io.BytesIO(file), pages=sorted(frames), password=password) as pdf:
        for page in pdf.pages:
            frame = frames[page.page_number]
            try:
                spans = list(_plumber_spans(page))
            except Exception:  # pdfminer raises whatever a broken page makes it stumble over
                continue
            # pdfplumber counts from the corner of the media box, but where that is not (0, 0) it is not consistent
            left, bottom, right, top = page.page_obj.mediabox
            if left or bottom:
                continue
            media = Frame(left=left, bottom=bottom, right=right, top=top, quarter_turns=frame.quarter_turns)
            dx, dy = media.place(frame.left, frame.bottom, frame.right, frame.top)[:2]
            found[page.page_number] = tidy(((x0 - dx, y0 - dy, x1 - dx, y1 - dy) for x0, y0, x1, y1 in spans), frame)
            page.close()
    return found


def _plumber_spans(page: Any) -> Iterator[Span]:
    """What `_path_spans` gives, from the lines, boxes and straight parts of curves that pdfplumber found."""
    for line in page.lines:
        yield from _shape_spans([(line["x0"], line["top"]), (line["x1"], line["bottom"])])
    for rect in page.rects:
        yield from _shape_spans(
            [
                (rect["x0"], rect["top"]),
                (rect["x1"], rect["top"]),
                (rect["x1"], rect["bottom"]),
                (rect["x0"], rect["bottom"]),
                (rect["x0"], rect["top"]),
            ]
        )
    for curve in page.curves:
        yield from _shape_spans(curve["pts"])


def tidy(spans: Iterable[Span], frame: Frame) -> tuple[Rule, ...]:
    """Straight pieces (x0, top, x1, bottom on our page) as rules: on the page, joined, each once, from top to bottom."""
    lying: list[Span] = []
    standing: list[Span] = []
    for span in spans:
        box = _visible(span, frame)
        if box is None:
            continue
        piece = (box.x0, box.top, box.x1, box.bottom)
        (lying if box.width >= box.height else standing).append(piece)
    joined = _join(lying)
    joined += [_turn(span) for span in _join([_turn(span) for span in standing])]
    # the frame of the whole page, or a background, separates nothing
    rules = [
        Rule(bbox=BBox(*(round(value, 2) for value in span)))
        for span in joined
        if max(span[2] - span[0], span[3] - span[1]) >= SHORTEST and not _is_page_edge(span, frame)
    ]
    return tuple(sorted(rules, key=lambda rule: (rule.bbox.top, rule.bbox.x0, rule.bbox.bottom, rule.bbox.x1)))


def objects_of(raw_page: Any) -> Iterator[tuple[int, Any, Matrix]]:
    """Kind, object and matrix of everything drawn, forms taken apart. A form too deep to enter is yielded as itself."""
    for index in range(pdfium_c.FPDFPage_CountObjects(raw_page)):
        yield from _unfold(pdfium_c.FPDFPage_GetObject(raw_page, index), IDENTITY, 0)


def _unfold(page_object: Any, matrix: Matrix, depth: int) -> Iterator[tuple[int, Any, Matrix]]:
    kind = pdfium_c.FPDFPageObj_GetType(page_object)
    if kind != pdfium_c.FPDF_PAGEOBJ_FORM or depth >= DEEPEST_FORM:
        yield kind, page_object, matrix
        return
    inner = times(matrix_of(page_object), matrix)
    for index in range(pdfium_c.FPDFFormObj_CountObjects(page_object)):
        yield from _unfold(pdfium_c.FPDFFormObj_GetObject(page_object, index), inner, depth + 1)


def _may_be_mark(path: Any) -> bool:
    """Whether a path is filled and no line, or is a stroke with corners."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    if fill.value:
        colour = colour_of(path, pdfium_c.FPDFPageObj_GetFillColor)
        return colour not in (None, 0xFFFFFF) and (colour != 0 or _is_thick(path))
    return bool(stroke.value) and pdfium_c.FPDFPath_CountSegments(path) > 2


def _is_thick(path: Any) -> bool:
    left, right, bottom, top = (ctypes.c_float() for _ in range(4))
    pdfium_c.FPDFPageObj_GetBounds(path, left, bottom, right, top)
    return min(right.value - left.value, top.value - bottom.value) > THIN


def colour_of(page_object: Any, ask: Any) -> int | None:
    """A colour of a page object as 0xRRGGBB; None where it cannot be told or nothing would be seen of it."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not ask(page_object, red, green, blue, alpha) or alpha.value < 8:
        return None
    return (red.value & 255) << 16 | (green.value & 255) << 8 | blue.value & 255


def _path_spans(path: Any, matrix: Matrix, frame: Frame) -> Iterator[Span]:
    """The straight upright or level pieces of a path; a thin filled box is one piece, not four."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    if not fill.value and not stroke.value:
        return  # a clipping path: nothing is drawn
    count = pdfium_c.FPDFPath_CountSegments(path)
    if count < 2 or count > MOST_SEGMENTS:
        return
    matrix = times(matrix_of(path), matrix)
    for points in _subpaths(path, count, matrix, frame):
        yield from _shape_spans(points)


def _shape_spans(points: Sequence[tuple[float, float]]) -> Iterator[Span]:
    """Upright and level pieces of a shape with these corners; a thin one is a single piece."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    x0, top, x1, bottom = min(xs), min(ys), max(xs), max(ys)
    if min(x1 - x0, bottom - top) <= THIN and len(points) <= 6:
        yield x0, top, x1, bottom
        return
    for (ax, ay), (bx, by) in zip(points, points[1:], strict=False):
        if abs(ax - bx) <= 0.5 or abs(ay - by) <= 0.5:
            yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _subpaths(path: Any, count: int, matrix: Matrix, frame: Frame) -> Iterator[list[tuple[float, float]]]:
    """Corner points of each connected stretch of straight lines, on our page; a curve interrupts a stretch."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    start = (0.0, 0.0)
    for index in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, index)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        pdfium_c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        a, b, c, d, e, f = matrix
        px, py = a * x.value + c * y.value + e, b * x.value + d * y.value + f
        left, top, _, _ = frame.place(px, py, px, py)
        if kind == pdfium_c.FPDF_SEGMENT_LINETO and points:
            points.append((left, top))
        else:
            if len(points) > 1:
                yield points
            points = [(left, top)]
            start = points[0] if kind == pdfium_c.FPDF_SEGMENT_MOVETO else start
        if pdfium_c.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            points.append(start)
            yield points
            points = [start]
    if len(points) > 1:
        yield points


def _bounds(page_object: Any, matrix: Matrix, frame: Frame) -> Span:
    """The box of an object on our page."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium_c.FPDFPageObj_GetBounds(page_object, left, bottom, right, top)
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return frame.place(min(xs), min(ys), max(xs), max(ys))


def matrix_of(page_object: Any) -> Matrix:
    """The matrix of a page object: from its own coordinates to those around it."""
    matrix = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(page_object, ctypes.byref(matrix)):
        return IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def times(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that applies `first`, then `second`."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _visible(span: Span, frame: Frame) -> BBox | None:
    """The part of a piece that lies on the page, if any."""
    x0, top = max(span[0], 0.0), max(span[1], 0.0)
    x1, bottom = min(span[2], frame.width), min(span[3], frame.height)
    return BBox(x0, top, x1, bottom) if x0 <= x1 and top <= bottom else None


def _is_page_edge(span: Span, frame: Frame) -> bool:
    x0, top, x1, bottom = span
    if x1 - x0 >= bottom - top:
        return bottom <= 1 or top >= frame.height - 1
    return x1 <= 1 or x0 >= frame.width - 1


def _turn(span: Span) -> Span:
    """The piece mirrored on the diagonal, so that standing pieces are joined by the code for lying ones."""
    return span[1], span[0], span[3], span[2]


def _join(spans: Sequence[Span]) -> list[Span]:
    """Lying pieces at one height that overlap, or follow each other like dashes, as one."""
    joined: list[Span] = []
    for row in _rows(spans):
        row.sort()
        x0, top, x1, bottom = row[0]
        for next_x0, next_top, next_x1, next_bottom in row[1:]:
            if next_x0 <= x1 + DASH_GAP:
                x1 = max(x1, next_x1)
                top, bottom = min(top, next_top), max(bottom, next_bottom)
            else:
                joined.append((x0, top, x1, bottom))
                x0, top, x1, bottom = next_x0, next_top, next_x1, next_bottom
        joined.append((x0, top, x1, bottom))
    return joined


def _rows(spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Lying pieces, grouped by the height of their middle line."""
    row: list[Span] = []
    height = 0.0
    for span in sorted(spans, key=lambda s: (s[1] + s[3], s)):
        middle = (span[1] + span[3]) / 2
        if row and middle - height > SAME:
            yield row
            row = []
        if not row:
            height = middle
        row.append(span)
    if row:
        yield row
