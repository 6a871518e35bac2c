"""Scanned pages, from images to words; with Tesseract as it is installed here."""

import re
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from extractors.layout import lay_out
from extractors.reading.ocr.once import Readers, read_all
from extractors.reading.ocr.raster import Image
from extractors.reading.ocr.scans import SCANS, wants_ocr
from extractors.reading.ocr.tesseract import ReaderError, find_reader
from extractors.reading.pdf import TYPESET, read_pdf
from fixtures.sample.scanning.damage import bordered, noisy, speckled, unevenly_lit
from schemas.layout import Table
from schemas.pages import BBox, Page
from tests.extractors.reading.ocr.pages import FailingReader, broken, report_image, scan_of, turned_by

PRINT = np.random.default_rng(1)


@cache
def readers() -> Readers:
    return Readers(first=find_reader())


def read(*images: Image) -> tuple[Page, ...]:
    pdf = scan_of(*images)
    return read_all(SCANS, pdf, read_pdf(pdf), readers())


def text_of(page: Page) -> str:
    return " ".join(word.text for word in page.words)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda image: image, id="clean"),
        pytest.param(lambda image: turned_by(image, 1.8), id="askew"),
        pytest.param(lambda image: turned_by(image, -1.2), id="askew the other way"),
        pytest.param(lambda image: np.rot90(image, 1), id="on its left side"),
        pytest.param(lambda image: np.rot90(image, 2), id="upside down"),
        pytest.param(lambda image: np.rot90(turned_by(image, 1), 3), id="on its right side, askew"),
        pytest.param(lambda image: unevenly_lit(image, 0.3, np.random.default_rng(2)), id="unevenly lit"),
        pytest.param(lambda image: bordered(image, 0.3, 200, np.random.default_rng(3)), id="black borders"),
        pytest.param(lambda image: speckled(image, 4, 200, np.random.default_rng(4)), id="dust"),
        pytest.param(lambda image: noisy(image, 12, np.random.default_rng(5)), id="grain"),
        pytest.param(lambda image: np.where(image > 150, 255, 0).astype(np.uint8), id="black and white"),
    ],
)
def test_every_number_of_a_page_is_read(damage: Callable[[Image], Image]) -> None:
    (page,) = read(np.ascontiguousarray(damage(report_image())))
    assert page.source == "ocr"
    numbers = sorted(re.findall(r"\d[\d/]*%?", text_of(page)))
    expected = "2014/15 117 1 7% 109 2013/14 14% 16 3 2013/14 2014/15 61 70 40 40 8 7 1 5 2"
    assert numbers == sorted(expected.split())


def test_tables_keep_their_lines_and_lone_cells() -> None:
    (page,) = read(turned_by(report_image(), 0.9))
    tables = [e for e in lay_out([page]).elements if isinstance(e, Table)]
    rows = [[c.text.text for c in t.cells if c.row == row] for t in tables for row in range(t.rows)]
    assert [row for row in rows if row[0] in ("Team", "North", "South", "Other")] == [
        ["Team", "2013/14", "2014/15"], ["North", "61", "70"], ["South", "40", "40"], ["Other", "8", "7"],
    ]  # fmt: skip
    assert "-" in [word.text for word in page.words]


def test_white_print_on_black_is_read() -> None:
    (page,) = read(report_image())
    assert {"Quarter", "Compliments"} <= {word.text for word in page.words}


def test_bullets_are_bullets() -> None:
    (page,) = read(report_image())
    assert [word.text for word in page.words].count("•") == 2


def test_bold_and_large_print_is_told() -> None:
    (page,) = read(report_image())
    words = {word.text: word for word in page.words}
    assert words["Complaints"].bold and not words["There"].bold
    assert words["Complaints"].size > 1.5 * words["There"].size
    assert words["There"].size == pytest.approx(11, rel=0.12)


@pytest.mark.parametrize("quarters", range(4))
@pytest.mark.parametrize("degrees", [0.0, 1.5])
def test_boxes_lead_back_to_the_page_as_shown(quarters: int, degrees: float) -> None:
    image = np.ascontiguousarray(np.rot90(turned_by(report_image(), degrees), quarters))
    (page,) = read(image)
    assert page.placing is not None
    word = next(word for word in page.words if word.text == "increase")
    shown = page.placing.shown(word.bbox)
    scale = 200 / 72
    part = image[int(shown.top * scale) : int(shown.bottom * scale), int(shown.x0 * scale) : int(shown.x1 * scale)]
    assert (part < 128).mean() > 0.05, "there is print in the box"
    assert shown.height < 5 * shown.width if quarters % 2 == 0 else shown.width < shown.height
    assert BBox(0, 0, page.placing.width, page.placing.height) == BBox(
        0, 0, pytest.approx(image.shape[1] / scale, abs=0.5), pytest.approx(image.shape[0] / scale, abs=0.5)
    )


@pytest.mark.parametrize(
    ("image", "reason"),
    [
        pytest.param(np.full((1100, 850), 255, np.uint8), "no print", id="white"),
        pytest.param(np.zeros((1100, 850), np.uint8), "no print", id="black"),
        pytest.param(np.full((10, 10), 200, np.uint8), "no print", id="ten pixels"),
        pytest.param(np.zeros((1, 1), np.uint8), "no print", id="one pixel"),
        pytest.param(np.zeros((4, 1200), np.uint8), "no print", id="a strip"),
        pytest.param(np.tile(np.arange(850) % 256, (1100, 1)).astype(np.uint8), "", id="a gradient"),
        pytest.param(PRINT.integers(0, 255, (1100, 850)).astype(np.uint8), "what is on it", id="noise"),
    ],
)
def test_pages_without_print_have_no_words_and_say_so(image: Image, reason: str) -> None:
    (page,) = read(image)
    assert page.words == ()
    assert reason in page.source_reason


class TestReadersThatFail:
    def test_a_page_at_which_the_reader_breaks_down_leaves_the_others_unharmed(self) -> None:
        pdf = scan_of(report_image(100), report_image(100), report_image(100))
        pages = read_all(SCANS, pdf, read_pdf(pdf), Readers(first=broken(2)))
        assert [page.source for page in pages] == ["ocr", "none", "ocr"]
        assert "The reader broke down." in pages[1].source_reason

    def test_a_reader_that_would_fail_on_every_page_is_asked_once(self) -> None:
        pdf = scan_of(report_image(100), report_image(100))
        reader = broken(1, lasting=True)
        with pytest.raises(ReaderError):
            read_all(SCANS, pdf, read_pdf(pdf), Readers(first=reader))
        assert reader.calls == [1]

    def test_out_of_memory_at_one_page(self) -> None:
        pdf = scan_of(report_image(100), report_image(100))
        pages = read_all(SCANS, pdf, read_pdf(pdf), Readers(first=FailingReader(MemoryError(), frozenset({1}))))
        assert [page.source for page in pages] == ["none", "ocr"]


class TestChoice:
    @pytest.mark.parametrize(
        ("page", "mode", "wanted"),
        [
            (Page(number=1, width=1, height=1, source="none"), "auto", True),
            (Page(number=1, width=1, height=1, source="text"), "auto", False),
            (Page(number=1, width=1, height=1, source="text", unseen=True), "auto", True),
            (Page(number=1, width=1, height=1, source="text"), "always", True),
            (Page(number=1, width=1, height=1, source="text", source_reason=TYPESET), "always", False),
            (Page(number=1, width=1, height=1, source="none"), "never", False),
        ],
    )
    def test_which_pages_are_read_by_ocr(self, page: Page, mode: str, wanted: bool) -> None:
        assert wants_ocr(page, mode) == wanted  # type: ignore[arg-type]
