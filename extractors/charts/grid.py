"""Lines that were followed in a picture: their bends are known, and the categories at which they run straight on are not."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from schemas.pages import Shape

# In points: how far the ends of lines of one chart may lie apart, and bends from their categories; how near categories may be;
# how much of a line's end another may hide; and how far lines of one chart may be from each other.
ENDS, OFF, NEAREST, HIDDEN, FARTHEST = 3.0, 1.8, 12.0, 8.0, 160.0
FEWEST, MOST = 3, 31
# The share of bends that may lie elsewhere: where lines cross, one may look bent.
STRAYS = 0.1
# A line of which another hides more than the rest of this is not taken for one of its chart.
MOST_OF = 0.6


def on_grid(shapes: Sequence[Shape]) -> Iterator[Shape]:
    """The open strokes among the shapes with a point for each category.

    Categories are equally far apart, the first and the last where the lines of a chart begin and end, and there are as few as the
    bends allow.
    """
    strokes = [s for s in shapes if s.fill is None and s.points[0] != s.points[-1]]
    groups = _groups(strokes)
    whole = [group for group in groups if len(group) > 1 or not _is_piece(group[0], groups)]
    pieces = [group[0] for group in groups if group not in whole]
    for group in whole:
        start, end = group[0].points[0][0], group[0].points[-1][0]
        places = _categories(start, end, [x for s in group for x, _ in s.points[1:-1]])
        for stroke in _with_pieces(group, [p for p in pieces if _is_of(p, group[0])], places) if places else ():
            yield replace(stroke[0], points=tuple(_points(stroke, places)))


def _is_piece(stroke: Shape, groups: Sequence[Sequence[Shape]]) -> bool:
    """Whether a stroke lies among the lines of another chart, too short to be one of them."""
    return any(_is_of(stroke, group[0]) for group in groups if group[0] is not stroke)


def _is_of(piece: Shape, long: Shape) -> bool:
    """Whether a stroke lies between the ends of a longer one, at its height."""
    (start, _), (end, _) = piece.points[0], piece.points[-1]
    (first, _), (last, _) = long.points[0], long.points[-1]
    return first - ENDS < start and end < last + ENDS and end - start < last - first and _apart(piece, long) < 0


def _with_pieces(group: Sequence[Shape], pieces: Sequence[Shape], places: Sequence[float]) -> list[tuple[Shape, ...]]:
    """The lines of a chart, each with its pieces: what is of one colour and follows each other, from category to category."""
    ending = [p for p in pieces if all(_at_category(x, places) for x, _ in (p.points[0], p.points[-1]))]
    lines: list[tuple[Shape, ...]] = []
    for stroke in sorted((*group, *ending), key=lambda s: s.points[0][0]):
        before = next(
            (n for n, line in enumerate(lines)
             if line[-1].stroke == stroke.stroke and line[-1].points[-1][0] < stroke.points[0][0]), None,
        )  # fmt: skip
        if before is None:
            lines.append((stroke,))
        else:
            lines[before] = (*lines[before], stroke)
    return [
        line
        for line in lines
        if len(line) > 1 or line[0] in group or 2 * len(list(_points(line, places))) > len(places)
    ]


def _at_category(x: float, places: Sequence[float]) -> bool:
    return min(abs(x - place) for place in places) < HIDDEN


def _points(line: Sequence[Shape], places: Sequence[float]) -> Iterator[tuple[float, float]]:
    """The points of a line at the categories over which its pieces run."""
    for x in places:
        near = [s for s in line if s.points[0][0] - HIDDEN < x < s.points[-1][0] + HIDDEN]
        if near:
            nearest = min(near, key=lambda s: max(s.points[0][0] - x, x - s.points[-1][0]))
            yield x, _height(nearest, x)


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
    """Where the categories are: the fewest that no bend lies between, but for a few that are none; none where lines do not bend.

    A marker may hide one of the ends; then the bends tell how far apart the categories are, and the end lies near the last.
    """
    for number in range(FEWEST, MOST + 1) if bends else ():
        pitch = (end - start) / (number - 1)
        if pitch < NEAREST:
            break
        if _fits(start, pitch, bends):
            return [start + pitch * i for i in range(number)]
    for number in range(FEWEST, MOST + 1):
        for first, last in ((start, end), (end, start)):
            pitch = _pitch(first, (last - first) / (number - 1), bends)
            if (
                abs(pitch) < NEAREST
                or abs(first + pitch * (number - 1) - last) > HIDDEN
                or not _fits(first, pitch, bends)
            ):
                continue
            return sorted(first + pitch * i for i in range(number))
    return []


def _fits(start: float, pitch: float, bends: Sequence[float]) -> bool:
    """Whether nearly all bends lie at categories."""
    strays = sum(abs((x - start) / pitch - round((x - start) / pitch)) * abs(pitch) >= OFF for x in bends)
    return strays <= STRAYS * len(bends)


def _pitch(start: float, rough: float, bends: Sequence[float]) -> float:
    """How far apart categories are by the bends, counted from one end; 0 where fewer than two categories have one."""
    steps = [(round((x - start) / rough), x - start) for x in bends]
    if len({n for n, _ in steps if n}) < 2:
        return 0.0
    return sum(n * x for n, x in steps) / sum(n * n for n, _ in steps)


def _height(stroke: Shape, x: float) -> float:
    """The height of a stroke at a place, which may lie a little outside it."""
    pairs = list(zip(stroke.points, stroke.points[1:], strict=False))
    (x0, y0), (x1, y1) = next((p for p in pairs if x <= p[1][0]), pairs[-1])
    return round(y0 + (y1 - y0) * (x - x0) / (x1 - x0), 2)
