"""A chart as it is read: categories, series, and the values of their marks."""

from dataclasses import dataclass
from decimal import Decimal

from extractors.charts.marks import Label, Mark, Print


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a mark is worth by the axis, and between which values that lies. `unit` is "%" or ""."""

    value: Decimal
    low: Decimal
    high: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A value of a chart: printed at its mark (`label`), or only drawn (`measured`)."""

    category: int
    series: int
    mark: Mark
    label: Label | None
    measured: Measured | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """`categories` and `series` are names, None where none is printed. `axes` are the words of ticks, which are no figures.

    `kind` names the marks: bar, sector, point.
    """

    kind: str
    categories: tuple[Print | None, ...]
    series: tuple[Print | None, ...]
    points: tuple[Point, ...]
    axes: tuple[int, ...]

    @property
    def words(self) -> set[int]:
        """The numbers of all words that belong to the chart."""
        named = {n for p in (*self.categories, *self.series) if p is not None for n in p.numbers}
        return named | {n for p in self.points if p.label for n in p.label.numbers} | set(self.axes)
