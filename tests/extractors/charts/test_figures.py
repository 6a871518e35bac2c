"""From a drawn chart in a PDF to figures: exact from labels, about where measured; and from a picture of it."""

from dataclasses import replace
from random import Random

import numpy as np
import pypdfium2 as pdfium
import pytest

from benchmarks.chart_scores import score_charts
from benchmarks.chart_sheets import Sheet, house_sheet
from extractors.charts import find_charts
from extractors.document import extract
from extractors.reading.ocr.keeping import page_bytes, page_from
from extractors.reading.ocr.pictures import read_picture
from extractors.reading.pdf import read_pdf
from schemas.pages import Page, Shape


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return house_sheet(Random(11), 5, "times_numbered")


def test_charts_of_a_report_are_read(sheet: Sheet) -> None:
    tables = [t for page in read_pdf(sheet.pdf) for t in find_charts(page)[0]]
    scores = [score for _, score in score_charts(sheet.charts, tables)]
    assert sum(s.right for s in scores) >= 0.95 * sum(s.values for s in scores)


def test_measured_figures_are_about_and_doubtful_and_ticks_are_labels(sheet: Sheet) -> None:
    reading = extract(read_pdf(sheet.pdf), pdf=sheet.pdf, file_name="charts.pdf")
    measured = [f for f in reading.figures if f.evidence.rule == "chart measured"]
    labelled = [f for f in reading.figures if f.evidence.rule.startswith("chart table")]
    assert measured and labelled
    assert {(f.qualifier, f.grade) for f in measured} == {("about", "doubtful")}
    assert {f.qualifier for f in labelled} == {"exact"}
    assert all(f.evidence.printed.startswith(("bar, ", "point, ", "sector, ")) for f in measured)
    assert any(m.kind == "label" and m.reason == "axis of a chart" for m in reading.marks)
    of_relations = {i for r in reading.relations for i in r.figure_ids}
    assert of_relations.isdisjoint(f.figure_id for f in measured)


def test_a_page_without_drawings_keeps_no_shapes() -> None:
    sheet = house_sheet(Random(3), 0, "times_numbered")
    assert all(page.shapes == () for page in read_pdf(sheet.pdf))


def test_bars_of_a_picture_are_read_with_the_words_of_the_page(sheet: Sheet) -> None:
    document = pdfium.PdfDocument(sheet.pdf)
    tables = []
    for page in read_pdf(sheet.pdf):
        loaded = document[page.number - 1]
        picture = loaded.render(scale=200 / 72).to_numpy()[:, :, 2::-1].copy()
        loaded.close()
        tables += find_charts(replace(page, shapes=read_picture(picture, 200 / 72), source="ocr"))[0]
    document.close()
    bars = [(c, s) for c, s in score_charts(sheet.charts, tables) if c.kind in ("bar", "column")]
    assert bars and sum(s.right for _, s in bars) >= 0.8 * sum(s.values for _, s in bars)


def test_an_empty_picture_has_no_shapes() -> None:
    assert read_picture(np.full((400, 300, 3), 255, np.uint8), 2.8) == ()


def test_shapes_of_a_scanned_page_are_kept_with_its_words() -> None:
    shapes = (
        Shape(points=((1.0, 2.0), (3.5, 2.0), (3.5, 9.25), (1.0, 2.0)), fill=0x9C9CFC),
        Shape(points=((0.0, 0.0), (4.0, 4.0)), stroke=0x112233),
    )
    page = Page(number=4, width=100, height=200, shapes=shapes, source="ocr")
    kept = page_from(page_bytes(page), Page(number=4, width=0, height=0))
    assert kept is not None and kept.shapes == shapes
