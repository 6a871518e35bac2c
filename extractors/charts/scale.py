"""The axis of values: which printed numbers are its ticks, and what a place along it is worth."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from extractors.charts.marks import Label, View
from schemas.pages import Shape

# Ticks are aligned to this many points, and stray from a straight line by no more than this share of their range.
ALIGNED = 2.0
STRAY = 0.012
FEWEST_TICKS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """`value` of a place: `slope` times the place plus `offset`. `whole` tells that all ticks are whole numbers."""

    slope: float
    offset: float
    ticks: tuple[Label, ...]
    percent: bool
    whole: bool

    def value(self, place: float) -> float:
        """What a place along the axis is worth."""
        return self.slope * place + self.offset

    @property
    def reach(self) -> float:
        """The range of the ticks."""
        values = [float(t.value) for t in self.ticks]
        return max(values) - min(values)


def find_scale(labels: Sequence[Label], view: View, start: float, low: float, high: float, end: float) -> Scale | None:
    """The scale of a plot that reaches from `start` to `end` along the categories, and whose marks from `low` to `high`.

    Ticks stand before or behind the plot, one under the other for standing bars, in a row for lying ones.
    """
    beside = [t for t in labels if _is_beside(view.along(t.bbox), start, end)]
    rows = [part for edge in _edges(view) for row in _rows(beside, edge) for part in _rising(row, view)]
    fitted = [s for row in rows if (s := _fit(row, view)) is not None and _covers(s, view, low, high)]
    best = max(fitted, key=lambda s: (-round(_distance(s, view, start, end) / 12), len(s.ticks)), default=None)
    return best


def anchored(scale: Scale, low: float, high: float) -> Scale | None:
    """The scale moved so that the foot of the bars stands on the tick beside it, as print is centred on ticks only roughly.

    None where there is no tick at the foot, or the highest bar is next to nothing: then the numbers are those of something else.
    """
    values = sorted({float(t.value) for t in scale.ticks})
    step = min(b - a for a, b in pairwise(values))
    foot = scale.value(low)
    near = min([values[0] - step, *values], key=lambda v: abs(v - foot))
    if abs(near - foot) > 0.35 * step or (high - low) * scale.slope < 0.05 * scale.reach:
        return None
    return replace(scale, offset=scale.offset + near - foot)


def _rows(ticks: Sequence[Label], edge: Callable[[Label], float]) -> Iterator[list[Label]]:
    """Ticks that are aligned."""
    row: list[Label] = []
    for tick in sorted(ticks, key=edge):
        if row and edge(tick) - edge(row[-1]) > ALIGNED:
            yield row
            row = []
        row.append(tick)
    yield row


def _rising(row: Sequence[Label], view: View) -> Iterator[list[Label]]:
    """Parts of a row in which the numbers rise: two charts may stand one above the other.

    A number that is too high, or too low, only for the next one was misread, and is left out.
    """
    upwards = sorted(row, key=lambda t: view.up(t.bbox))
    yield from _parts(upwards)
    low = {n for n in range(1, len(upwards) - 1) if upwards[n].value <= upwards[n - 1].value < upwards[n + 1].value}
    if low:
        yield from _parts([tick for n, tick in enumerate(upwards) if n not in low])


def _parts(upwards: Sequence[Label]) -> Iterator[list[Label]]:
    part: list[Label] = []
    for tick in upwards:
        if len(part) > 1 and part[-2].value < tick.value <= part[-1].value:
            part.pop()
        if part and tick.value <= part[-1].value:
            yield part
            part = []
        part.append(tick)
    yield part


def calibrated(scale: Scale, shapes: Sequence[Shape], view: View) -> Scale:
    """The scale moved to the grid or the marks at its ticks, if most ticks have one: print is centred on them only roughly."""
    lines = sorted(
        {round((a + b) / 2, 2) for s in shapes for a, b in [view.up(s.bbox)] if b - a < 1.0 and len(s.points) <= 5}
    )
    moves = []
    for tick in scale.ticks:
        place = sum(view.up(tick.bbox)) / 2
        nearest = min(lines, key=lambda line: abs(line - place), default=place + 99)
        if abs(nearest - place) < 5:
            moves.append(nearest - place)
    if len(moves) < 0.6 * len(scale.ticks):
        return scale
    move = median(moves)
    steady = sum(abs(m - move) < 0.6 for m in moves)
    return replace(scale, offset=scale.offset - move * scale.slope) if steady >= 0.6 * len(scale.ticks) else scale


def _edges(view: View) -> Iterable[Callable[[Label], float]]:
    """What ticks may be aligned by: their ends or beginnings where they stand in a column, their height in a row."""
    if view.lying:
        return (lambda t: t.bbox.middle,)
    return (lambda t: t.bbox.x1, lambda t: t.bbox.x0, lambda t: t.x)


def _is_beside(span: tuple[float, float], start: float, end: float) -> bool:
    """Whether print stands outside a plot, and not too far from it."""
    first, last = span
    return start - 150 < first and last < start + 6 or end - 6 < first and last < end + 150


def _distance(scale: Scale, view: View, start: float, end: float) -> float:
    first, last = view.along(scale.ticks[0].bbox)
    return min(abs(last - start), abs(first - end))


def _covers(scale: Scale, view: View, low: float, high: float) -> bool:
    """Whether the ticks reach from the foot of the marks to the top of the highest, within a step, and not much further down."""
    places = sorted(sum(view.up(t.bbox)) / 2 for t in scale.ticks)
    step = min(b - a for a, b in pairwise(places))
    span = max(high - low, 1.0)
    return places[0] - 1.1 * step < low < places[0] + 0.6 * (places[-1] - places[0]) and (
        low + 0.6 * span < places[-1] and high < places[-1] + 1.1 * step
    )


def _fit(ticks: Sequence[Label], view: View) -> Scale | None:
    """Ticks in a row as a scale, if they are equally far apart for equal steps; up to two of them may be other numbers."""
    kept = list(ticks)
    for _ in range(3):
        if len(kept) < FEWEST_TICKS:
            return None
        places = [sum(view.up(t.bbox)) / 2 for t in kept]
        values = [float(t.value) for t in kept]
        pairs = [
            (v2 - v1) / (p2 - p1)
            for i, (p1, v1) in enumerate(zip(places, values, strict=True))
            for p2, v2 in list(zip(places, values, strict=True))[i + 1 :]
            if abs(p2 - p1) > 3
        ]
        if not pairs:
            return None
        slope = median(pairs)
        offset = median(v - slope * p for p, v in zip(places, values, strict=True))
        strays = [abs(slope * p + offset - v) for p, v in zip(places, values, strict=True)]
        span = max(values) - min(values)
        if slope > 0 and max(strays) <= max(STRAY * span, 1.2 * slope):
            percent = sum(t.percent for t in kept) * 2 > len(kept)
            whole = all(t.value == int(t.value) for t in kept)
            return Scale(slope=slope, offset=offset, ticks=tuple(kept), percent=percent, whole=whole)
        del kept[strays.index(max(strays))]
    return None
