"""Line charts: strokes that run to the right, a point for each category."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractors.charts.chart import Chart, Point
from extractors.charts.grid import is_slanted, on_grid
from extractors.charts.legend import find_legend
from extractors.charts.marks import STANDING, Label, Mark, labels_of, ticks_of
from extractors.charts.measure import AGREES, AGREES_READ, EXACT, is_misread, measured
from extractors.charts.names import are_names, find_names, goes_on
from extractors.charts.scale import Scale, calibrated, find_scale
from extractors.charts.slots import Slots, rows_of_slots
from schemas.pages import BBox, Page, Shape

Points = list[tuple[float, float]]

NARROWEST = 50.0  # points from the first category to the last
FEWEST = 3
MOST_OPEN = 100  # pieces of lines drawn at the same time
FARTHEST = 160.0  # points between lines of one chart
MOST_LINES = 40  # strokes of a page that may be lines of charts
LABELLED, AGREED = 0.6, 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A line of a chart: one point for each category that it has, from left to right."""

    colour: int
    points: tuple[tuple[float, float], ...]


def line_charts(page: Page, free: set[int], plots: Sequence[BBox], error: float = EXACT) -> Iterator[Chart]:
    """The line charts of a page outside other `plots`; their words are taken out of `free`."""
    rows: list[Slots] = []
    if page.source == "text":
        drawn = page.shapes
    else:
        rows = rows_of_slots(page.words, free) if any(is_slanted(s) for s in page.shapes) else []
        drawn = tuple(on_grid(page.shapes, rows, page.words))
    strokes = [s for s in _strokes(drawn) if not any(_touches(s, plot) for plot in plots)]
    if not rows and 1 < len(strokes) <= MOST_LINES:
        rows = rows_of_slots(page.words, free)
    for group in _plots(strokes, rows) if len(strokes) <= MOST_LINES else ():
        chart = _read(group, page, free, error)
        if chart is not None:
            free -= chart.words
            yield chart


def _strokes(shapes: Sequence[Shape]) -> list[Stroke]:
    """Strokes to the right, pieces of one line joined."""
    parts: list[tuple[int, Points]] = []
    for shape in shapes:
        if shape.stroke is None or shape.stroke == 0xFFFFFF or shape.fill not in (None, shape.stroke):
            continue
        points = list(shape.points)
        if points[0][0] > points[-1][0]:
            points.reverse()
        if any(b[0] - a[0] < 1.0 for a, b in pairwise(points)):
            continue
        before = next(
            (p for c, p in reversed(parts[-MOST_OPEN:]) if c == shape.stroke and _meets(p[-1], points[0])), None
        )
        if before is not None:
            before.extend(points[1:])
        else:
            parts.append((shape.stroke, points))
    return [
        Stroke(colour=colour, points=tuple(points))
        for colour, points in parts
        if len(points) >= FEWEST
        and points[-1][0] - points[0][0] >= NARROWEST
        and len({round(y) for _, y in points}) > 1
    ]


def _meets(end: tuple[float, float], start: tuple[float, float]) -> bool:
    return abs(end[0] - start[0]) < 0.3 and abs(end[1] - start[1]) < 0.3


def _touches(stroke: Stroke, plot: BBox) -> bool:
    return any(plot.x0 - 5 < x < plot.x1 + 5 and plot.top - 5 < y < plot.bottom + 5 for x, y in stroke.points)


def _plots(strokes: Sequence[Stroke], rows: Sequence[Slots]) -> Iterator[list[Stroke]]:
    """Strokes of one plot: they lie over the same stretch from left to right, and not far apart; and names lie below both."""
    groups: list[list[Stroke]] = []
    for stroke in strokes:
        near = [
            g
            for g in groups
            if _shared(stroke, g[0]) and _between(stroke, g) < FARTHEST and not _parted(stroke, g, rows)
        ]
        if not near:
            groups.append([stroke])
            continue
        nearest = min(near, key=lambda group: _between(stroke, group))
        if not any(s.points == stroke.points for s in nearest):
            nearest.append(stroke)
    yield from groups


def _shared(one: Stroke, other: Stroke) -> bool:
    places = [x for x, _ in other.points]
    return sum(any(abs(x - p) < 1.5 for p in places) for x, _ in one.points) >= 0.7 * min(len(one.points), len(places))


def _between(stroke: Stroke, group: Sequence[Stroke]) -> float:
    """How far a stroke lies above or below the others."""
    ys = [y for s in group for _, y in s.points]
    own = [y for _, y in stroke.points]
    return max(min(own) - max(ys), min(ys) - max(own))


def _parted(stroke: Stroke, group: Sequence[Stroke], rows: Sequence[Slots]) -> bool:
    """Whether the names of categories stand between a stroke and the others: then these are of two charts."""
    ys = [y for s in group for _, y in s.points]
    own = [y for _, y in stroke.points]
    low, high = min(max(own), max(ys)), max(min(own), min(ys))
    middle = (stroke.points[0][0] + stroke.points[-1][0]) / 2
    return any(low < row.top < high and row.places[0] < middle < row.places[-1] for row in rows)


def _read(strokes: Sequence[Stroke], page: Page, free: set[int], error: float) -> Chart | None:
    slots = _slots(strokes)
    pitch = min((b - a for a, b in pairwise(slots)), default=0.0)
    if len(slots) < FEWEST or pitch < 4 or len(slots) > 60:
        return None
    lowest, highest = max(y for s in strokes for _, y in s.points), min(y for s in strokes for _, y in s.points)
    labels = labels_of(page.words, free)
    scale = find_scale(ticks_of(page.words, free), STANDING, slots[0] - 2, -lowest, -highest, slots[-1] + 2)
    scale = calibrated(scale, page.shapes, STANDING) if scale else None
    ticks = {n for t in scale.ticks for n in t.numbers} if scale else set()
    marks = [(s, _mark(stroke.colour, x, y)) for s, stroke in enumerate(strokes) for x, y in stroke.points]
    near = [t for t in labels if not ticks & set(t.numbers)]
    found = _labels(marks, near, scale)
    sure = _agreeing(marks, found, scale, AGREES if error <= EXACT else AGREES_READ)
    if len(found) < LABELLED * len(marks) or len(sure) < AGREED * len(found):
        found = {}
    found = {m: t for m, t in found.items() if m in sure or not is_misread(t, page.words)}
    if not found and scale is None:
        return None
    floors = _floors(page, slots, max([lowest, *(t.bbox.middle for t in scale.ticks)]) if scale else lowest)
    rest = free - ticks - {n for t in found.values() for n in t.numbers}
    plot = BBox(slots[0], highest, slots[-1], floors[0])
    legend = find_legend(page.shapes, page.words, rest, [s.colour for s in strokes], plot)
    rest -= {n for p in legend.values() for n in p.numbers}
    named = (find_names(page.words, rest, STANDING, slots, pitch, -floor) for floor in floors)
    names = next((n for n in named if len(n) >= 0.6 * len(slots)), {})
    if len(names) < 0.6 * len(slots) or not are_names(names.values()) or goes_on(page.words, rest, names, pitch):
        return None
    points = []
    for number, (series, mark) in enumerate(marks):
        label = found.get(number)
        worth = None
        if scale is not None and label is None:
            worth = measured(scale.value(mark.high), error * scale.slope, scale)
        if label is not None or worth is not None:
            category = min(range(len(slots)), key=lambda i: abs(slots[i] - mark.centre))
            points.append(
                Point(
                    category=category,
                    series=series,
                    mark=mark,
                    label=label,
                    measured=worth,
                )
            )
    return Chart(
        kind="point",
        categories=tuple(names.get(s) for s in range(len(slots))),
        series=tuple(legend.get(s.colour) for s in strokes),
        points=tuple(points),
        axes=tuple(sorted(ticks)),
    )


def _floors(page: Page, slots: Sequence[float], lowest: float) -> list[float]:
    """Where the axis of categories may lie: at the lowest tick, or at a line below it."""
    lines = [
        r.bbox.middle for r in page.rules
        if r.horizontal and r.bbox.x0 < slots[0] + 2 and r.bbox.x1 > slots[-1] - 2 and lowest < r.bbox.middle < lowest + 80
    ]  # fmt: skip
    return [lowest, *sorted(lines)]


def _slots(strokes: Sequence[Stroke]) -> tuple[float, ...]:
    """Where the points of all lines stand from left to right."""
    places: list[float] = []
    for x in sorted(x for s in strokes for x, _ in s.points):
        if not places or x - places[-1] > 1.5:
            places.append(x)
    return tuple(places)


def _mark(colour: int, x: float, y: float) -> Mark:
    return Mark(colour=colour, start=x - 3, end=x + 3, low=-y, high=-y, bbox=BBox(x - 3, y - 3, x + 3, y + 3))


def _labels(marks: Sequence[tuple[int, Mark]], labels: Sequence[Label], scale: Scale | None) -> dict[int, Label]:
    """The label above, below or beside each point: the nearest, and the one that the axis bears out."""
    pairs = sorted(
        (cost, m, n)
        for m, (_, mark) in enumerate(marks)
        for n, label in enumerate(labels)
        if (cost := _cost(mark, label, scale)) is not None
    )
    found: dict[int, Label] = {}
    used: set[int] = set()
    for _, mark, label in pairs:
        if mark not in found and label not in used:
            found[mark] = labels[label]
            used.add(label)
    for m, (_, point) in enumerate(marks):
        # where lines cross, one print may stand for the points of both
        same = [
            n
            for n in found
            if abs(marks[n][1].high - point.high) < 0.5 and abs(marks[n][1].centre - point.centre) < 0.5
        ]
        if m not in found and same:
            found[m] = found[same[0]]
    return found


def _cost(mark: Mark, label: Label, scale: Scale | None) -> float | None:
    aside = max(label.bbox.x0 - mark.centre, mark.centre - label.bbox.x1, 0.0)
    y = -mark.high
    away = max(label.bbox.top - y, y - label.bbox.bottom, 0.0)
    if aside > 8 or away > 14:
        return None
    cost = (aside + away) / 14 + abs(label.x - mark.centre) / 30
    if scale is not None:
        off = abs(scale.value(mark.high) - float(label.value)) / max(0.01 * scale.reach, scale.slope)
        cost += 0.3 * min(off, 10.0)
    return cost


def _agreeing(
    marks: Sequence[tuple[int, Mark]], labels: dict[int, Label], scale: Scale | None, share: float
) -> set[int]:
    """The points whose labels say what the axis says, but for this share of its range; without an axis, those that lie on one straight scale."""
    if scale is not None:
        near = share * scale.reach
        return {m for m, label in labels.items() if abs(scale.value(marks[m][1].high) - float(label.value)) < near}
    places = {m: marks[m][1].high for m in labels}
    values = {m: float(label.value) for m, label in labels.items()}
    rates = [
        (values[b] - values[a]) / (places[b] - places[a])
        for a in labels for b in labels if a < b and abs(places[b] - places[a]) > 4
    ]  # fmt: skip
    if not rates or median(rates) <= 0:
        return set()
    rate = median(rates)
    base = median(values[m] - rate * places[m] for m in labels)
    span = rate * (max(places.values()) - min(places.values()))
    return {m for m in labels if abs(base + rate * places[m] - values[m]) < max(share * span, 2 * rate)}
