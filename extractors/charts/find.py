"""The charts of a page, one kind after the other."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.charts.bars import SAME, bar_charts, stands_of
from extractors.charts.chart import Chart
from extractors.charts.grid import is_slanted
from extractors.charts.lines import line_charts
from extractors.charts.marks import LYING, STANDING, boxes_of
from extractors.charts.measure import EXACT
from extractors.charts.pies import NEAR, WHOLE, pie_charts, pies_of
from extractors.charts.tables import table_of
from schemas.layout import Table
from schemas.pages import BBox, Page, Shape, Word

# What shapes of a scan are exact to: edges of bars and tips of sectors in points, and the share of a pie lost between sectors.
SCANNED, SCANNED_NEAR, SCANNED_WHOLE = 1.2, 4.0, 0.16


def find_charts(page: Page) -> tuple[list[Table], set[int]]:
    """Charts as tables, and the numbers of the words that they hold. A page without shapes has none."""
    found = (chart.told(page.words) for part, free in _parts(page) for chart in _charts_of(part, free))
    charts = [chart for chart in found if chart.points and _says_something(chart)]
    return [table_of(chart, page) for chart in charts], {n for chart in charts for n in chart.words}


def _parts(page: Page) -> Iterator[tuple[Page, set[int]]]:
    """The page without its pictures, and each picture, as pages of their own: the shapes of each with the numbers of its words."""
    words, shapes = set(range(len(page.words))), page.shapes
    for picture in page.pictures:
        if picture.read:
            inside = {n for n in words if page.words[n].confidence is not None and picture.holds(page.words[n].bbox)}
            held, shapes = (
                tuple(s for s in shapes if picture.holds(s.bbox)),
                tuple(s for s in shapes if not picture.holds(s.bbox)),
            )
            words -= inside
            yield replace(page, shapes=held, source="ocr"), inside
    yield replace(page, shapes=shapes), words


def _charts_of(page: Page, free: set[int]) -> list[Chart]:
    """The charts among the shapes of a page, of the `free` words."""
    if not page.shapes:
        return []
    error, near, gaps = (EXACT, NEAR, WHOLE) if page.source == "text" else (SCANNED, SCANNED_NEAR, SCANNED_WHOLE)
    charts = list(bar_charts(page, free, error))
    plots = [BBox.around(p.mark.bbox for p in chart.points) for chart in charts]
    charts += line_charts(page, free, plots, error)
    charts += pie_charts(page, free, near, gaps)
    return charts


def _says_something(chart: Chart) -> bool:
    """Whether some mark has a label or a size; of a pie more than one. Specks of a scan beside print have none."""
    worth = sum(
        point.label is not None or point.measured is None or point.measured.value != 0 for point in chart.points
    )
    return worth > (1 if chart.kind == "sector" else 0)


def has_marks(shapes: Sequence[Shape]) -> bool:
    """Whether the shapes of a picture may be those of a chart: bars on one foot, sectors around a point, or lines that rise and fall."""
    bars = (stands_of(list(boxes_of(shapes, view)), view, 2 * SAME) for view in (STANDING, LYING))
    return any(is_slanted(s) for s in shapes) or any(True for stands in bars for _ in stands) or bool(pies_in(shapes))


def pies_in(shapes: Sequence[Shape]) -> list[BBox]:
    """Where the pies among the shapes of a picture lie."""
    return [pie.bbox for pie in pies_of(shapes, SCANNED_NEAR, SCANNED_WHOLE)]


def without(page: Page, charts: Sequence[Table], words: set[int]) -> Page:
    """The page without its charts: their words, and the lines drawn in them, are no part of text and tables."""
    if not charts:
        return page
    others = tuple(w for n, w in enumerate(page.words) if n not in words)
    rules = tuple(r for r in page.rules if not any(_runs_into(r.bbox, chart.bbox, others) for chart in charts))
    return replace(page, words=others, rules=rules)


def _runs_into(rule: BBox, chart: BBox, others: Sequence[Word]) -> bool:
    """Whether the middle of a line lies in a chart, or close around it as a frame does; not beyond print below it that is not its own."""
    x, y = (rule.x0 + rule.x1) / 2, rule.middle
    near = chart.x0 - 30 < x < chart.x1 + 30 and chart.top - 30 < y < chart.bottom + 30
    return near and not any(
        chart.bottom < w.bbox.middle < y and rule.x0 < w.bbox.x0 and w.bbox.x1 < rule.x1 for w in others
    )
