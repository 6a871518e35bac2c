"""The pages of a document that need it, read by OCR."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
import pypdfium2 as pdfium

from extractors.reading.ocr.place import words_of
from extractors.reading.ocr.prepare import Matrix, Prepared, prepare
from extractors.reading.ocr.raster import Image, Raster, draw_page
from extractors.reading.ocr.ruling import (
    as_rules,
    edges_of,
    find_fills,
    find_rules,
    print_without,
    turn_over,
    without_rules,
)
from extractors.reading.ocr.segment import find_strips, read_strips
from extractors.reading.ocr.tesseract import Reader, ReaderError
from extractors.reading.pdf import open_pdf
from extractors.reading.second.recogniser import LineReader
from extractors.reading.second.rereading import read_again
from schemas.pages import Page, Placing


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadImage:
    """A page as it was read once: words and rules on the straight page, and the image that they were read from."""

    page: Page
    raster: Raster


def read_scans(
    pdf: bytes, pages: Sequence[Page], reader: Reader, second: LineReader | None, *, password: str | None = None
) -> tuple[Page, ...]:
    """The pages, with those that have no usable text (`source` "none") read by OCR, and their numbers by a `second` reader.

    A page that OCR cannot read keeps its source "none", and `source_reason` says why. Raises ReaderError when the reader
    would fail on every page, and DocumentError as `read_pdf` does.
    """
    wanted = [page.number for page in pages if page.source == "none"]
    if not wanted:
        return tuple(pages)
    found = {number: page for number, page in _read(pdf, wanted, pages, reader, second, password)}
    return tuple(found.get(page.number, page) for page in pages)


def rasters(pdf: bytes, numbers: Iterable[int], *, password: str | None = None) -> Iterator[tuple[int, Raster]]:
    """The images of some pages (numbers from 1), upright and straight: the frame of the words of an OCR page.

    A word's pixels are `raster.crop(word.bbox)`; ruling lines are still there, light is evened out. A page without print
    has its image as it is.
    """
    with open_pdf(pdf, password=password) as document:
        for number in numbers:
            yield number, raster_of(document[number - 1])


def raster_of(page: pdfium.PdfPage) -> Raster:
    """The image of one page that pdfium has loaded; see `rasters`."""
    image, scale = draw_page(page)
    return _raster(image, scale, prepare(image))


def _read(
    pdf: bytes,
    wanted: Iterable[int],
    pages: Sequence[Page],
    reader: Reader,
    second: LineReader | None,
    password: str | None,
) -> Iterator[tuple[int, Page]]:
    known = {page.number: page for page in pages}
    with open_pdf(pdf, password=password) as document:
        for number in wanted:
            try:
                loaded = document[number - 1]
                yield number, read_page(loaded, known[number], reader, second)
                loaded.close()
            except ReaderError as error:
                if error.lasting:
                    raise
                yield number, replace(known[number], source_reason=f"{known[number].source_reason}; {error.message}")
            except pdfium.PdfiumError:
                continue


def read_page(loaded: pdfium.PdfPage, page: Page, reader: Reader, second: LineReader | None) -> Page:
    """One page by OCR, with its numbers read twice; `page` is what is known of it."""
    read = read_once(loaded, page, reader)
    return read_again(read.page, read.raster, second, first=reader.name) if second else read.page


def read_once(loaded: pdfium.PdfPage, page: Page, reader: Reader) -> ReadImage:
    """One page by the first reader; `page` is what is known of it."""
    image, scale = draw_page(loaded)
    prepared = prepare(image)
    raster = _raster(image, scale, prepared)
    if prepared is None:
        empty = replace(page, source="ocr", source_reason=f"{page.source_reason}; there is no print on it")
        return ReadImage(page=empty, raster=raster)
    image, ink = prepared.image.copy(), prepared.ink.copy()
    fills = find_fills(ink, prepared.letter_height)
    turn_over(image, ink, fills)
    boxes, mask = find_rules(ink, prepared.letter_height)
    readable = without_rules(image, mask)
    found = find_strips(readable, print_without(ink, mask), prepared.letter_height)
    tokens = read_strips(found, reader)
    height, width = raster.image.shape
    read = Page(
        number=page.number,
        width=round(width / raster.scale, 2),
        height=round(height / raster.scale, 2),
        words=words_of(tokens, ink, raster.scale),
        rules=as_rules((*boxes, *(edge for fill in fills for edge in edges_of(fill))), raster.scale),
        source="ocr",
        source_reason=f"{page.source_reason}; read by {reader.name} {reader.version}",
        placing=raster.placing,
    )
    return ReadImage(page=read, raster=replace(raster, image=readable))


def _raster(image: Image, scale: float, prepared: Prepared | None) -> Raster:
    """The prepared image with its scale, and how it lies on the page as shown."""
    height, width = image.shape
    if prepared is None:
        return Raster(image=image, scale=scale, placing=_placing(np.eye(3), scale, scale, width, height))
    # the map keeps shapes, so the root of its determinant is by how much it enlarges
    factor = 1 / sqrt(abs(float(np.linalg.det(prepared.matrix[:2, :2]))))
    made = scale * factor
    return Raster(image=prepared.image, scale=made, placing=_placing(prepared.matrix, made, scale, width, height))


def _placing(matrix: Matrix, scale: float, shown_scale: float, width: int, height: int) -> Placing:
    """The map between pixels as one between points: of the straight page (`scale`) and of the page as shown."""
    points = np.diag([1 / shown_scale, 1 / shown_scale, 1.0]) @ matrix @ np.diag([scale, scale, 1.0])
    a, b, c, d, e, f, g, h, i = (round(float(number), 9) for number in points.flatten())
    return Placing(
        matrix=(a, b, c, d, e, f, g, h, i), width=round(width / shown_scale, 2), height=round(height / shown_scale, 2)
    )
