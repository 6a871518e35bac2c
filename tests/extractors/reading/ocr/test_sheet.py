"""Pages that were photographed at an angle."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extractors.reading.ocr.once import Readers, read_all
from extractors.reading.ocr.raster import Image
from extractors.reading.ocr.scans import SCANS
from extractors.reading.ocr.sheet import laid_flat
from extractors.reading.ocr.tesseract import find_reader
from extractors.reading.pdf import read_pdf
from schemas.pages import Page
from tests.extractors.reading.ocr.pages import DPI, report_image, scan_of, turned_by

Corners = tuple[tuple[float, float], ...]

# Where the corners of the page are on the photograph, in parts of its sides.
FROM_BELOW = ((0.14, 0.08), (0.84, 0.06), (0.95, 0.93), (0.04, 0.95))
FROM_THE_LEFT = ((0.05, 0.04), (0.9, 0.12), (0.92, 0.86), (0.07, 0.95))


def onto(page: Image, corners: Corners) -> NDArray[np.float64]:
    """The map from the page to the photograph, both of the same size."""
    height, width = page.shape
    of_page = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    seen = np.array([(x * width, y * height) for x, y in corners], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(of_page, seen), np.float64)


def photograph(page: Image, corners: Corners, *, table: int = 70) -> Image:
    """The page as it lies on a dark table, in light that falls off to one side."""
    height, width = page.shape
    there = onto(page, corners)
    lying = cv2.warpPerspective(page, there, (width, height), flags=cv2.INTER_AREA, borderValue=(table,))
    light = np.linspace(1.0, 0.8, width)[None, :]
    grain = np.random.default_rng(3).normal(0, 3, page.shape)
    return np.clip(cv2.GaussianBlur(lying, (3, 3), 0) * light + grain, 0, 255).astype(np.uint8)


def read(image: Image) -> Page:
    pdf = scan_of(image)
    (page,) = read_all(SCANS, pdf, read_pdf(pdf), Readers(first=find_reader()))
    return page


@pytest.fixture(scope="module")
def straight() -> Page:
    return read(report_image())


@pytest.mark.parametrize("corners", [FROM_BELOW, FROM_THE_LEFT], ids=["from below", "from the left"])
def test_a_page_photographed_at_an_angle_is_read_as_a_flat_one(straight: Page, corners: Corners) -> None:
    page = read(photograph(report_image(), corners))
    texts, wanted = ([word.text for word in each.words] for each in (page, straight))
    assert len(set(wanted) - set(texts)) <= 0.05 * len(wanted)
    # the cells of a table stand in rows and columns again
    cells = {word.text: word.bbox for word in page.words}
    assert abs(cells["North"].bottom - cells["61"].bottom) < 2
    assert abs(cells["North"].x0 - cells["South"].x0) < 2
    assert abs(cells["61"].x0 - cells["8"].x0) < 4


def test_what_is_read_is_shown_where_it_is_on_the_photograph(straight: Page) -> None:
    page = read(photograph(report_image(), FROM_BELOW))
    there = onto(report_image(), FROM_BELOW)
    for text in ("Complaints", "109", "Other"):
        flat, seen = (next(w.bbox for w in each.words if w.text == text) for each in (straight, page))
        middle = np.array([[[(flat.x0 + flat.x1) / 2, flat.middle]]]) * DPI / 72
        x, y = cv2.perspectiveTransform(middle, there)[0, 0] * 72 / DPI
        assert page.placing is not None
        box = page.placing.shown(seen)
        assert box.x0 < x < box.x1
        assert box.top < y < box.bottom


@pytest.mark.parametrize(
    "image",
    [
        pytest.param(report_image(100), id="a scan"),
        pytest.param(np.pad(report_image(100), 60, constant_values=20), id="a scan with a black edge all around"),
        pytest.param(turned_by(report_image(100), 2), id="a scan askew"),
        pytest.param(
            photograph(report_image(100), ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9))), id="taken from above"
        ),
        pytest.param(photograph(report_image(100), FROM_BELOW, table=230), id="no darker ground"),
        pytest.param(
            photograph(report_image(100), ((0.15, 0), (1, 0), (1, 1), (0.05, 1))), id="the shadow of a fold at one side"
        ),
        pytest.param(255 - report_image(100), id="a dark cover"),
        pytest.param(np.full((800, 600), 255, np.uint8), id="a blank page"),
        pytest.param(np.zeros((10, 10), np.uint8), id="hardly a page"),
    ],
)
def test_other_pages_stay_as_they_are(image: Image) -> None:
    made, back = laid_flat(image)
    assert made is image
    assert np.array_equal(back, np.eye(3))
