"""Lines that were followed in a picture: their bends are known, and the categories at which they run straight on are not."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from schemas.pages import Shape

# In points: how far the ends of lines of one chart may lie apart, and bends from their categories; how near categories may be;
# how much of a line's end another may hide; and how far lines of one chart may be from each other.
ENDS, OFF, NEAREST, HIDDEN, FARTHEST = 3.0, 1.8, 12.0, 8.0, 160.0
FEWEST, MOST = 3, 31
# A line of which another hides more than the rest of this is not taken for one of its chart.
MOST_OF = 0.6


def on_grid(shapes: Sequence[Shape]) -> Iterator[Shape]:
    """The open strokes among the shapes with a point for each category.

    Categories are equally far apart, the first and the last where the lines of a chart begin and end, and there are as few as the
    bends allow.
    """
    strokes = [s for s in shapes if s.fill is None and s.points[0] != s.points[-1]]
    for group in _groups(strokes):
        start, end = group[0].points[0][0], group[0].points[-1][0]
        places = _categories(start, end, [x for s in group for x, _ in s.points[1:-1]])
        for stroke in group if places else ():
            own = [x for x in places if stroke.points[0][0] - HIDDEN < x < stroke.points[-1][0] + HIDDEN]
            yield replace(stroke, points=tuple((x, _height(stroke, x)) for x in own))


def _groups(strokes: Sequence[Shape]) -> list[list[Shape]]:
    """The lines of each chart, the longest first."""
    groups: list[list[Shape]] = []
    for stroke in sorted(strokes, key=lambda s: s.points[0][0] - s.points[-1][0]):
        near = [g for g in groups if _lies_within(stroke, g[0])]
        if near:
            min(near, key=lambda g: (not _ends_with(stroke, g[0]), _apart(stroke, g[0]))).append(stroke)
        else:
            groups.append([stroke])
    return groups


def _ends_with(one: Shape, other: Shape) -> bool:
    """Whether two strokes begin and end at the same places from left to right."""
    return all(abs(one.points[i][0] - other.points[i][0]) < ENDS for i in (0, -1))


def _lies_within(short: Shape, long: Shape) -> bool:
    """Whether a stroke may be of the chart of a longer one: it has the same categories, or most of them, its ends hidden where they cross."""
    if _ends_with(short, long):
        return _apart(short, long) < FARTHEST
    (start, _), (end, _) = short.points[0], short.points[-1]
    (first, _), (last, _) = long.points[0], long.points[-1]
    most = first - ENDS < start and end < last + ENDS and end - start > MOST_OF * (last - first)
    return most and _apart(short, long) < 0


def _apart(one: Shape, other: Shape) -> float:
    """How much of the page lies between two strokes from top to bottom."""
    return max(one.bbox.top, other.bbox.top) - min(one.bbox.bottom, other.bbox.bottom)


def _categories(start: float, end: float, bends: Sequence[float]) -> list[float]:
    """Where the categories are: the fewest that no bend lies between; none where lines do not bend."""
    for number in range(FEWEST, MOST + 1) if bends else ():
        pitch = (end - start) / (number - 1)
        if pitch < NEAREST:
            break
        if all(abs((x - start) / pitch - round((x - start) / pitch)) * pitch < OFF for x in bends):
            return [start + pitch * i for i in range(number)]
    return []


def _height(stroke: Shape, x: float) -> float:
    """The height of a stroke at a place, which may lie a little outside it."""
    pairs = list(zip(stroke.points, stroke.points[1:], strict=False))
    (x0, y0), (x1, y1) = next((p for p in pairs if x <= p[1][0]), pairs[-1])
    return round(y0 + (y1 - y0) * (x - x0) / (x1 - x0), 2)
