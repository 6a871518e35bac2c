"""The pages of a document that need it, read by OCR."""

from dataclasses import dataclass, replace
from math import sqrt

import cv2
import numpy as np
import pypdfium2 as pdfium

from extractors.reading.ocr.keeping import for_place
from extractors.reading.ocr.mend import (
    with_joined_years,
    with_parted_quarters,
    with_quarters,
    with_sequences,
    with_years,
)
from extractors.reading.ocr.once import Mode, Readers, Work
from extractors.reading.ocr.percents import with_percent_heads
from extractors.reading.ocr.pictures import SCALE, lay_straight, read_picture
from extractors.reading.ocr.place import words_of
from extractors.reading.ocr.prepare import Matrix, Prepared, faint_print_of, prepare
from extractors.reading.ocr.raster import Image, Raster, as_image, draw_picture, in_grey
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
from extractors.reading.pdf import DAMAGED, TYPESET
from extractors.reading.quality import is_unknown
from extractors.reading.second.recogniser import LineReader
from extractors.reading.second.rereading import read_again
from schemas.pages import BBox, Page, Placing, Rule, Shape, Word

# No page of print has more strips, or is read with less confidence on average.
_MOST_STRIPS, _LEAST_CONFIDENCE = 2_000, 0.4
# A page that is read with less confidence may have been read upside down.
_UPSIDE_DOWN = 0.7
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


def wants_ocr(page: Page, mode: Mode) -> bool:
    """Whether a page is to be read by OCR: in `auto`, where its text layer cannot be used or is that of an earlier OCR."""
    if mode == "always":
        return page.source_reason != TYPESET
    return mode == "auto" and (page.source == "none" or page.unseen) and page.source_reason != DAMAGED


def _read_whole(loaded: pdfium.PdfPage, page: Page, readers: Readers) -> Page:
    """A page by OCR, in words that hold for any place; one that cannot be read says why. Raises ReaderError if it is lasting."""
    bare = replace(page, words=(), rules=(), shapes=(), source="none", source_reason="", unseen=False)
    try:
        return read_page(loaded, bare, readers.first, readers.second)
    except ReaderError as error:
        if error.lasting:
            raise
        return replace(bare, source_reason=error.message)
    except (pdfium.PdfiumError, cv2.error, MemoryError):
        return replace(bare, source_reason="its image cannot be read")


def choose(layer: Page, read: Page) -> Page:
    """The page by its text layer, or by what was read on its image, and why.

    Of an earlier OCR's layer and ours, ours is used, unless it has more words that are none. They are compared in the reason.
    """
    image = for_place(read, layer)
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


SCANS = Work(wants=wants_ocr, pictures=lambda page: (), read=_read_whole, join=choose)


def _unknown_share(page: Page) -> float:
    worded = [word for word in page.words if any(c.isalpha() for c in word.text)]
    return sum(is_unknown(word.text) for word in worded) / len(worded) if worded else 1.0


def read_page(loaded: pdfium.PdfPage, page: Page, reader: Reader, second: LineReader | None) -> Page:
    """One page by OCR, with its numbers read twice; `page` is what is known of it."""
    read = read_once(loaded, page, reader, second)
    if second is None:
        return read.page
    twice = read_again(read.page, read.raster, second, first=reader.name)
    return replace(twice, words=with_percent_heads(with_quarters(with_parted_quarters(twice.words))))


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
    shapes: tuple[Shape, ...] | None = None,
) -> ReadImage:
    """The same of a picture of a page, `scale` pixels to a point.

    `grey` is the picture as its print is to be read, `turning` overrides what its letters tell of how it lies, and `shapes` are
    those of the picture where they are known.
    """
    image = in_grey(picture) if grey is None else grey
    seen = _see(image, scale, reader, second, turning)
    if seen is None:
        empty = replace(page, source="ocr", source_reason="there is no print on it")
        height, width = image.shape
        lying = _placing(np.eye(3), scale, scale, width, height)
        return ReadImage(page=empty, raster=Raster(image=image, scale=scale, placing=lying))
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
    if shapes is None or seen.turning.quarter_turns or seen.turning.degrees:
        shapes = read_picture(lay_straight(picture, scale, raster.placing, width, height), SCALE)
    made = Page(
        number=page.number,
        width=width,
        height=height,
        words=with_percent_heads(
            with_sequences(with_years(with_joined_years(with_quarters(with_parted_quarters(words)))))
        ),
        rules=seen.rules,
        shapes=shapes,
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
    height, turning, ink = prepared.letter_height, prepared.turning, prepared.ink
    made, placing = _frame(image, scale, prepared)
    lines, edges, readable, bare = _without_lines(prepared)
    del prepared  # of a large page an image takes a twentieth of what a worker may
    turned, boxes = read_turned(readable, bare, height, reader, made, second)
    lying = without(readable, boxes, 255) if turned else readable
    found = find_strips(lying, without(bare, boxes, 0) if turned else bare, height, lines)
    if found.pale is not None:
        ink = as_image(cv2.bitwise_or(ink, found.pale))
    return _Seen(
        found=found,
        turned=turned,
        rules=as_rules((*lines, *edges), made),
        ink=ink,
        raster=Raster(image=readable, scale=made, placing=placing),
        turning=turning,
    )


def _without_lines(page: Prepared) -> tuple[tuple[BBox, ...], tuple[BBox, ...], Image, Image]:
    """The lines of a page and the edges of what is filled (pixels), and its image and its print without them.

    What is filled is turned over, in place.
    """
    fills, filled = find_fills(page.ink, page.letter_height)
    turn_over(page.image, page.ink, filled, fills)
    del filled
    edges = tuple(edge for fill in fills for edge in edges_of(fill))
    faint = faint_print_of(page.image, page.ink, page.letter_height)
    boxes, mask = find_own_rules(page.ink, faint, page.letter_height, edges)
    return boxes, edges, without_rules(page.image, mask), print_without(page.ink, mask)


def _frame(image: Image, scale: float, prepared: Prepared) -> tuple[float, Placing]:
    """The scale of the prepared image, and how it lies on the page as shown."""
    height, width = image.shape
    rows, columns = prepared.image.shape
    # in the middle of the page: of a photograph what is farther away is smaller
    depth = float(prepared.matrix[2] @ (columns / 2, rows / 2, 1.0))
    factor = 1 / sqrt(abs(float(np.linalg.det(prepared.matrix)) / depth**3))
    return scale * factor, _placing(prepared.matrix, scale * factor, scale, width, height)


def _placing(matrix: Matrix, scale: float, shown_scale: float, width: int, height: int) -> Placing:
    """The map between pixels as one between points: of the straight page (`scale`) and of the page as shown."""
    points = np.diag([1 / shown_scale, 1 / shown_scale, 1.0]) @ matrix @ np.diag([scale, scale, 1.0])
    a, b, c, d, e, f, g, h, i = (round(float(number), 9) for number in points.flatten())
    return Placing(
        matrix=(a, b, c, d, e, f, g, h, i), width=round(width / shown_scale, 2), height=round(height / shown_scale, 2)
    )
