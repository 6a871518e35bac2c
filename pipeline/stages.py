"""The order of the work for one document: what it is, its pages, what they say.

The only place where the pipeline calls the extractors. They are loaded here, when they are first needed, because they take a
second to load and most commands only look into the store.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from schemas.documents import MediaType, Problem, Reading
from schemas.errors import DocumentError
from schemas.layout import Table
from schemas.pages import Page

if TYPE_CHECKING:
    from extractors.reading.ocr.keeping import Shelf
    from extractors.reading.ocr.once import Readers, Unread
    from extractors.reading.rendition import Rendition
    from extractors.reading.second.recogniser import LineReader


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the user said about the documents of one import. Anything left None is found out from the document."""

    authority: str | None = None
    period: str | None = None
    password: str | None = None
    ocr: Literal["auto", "always", "never"] = "auto"
    languages: str = "eng"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """What reading gave. `pdf` is the rendition: the pages that boxes refer to; for a PDF it is the original itself.

    `scanned` are the pages that were read by OCR.
    """

    reading: Reading
    pdf: bytes
    media: MediaType
    title: str = ""
    source_url: str = ""
    scanned: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadScans:
    """Instead of a read document: pages of its rendition `pdf` that are to be read by OCR first."""

    pdf: bytes
    pages: "tuple[Unread, ...]"


def load() -> None:
    """Load the extractors, which the parent of all workers does once for all of them."""
    import extractors.document
    import extractors.reading.pdf
    import extractors.reading.rendition
    import extractors.reading.sniff  # noqa: F401


def media_type(content: bytes, name: str) -> MediaType:
    """What `content` is, whatever `name` says."""
    from extractors.reading.sniff import sniff

    return sniff(content, name)


def read_document(
    content: bytes, *, name: str, folder: str, settings: Settings, shelf: "Shelf | None" = None, patient: bool = False
) -> ReadDocument | UnreadScans:
    """Read one document from its bytes. `folder` and `name` say where it was found, which may tell whose it is.

    What OCR reads is kept on the `shelf`. If `patient`, a document with several pages that are to be read by OCR is not read
    now: they are named, so that they can be read at the same time. Raises DocumentError when the document cannot be read.
    """
    from extractors.document import extract
    from pipeline.reconcile.readings import settle

    media, rendition = _rendition(content, name)
    read = _pages(rendition, settings, shelf, patient=patient)
    if isinstance(read, UnreadScans):
        return read
    pages, problems = read
    reading = extract(
        pages,
        pdf=rendition.pdf,
        file_name=name,
        folder=folder,
        source_url=rendition.url,
        title=rendition.title,
        authority=settings.authority,
        period=settings.period,
    )
    figures = settle(reading.figures, reading.relations) if any(f.evidence.readings for f in reading.figures) else None
    return ReadDocument(
        reading=replace(reading, problems=(*problems, *reading.problems), figures=figures or reading.figures),
        pdf=rendition.pdf,
        media=media,
        title=rendition.title,
        source_url=rendition.url,
        scanned=tuple(page for page in pages if page.source == "ocr"),
    )


def read_tables(content: bytes, *, name: str, settings: Settings, charts: bool = False) -> tuple[Table, ...]:
    """The tables of one document, in reading order; its `charts` too, if asked for.

    Raises DocumentError when the document cannot be read.
    """
    from extractors.layout import lay_out

    _, rendition = _rendition(content, name)
    read = _pages(rendition, settings, None, patient=False)
    assert not isinstance(read, UnreadScans)
    tables = (element for element in lay_out(read[0]).elements if isinstance(element, Table))
    return tuple(table for table in tables if charts or table.method != "chart")


def _rendition(content: bytes, name: str) -> "tuple[MediaType, Rendition]":
    """What a file is, and its rendition."""
    from extractors.reading.rendition import render

    media = media_type(content, name)
    if media == "unknown":
        advice = "Crossfoot reads PDF, images, text, HTML and Word files; open it with what made it and save it as PDF."
        raise DocumentError(
            "This is not a kind of document that Crossfoot knows.", reason="unknown_type", advice=advice
        )
    return media, render(content, media)


def _pages(
    rendition: "Rendition", settings: Settings, shelf: "Shelf | None", *, patient: bool
) -> tuple[tuple[Page, ...], tuple[Problem, ...]] | UnreadScans:
    """The pages of a rendition, those that need it read by OCR, and what went wrong."""
    from extractors.reading.ocr.once import find_unread, read_all
    from extractors.reading.ocr.pasted import PICTURES
    from extractors.reading.ocr.scans import SCANS
    from extractors.reading.ocr.spelling import with_known_words
    from extractors.reading.ocr.tesseract import ReaderError
    from extractors.reading.pdf import read_pdf

    pages = read_pdf(rendition.pdf, password=settings.password, typeset=rendition.typeset)
    both = (SCANS, PICTURES)
    if not any(work.wants(page, settings.ocr) for page in pages for work in both):
        return pages, rendition.problems
    try:
        readers = _readers(settings, shelf)
        unread = [
            one
            for work in both
            for one in find_unread(work, rendition.pdf, pages, readers, settings.ocr, password=settings.password)
        ]
        if patient and len(unread) > 1:
            return UnreadScans(pdf=rendition.pdf, pages=tuple(unread))
        for work in both:
            pages = read_all(work, rendition.pdf, pages, readers, settings.ocr, password=settings.password)
        pages = with_known_words(pages)
    except ReaderError as error:
        return pages, (*rendition.problems, Problem(code="no_reader", message=str(error)))
    return pages, rendition.problems


def read_scanned_page(pdf: bytes, unread: "Unread", settings: Settings, shelf: "Shelf") -> None:
    """Read one page of a rendition, or its pictures, by OCR and keep it on the shelf; what cannot be read is kept with the reason.

    Raises ReaderError when no page can be read.
    """
    import hashlib

    from extractors.reading.ocr.once import read_kept
    from extractors.reading.ocr.pasted import PICTURES
    from extractors.reading.ocr.scans import SCANS
    from extractors.reading.pdf import open_pdf
    from schemas.pages import Page

    with open_pdf(pdf, password=settings.password) as document:
        page = Page(number=unread.number, width=0, height=0, source="none", pictures=unread.pictures)
        work = PICTURES if unread.pictures else SCANS
        read_kept(work, document, page, _readers(settings, shelf), hashlib.sha256(pdf).hexdigest())


def _readers(settings: Settings, shelf: "Shelf | None") -> "Readers":
    """Who reads scanned pages. Raises ReaderError when there is nobody who can."""
    from extractors.reading.ocr.once import Readers
    from extractors.reading.ocr.tesseract import find_reader
    from extractors.reading.second.recogniser import SecondReaderError, load_recogniser
    from pipeline.versions import scanning_version

    first = find_reader(settings.languages)
    second: LineReader | None
    try:
        second = load_recogniser()
    except SecondReaderError:
        second = None  # pages are read all the same, and say that their numbers were read once
    return Readers(first=first, second=second, shelf=shelf, code=scanning_version())
