"""Drawings as numbers: what a template needs to write them as SVG. No colours: the stylesheet has them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

BAR_WIDTH = 120.0
_GRADES = ("proved", "read", "doubtful", "unreadable")
_LEAST = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a bar: its class, where it begins, how long it is."""

    name: str
    x: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar of figures by grade, and the same in words."""

    pieces: tuple[Piece, ...]
    text: str


def grade_bar(tally: Mapping[str, int]) -> Bar:
    """A bar whose parts are as long as there are figures of each grade; what is there at all can be seen."""
    found = [(grade, tally.get(f"grade:{grade}", 0)) for grade in _GRADES]
    whole = sum(number for _, number in found)
    text = ", ".join(f"{number:,} {grade}" for grade, number in found if number) or "no figures"
    if not whole:
        return Bar(pieces=(), text=text)
    lengths = [max(_LEAST, BAR_WIDTH * number / whole) if number else 0.0 for _, number in found]
    shrunk = BAR_WIDTH / sum(lengths)
    pieces, x = [], 0.0
    for (grade, _), length in zip(found, lengths, strict=True):
        if length:
            pieces.append(Piece(name=grade, x=round(x, 2), width=round(length * shrunk, 2)))
            x += length * shrunk
    return Bar(pieces=tuple(pieces), text=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point of a drawing, with the class it is drawn in and what it says."""

    x: float
    y: float
    name: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark of an axis."""

    at: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sparkline:
    """A small line without axes: paths (broken where a value is missing) and the last point."""

    paths: tuple[str, ...]
    last: Point | None
    width: float = 84.0
    height: float = 20.0


def sparkline(values: Sequence[float | None], width: float = 84.0, height: float = 20.0) -> Sparkline:
    """The course of values, evenly spaced; from nought, so that a small change looks small."""
    known = [value for value in values if value is not None]
    if not known:
        return Sparkline(paths=(), last=None, width=width, height=height)
    low, high = min(0.0, *known), max(known)
    span = (high - low) or 1.0
    step = (width - 6) / max(1, len(values) - 1)
    points = [
        None if value is None else Point(x=round(3 + i * step, 1), y=round(height - 3 - (value - low) / span * (height - 6), 1))
        for i, value in enumerate(values)
    ]  # fmt: skip
    last = next(point for point in reversed(points) if point is not None)
    return Sparkline(paths=paths(points), last=last, width=width, height=height)


def paths(points: Sequence[Point | None]) -> tuple[str, ...]:
    """Lines through neighbouring points; a gap ends a line."""
    found: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            found.append([])
        else:
            found[-1].append(point)
    return tuple("M" + " L".join(f"{p.x:g} {p.y:g}" for p in run) for run in found if len(run) > 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """From values to heights in a drawing."""

    low: float
    high: float
    top: float
    bottom: float

    def y(self, value: float) -> float:
        """The height of a value, from the upper edge."""
        return round(self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top), 1)


def ticks(values: Sequence[float], top: float, bottom: float, about: int = 4) -> tuple[Scale, tuple[Tick, ...]]:
    """A scale from nought (or below) that holds `values`, with round marks."""
    low, high = min(0.0, *values), max(0.0, *values)
    raw = (high - low) / about or 1.0
    size = 10.0 ** len(str(int(raw))) / 10 if raw >= 1 else 0.1
    step = next(s for s in (size, 2 * size, 5 * size, 10 * size) if s >= raw)
    first, last = int(low // step), int(-(-high // step)) or 1
    scale = Scale(low=first * step, high=last * step, top=top, bottom=bottom)
    return scale, tuple(Tick(at=scale.y(n * step), text=f"{n * step:,g}") for n in range(first, last + 1))
