"""Pictures pasted into pages of text: what is printed on them is read and joins the page."""

import base64
import io
from functools import cache

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image as Pillow
from weasyprint import HTML

from extractors.document import extract
from extractors.reading.ocr.pasted import read_pictures, wants_pictures
from extractors.reading.ocr.scans import Readers
from extractors.reading.ocr.tesseract import ReaderError, find_reader
from extractors.reading.pasted import Image, pasted_pictures, repeated
from extractors.reading.pdf import read_pdf
from schemas.pages import BBox, Page, Word
from tests.extractors.reading.ocr.pages import broken

TABLE = """<style>@page {size: 460pt 150pt; margin: 10pt} body {font: 12pt sans-serif} td, th {border: 1pt solid; padding: 4pt 20pt}</style>
<table><tr><th>Team</th><th>2013/14</th><th>2014/15</th></tr><tr><td>North</td><td>61</td><td>70</td></tr>
<tr><td>South</td><td>43</td><td>38</td></tr></table>"""
TEXT = "<p>There were 108 complaints at Stage 1 in 2014/15, against 104 in 2013/14. The table shows them by team.</p>"


@cache
def readers() -> Readers:
    return Readers(first=find_reader())


def picture(html: str = TABLE) -> Pillow.Image:
    document = pdfium.PdfDocument(HTML(string=html).write_pdf())
    try:
        drawn: Pillow.Image = document[0].render(scale=150 / 72).to_pil().convert("RGB")
        return drawn
    finally:
        document.close()


def paper(image: Pillow.Image, width: int = 460, copies: int = 1) -> bytes:
    """A page of text with a picture below it, `width` points wide; on each of `copies` pages."""
    kept = io.BytesIO()
    image.save(kept, "PNG")
    tag = f'<img style="width: {width}pt" src="data:image/png;base64,{base64.b64encode(kept.getvalue()).decode()}">'
    page = f"<h1>Complaints 2014/15</h1>{TEXT}{tag}{TEXT * 3}"
    made: bytes = HTML(string='<div style="page-break-before: always"></div>'.join([page] * copies)).write_pdf()
    return made


def read(pdf: bytes, given: Readers | None = None) -> tuple[Page, ...]:
    return read_pictures(pdf, read_pdf(pdf), given or readers())


def test_the_figures_of_a_table_that_is_a_picture_are_read() -> None:
    pdf = paper(picture())
    reading = extract(read(pdf), pdf=pdf, file_name="complaints_2014-15_report.pdf")
    teams = {
        (dict(f.dims)["team"], f.period.code if f.period else "", int(f.value)) for f in reading.figures if "team" in dict(f.dims) and f.value
    }
    assert teams == {("North", "2013/14", 61), ("North", "2014/15", 70), ("South", "2013/14", 43), ("South", "2014/15", 38)}


def test_the_words_stand_where_they_are_shown_and_say_how_surely_they_were_read() -> None:
    pdf = paper(picture())
    (before,) = read_pdf(pdf)
    (page,) = read(pdf)
    (place,) = before.pictures
    added = page.words[len(before.words) :] if page.words[: len(before.words)] == before.words else page.words
    seen = [w for w in added if w.confidence is not None]
    assert {"North", "South", "61", "38"} <= {w.text for w in seen}
    box = place.bbox
    assert all(box.x0 <= w.bbox.x0 and w.bbox.x1 <= box.x1 and box.top <= w.bbox.top and w.bbox.bottom <= box.bottom for w in seen)
    assert page.source == "text"


def test_a_small_picture_is_left_alone() -> None:
    pages = read_pdf(paper(picture(), width=100))
    assert not any(wants_pictures(page, "auto") for page in pages)


def test_a_banner_of_several_pages_is_left_alone() -> None:
    pages = read_pdf(paper(picture(), copies=3))
    assert len(pages) == 3
    assert not any(wants_pictures(page, "auto") for page in pages)


def test_without_ocr_no_picture_is_read() -> None:
    (page,) = read_pdf(paper(picture()))
    assert wants_pictures(page, "auto")
    assert not wants_pictures(page, "never")


def test_a_photograph_has_no_print() -> None:
    noise = np.random.default_rng(7).integers(0, 255, (400, 800, 3)).astype(np.uint8)
    pdf = paper(Pillow.fromarray(noise))
    (before,) = read_pdf(pdf)
    (page,) = read(pdf)
    assert page.words == before.words


def test_a_picture_that_cannot_be_read_leaves_its_page_as_it_is() -> None:
    pdf = paper(picture())
    (before,) = read_pdf(pdf)
    (page,) = read(pdf, Readers(first=broken(1)))
    assert page.words == before.words


def test_a_reader_that_would_fail_everywhere_says_so() -> None:
    with pytest.raises(ReaderError):
        read(paper(picture()), Readers(first=broken(1, lasting=True)))


def test_tiles_are_one_picture_and_a_background_is_none() -> None:
    tiles = [Image(bbox=BBox(50, 100.0 + 30 * n, 400, 130.0 + 30 * n), content=n) for n in range(4)]
    (whole,) = pasted_pictures(tiles, ())
    assert whole.bbox == BBox(50, 100, 400, 220)
    words = [Word(text="word", bbox=BBox(60.0 + 20 * n, 150, 75.0 + 20 * n, 160)) for n in range(14)]
    assert pasted_pictures(tiles, words) == ()


def test_a_picture_is_repeated_from_three_pages_on() -> None:
    image = Image(bbox=BBox(50, 100, 400, 220), content=1)
    assert repeated([(image,), (image,)]) == frozenset()
    assert repeated([(image,), (image,), (image,)]) == {image}
