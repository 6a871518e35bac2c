"""How well charts are read: `python -m benchmarks.charts [--seed N] [--write docs/charts.md]`.

Charts of random values are drawn by the programs of the generated archive and by matplotlib, which the rules were not made for,
and read from the drawing; with the words of the text layer, from pictures of the same pages, as a scan would give them; by OCR
alone, where each chart is pasted into its page as a picture; and from Word files.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium

from benchmarks.chart_scores import Score, left_over, score_charts
from benchmarks.chart_sheets import Sheet, house_sheets, matplotlib_sheets, word_sheets
from benchmarks.machine import this_machine
from benchmarks.pasted_sheets import pasted_sheets
from benchmarks.report import Table, page, table, write_into
from extractors.charts import find_charts
from extractors.layout import lay_out
from extractors.reading.ocr.once import Readers, read_all
from extractors.reading.ocr.pasted import PICTURES
from extractors.reading.ocr.pictures import read_picture
from extractors.reading.ocr.scans import SCANS
from extractors.reading.ocr.tesseract import find_reader
from extractors.reading.pdf import read_pdf
from extractors.reading.rendition import render
from extractors.reading.second.recogniser import load_recogniser
from fixtures.sample.paper import Chart
from schemas.layout import Table as PageTable
from schemas.pages import Page

# Charts on a sheet of a house style, and charts by matplotlib.
CHARTS, DRAWN = 6, 45
# Pixels to an inch of the pictures, and what a scanner does to them: noise (of 256) and the quality of JPEG.
DPI, NOISE, QUALITY = 200, 5.0, 75


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A chart, how it was drawn and read, and how much of it was read right."""

    source: str
    chart: Chart
    score: Score


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--seed", type=int, default=1000, help="another seed, other charts; rules were made with 1 to 9"
    )
    parser.add_argument("--write", type=Path, help="the page to write the tables into")
    options = parser.parse_args()
    houses, drawn = list(house_sheets(options.seed, CHARTS)), list(matplotlib_sheets(options.seed, DRAWN))
    judged: list[Judged] = []
    false = 0
    for sheet in (*houses, *drawn):
        found, more = _judge(sheet, sheet.producer, read_pdf(sheet.pdf))
        judged, false = judged + found, false + more
    pictured: list[Judged] = []
    for sheet in houses:
        pictured += _judge(sheet, "clean picture", _pictures(sheet.pdf, scanned=False))[0]
        pictured += _judge(sheet, "noisy picture", _pictures(sheet.pdf, scanned=True))[0]
    # PDFium loses print in fonts of Type 3 when it writes a page
    pasted = list(_pasted([*houses, *matplotlib_sheets(options.seed, DRAWN, type3=False)], options.seed))
    tables = (
        _table("Charts of Word files", list(_of_word(options.seed)), lambda j: _kind(j.chart)),
        _table("Drawn charts by producer", judged, lambda j: j.source),
        _table("Drawn charts by kind", judged, lambda j: _kind(j.chart)),
        _table("Pictures of the pages in house styles, by kind", pictured, lambda j: f"{j.source}, {_kind(j.chart)}"),
        _table("Charts pasted as pictures and read by OCR, by kind", pasted, lambda j: _kind(j.chart)),
        _table("Charts pasted as pictures and read by OCR, by picture", pasted, lambda j: j.source),
    )
    preface = f"`python -m benchmarks.charts --seed {options.seed}`, {this_machine()}; {len(judged)} charts, {false} read where there is none."
    written = page(preface, tables)
    print(written)
    if options.write:
        write_into(options.write, written)


def _judge(sheet: Sheet, source: str, pages: Iterable[Page]) -> tuple[list[Judged], int]:
    tables = [t for p in pages for t in find_charts(p)[0]]
    scored = score_charts(sheet.charts, tables)
    return [Judged(source=source, chart=chart, score=score) for chart, score in scored], left_over(sheet.charts, tables)


def _of_word(seed: int) -> Iterator[Judged]:
    """Charts of Word files, which become tables of the rendition: a paper has no others."""
    for sheet in word_sheets(seed, CHARTS):
        pages = read_pdf(render(sheet.pdf, "docx").pdf, typeset=True)
        tables = [replace(e, method="chart") for e in lay_out(pages).elements if isinstance(e, PageTable)]
        # values are exact, with labels or without
        for chart, score in score_charts([replace(chart, labelled=True) for chart in sheet.charts], tables):
            yield Judged(source="Word", chart=chart, score=score)


def _pasted(sheets: Sequence[Sheet], seed: int) -> Iterator[Judged]:
    """Charts of pages on which each was pasted as a picture."""
    readers = Readers(first=find_reader("eng"), second=load_recogniser())
    for sheet, paste in pasted_sheets(sheets, seed):
        pages = read_all(PICTURES, sheet.pdf, read_all(SCANS, sheet.pdf, read_pdf(sheet.pdf), readers), readers)
        how = f"{paste.dpi} dpi{f', JPEG {paste.quality}' if paste.quality else ''}"
        yield from _judge(sheet, how, pages)[0]


def _pictures(pdf: bytes, *, scanned: bool) -> Iterator[Page]:
    """The pages with the words of their text layer, and shapes from a picture of them."""
    chance = np.random.default_rng(1)
    document = pdfium.PdfDocument(pdf)
    for read in read_pdf(pdf):
        loaded = document[read.number - 1]
        picture = loaded.render(scale=DPI / 72).to_numpy()[:, :, 2::-1].copy()
        if scanned:
            blurred = cv2.GaussianBlur(picture, (3, 3), 0.8)
            noisy = np.clip(blurred + chance.normal(0, NOISE, picture.shape), 0, 255).astype(np.uint8)
            squeezed = cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1]
            opened = cv2.imdecode(squeezed, cv2.IMREAD_COLOR)
            picture = picture if opened is None else opened.astype(np.uint8)
        yield replace(read, shapes=read_picture(picture, DPI / 72), source="ocr")
        loaded.close()
    document.close()


def _kind(chart: Chart) -> str:
    several = ", several series" if len(chart.series) > 1 else ""
    return f"{chart.kind}{several}"


def _table(title: str, judged: Iterable[Judged], key) -> Table:  # type: ignore[no-untyped-def]
    """Values right with and without labels, by some key."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[key(one)].append(one)
    groups["all"] = [one for group in list(groups.values()) for one in group]
    rows = []
    for name, group in sorted(groups.items(), key=lambda g: (g[0] == "all", g[0])):
        labelled = _sum(j.score for j in group if j.chart.labelled)
        bare = _sum(j.score for j in group if not j.chart.labelled)
        rows.append(
            (
                name,
                len(group),
                labelled.values,
                _share(labelled),
                labelled.measured,
                labelled.false,
                bare.values,
                _share(bare),
                bare.false,
                bare.held,
            )
        )
    columns = (
        "",
        "charts",
        "labels",
        "right",
        "of them measured",
        "false",
        "without",
        "within 3%",
        "false",
        "in interval",
    )
    return table(title, columns, rows)


def _sum(scores: Iterable[Score]) -> Score:
    found = list(scores)
    return Score(
        values=sum(s.values for s in found), right=sum(s.right for s in found), false=sum(s.false for s in found),
        measured=sum(s.measured for s in found), held=sum(s.held for s in found),
    )  # fmt: skip


def _share(score: Score) -> float | None:
    return score.right / score.values if score.values else None


if __name__ == "__main__":
    main()
