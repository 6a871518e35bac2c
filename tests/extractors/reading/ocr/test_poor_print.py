"""What poor scans do to tables and headings, and what is seen in spite of it; with Tesseract as it is installed here."""

from functools import cache

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from weasyprint import HTML

from extractors.layout import lay_out
from extractors.reading.ocr.once import Readers, read_all
from extractors.reading.ocr.raster import Image
from extractors.reading.ocr.scans import SCANS
from extractors.reading.ocr.tesseract import find_reader
from extractors.reading.ocr.turning import Turning
from extractors.reading.pdf import read_pdf
from fixtures.sample.scanning.damage import blurred, curled, faded
from schemas.layout import Table
from schemas.pages import Page
from tests.extractors.reading.ocr.pages import scan_of

STYLE = """<style>@page { size: 160mm 130mm; margin: 14mm } body { font: 10pt "DejaVu Sans" }
table { border-collapse: collapse } td, th { border: 1px solid #888; padding: 3pt 9pt }</style>"""
PROSE = "<p>There were 117 complaints at stage 1, an increase of 7% from 109 the year before. Nine were withdrawn.</p>"
QUARTERS = "<tr><td>Received</td><td>79</td><td>108</td><td>84</td><td>93</td></tr><tr><td>Upheld</td><td>10</td><td>19</td><td>9</td><td>22</td></tr>"  # fmt: skip


@cache
def readers() -> Readers:
    return Readers(first=find_reader())


def printed(body: str, dpi: int = 200) -> Image:
    document = pdfium.PdfDocument(HTML(string=STYLE + body).write_pdf())
    try:
        return np.array(document[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L"))
    finally:
        document.close()


def read(image: Image, dpi: int = 200) -> Page:
    pdf = scan_of(image, dpi=dpi)
    return read_all(SCANS, pdf, read_pdf(pdf), readers())[0]


def table_of(page: Page) -> list[list[str]]:
    (table,) = [e for e in lay_out([page]).elements if isinstance(e, Table)]
    return [[c.text.text for c in table.cells if c.row == row] for row in range(table.rows)]


@pytest.mark.parametrize("quarter", [1, -1], ids=["upwards", "downwards"])
def test_heads_that_run_up_or_down_are_read(quarter: int) -> None:
    image = printed(PROSE + f"<table style='margin-top: 30mm'>{QUARTERS}</table>")
    for place, text in enumerate(("2003/04", "Quarter 1", "Quarter 2", "Full year")):
        label = np.rot90(ink_of(printed(f"<b>{text}</b>")), quarter)
        rows, columns = label.shape
        image[430 - rows : 430, 250 + 110 * place : 250 + 110 * place + columns] = label
    page = read(image)
    assert [w.text for w in page.words if w.turned] == ["2003/04", "Quarter", "1", "Quarter", "2", "Full", "year"]
    assert {"79", "108", "84", "93"} <= {w.text for w in page.words if not w.turned}


def ink_of(image: Image) -> Image:
    """The image without the paper around its print."""
    rows, columns = (np.flatnonzero((image < 200).any(axis=axis)) for axis in (1, 0))
    return image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def test_columns_of_digits_do_not_run_up() -> None:
    digits = "".join(f"<tr><td>{n}</td><td>{9 - n}</td></tr>" for n in range(9))
    page = read(printed(PROSE + f"<table style='line-height: 1'>{digits}</table>"))
    assert not any(w.turned for w in page.words)


def test_faint_ruling_lines_make_a_table() -> None:
    image = faded(blurred(printed(PROSE + f"<table>{QUARTERS}</table>", 150), 0.003, 150), 70, 235)
    page = read(image, 150)
    assert table_of(page) == [["Received", "79", "108", "84", "93"], ["Upheld", "10", "19", "9", "22"]]
    assert not any(set(w.text) <= set("-|") for w in page.words)


def test_a_dark_head_of_a_bent_page_is_read() -> None:
    heads = "".join(f"<th style='background: #222; color: white'>{h}</th>" for h in ("Who", "Q1", "Q2", "Q3", "Q4"))
    image = printed(f"<table style='width: 100%'><tr>{heads}</tr>{QUARTERS}</table>" + PROSE)
    page = read(curled(image, 0.05, 200))
    assert {"Who", "Q1", "Q2", "Q3", "Q4"} <= {w.text for w in page.words}


def test_a_dark_cover_is_read_with_its_small_print() -> None:
    cover = "<h1 style='font-size: 30pt'>Complaints Annual Report 2007/08</h1><p>For the year ended 31 March 2008</p>"
    page = read(np.asarray(255 - printed(cover) // 4 * 3, np.uint8))
    words = [w.text for w in page.words]
    assert {"Complaints", "Annual", "Report", "2007/08"} <= set(words)
    assert "For the year ended 31 March 2008" in " ".join(words)


def test_a_light_page_on_a_dark_glass_is_not_turned_over() -> None:
    sheet = printed(PROSE)
    glass = np.full((sheet.shape[0] * 2, sheet.shape[1] * 2), 20, np.uint8)
    glass[300 : 300 + sheet.shape[0], 300 : 300 + sheet.shape[1]] = sheet
    assert "117 complaints at stage 1" in " ".join(w.text for w in read(glass).words)


def test_minus_signs_stay_before_their_numbers() -> None:
    rows = "".join(
        f"<tr><td>Team {t}</td><td>{v}</td></tr>" for t, v in zip("ABCD", ("-8%", "+1%", "-80%", "12"), strict=True)
    )
    small = printed(f"<table>{rows}</table>" + PROSE, 110)
    words = [w.text for w in read(cv2.GaussianBlur(small, (0, 0), 0.5), 110).words]
    assert [t for t in words if t in ("-8%", "8%", "+1%", "1%", "-80%", "80%", "-12", "12")] == [
        "-8%",
        "+1%",
        "-80%",
        "12",
    ]


def test_a_typed_line_is_one_word() -> None:
    line = "-" * 40
    body = f"<pre style='font: 10pt monospace'>Theme      Q1   Q2\n{line}\nDelay       5    7</pre>"
    lines = [w.text for w in read(printed(PROSE + body)).words if w.text.startswith("--")]
    assert lines == [line]


def test_a_page_that_was_taken_for_upside_down_is_turned_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.reading.ocr.prepare.find_turning", lambda letters: Turning(quarter_turns=2))
    page = read(printed(PROSE))
    assert "117 complaints at stage 1" in " ".join(w.text for w in page.words)


def test_a_hole_for_a_file_beside_a_table_is_no_part_of_it() -> None:
    image = printed(PROSE + f"<table>{QUARTERS}</table>")
    cv2.circle(image, (70, 230), 16, (20,), -1)
    page = read(image)
    assert table_of(page) == [["Received", "79", "108", "84", "93"], ["Upheld", "10", "19", "9", "22"]]
    assert not any(w.bbox.x0 < 35 for w in page.words)


def test_short_heads_that_run_upwards_are_read_where_there_are_several() -> None:
    image = printed(PROSE + f"<table style='margin-top: 20mm'>{QUARTERS}</table>")
    for place, text in enumerate(("Q1", "Q2", "Q3", "Q4", "All")):
        label = np.rot90(ink_of(printed(f"<b>{text}</b>")))
        rows, columns = label.shape
        image[360 - rows : 360, 250 + 110 * place : 250 + 110 * place + columns] = label
    turned = {w.text for w in read(image).words if w.turned}
    assert turned >= {"Q1", "Q2", "Q3", "All"}
