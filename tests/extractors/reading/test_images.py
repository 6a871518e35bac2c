"""Image files as PDF pages."""

import io
from collections.abc import Callable

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from extractors.reading.images import pdf_of_image
from schemas.errors import DocumentError

GREY = np.tile(np.linspace(0, 255, 170).astype(np.uint8), (220, 1))


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    made = io.BytesIO()
    image.save(made, form, **options)
    return made.getvalue()


def tiff_of(count: int) -> bytes:
    pages = [Image.fromarray(np.roll(GREY, 20 * number, axis=1)) for number in range(count)]
    return saved(pages[0], "TIFF", save_all=True, append_images=pages[1:], dpi=(20, 20), compression="jpeg")


def drawn(pdf: bytes, page: int = 0) -> np.ndarray:
    """The first image of a page, as it lies in the PDF."""
    document = pdfium.PdfDocument(pdf)
    loaded = document[page]
    (image,) = loaded.get_objects(filter=[3])
    return np.array(image.get_bitmap().to_pil().convert("L"))


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        ("PNG", "L"),
        ("PNG", "RGB"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "LA"),
        ("TIFF", "L"),
        ("BMP", "L"),
        ("GIF", "P"),
    ],
)
def test_nothing_is_lost(form: str, mode: str) -> None:
    file = saved(Image.fromarray(GREY).convert(mode), form)
    pdf, problems = pdf_of_image(file)
    assert problems == ()
    assert np.abs(drawn(pdf).astype(int) - GREY).max() <= 1


def test_a_jpeg_is_in_the_pdf_as_it_came() -> None:
    file = saved(Image.fromarray(GREY), "JPEG", quality=40)
    assert file[20:-2] in pdf_of_image(file)[0]


def test_fax_pages_stay_black_and_white() -> None:
    file = saved(Image.fromarray(GREY).convert("1"), "TIFF", compression="group4", dpi=(20, 20))
    pdf, _ = pdf_of_image(file)
    assert b"CCITTFaxDecode" in pdf
    assert set(np.unique(drawn(pdf))) == {0, 255}


def test_each_frame_is_a_page() -> None:
    pdf, _ = pdf_of_image(tiff_of(5))
    assert len(pdfium.PdfDocument(pdf)) == 5


def test_the_same_bytes_in_give_the_same_bytes_out() -> None:
    assert pdf_of_image(tiff_of(2)) == pdf_of_image(tiff_of(2))


@pytest.mark.parametrize(
    ("pixels", "dpi", "points"),
    [
        pytest.param((1654, 2339), 200, (595, 842), id="as the file says"),
        pytest.param((1654, 2339), None, (595, 842), id="nothing said: as wide as A4"),
        pytest.param((2339, 1654), None, (842, 595), id="nothing said, lying: as wide as lying A4"),
        pytest.param((1100, 1500), 72, (1100, 1500), id="large, but a page can be that large"),
        pytest.param((2481, 3508), 72, (595, 842), id="a page cannot be that large"),
        pytest.param((1654, 2339), 9999, (595, 842), id="a page cannot be that small"),
    ],
)
def test_size_of_the_page(pixels: tuple[int, int], dpi: int | None, points: tuple[float, float]) -> None:
    options = {"dpi": (dpi, dpi)} if dpi else {}
    pdf, _ = pdf_of_image(saved(Image.new("1", pixels, 1), "PNG", **options))
    assert pdfium.PdfDocument(pdf)[0].get_size() == pytest.approx(points, abs=1.5)


def test_a_photograph_taken_sideways_is_shown_upright() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    pdf, _ = pdf_of_image(saved(Image.fromarray(GREY), "JPEG", exif=turned))
    assert drawn(pdf).shape == GREY.T.shape


def test_a_damaged_frame_is_named_and_the_others_are_read() -> None:
    file = bytearray(tiff_of(3))
    start = file.index(b"\xff\xd8\xff")
    file[start : start + 200] = bytes(200)
    pdf, problems = pdf_of_image(bytes(file))
    assert [(p.code, p.page) for p in problems] == [("page_damaged", 1)]
    assert len(pdfium.PdfDocument(pdf)) == 3
    assert drawn(pdf, 2).std() > 10


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        pytest.param(lambda: tiff_of(2)[:300], "damaged", id="directory of a TIFF cut off"),
        pytest.param(lambda: saved(Image.fromarray(GREY), "PNG")[:120], "damaged", id="PNG cut off"),
        pytest.param(lambda: b"\xff\xd8\xff" + bytes(500), "damaged", id="no JPEG"),
        pytest.param(lambda: saved(Image.new("1", (30_000, 30_000)), "PNG"), "too_large", id="decompression bomb"),
    ],
)
def test_bad_images(file: Callable[[], bytes], reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        pdf_of_image(file())
    assert caught.value.reason == reason
    assert caught.value.advice
