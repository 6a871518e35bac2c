"""Pages of a PDF: words with boxes, ruling lines, and whether the text layer can be used.

pdfium reads the words (see `words`) and, on nearly all pages, the rules (see `rules`); pdfplumber is asked about the
few pages where pdfium's account of the lines is not complete. pdfium is not safe for threads: one process, one document.

A page whose text layer cannot be used keeps no words: its `source` is "none" and its `source_reason` says why, so
that OCR fills it later.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from extractors.reading.damage import with_words_mended
from extractors.reading.frame import Frame, frame_of
from extractors.reading.pasted import Image, pasted_pictures, repeated
from extractors.reading.quality import TextFacts, Verdict, gather, judge_text_layer, lies_unseen
from extractors.reading.rules import Paths, plumber_rules, read_paths
from extractors.reading.shapes import FEWEST, read_shapes
from extractors.reading.sideways import upright
from extractors.reading.words import TextLayer, read_words
from schemas.errors import DocumentError
from schemas.pages import Page, Picture, Rule, Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfLimits:
    """What is refused, so that a hostile file costs little."""

    most_bytes: int = 300_000_000
    most_pages: int = 3_000
    most_characters_a_page: int = 200_000


DEFAULT_LIMITS = PdfLimits()

# Reasons that others ask for.
DAMAGED, TYPESET = "the page is damaged", "typeset from the text of the source"
# What stands for a page that cannot be loaded.
A4 = Frame(left=0, bottom=0, right=595.28, top=841.89)
NO_TEXT = TextLayer(words=(), characters=0, invisible=0)
NO_PATHS = Paths(rules=(), image_cover=0.0, drawings=0, complete=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """Everything read from one page, before anything is decided about it."""

    number: int
    frame: Frame
    text: TextLayer
    paths: Paths
    shapes: tuple[Shape, ...] = ()
    damaged: bool = False


def read_pdf(
    file: bytes, *, password: str | None = None, typeset: bool = False, limits: PdfLimits = DEFAULT_LIMITS
) -> tuple[Page, ...]:
    """Every page of a PDF, with words and rules.

    `typeset` says that the PDF is our own rendition of text: its text layer is true to the source and is not judged.
    Raises DocumentError with reason `empty`, `encrypted`, `truncated`, `damaged`, `no_pages` or `too_large`.
    """
    raw_pages = tuple(read_raw_pages(file, password=password, limits=limits))
    if all(raw.damaged for raw in raw_pages):
        raise DocumentError(
            "No page of the PDF can be read.", reason="damaged", advice="Fetch it again from its source."
        )
    unclear = {raw.number: raw.frame for raw in raw_pages if not raw.paths.complete}
    rules = _plumbed(file, unclear, password) if unclear else {}
    pictures = [pasted_pictures(raw.paths.images, raw.text.words) for raw in raw_pages]
    furniture = repeated(pictures)
    pages = [
        upright(_page(raw, rules.get(raw.number, raw.paths.rules), [i for i in images if i not in furniture], typeset))
        for raw, images in zip(raw_pages, pictures, strict=True)
    ]
    return with_words_mended(pages)


def find_rules(
    file: bytes, page_numbers: tuple[int, ...], *, password: str | None = None
) -> dict[int, tuple[Rule, ...]]:
    """Rules of some pages (numbers from 1) by pdfplumber: slow, a second opinion on what `read_pdf` already gives.

    Raises DocumentError as `read_pdf` does.
    """
    wanted: dict[int, Frame] = {}
    with open_pdf(file, password=password) as document:
        for number in page_numbers:
            page = document[number - 1]  # held by a name: pdfium frees a page that nothing holds
            wanted[number] = frame_of(page.raw)
            page.close()
    return _plumbed(file, wanted, password)


def read_raw_pages(file: bytes, *, password: str | None, limits: PdfLimits) -> Iterator[RawPage]:
    """The facts about each page, page by page. Raises as `read_pdf` does."""
    with open_pdf(file, password=password, limits=limits) as document:
        for index in range(len(document)):
            yield _read_page(document, index, limits)


@contextmanager
def open_pdf(
    file: bytes, *, password: str | None = None, limits: PdfLimits = DEFAULT_LIMITS
) -> Iterator[pdfium.PdfDocument]:
    """A document of pdfium, closed afterwards. Raises as `read_pdf` does."""
    if not file.strip():
        raise DocumentError("The file is empty.", reason="empty")
    if len(file) > limits.most_bytes:
        raise DocumentError(
            f"The file has {len(file):,} bytes; more than {limits.most_bytes:,} are not read.",
            reason="too_large",
            advice="Split it into parts.",
        )
    try:
        document = pdfium.PdfDocument(file, password=password)
    except pdfium.PdfiumError as error:
        raise _not_opened(file, error, password) from error
    try:
        pages = len(document)
        if pages == 0:
            raise DocumentError("The PDF has no pages.", reason="no_pages")
        if pages > limits.most_pages:
            raise DocumentError(
                f"The PDF has {pages:,} pages; more than {limits.most_pages:,} are not read.",
                reason="too_large",
                advice="Split it into parts.",
            )
        yield document
    finally:
        document.close()


def _not_opened(file: bytes, error: pdfium.PdfiumError, password: str | None) -> DocumentError:
    """Why pdfium could not open a file."""
    if error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
        tried = "The password does not open the PDF." if password else "The PDF is encrypted."
        return DocumentError(tried, reason="encrypted", advice="Give its password with --password.")
    if b"%%EOF" not in file[-2048:]:
        return DocumentError(
            "The PDF is truncated: its end is missing.", reason="truncated", advice="Fetch it again from its source."
        )
    return DocumentError("The PDF is damaged.", reason="damaged", advice="Fetch it again, or print it to a new PDF.")


def _read_page(document: pdfium.PdfDocument, index: int, limits: PdfLimits) -> RawPage:
    """One page, by its number from 0. A page that cannot be loaded comes back empty and `damaged`."""
    try:
        page = document[index]
        frame = frame_of(page.raw)
        textpage = page.get_textpage()
    except (pdfium.PdfiumError, ValueError):
        return RawPage(number=index + 1, frame=A4, text=NO_TEXT, paths=NO_PATHS, damaged=True)
    try:
        if textpage.count_chars() > limits.most_characters_a_page:
            raise DocumentError(f"Page {index + 1} holds more text than any page can.", reason="too_large")
        paths = read_paths(page.raw, frame)
        shapes = read_shapes(page.raw, frame) if paths.coloured >= FEWEST else ()
        return RawPage(number=index + 1, frame=frame, text=read_words(textpage.raw, frame), paths=paths, shapes=shapes)
    finally:
        textpage.close()
        page.close()


def _plumbed(file: bytes, frames: dict[int, Frame], password: str | None) -> dict[int, tuple[Rule, ...]]:
    try:
        return plumber_rules(file, frames, password=password)
    except Exception:  # what pdfium could read, pdfminer may stumble over in any way: pdfium's rules then stand
        return {}


def _page(raw: RawPage, rules: tuple[Rule, ...], pictures: Sequence[Image], typeset: bool) -> Page:
    """The page, with its words if they can be used."""
    facts = gather(
        raw.text.words,
        invisible=raw.text.invisible,
        image_cover=raw.paths.image_cover,
        drawings=raw.paths.drawings,
    )
    verdict = _verdict(raw, facts, typeset)
    unseen = verdict.usable and not typeset and lies_unseen(facts)
    return Page(
        number=raw.number,
        width=round(raw.frame.width, 2),
        height=round(raw.frame.height, 2),
        words=raw.text.words if verdict.usable else (),
        rules=rules,
        shapes=raw.shapes if verdict.usable else (),
        source="text" if verdict.usable else "none",
        source_reason=verdict.reason,
        unseen=unseen,
        pictures=tuple(Picture(bbox=i.bbox) for i in pictures) if verdict.usable and not unseen else (),
    )


def _verdict(raw: RawPage, facts: TextFacts, typeset: bool) -> Verdict:
    if raw.damaged:
        return Verdict(False, DAMAGED)
    if typeset:
        return Verdict(True, TYPESET)
    return judge_text_layer(facts)
