"""Charts and tables that were pasted as pictures into pages of text: found, read, and joined to their pages."""

import base64
import io
from dataclasses import replace
from functools import cache

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image as Pillow
from weasyprint import HTML

from extractors.document import extract
from extractors.layout import lay_out
from extractors.reading.ocr import pasted
from extractors.reading.ocr.once import Readers, find_unread, read_all
from extractors.reading.ocr.pasted import PICTURES
from extractors.reading.ocr.tesseract import find_reader
from extractors.reading.pasted import Image, pasted_pictures, repeated
from extractors.reading.pdf import read_pdf
from extractors.reading.second.recogniser import load_recogniser
from schemas.layout import Table
from schemas.pages import BBox, Page, Word
from tests.extractors.reading.ocr.pages import broken
from tests.extractors.reading.ocr.test_keeping import Drawer

TABLE = """<table style="border-collapse: collapse; font: 10pt 'DejaVu Sans'"><style>td { border: 1px solid black; padding: 3pt 12pt }</style>
<tr><td>Team</td><td>2013/14</td><td>2014/15</td></tr><tr><td>North</td><td>61</td><td>70</td></tr>
<tr><td>South</td><td>40</td><td>38</td></tr><tr><td>Fostering</td><td>18</td><td>27</td></tr></table>"""
YEARS = TABLE.replace("</td></tr>", "</td><td>9</td><td>8</td></tr>").replace(
    "2014/15</td><td>9</td><td>8</td>", "2014/15</td><td>2015/16</td><td>2016/17</td>"
)
BARS = {"North": 70, "South": 38, "Fostering": 27}
CHART = "".join(
    f"""<text x="105" y="{40 * n + 27}" text-anchor="end">{name}</text><text x="{118 + 3 * value}" y="{40 * n + 27}">{value}</text>
    <rect x="110" y="{40 * n + 10}" width="{3 * value}" height="24" fill="#1c4c8c"/>"""
    for n, (name, value) in enumerate(BARS.items())
)
TEXT = """<p>The team dealt with complaints of children and young people throughout the year, and learnt from them what it could do better.</p>"""


def drawn(body: str, dpi: int = 150) -> Pillow.Image:
    """What is printed of a page, cut out of it."""
    document = pdfium.PdfDocument(HTML(string=body).write_pdf())
    picture = document[0].render(scale=dpi / 72).to_pil().convert("RGB")
    document.close()
    rows, columns = np.nonzero(np.asarray(picture).min(axis=2) < 250)
    return picture.crop((columns.min() - 6, rows.min() - 6, columns.max() + 6, rows.max() + 6))


def chart() -> Pillow.Image:
    return drawn(f'<svg width="420" height="130" style="font: 12px DejaVu Sans">{CHART}</svg>')


def photograph() -> Pillow.Image:
    """Shades of all greys without any ground."""
    grain = np.random.default_rng(1).normal(0, 12, (300, 400))
    slope = np.linspace(0, 255, 400)[None, :] * 0.6 + np.linspace(0, 255, 300)[:, None] * 0.4
    return Pillow.fromarray(np.clip(slope + grain, 0, 255).astype(np.uint8)).convert("RGB")


@cache
def paper(*pictures: str, width: int = 330) -> bytes:
    """A page of text with pictures, by their names."""
    made = {"table": lambda: drawn(TABLE), "years": lambda: drawn(YEARS), "chart": chart, "photograph": photograph}
    parts = []
    for name in pictures:
        written = io.BytesIO()
        made[name]().save(written, "PNG")
        parts.append(
            f'<p><img style="width: {width}pt" src="data:image/png;base64,{base64.b64encode(written.getvalue()).decode()}"></p>'
        )
    return HTML(string=TEXT + TEXT.join(parts) + TEXT).write_pdf() or b""


@cache
def readers() -> Readers:
    return Readers(first=find_reader("eng"), second=load_recogniser())


def only(pdf: bytes) -> Page:
    (page,) = read_all(PICTURES, pdf, read_pdf(pdf), readers())
    return page


def rows(page: Page, method: str) -> list[list[str]]:
    (table,) = [e for e in lay_out([page]).elements if isinstance(e, Table) and e.method == method]
    return [[c.text.text for c in table.cells if c.row == row] for row in range(table.rows)]


def test_a_table_pasted_as_a_picture_joins_the_page() -> None:
    page = only(paper("table"))
    assert rows(page, "ruled") == [
        ["Team", "2013/14", "2014/15"], ["North", "61", "70"], ["South", "40", "38"], ["Fostering", "18", "27"],
    ]  # fmt: skip
    assert page.source == "text"
    assert page.source_reason.startswith("text layer is readable") and "a picture on it: read by" in page.source_reason


def test_its_numbers_are_read_twice_and_the_text_layer_is_left_as_it_was() -> None:
    (before,) = read_pdf(paper("table"))
    page = only(paper("table"))
    assert page.words[: len(before.words)] == before.words
    read = {word.text: word for word in page.words[len(before.words) :]}
    assert all(picture.holds(word.bbox) for picture in page.pictures for word in read.values())
    assert [reading.text for reading in read["61"].readings] == ["61", "61"]


def test_a_chart_pasted_as_a_picture_is_a_chart() -> None:
    assert rows(only(paper("chart")), "chart") == [[name, str(value)] for name, value in BARS.items()]


@pytest.mark.parametrize(
    ("misread", "told"),
    [("2113/14", "2013/14"), ("7013/14", "2013/14"), ("Team", "Team"), ("2013/14", "2013/14")],
)
def test_a_year_that_the_second_reader_misreads_is_told_by_the_others(
    monkeypatch: pytest.MonkeyPatch, misread: str, told: str
) -> None:
    def misreading(page: Page, *_: object, **__: object) -> Page:
        words = (replace(w, text=misread if w.text == "2013/14" else w.text) for w in page.words)
        return replace(page, words=tuple(words))

    monkeypatch.setattr(pasted, "read_again", misreading)
    read = sorted((w for w in only(paper("years")).words if w.confidence is not None), key=lambda w: w.bbox.x0)
    top = min(word.bbox.middle for word in read)
    assert [w.text for w in read if w.bbox.middle < top + 5] == ["Team", told, "2014/15", "2015/16", "2016/17"]


def test_a_photograph_is_not_read_and_says_so() -> None:
    page = only(paper("photograph"))
    assert page.source_reason.endswith("a picture on it: a photograph, which is not read")
    assert not any(word.confidence is not None for word in page.words)


def test_a_picture_that_nobody_was_asked_to_read_is_a_problem() -> None:
    pdf = paper("table")
    pages = read_all(PICTURES, pdf, read_pdf(pdf), readers(), "never")
    reading = extract(pages, pdf=pdf, file_name="a.pdf")
    messages = [p.message for p in reading.problems if p.code == "pictures_not_read"]
    assert messages == ["A picture on the page was not read: OCR was not asked for."]


def test_when_the_reader_breaks_down_the_page_keeps_its_text_and_says_why() -> None:
    pdf = paper("table")
    (page,) = read_all(PICTURES, pdf, read_pdf(pdf), Readers(first=broken(at=1)))
    assert page.words == read_pdf(pdf)[0].words
    assert [(p.read, p.reason) for p in page.pictures] == [(False, "The reader broke down.")]


def test_what_was_read_is_kept() -> None:
    pdf, shelf = paper("table"), Drawer()
    pages = read_pdf(pdf)
    kept = Readers(first=readers().first, second=readers().second, shelf=shelf)
    assert len(find_unread(PICTURES, pdf, pages, kept, "auto")) == 1
    read = read_all(PICTURES, pdf, pages, kept)
    assert find_unread(PICTURES, pdf, pages, kept, "auto") == ()
    assert read_all(PICTURES, pdf, pages, kept) == read


def image(x0: float, top: float, x1: float, bottom: float, content: int = 1) -> Image:
    return Image(bbox=BBox(x0, top, x1, bottom), content=content)


def words_on(box: BBox, number: int) -> list[Word]:
    middle = (box.x0 + box.x1) / 2
    return [Word(text="a", bbox=BBox(middle, box.top + 5 * n, middle + 4, box.top + 5 * n + 4)) for n in range(number)]


@pytest.mark.parametrize(
    "box",
    [
        pytest.param((70, 40, 155, 125), id="crest"),
        pytest.param((70, 700, 220, 750), id="signature"),
        pytest.param((70, 700, 520, 712), id="line"),
    ],
)
def test_small_pictures_are_left_alone(box: tuple[float, float, float, float]) -> None:
    assert pasted_pictures([image(*box)], []) == ()


def test_a_picture_under_text_is_a_background() -> None:
    whole = image(0, 0, 595, 842)
    assert pasted_pictures([whole], words_on(whole.bbox, 13)) == ()
    assert pasted_pictures([whole], words_on(whole.bbox, 12)) == (whole,)


def test_tiles_are_one_picture() -> None:
    tiles = [image(70, 100 + 30 * n, 470, 130 + 30 * n) for n in range(6)]
    assert [picture.bbox for picture in pasted_pictures(tiles, [])] == [BBox(70, 100, 470, 280)]
    assert len(pasted_pictures([image(70, 100, 470, 280), image(70, 300, 470, 480)], [])) == 2


def test_what_stands_on_every_page_is_furniture_and_charts_in_the_same_place_are_not() -> None:
    banner = image(0, 0, 595, 90)
    pages = [[banner, image(70, 200, 470, 400, content=n)] for n in range(4)]
    assert repeated(pages) == {banner}
