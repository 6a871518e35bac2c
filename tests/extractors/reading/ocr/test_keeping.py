"""What OCR read is kept by the content of the page image, and by what it was read with."""

import io
from dataclasses import dataclass, field

import pikepdf
import pytest

from extractors.reading.ocr.keeping import page_bytes, page_from
from extractors.reading.ocr.once import Readers, find_unread, read_all
from extractors.reading.ocr.scans import SCANS
from extractors.reading.pdf import read_pdf
from schemas.pages import BBox, Page, Placing, Rule, TokenReading, Word
from tests.extractors.reading.ocr.pages import FailingReader, report_image, scan_of, turned_by


@dataclass
class Drawer:
    """A shelf in memory."""

    content: dict[str, bytes] = field(default_factory=dict)

    def recall(self, key: str) -> bytes | None:
        return self.content.get(key)

    def keep(self, key: str, content: bytes) -> None:
        self.content[key] = content


def reader(version: str = "1") -> FailingReader:
    return FailingReader(RuntimeError(), frozenset(), version=version)


def test_a_page_comes_back_as_it_was() -> None:
    reading = TokenReading(engine="one", text="117", confidence=0.9, alternatives=(("111", 0.1),))
    word = Word(text="117", bbox=BBox(1, 2, 3, 4), size=11.0, bold=True, confidence=0.9, readings=(reading,))
    page = Page(
        number=1, width=595.0, height=842.0, words=(word,), rules=(Rule(bbox=BBox(0, 1, 2, 1)),), source="ocr",
        source_reason="read", placing=Placing(matrix=(1, 0, 0, 0, 1, 0, 0, 0, 1), width=595.0, height=842.0),
    )  # fmt: skip
    assert page_from(page_bytes(page), page) == page


@pytest.mark.parametrize("content", [b"", b"{", b"{}", b"[]", b'{"words": 1}'])
def test_what_is_no_whole_page_is_not_used(content: bytes) -> None:
    assert page_from(content, Page(number=1, width=1, height=1)) is None


class TestAPageIsReadOnce:
    def test_also_in_another_file(self) -> None:
        shelf, first = Drawer(), report_image(100)
        one, two = scan_of(first, turned_by(first, 1)), scan_of(turned_by(first, 2), first)
        again = reader()
        read_all(SCANS, one, read_pdf(one), Readers(first=reader(), shelf=shelf))
        read_all(SCANS, two, read_pdf(two), Readers(first=again, shelf=shelf))
        assert len(again.calls) == 1, "the page that both files have"

    @pytest.mark.parametrize(
        ("second", "unread"),
        [
            pytest.param(Readers(first=reader()), 0, id="the same"),
            pytest.param(Readers(first=reader("2")), 1, id="another version of the reader"),
            pytest.param(Readers(first=reader(), code="2"), 1, id="another version of our code"),
        ],
    )
    def test_with_the_same_readers(self, second: Readers, unread: int) -> None:
        shelf, pdf = Drawer(), scan_of(report_image(100))
        pages = read_pdf(pdf)
        read_all(SCANS, pdf, pages, Readers(first=reader(), shelf=shelf))
        readers = Readers(first=second.first, code=second.code, shelf=shelf)
        assert len(find_unread(SCANS, pdf, pages, readers, "auto")) == unread

    def test_but_what_is_drawn_over_the_image_makes_it_another_page(self) -> None:
        shelf, pdf = Drawer(), scan_of(report_image(100))
        read_all(SCANS, pdf, read_pdf(pdf), Readers(first=reader(), shelf=shelf))
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            opened.pages[0].contents_add(b"0 0 300 300 re f")
            made = io.BytesIO()
            opened.save(made)
        drawn = made.getvalue()
        assert len(find_unread(SCANS, drawn, read_pdf(drawn), Readers(first=reader(), shelf=shelf), "always")) == 1
