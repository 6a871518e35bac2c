"""Drawings for the tests: charts made of shapes and words, as a page has them."""

from collections.abc import Iterable, Sequence
from math import cos, pi, sin

from extractors.charts import find_charts
from schemas.layout import Table
from schemas.pages import BBox, Page, Shape, Word

BLUE, RED, GREEN, GREY = 0x4472C4, 0xC0504D, 0x70AD47, 0xD9D9D9
FLOOR, LEFT = 400.0, 150.0  # where the axes of the charts lie


def word(text: str, x: float, y: float, *, size: float = 8.0) -> Word:
    """A word around a point."""
    half = len(text) * size * 0.25
    return Word(text=text, bbox=BBox(x - half, y - 0.6 * size, x + half, y + 0.6 * size), size=size)


def phrase(text: str, x: float, y: float, *, right: bool = False) -> list[Word]:
    """Some words that begin (or end) at a point."""
    width = sum(len(part) * 4.0 + 2.0 for part in text.split()) - 2.0
    at = x - width if right else x
    words = []
    for part in text.split():
        words.append(Word(text=part, bbox=BBox(at, y - 4.8, at + len(part) * 4.0, y + 4.8), size=8.0))
        at += len(part) * 4.0 + 2.0
    return words


def box(x0: float, top: float, x1: float, bottom: float, fill: int) -> Shape:
    return Shape(points=((x0, top), (x1, top), (x1, bottom), (x0, bottom), (x0, top)), fill=fill)


def column(slot: int, value: float, *, fill: int = BLUE, part: int = 0, on: float = 0.0, scale: float = 2.0) -> Shape:
    """A column of 20 points at a slot of 60; `part` counts within its group, `on` is the value that it stands on."""
    x = LEFT + 20 + 60 * slot + 20 * part
    return box(x, FLOOR - (on + value) * scale, x + 20, FLOOR - on * scale, fill)


def ticks(values: Iterable[int], *, scale: float = 2.0, sign: str = "") -> list[Word]:
    """The numbers of an upright axis."""
    return [phrase(f"{value}{sign}", LEFT - 4, FLOOR - value * scale, right=True)[0] for value in values]


def names(texts: Sequence[str], *, width: float = 20) -> list[Word]:
    """The names under the columns; those of a group of more than one are under its middle."""
    return [
        one for slot, text in enumerate(texts) for one in centred(text, LEFT + 20 + 60 * slot + width / 2, FLOOR + 10)
    ]


def centred(text: str, x: float, y: float) -> list[Word]:
    width = sum(len(part) * 4.0 + 2.0 for part in text.split()) - 2.0
    return phrase(text, x - width / 2, y)


def legend(named: Sequence[tuple[int, str]]) -> tuple[list[Shape], list[Word]]:
    """Patches with names behind them, below the chart."""
    shapes, words = [], []
    for number, (fill, text) in enumerate(named):
        x = LEFT + 80 * number
        shapes.append(box(x, 450, x + 7, 457, fill))
        words += phrase(text, x + 11, 453.5)
    return shapes, words


def sector(start: float, share: float, fill: int, *, x: float = 300, y: float = 300, radius: float = 70) -> Shape:
    """A sector from the share `start` of a turn on, clockwise from the top."""
    steps = 24
    turns = [2 * pi * (start + share * step / steps) - pi / 2 for step in range(steps + 1)]
    rim = [(x + radius * cos(turn), y + radius * sin(turn)) for turn in turns]
    return Shape(points=((x, y), *rim, (x, y)), fill=fill)


def page(shapes: Iterable[Shape], words: Iterable[Word]) -> Page:
    return Page(number=1, width=595, height=842, words=tuple(words), shapes=tuple(shapes))


def only(drawn: Page) -> Table:
    """The table of the one chart of a page."""
    (table,) = find_charts(drawn)[0]
    return table


def rows(table: Table) -> list[list[str]]:
    return [[c.text.text for c in table.cells if c.row == row] for row in range(table.rows)]


def read_off(drawn: Page) -> list[list[str]]:
    """What the one chart of a page shows, row by row."""
    return rows(only(drawn))
