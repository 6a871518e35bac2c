"""Sheets of charts with each chart turned into a picture, as it was pasted from another program."""

from collections.abc import Iterator, Sequence
from random import Random

from benchmarks.chart_sheets import Sheet
from benchmarks.pasting import Paste, with_pictures
from extractors.charts import find_charts
from extractors.reading.pdf import read_pdf
from schemas.pages import BBox, Page

# Points of the page around a chart that are in its picture too.
AROUND = 8.0
# A word of which more than this share lies in a picture is in it as a whole.
CUT = 0.2
# From a screen, from a program that prints, and squeezed by a word processor.
PASTES = (
    Paste(dpi=110, quality=None), Paste(dpi=150, quality=None), Paste(dpi=150, quality=75), Paste(dpi=220, quality=None),
    Paste(dpi=220, quality=60),
)  # fmt: skip


def pasted_sheets(sheets: Sequence[Sheet], seed: int) -> Iterator[tuple[Sheet, Paste]]:
    """The sheets of which every chart was found, their charts as pictures, and how those were made."""
    for number, sheet in enumerate(sheets):
        parts = {page.number: _places(page) for page in read_pdf(sheet.pdf)}
        if sum(map(len, parts.values())) != len(sheet.charts):
            continue
        paste = Random(f"{seed}|{number}").choice(PASTES)
        pdf = with_pictures(sheet.pdf, {n: boxes for n, boxes in parts.items() if boxes}, paste)
        yield Sheet(pdf=pdf, charts=sheet.charts, producer=sheet.producer), paste


def _places(page: Page) -> list[BBox]:
    boxes = (table.bbox for table in find_charts(page)[0])
    around = (BBox(max(b.x0 - AROUND, 0), max(b.top - AROUND, 0), b.x1 + AROUND, b.bottom + AROUND) for b in boxes)
    return [BBox.around([box, *(word.bbox for word in page.words if _is_cut(word.bbox, box))]) for box in around]


def _is_cut(word: BBox, box: BBox) -> bool:
    """Whether the edge of a picture would run through a word, a name that the chart was read without."""
    across = min(word.x1, box.x1) - max(word.x0, box.x0)
    down = min(word.bottom, box.bottom) - max(word.top, box.top)
    return min(across, down) > 0 and across * down > CUT * word.width * word.height
