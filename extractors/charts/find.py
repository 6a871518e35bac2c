"""The charts of a page, one kind after the other."""

from extractors.charts.bars import bar_charts
from extractors.charts.tables import table_of
from schemas.layout import Table
from schemas.pages import Page


def find_charts(page: Page) -> tuple[list[Table], set[int]]:
    """Charts as tables, and the numbers of the words that they hold. A page without shapes has none."""
    if not page.shapes:
        return [], set()
    free = set(range(len(page.words)))
    charts = [*bar_charts(page, free)]
    return [table_of(chart, page) for chart in charts], {n for chart in charts for n in chart.words}
