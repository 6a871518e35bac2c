"""The pages of a document that need it, read by OCR."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Literal

import cv2
import numpy as np
import pypdfium2 as pdfium

from extractors.reading.ocr.keeping import Shelf, for_place, page_bytes, page_from, page_key
from extractors.reading.ocr.mend import with_joined_years, with_quarters, with_sequences, with_years
from extractors.reading.ocr.pictures import SCALE, lay_straight, read_picture
from extractors.reading.ocr.place import words_of
from extractors.reading.ocr.prepare import Matrix, Prepared, faint_print_of, prepare
from extractors.reading.ocr.raster import Image, Raster, draw_picture, in_grey
from extractors.reading.ocr.ruling import (
    as_rules,
    edges_of,
    find_fills,
    find_own_rules,
    print_without,
    turn_over,
    without_rules,
)
from extractors.reading.ocr.segment import Found, find_strips
from extractors.reading.ocr.strips import confidence_of, line_confidence, read_lines, reads_better_turned_over, words_in
from extractors.reading.ocr.stumps import without_sheet_edges, without_stumps
from extractors.reading.ocr.tesseract import Reader, ReaderError
from extractors.reading.ocr.turned_print import read_turned, without
from extractors.reading.ocr.turning import Turning
from extractors.reading.pdf import DAMAGED, TYPESET, open_pdf
from extractors.reading.quality import is_unknown
from extractors.reading.second.recogniser import LineReader
from extractors.reading.second.rereading import is_read_once, read_again
from schemas.pages import Page, Picture, Placing, Rule, Word

# No page of print has more strips, or is read with less confidence on average.
_MOST_STRIPS, _LEAST_CONFIDENCE = 2_000, 0.4
# A page that is read with less confidence may have been read upside down.
_UPSIDE_DOWN = 0.7
Mode = Literal["auto", "always", "never"]
# By so much more of its words may be unknown before an image is taken to read worse than a text layer.
_WORSE = 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadImage:
    """A page as it was read once: words and rules on the straight page, and the image that they were read from."""

    page: Page
    raster: Raster


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What is seen on a page before its lines are read: their strips, words that run upwards or downwards, and rules.

    `ink` is its print, `raster` the image that is read, and `turning` how the page was turned for it.
    """

    found: Found
    turned: tuple[Word, ...]
    rules: tuple[Rule, ...]
    ink: Image
    raster: Raster
    turning: Turning


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """Who reads scanned pages, and where what they read is kept. `code` changes whenever this code does."""

    first: Reader
    second: LineReader | None = None
    shelf: Shelf | None = None
    code: str = ""

    @property
    def made_with(self) -> str:
        """Everything that what is read depends on, but the page."""
        second = f"{self.second.name} {self.second.version}" if self.second else ""
        return f"{self.first.name} {self.first.version} {self.first.languages}|{second}|{self.code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A page (number from 1) that is to be read by OCR, or only its `pictures`, and the key under which that will be kept."""

    number: int
    key: str
    pictures: tuple[Picture, ...] = ()


def wants_ocr(page: Page, mode: Mode) -> bool:
    """Whether a page is to be read by OCR: in `auto`, where its text layer cannot be used or is that of an earlier OCR."""
    if mode == "always":
        return page.source_reason != TYPESET
    return mode == "auto" and (page.source == "none" or page.unseen) and page.source_reason != DAMAGED


def unread_scans(
    pdf: bytes, pages: Sequence[Page], readers: Readers, mode: Mode, *, password: str | None = None
) -> tuple[Unread, ...]:
    """The pages that are to be read by OCR and have not been. Raises DocumentError as `read_pdf` does."""
    wanted = [page.number for page in pages if wants_ocr(page, mode)]
    if not wanted or readers.shelf is None:
        return ()
    sha256 = hashlib.sha256(pdf).hexdigest()
    with open_pdf(pdf, password=password) as document:
        keys = [(number, page_key(document[number - 1], sha256, number, readers.made_with)) for number in wanted]
    return tuple(Unread(number=number, key=key) for number, key in keys if readers.shelf.recall(key) is None)


def read_scans(
    pdf: bytes, pages: Sequence[Page], readers: Readers, mode: Mode = "auto", *, password: str | None = None
) -> tuple[Page, ...]:
    """The pages, with those that want it read by OCR.

    A page that OCR cannot read keeps its text layer, if that can be used; else its source is "none", and `source_reason` says
    why. Raises ReaderError when the reader would fail on every page, and DocumentError as `read_pdf` does.
    """
    wanted = [page for page in pages if wants_ocr(page, mode)]
    if not wanted:
        return tuple(pages)
    sha256 = hashlib.sha256(pdf).hexdigest()
    read: dict[int, Page] = {}
    with open_pdf(pdf, password=password) as document:
        for page in wanted:
            read[page.number] = choose(page, read_kept(document, page, readers, sha256))
    return tuple(read.get(page.number, page) for page in pages)


def read_kept(document: pdfium.PdfDocument, page: Page, readers: Readers, sha256: str) -> Page:
    """A page by OCR, from the shelf if it was read before. `sha256` is of the file. Raises ReaderError if it is lasting."""
    try:
        loaded = document[page.number - 1]
    except pdfium.PdfiumError:
        return page
    key = page_key(loaded, sha256, page.number, readers.made_with) if readers.shelf else ""
    if readers.shelf and (content := readers.shelf.recall(key)) and (kept := page_from(content, page)):
        return for_place(kept, page)
    bare = replace(page, words=(), rules=(), shapes=(), source="none", source_reason="", unseen=False)
    try:
        made = read_page(loaded, bare, readers.first, readers.second)
    except ReaderError as error:
        if error.lasting:
            raise
        made = replace(bare, source_reason=error.message)
    except (pdfium.PdfiumError, cv2.error, MemoryError):
        made = replace(bare, source_reason="its image cannot be read")
    finally:
        loaded.close()
    if readers.shelf and not (readers.second and is_read_once(made)):  # the second reader may work next time
        readers.shelf.keep(key, page_bytes(made))
    return for_place(made, page)


def choose(layer: Page, image: Page) -> Page:
    """The page by its text layer or by its image, and why.

    Of an earlier OCR's layer and ours, ours is used, unless it has more words that are none. They are compared in the reason.
    """
    if not layer.words or layer.source == "none":
        return image
    if image.source == "none":
        return replace(layer, source_reason=f"{layer.source_reason}; {image.source_reason}")
    texts = [{word.text for word in page.words} for page in (layer, image)]
    common = len(texts[0] & texts[1]) / max(len(texts[0]), 1)
    agreement = f"{100 * common:.0f}% of its words are read in the image too"
    if _unknown_share(image) > _unknown_share(layer) + _WORSE:
        return replace(layer, source_reason=f"{layer.source_reason}; {agreement}, which reads worse")
    return replace(image, source_reason=f"{image.source_reason}; {agreement}")


def _unknown_share(page: Page) -> float:
    worded = [word for word in page.words if any(c.isalpha() for c in word.text)]
    return sum(is_unknown(word.text) for word in worded) / len(worded) if worded else 1.0


def read_page(loaded: pdfium.PdfPage, page: Page, reader: Reader, second: LineReader | None) -> Page:
    """One page by OCR, with its numbers read twice; `page` is what is known of it."""
    read = read_once(loaded, page, reader, second)
    if second is None:
        return read.page
    twice = read_again(read.page, read.raster, second, first=reader.name)
    return replace(twice, words=with_quarters(twice.words))


def read_once(loaded: pdfium.PdfPage, page: Page, reader: Reader, second: LineReader | None = None) -> ReadImage:
    """One page by the first reader, and what that reads badly also by the second; `page` is what is known of it."""
    return read_image(*draw_picture(loaded), page, reader, second)


def read_image(
    picture: Image,
    scale: float,
    page: Page,
    reader: Reader,
    second: LineReader | None,
    *,
    grey: Image | None = None,
    turning: Turning | None = None,
) -> ReadImage:
    """The same of a picture of a page, `scale` pixels to a point.

    `grey` is the picture as its print is to be read, and `turning` overrides what its letters tell of how it lies.
    """
    image = in_grey(picture) if grey is None else grey
    seen = _see(image, scale, reader, second, turning)
    if seen is None:
        empty = replace(page, source="ocr", source_reason="there is no print on it")
        return ReadImage(page=empty, raster=_raster(image, scale, None))
    lines = read_lines(seen.found, reader) if len(seen.found.strips) <= _MOST_STRIPS else []
    turned = turning is None and any(lines) and line_confidence(lines) < _UPSIDE_DOWN
    if turned and reads_better_turned_over(seen.found, lines, reader):
        over = _turned_over(seen.turning)
        del seen, lines  # a page takes much room: never two of them
        seen = _see(image, scale, reader, second, over)
        assert seen is not None, "the print is the same either way up"
        lines = read_lines(seen.found, reader)
    raster = seen.raster
    if len(seen.found.strips) > _MOST_STRIPS:
        return ReadImage(page=replace(page, source_reason="what is on it is no print"), raster=raster)
    tokens = words_in(seen.found, lines, reader, second)
    if confidence_of(tokens) < _LEAST_CONFIDENCE:
        reason = f"what is on it cannot be read by {reader.name} (confidence {confidence_of(tokens):.0%})"
        return ReadImage(page=replace(page, source_reason=reason), raster=raster)
    width, height = (round(pixels / raster.scale, 2) for pixels in reversed(raster.image.shape))
    words = without_stumps((*words_of(tokens, seen.ink, raster.scale), *seen.turned), seen.rules)
    words = without_sheet_edges(words, width)
    made = Page(
        number=page.number,
        width=width,
        height=height,
        words=with_sequences(with_years(with_joined_years(with_quarters(words)))),
        rules=seen.rules,
        shapes=read_picture(lay_straight(picture, scale, raster.placing, width, height), SCALE),
        source="ocr",
        source_reason=f"read by {reader.name} {reader.version}",
        placing=raster.placing,
    )
    return ReadImage(page=made, raster=raster)


def _turned_over(turning: Turning) -> Turning:
    return replace(turning, quarter_turns=(turning.quarter_turns + 2) % 4)


def _see(
    image: Image, scale: float, reader: Reader, second: LineReader | None, turning: Turning | None = None
) -> _Seen | None:
    """What is seen on a page as it lies, or as it is turned; None where there is no print."""
    prepared = prepare(image, turning)
    if prepared is None:
        return None
    raster, height = _raster(image, scale, prepared), prepared.letter_height
    even, ink = prepared.image, prepared.ink
    fills, filled = find_fills(ink, height)
    turn_over(even, ink, filled, fills)
    edges = tuple(edge for fill in fills for edge in edges_of(fill))
    boxes, mask = find_own_rules(ink, faint_print_of(even, ink, height), height, edges)
    readable, bare = without_rules(even, mask), print_without(ink, mask)
    turned, boxes_turned = read_turned(readable, bare, height, reader, raster.scale, second)
    lying = without(readable, boxes_turned, 255) if turned else readable
    return _Seen(
        found=find_strips(lying, without(bare, boxes_turned, 0) if turned else bare, height, boxes),
        turned=turned,
        rules=as_rules((*boxes, *edges), raster.scale),
        ink=ink,
        raster=replace(raster, image=readable),
        turning=prepared.turning,
    )


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
