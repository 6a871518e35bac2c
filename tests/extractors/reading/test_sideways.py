"""Pages printed on their side are read as if the paper had been turned, and lead back to the page as shown."""

from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from extractors.layout import lay_out
from extractors.reading.pdf import read_pdf
from extractors.reading.sideways import upright
from schemas.layout import Table
from schemas.pages import BBox, Page, Rule, Word

ROWS = [
    ["Team", "Q1", "Q2", "Total"],
    ["Fostering", "1", "2", "3"],
    ["Assessment", "5", "6", "11"],
    ["All", "6", "8", "14"],
]


def table_at(angle: int, *, rotate: int = 0) -> bytes:
    """A page with a ruled table whose print is turned by `angle`, in a page that asks to be turned by `rotate`."""
    file = BytesIO()
    sheet = canvas.Canvas(file, pagesize=A4, invariant=1)
    sheet.translate(*{0: (0, 0), 90: (A4[0], 0), -90: (0, A4[1])}[angle])
    sheet.rotate(angle)
    sheet.setFont("Helvetica", 10)
    sheet.drawString(60, 530, "The table below gives the complaints of the year by team and by quarter.")
    for at, row in enumerate(ROWS):
        for col, text in enumerate(row):
            sheet.drawString(64 + 90 * col, 464 - 20 * at, text)
    sheet.grid([60 + 90 * n for n in range(5)], [480 - 20 * n for n in range(5)])
    sheet.save()
    with pikepdf.open(file) as pdf:
        pdf.pages[0].Rotate = rotate
        turned = BytesIO()
        pdf.save(turned)
    return turned.getvalue()


@pytest.mark.parametrize(("angle", "rotate"), [(0, 0), (90, 0), (-90, 0), (0, 90), (0, 270), (90, 90), (-90, 270)])
def test_a_table_reads_the_same_however_its_page_is_turned(angle: int, rotate: int) -> None:
    (page,) = read_pdf(table_at(angle, rotate=rotate))
    (table,) = [e for e in lay_out([page]).elements if isinstance(e, Table)]
    assert [[c.text.text for c in table.cells if c.row == row] for row in range(table.rows)] == ROWS
    if page.placing is not None:
        shown = [page.placing.shown(word.bbox) for word in page.words]
        assert all(box.x1 <= page.placing.width and box.bottom <= page.placing.height for box in shown)
        assert all(box.height > box.width for box, word in zip(shown, page.words, strict=True) if len(word.text) > 4)


def column_of_words(step: float) -> Page:
    """Words above each other, all of which run up or down; the next one `step` points lower."""
    tops = [400 + n * step for n in range(10)]
    words = [Word(text="word", bbox=BBox(100, top, 111, top + 20), size=10, turned=True) for top in tops]
    return Page(number=1, width=600, height=800, words=tuple(words), rules=(Rule(bbox=BBox(90, 390, 90, 500)),))


@given(st.sampled_from([-30.0, 30.0]))
def test_boxes_lead_back_to_the_page_as_shown(step: float) -> None:
    page = column_of_words(step)
    turned = upright(page)
    assert (turned.width, turned.height) == (page.height, page.width)
    assert [w.bbox.x0 for w in turned.words] == sorted(w.bbox.x0 for w in turned.words)
    assert turned.rules[0].horizontal and not any(w.turned for w in turned.words)
    assert turned.placing is not None
    assert [turned.placing.shown(w.bbox) for w in turned.words] == [w.bbox for w in page.words]


def test_a_page_with_a_few_turned_heads_stays() -> None:
    page = column_of_words(30.0)
    words = [Word(text="word", bbox=BBox(200, 20.0 * n, 230, 20.0 * n + 10), size=10) for n in range(10)]
    mixed = Page(number=1, width=600, height=800, words=(*page.words, *words))
    assert upright(mixed) is mixed
