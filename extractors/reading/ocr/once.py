"""Pages are read once: what OCR made of a page is taken from the shelf, and only what is not there is read, and kept.

There are two kinds of such work (`Work`): pages that are scans (`scans`), and the pictures on pages of text (`pasted`).
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import pypdfium2 as pdfium

from extractors.reading.ocr.keeping import Shelf, page_bytes, page_from, page_key
from extractors.reading.ocr.tesseract import Reader
from extractors.reading.pdf import open_pdf
from extractors.reading.second.recogniser import LineReader
from extractors.reading.second.rereading import is_read_once
from schemas.pages import Page, Picture

Mode = Literal["auto", "always", "never"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A kind of work: which pages want it, on which of their pictures (none: on all of the page), how it is done, and what it adds.

    `read` makes of a loaded page and what is known of it what is kept; it raises ReaderError if that is lasting. `join` makes of
    the known page and that the page to use.
    """

    wants: Callable[[Page, Mode], bool]
    pictures: Callable[[Page], tuple[Picture, ...]]
    read: Callable[[pdfium.PdfPage, Page, Readers], Page]
    join: Callable[[Page, Page], Page]


def find_unread(
    work: Work, pdf: bytes, pages: Sequence[Page], readers: Readers, mode: Mode, *, password: str | None = None
) -> tuple[Unread, ...]:
    """The pages that want the work and on which it has not been done. Raises DocumentError as `read_pdf` does."""
    wanted = [page for page in pages if work.wants(page, mode)]
    if not wanted or readers.shelf is None:
        return ()
    sha256 = hashlib.sha256(pdf).hexdigest()
    with open_pdf(pdf, password=password) as document:
        found = [
            Unread(
                number=page.number,
                key=_key(work, document[page.number - 1], page, readers, sha256),
                pictures=work.pictures(page),
            )
            for page in wanted
        ]
    return tuple(one for one in found if readers.shelf.recall(one.key) is None)


def read_all(
    work: Work, pdf: bytes, pages: Sequence[Page], readers: Readers, mode: Mode = "auto", *, password: str | None = None
) -> tuple[Page, ...]:
    """The pages, those that want it with the work done on them. Raises ReaderError if it is lasting, and DocumentError as `read_pdf` does."""
    wanted = [page for page in pages if work.wants(page, mode)]
    if not wanted:
        return tuple(pages)
    sha256 = hashlib.sha256(pdf).hexdigest()
    with open_pdf(pdf, password=password) as document:
        read = {page.number: read_kept(work, document, page, readers, sha256) for page in wanted}
    return tuple(page if (made := read.get(page.number)) is None else work.join(page, made) for page in pages)


def read_kept(work: Work, document: pdfium.PdfDocument, page: Page, readers: Readers, sha256: str) -> Page | None:
    """What is read of one page, from the shelf if it was read before; None for a page that cannot be loaded.

    `sha256` is of the file. Raises ReaderError if it is lasting.
    """
    try:
        loaded = document[page.number - 1]
    except pdfium.PdfiumError:
        return None
    try:
        key = _key(work, loaded, page, readers, sha256) if readers.shelf else ""
        if readers.shelf and (content := readers.shelf.recall(key)) and (kept := page_from(content, page)):
            return kept
        made = work.read(loaded, page, readers)
    finally:
        loaded.close()
    if readers.shelf and not (readers.second and is_read_once(made)):  # the second reader may work next time
        readers.shelf.keep(key, page_bytes(made))
    return made


def _key(work: Work, loaded: pdfium.PdfPage, page: Page, readers: Readers, sha256: str) -> str:
    boxes = [picture.bbox for picture in work.pictures(page)]
    return page_key(loaded, sha256, page.number, f"{readers.made_with}|{boxes}" if boxes else readers.made_with)
