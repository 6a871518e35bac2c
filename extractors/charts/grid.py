"""Lines of charts in a picture, of which straight parts are known: put together from category to category.

The names below a chart tell where its categories are. From one to the next a line is straight, so the heights at which it stands
there are those at which the ink of its colour leaves least of it undrawn: the best way through candidates from left to right, by
dynamic programming (Viterbi 1967). Print and lines of other colours may lie over a line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.charts.slots import Slots
from schemas.pages import BBox, Shape, Word

Part = tuple[tuple[float, float], tuple[float, float]]  # the ends of a straight part of a line, from left to right

# In points: how high a plot is at most; how far bends lie from their categories, and how far apart the ends are that meet there;
# how far ink may be from the line that it is of; and candidates nearer to each other than this are one.
HIGHEST, OFF, MEETING, NEAR, APART = 330.0, 3.5, 12.0, 1.1, 0.7
# The same as a share of how far apart categories are.
ASTRAY = 0.2
# Names lie so far below others, which are then those of the plot above.
LOWER = 8.0
# A stroke that reaches so far above and below the tops of a row of print runs through it.
CROSSED = 4.0
# A line goes on so far beyond the last of it that is seen, from left to right.
BEYOND = 9.0
# Places of ink to a point, and how many places of a line are looked at from one category to the next.
FINE, LOOKS = 2, 40
# Parts whose slopes differ by more than this bend.
BENT = 0.12
# From one category to the next: the share of a line that is seen at least, and that may be undrawn; and the share of the
# categories that it has.
SEEN, UNDRAWN, FILLED = 0.3, 0.35, 0.6
MOST_PARTS, MOST_CANDIDATES = 600, 24


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ink:
    """Where a plot has ink of one colour, and where other things may hide it: rows and columns, `FINE` to a point."""

    drawn: NDArray[np.bool_]
    hidden: NDArray[np.bool_]
    left: float
    top: float

    def shares(self, start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
        """The share of a line that is drawn, and that is not though nothing hides it."""
        steps = np.linspace(0.04, 0.96, LOOKS)
        columns = ((start[0] + steps * (end[0] - start[0]) - self.left) * FINE).astype(np.int64)
        rows = ((start[1] + steps * (end[1] - start[1]) - self.top) * FINE).astype(np.int64)
        rows = np.clip(rows, 0, self.drawn.shape[0] - 1)
        columns = np.clip(columns, 0, self.drawn.shape[1] - 1)
        drawn = self.drawn[rows, columns]
        return float(drawn.mean()), float((~drawn & ~self.hidden[rows, columns]).mean())


def is_slanted(shape: Shape) -> bool:
    """Whether a shape of a picture may be a part of a line that rises or falls."""
    return shape.fill is None and shape.bbox.height > 1


def on_grid(shapes: Sequence[Shape], rows: Sequence[Slots], words: Sequence[Word]) -> Iterator[Shape]:
    """The lines among the strokes of a picture over rows of names, with a point for each category; `words` may lie over them."""
    strokes = [s for s in shapes if s.fill is None and s.stroke is not None and len(s.points) == 2]
    if len(strokes) > MOST_PARTS:
        return
    taken: set[int] = set()
    free = [row for row in rows if not any(_crosses(s.bbox, row) for s in strokes)]
    for slots in rows:
        above = [row for row in free if slots.top - HIGHEST < row.top < slots.top - LOWER and row.overlaps(slots)]
        inside = [
            n for n, s in enumerate(strokes)
            if n not in taken and _is_over(slots, s.bbox) and not any(s.bbox.bottom < row.top + 1 for row in above)
        ]  # fmt: skip
        lines = list(_lines([strokes[n] for n in inside], slots, [word.bbox for word in words]))
        if lines:
            taken.update(inside)
            yield from lines


def _crosses(box: BBox, row: Slots) -> bool:
    """Whether a stroke runs through the level of a row of print: then it is of labels among lines, and no row of names below a plot."""
    return (
        box.top < row.top - CROSSED
        and row.top + CROSSED < box.bottom
        and row.places[0] < box.x0
        and box.x1 < row.places[-1]
    )


def _is_over(slots: Slots, box: BBox) -> bool:
    """Whether a stroke lies over the names of categories, and not beyond the first and the last."""
    aside = 0.3 * slots.pitch
    level = slots.top - HIGHEST < box.top and box.bottom < slots.top + 1
    return level and slots.places[0] - aside < box.x0 and box.x1 < slots.places[-1] + aside


def _lines(strokes: Sequence[Shape], slots: Slots, print_: Sequence[BBox]) -> Iterator[Shape]:
    """The lines of one plot."""
    by_colour: dict[int, list[Part]] = {}
    for stroke in strokes:
        first, last = stroke.points
        if abs(last[1] - first[1]) > 0.5 or last[0] - first[0] < 0.9 * (slots.places[-1] - slots.places[0]):
            by_colour.setdefault(stroke.stroke or 0, []).append((first, last))
    if not by_colour:
        return
    places = _set_by_bends(slots, list(by_colour.values()))
    found: list[Shape] = []
    for colour, parts in sorted(by_colour.items(), key=lambda c: -sum(end[0] - start[0] for start, end in c[1])):
        others = [part for other, own in by_colour.items() if other != colour for part in own]
        points = _followed(parts, places, _ink_of(parts, others, print_, places))
        if len(points) >= FILLED * len(places) and not any(_is_same(points, line.points) for line in found):
            found.append(Shape(points=tuple(points), stroke=colour))
    yield from found


def _is_same(one: Sequence[tuple[float, float]], other: Sequence[tuple[float, float]]) -> bool:
    """Whether two lines lie over each other from end to end: one is the paler edge of the other."""
    heights = dict(other)
    both = [abs(y - heights[x]) for x, y in one if x in heights]
    return len(both) >= FILLED * len(one) and max(both) < 2 * NEAR


def _set_by_bends(slots: Slots, lines: Sequence[Sequence[Part]]) -> list[float]:
    """Where the categories are by the bends of the lines, as print is centred on them only roughly."""
    bends = [x for parts in lines for x in _bends(parts)]
    near = [
        (n, x) for x in bends for n in [slots.nearest(x)] if abs(slots.places[n] - x) < max(OFF, ASTRAY * slots.pitch)
    ]
    if not near:
        return list(slots.places)
    numbers, there = (np.array(values, dtype=np.float64) for values in zip(*near, strict=True))
    if len(set(numbers.tolist())) < 2:
        move = float(np.median(there - np.array([slots.places[int(n)] for n in numbers])))
        return [place + move for place in slots.places]
    pitch, first = np.polyfit(numbers, there, 1)
    off = np.abs(first + pitch * numbers - there)
    kept = off <= max(1.0, 2 * float(np.median(off)))
    if len(set(numbers[kept].tolist())) >= 2:
        pitch, first = np.polyfit(numbers[kept], there[kept], 1)
    return [float(first + pitch * n) for n in range(len(slots.places))]


def _bends(parts: Sequence[Part]) -> Iterator[float]:
    """Where two parts that follow each other meet at an angle."""
    for one in parts:
        for other in parts:
            if abs(other[0][0] - one[1][0]) < MEETING and abs(other[0][1] - one[1][1]) < 2 * MEETING:
                slope, following = _slope(one), _slope(other)
                if abs(slope - following) > BENT * (1 + slope * slope) ** 0.5:
                    x = (other[0][1] - one[1][1] + slope * one[1][0] - following * other[0][0]) / (slope - following)
                    if min(one[1][0], other[0][0]) - MEETING < x < max(one[1][0], other[0][0]) + MEETING:
                        yield x


def _slope(part: Part) -> float:
    (x0, y0), (x1, y1) = part
    return (y1 - y0) / max(x1 - x0, 0.1)


def _ink_of(parts: Sequence[Part], others: Sequence[Part], print_: Sequence[BBox], places: Sequence[float]) -> _Ink:
    ends = [point for part in (*parts, *others) for point in part]
    left, top = places[0] - 10, min(y for _, y in ends) - 10
    size = (
        int((max(y for _, y in ends) + 10 - top) * FINE) + 1,
        int((places[-1] + 10 - left) * FINE) + 1,
    )
    drawn, hidden = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
    for ink, lines, wide in ((drawn, parts, NEAR), (hidden, others, 2 * NEAR)):
        for (x0, y0), (x1, y1) in lines:
            steps = np.linspace(0, 1, int(2 * FINE * max(x1 - x0, abs(y1 - y0))) + 2)
            xs, ys = x0 + steps * (x1 - x0) - left, y0 + steps * (y1 - y0) - top
            for x, y in zip(xs.tolist(), ys.tolist(), strict=True):
                rows = slice(max(int((y - wide) * FINE), 0), int((y + wide) * FINE) + 1)
                ink[rows, max(int((x - wide) * FINE), 0) : int((x + wide) * FINE) + 1] = True
    for box in print_:
        rows = slice(max(int((box.top - top) * FINE), 0), max(int((box.bottom - top) * FINE), 0))
        hidden[rows, max(int((box.x0 - left) * FINE), 0) : max(int((box.x1 - left) * FINE), 0)] = True
    return _Ink(drawn=drawn, hidden=hidden, left=left, top=top)


def _followed(parts: Sequence[Part], places: Sequence[float], ink: _Ink) -> list[tuple[float, float]]:
    """The heights of a line at the categories that it is seen to reach."""
    candidates = [_candidates(parts, places, n) for n in range(len(places))]
    runs = _runs([bool(c) for c in candidates])
    if not runs:
        return []
    first, last = max(runs, key=lambda run: run[1] - run[0])
    if last == first:
        return []
    best = [0.0] * len(candidates[first])
    came: list[list[int]] = []
    for n in range(first + 1, last + 1):
        costs = [
            [before + _cost(ink, (places[n - 1], y), (places[n], own)) for before, y in zip(best, candidates[n - 1], strict=True)]
            for own in candidates[n]
        ]  # fmt: skip
        came.append([int(np.argmin(row)) for row in costs])
        best = [min(row) for row in costs]
    at = int(np.argmin(best))
    heights = [candidates[last][at]]
    for n in range(last - first - 1, -1, -1):
        at = came[n][at]
        heights.append(candidates[first + n][at])
    points = list(zip(places[first : last + 1], reversed(heights), strict=True))
    seen = []
    for start, end in pairwise(points):
        drawn, undrawn = ink.shares(start, end)
        seen.append(drawn >= SEEN and undrawn <= UNDRAWN)
    return [p for n, p in enumerate(points) if any(seen[max(n - 1, 0) : n + 1])]


def _cost(ink: _Ink, start: tuple[float, float], end: tuple[float, float]) -> float:
    drawn, undrawn = ink.shares(start, end)
    return undrawn - 0.3 * drawn


def _runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """The first and the last of each run of what is true."""
    edges = [n for n, flag in enumerate(flags) if flag and (n == 0 or not flags[n - 1])]
    ends = [n for n, flag in enumerate(flags) if flag and (n == len(flags) - 1 or not flags[n + 1])]
    return list(zip(edges, ends, strict=True))


def _candidates(parts: Sequence[Part], places: Sequence[float], number: int) -> list[float]:
    """The heights at which a line may stand at a category: where parts on either side of it would reach it, the longest first."""
    x = places[number]
    pitch = places[1] - places[0]
    found: list[tuple[float, float]] = []
    for part in parts:
        (x0, y0), (x1, y1) = part
        beside = min(x1, x + pitch) - max(x0, x - pitch)
        if beside > 0:
            found.append((beside, y0 + _slope(part) * (x - x0)))
    # markers hide the ends, most of steep parts
    beyond = BEYOND * (1 + max(abs(_slope(part)) for part in parts))
    low, high = min(y for part in parts for _, y in part) - beyond, max(y for part in parts for _, y in part) + beyond
    kept: list[float] = []
    for _, y in sorted(found, reverse=True):
        if low < y < high and all(abs(y - other) > APART for other in kept) and len(kept) < MOST_CANDIDATES:
            kept.append(y)
    return kept
