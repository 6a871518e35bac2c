"""A series as a line chart: the value that is used, as first reported where that differs, and every statement as a point."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from review import labels
from review.views.charts import Point, Tick, paths, ticks
from schemas.exports import SeriesRow

WIDTH, HEIGHT = 760.0, 250.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 56.0, 18.0, 14.0, 34.0
# Labels of the years closer than this, in points, would run into each other.
_ROOM = 50.0
_AGREES = ("reference", "agrees", "rounds_alike")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """What is drawn, in the units of a `width` by `height` picture. `text` says it to who cannot see it."""

    width: float
    height: float
    left: float
    right: float
    bottom: float
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    used: tuple[str, ...]
    first: tuple[str, ...]
    points: tuple[Point, ...]
    text: str


def line_chart(rows: Sequence[SeriesRow]) -> LineChart:
    """The chart of a series, its rows in the order of their periods."""
    values = [float(s.value) for row in rows for s in row.statements if s.value is not None]
    values += [float(row.value) for row in rows if row.value is not None]
    scale, marks = ticks(values or [0.0, 1.0], _TOP, HEIGHT - _BOTTOM)
    step = (WIDTH - _LEFT - _RIGHT) / max(1, len(rows))
    at = [round(_LEFT + step * (i + 0.5), 1) for i in range(len(rows))]
    used = [_point(x, row.value, scale.y) for x, row in zip(at, rows, strict=True)]
    first = [_point(x, row.first_reported, scale.y) for x, row in zip(at, rows, strict=True)]
    every = max(1, -(-int(_ROOM) // max(1, int(step))))
    said = [
        Point(
            x=x,
            y=scale.y(float(s.value)),
            name="agrees" if s.agreement in _AGREES else "differs",
            text=f"{row.period}: {labels.number(str(s.value), row.unit)}, {s.document}, page {s.page}",
        )
        for x, row in zip(at, rows, strict=True)
        for s in row.statements
        if s.value is not None
    ]
    known = [f"{row.period} {labels.number(str(row.value), row.unit)}" for row in rows if row.value is not None]
    return LineChart(
        width=WIDTH,
        height=HEIGHT,
        left=_LEFT,
        right=WIDTH - _RIGHT,
        bottom=HEIGHT - _BOTTOM,
        rows=marks,
        columns=tuple(Tick(at=x, text=row.period) for i, (x, row) in enumerate(zip(at, rows, strict=True)) if i % every == 0),
        used=paths(used),
        first=paths(first) if first != used else (),
        points=tuple(dict.fromkeys(said)),
        text=f"Line chart: {', '.join(known) or 'no values'}",
    )  # fmt: skip


def _point(x: float, value: float | int | None, y: Callable[[float], float]) -> Point | None:
    return None if value is None else Point(x=x, y=y(float(value)))
