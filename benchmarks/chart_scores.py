"""How many values of charts are read, with their category and series."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from fixtures.sample.paper import Chart, ChartSeries
from schemas.layout import Table

# A value without a label is right within this share of the range of the axis.
NEAR = 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """`values` in the truth, how many of them were read right, and how many values were read that the truth has not."""

    values: int
    right: int
    false: int
    measured: int = 0  # of the right ones, those that were measured and not read from a label
    held: int = 0  # of these, those whose interval holds the truth


Cells = Mapping[tuple[str, str], tuple[Decimal, tuple[Decimal, Decimal] | None]]


def score_charts(charts: Sequence[Chart], tables: Iterable[Table]) -> list[tuple[Chart, Score]]:
    """Each chart with its score; a table counts for the chart of whose values it has most, those that are sure of it first."""
    read = [cells_of(t) for t in tables if t.method == "chart"]
    rated = [(score_chart(chart, cells), c, t) for c, chart in enumerate(charts) for t, cells in enumerate(read)]
    found: dict[int, tuple[int, Score]] = {}
    for score, chart, table in sorted(rated, key=lambda r: (-r[0].right / r[0].values, r[0].false)):
        if score.right and chart not in found and all(table != t for t, _ in found.values()):
            found[chart] = (table, score)
    unread = (Score(values=sum(len(s.values) for s in chart.series), right=0, false=0) for chart in charts)
    return [
        (chart, found[c][1] if c in found else none) for c, (chart, none) in enumerate(zip(charts, unread, strict=True))
    ]


def left_over(charts: Sequence[Chart], tables: Sequence[Table]) -> int:
    """How many charts were read that are none."""
    return max(0, sum(t.method == "chart" for t in tables) - len(charts))


def score_chart(chart: Chart, cells: Cells) -> Score:
    """A chart against a table."""
    single = len(chart.series) == 1
    truth = {
        (_same(category), "" if single else _same(series.name)): value
        for series in chart.series
        for category, value in zip(chart.categories, _values(chart, series), strict=True)
    }
    top = max((*truth.values(), Decimal(1)))
    right = measured = held = 0
    for (category, series), (value, interval) in cells.items():
        meant = truth.get((category, "" if single else series))
        if meant is None:
            continue
        near = abs(value - meant) <= Decimal(str(NEAR)) * top if interval else value == meant
        right += near
        measured += near and interval is not None
        held += near and interval is not None and interval[0] <= meant <= interval[1]
    return Score(values=len(truth), right=right, false=len(cells) - right, measured=measured, held=held)


def _values(chart: Chart, series: ChartSeries) -> list[Decimal]:
    """What a chart shows: of a pie without labels the shares in per cent."""
    values = [said.value for said in series.values]
    if chart.labelled or chart.kind != "pie":
        return values
    return [100 * value / sum(values) for value in values]


def cells_of(table: Table) -> Cells:
    """The values of a chart as it was read, by category and series."""
    text = {(c.row, c.col): c.text.text for c in table.cells}
    headed = 0 if (0, 0) in text and text[0, 0] else 1
    found = {}
    for cell in table.cells:
        value = _value(cell.text.text)
        if cell.col and cell.row >= headed and value is not None:
            category = _same(text.get((cell.row, 0), ""))
            found[category, _same(text.get((0, cell.col), "")) if headed else ""] = (value, cell.interval)
    return found


def _same(name: str) -> str:
    return re.sub(r"\W+", "", name.lower())


def _value(text: str) -> Decimal | None:
    try:
        return Decimal(text.split("(")[0].strip().rstrip("%").replace(",", ""))
    except InvalidOperation:
        return None
