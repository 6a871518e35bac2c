"""A chart as a table: categories down, series across, each value at its label or mark."""

from collections.abc import Iterable, Sequence

from extractors.charts.chart import Chart, Point
from extractors.charts.marks import Print
from schemas.layout import Cell, Table
from schemas.pages import BBox, MappedText, Page, PlacedWord, Word

_EMPTY = MappedText("", ())


def table_of(chart: Chart, page: Page) -> Table:
    """The chart as a table, with a row of heads if its series have names."""
    headed = any(name is not None for name in chart.series)
    box = BBox.around([*(page.words[n].bbox for n in chart.words), *(p.mark.bbox for p in chart.points)])
    cells = list(_heads(chart, page, box)) if headed else []
    at = {(p.category, p.series): p for p in chart.points}
    for row, name in enumerate(chart.categories, start=int(headed)):
        category = row - int(headed)
        cells.append(_named(name, page, row, 0, box))
        for series in range(len(chart.series)):
            point = at.get((category, series))
            cells.append(_value(point, chart.kind, page, row, series + 1, box))
    return Table(
        page=page.number,
        bbox=box,
        cells=tuple(cells),
        method="chart",
        axes=tuple(_text(page, (n,)) for n in chart.axes),
    )


def _heads(chart: Chart, page: Page, box: BBox) -> Iterable[Cell]:
    yield Cell(row=0, col=0, text=_EMPTY, bbox=_corner(box))
    for col, name in enumerate(chart.series, start=1):
        yield _named(name, page, 0, col, box)


def _named(name: Print | None, page: Page, row: int, col: int, box: BBox) -> Cell:
    if name is None:
        return Cell(row=row, col=col, text=_EMPTY, bbox=_corner(box))
    return Cell(row=row, col=col, text=_text(page, name.numbers), bbox=name.bbox)


def _value(point: Point | None, kind: str, page: Page, row: int, col: int, box: BBox) -> Cell:
    if point is None:
        return Cell(row=row, col=col, text=_EMPTY, bbox=_corner(box))
    if point.label is not None:
        return Cell(row=row, col=col, text=_text(page, point.label.numbers), bbox=point.label.bbox)
    if point.measured is None:
        return Cell(row=row, col=col, text=_EMPTY, bbox=point.mark.bbox)
    worth = point.measured
    text = f"{worth.value}{worth.unit}"
    said = f"{kind}, {worth.low} to {worth.high}{worth.unit}"
    word = PlacedWord(start=0, end=len(text), page=page.number, word=Word(text=said, bbox=point.mark.bbox))
    return Cell(
        row=row, col=col, text=MappedText(text, (word,)), bbox=point.mark.bbox, interval=(worth.low, worth.high)
    )


def _text(page: Page, numbers: Sequence[int]) -> MappedText:
    return MappedText.join([(page.number, page.words[n]) for n in numbers])


def _corner(box: BBox) -> BBox:
    """Where an empty cell is said to be: it has no place of its own."""
    return BBox(box.x0, box.top, box.x0, box.top)
