"""What is printed on the pictures of a page of text: charts, tables and paragraphs that were pasted in as images.

Each picture is cut out of the page as shown and read as a scanned page is, its numbers twice; words, rules and shapes then join
the page. What lies askew is placed as if it lay straight, a few points off at most.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil, sqrt

import cv2
import numpy as np
import pypdfium2 as pdfium

from extractors.charts import has_marks, pies_in
from extractors.reading.ocr.flat import flattened
from extractors.reading.ocr.mend import with_sequences
from extractors.reading.ocr.once import Mode, Readers, Work
from extractors.reading.ocr.pictures import read_picture
from extractors.reading.ocr.pointers import without_pointers
from extractors.reading.ocr.raster import MOST_PIXELS, USUAL, Image, as_image, in_grey, resolution
from extractors.reading.ocr.scans import read_image, wants_ocr
from extractors.reading.ocr.slanted import read_slanted
from extractors.reading.ocr.tesseract import ReaderError
from extractors.reading.ocr.turning import Turning
from extractors.reading.second.rereading import read_again
from schemas.pages import BBox, Page, Picture, Rule, Shape, Word

# Pixels of paper put around a picture: what touches the edge of a page is taken for its border.
_PAPER = 24
# Print stands on few grounds: so many of the 16 levels of grey hold at least this share of its pixels. Photographs have more.
_LEVELS, _GROUNDS, _LEAST_GROUND = 16, 2, 0.45
# Words that are read with less confidence on average are what a drawing without print looks like.
_LEAST_CONFIDENCE = 0.6
# By this share of its box a word must lie under words of the text layer to be the same print.
_SAME_PRINT = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A picture, and what was read on it, placed on the page."""

    picture: Picture
    words: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()
    shapes: tuple[Shape, ...] = ()


def wants_pictures(page: Page, mode: Mode) -> bool:
    """Whether the pictures of a page are to be read, and not the whole page as one."""
    return mode == "auto" and bool(page.pictures) and page.placing is None and not wants_ocr(page, mode)


def _read_pictures(loaded: pdfium.PdfPage, page: Page, readers: Readers) -> Page:
    """What is printed on the pictures of a page, and nothing else of it; a picture that cannot be read says why. Raises ReaderError if it is lasting."""
    found = [_read(loaded, picture, readers) for picture in page.pictures]
    return Page(
        number=page.number,
        width=page.width,
        height=page.height,
        words=tuple(word for one in found for word in one.words),
        rules=tuple(rule for one in found for rule in one.rules),
        shapes=tuple(shape for one in found for shape in one.shapes),
        source="ocr",
        pictures=tuple(one.picture for one in found),
    )


def with_print(page: Page, read: Page) -> Page:
    """A page of text with what was read on its pictures, but for print that its text layer has too."""
    pictures = read.pictures or tuple(replace(picture, reason=read.source_reason) for picture in page.pictures)
    words = tuple(word for word in read.words if not _is_known(word, page.words))
    return replace(
        page,
        words=(*page.words, *words),
        rules=(*page.rules, *read.rules),
        shapes=(*page.shapes, *read.shapes),
        pictures=pictures,
        source_reason="; ".join((page.source_reason, *_account(pictures))),
    )


PICTURES = Work(wants=wants_pictures, pictures=lambda page: page.pictures, read=_read_pictures, join=with_print)


def _account(pictures: Sequence[Picture]) -> Iterator[str]:
    """What became of the pictures, in the words of a reason."""
    for reason in dict.fromkeys(picture.reason for picture in pictures):
        number = sum(picture.reason == reason for picture in pictures)
        yield f"{'a picture' if number == 1 else f'{number} pictures'} on it: {reason}"


def _read(loaded: pdfium.PdfPage, picture: Picture, readers: Readers) -> _Found:
    """What is printed on one picture. Raises ReaderError if it is lasting."""
    try:
        return _read_drawn(loaded, picture, readers)
    except ReaderError as error:
        if error.lasting:
            raise
        return _Found(picture=replace(picture, reason=error.message))
    except (pdfium.PdfiumError, cv2.error, MemoryError):
        return _Found(picture=replace(picture, reason="it cannot be drawn"))


def _read_drawn(loaded: pdfium.PdfPage, picture: Picture, readers: Readers) -> _Found:
    drawn, scale, (x, top) = draw_part(loaded, picture.bbox)
    if not has_ground(in_grey(drawn)):
        return _Found(picture=replace(picture, read=True, reason="a photograph, which is not read"))
    bare = Page(number=0, width=0, height=0, source="none")
    framed = _framed(drawn)
    shapes = read_picture(framed, scale)
    is_chart = has_marks(shapes)
    flat = flattened(framed, shapes if is_chart else (), scale)
    flat = without_pointers(flat, pies_in(shapes) if is_chart else (), scale)
    slanted, flat = read_slanted(flat, scale, readers.first, readers.second) if is_chart else ((), flat)
    print_of = partial(read_image, framed, scale, bare, readers.first, readers.second, grey=flat, shapes=shapes)
    # the few words of a chart, some of them slanted, do not tell how it lies
    once = print_of(turning=Turning() if is_chart else None)
    if once.raster.placing.quarter_turns:
        # the page stands upright, and the numbers along the axis of a chart line up one above the other
        once = print_of(turning=Turning())
    made = once.page
    if once.raster.placing.quarter_turns:
        return _Found(picture=replace(picture, reason="its print runs sideways, and is not read"))
    if made.source == "none" or not made.words:
        return _Found(picture=replace(picture, read=True, reason=made.source_reason))
    confidence = sum(word.confidence or 0.0 for word in made.words) / len(made.words)
    if confidence < _LEAST_CONFIDENCE:
        reason = f"what is on it cannot be read by {readers.first.name} (confidence {confidence:.0%})"
        return _Found(picture=replace(picture, read=True, reason=reason))
    if readers.second:
        made = read_again(made, once.raster, readers.second, first=readers.first.name)
    dx, dy = x - _PAPER / scale, top - _PAPER / scale
    return _Found(
        picture=replace(picture, read=True, reason=made.source_reason),
        # slanted years are a row, too, and the second reader may have read another year than the first
        words=tuple(replace(word, bbox=_moved(word.bbox, dx, dy)) for word in with_sequences((*made.words, *slanted))),
        rules=tuple(Rule(bbox=_moved(rule.bbox, dx, dy)) for rule in made.rules),
        shapes=tuple(
            replace(shape, points=tuple((round(px + dx, 2), round(py + dy, 2)) for px, py in shape.points))
            for shape in made.shapes
        ),
    )


def draw_part(page: pdfium.PdfPage, box: BBox) -> tuple[Image, float, tuple[float, float]]:
    """A part of a page as shown, in colour; its scale in pixels per point, and where its corner lies in points.

    A picture of few pixels is drawn at the usual resolution all the same, which makes small print large enough to be read.
    """
    width, height = page.get_size()
    scale = max(resolution(page), USUAL) / 72
    scale = min(scale, sqrt(MOST_PIXELS / max(box.width * box.height, 1.0)))
    left, top = max(box.x0, 0.0), max(box.top, 0.0)
    cut = (left, max(height - box.bottom, 0.0), max(width - box.x1, 0.0), top)
    drawn = page.render(scale=scale, crop=cut, may_draw_forms=False, rev_byteorder=True).to_numpy()
    return as_image(drawn[..., :3]), scale, (ceil(left * scale) / scale, ceil(top * scale) / scale)


def has_ground(image: Image) -> bool:
    """Whether most of a picture is of one or two greys, as the paper of print and the grounds of charts are."""
    small = cv2.resize(image, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    counts = np.sort(np.bincount(small.ravel() // (256 // _LEVELS), minlength=_LEVELS))
    return bool(counts[-_GROUNDS:].sum() >= _LEAST_GROUND * small.size)


def _framed(picture: Image) -> Image:
    """The picture with paper around it."""
    return as_image(
        cv2.copyMakeBorder(picture, _PAPER, _PAPER, _PAPER, _PAPER, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    )


def _moved(box: BBox, dx: float, dy: float) -> BBox:
    moved = box.moved(dx, dy)
    return BBox(*(round(edge, 2) for edge in (moved.x0, moved.top, moved.x1, moved.bottom)))


def _is_known(word: Word, printed: Iterable[Word]) -> bool:
    """Whether the text layer has print where a word was read."""
    box = word.bbox
    area = max(box.width * box.height, 0.1)
    return sum(_common(box, other.bbox) for other in printed) > _SAME_PRINT * area


def _common(one: BBox, other: BBox) -> float:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(across, 0.0) * max(down, 0.0)
