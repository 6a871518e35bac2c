"""A chart as it is read: categories, series, and the values of their marks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.charts.marks import Label, Mark, Print
from schemas.pages import Word


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

    def told(self, words: Sequence[Word]) -> "Chart":
        """The chart without values of what has no name, but for those that are printed, and without series that have neither.

        They tell nothing, and in a picture may be the rim of something else. Labels that OCR read stay words of the page.
        """
        several = len(self.series) > 1
        points = [
            p for p in self.points
            if p.label is not None and all(words[n].confidence is None for n in p.label.numbers)
            or self.categories[p.category] is not None and not (several and self.series[p.series] is None)
        ]  # fmt: skip
        kept = [n for n, name in enumerate(self.series) if name is not None or any(p.series == n for p in points)]
        return replace(
            self,
            series=tuple(self.series[n] for n in kept),
            points=tuple(replace(p, series=kept.index(p.series)) for p in points),
        )
