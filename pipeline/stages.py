"""The order of the work for one document: what it is, its pages, what they say.

The only place where the pipeline calls the extractors. They are loaded here, when they are first needed, because they take a
second to load and most commands only look into the store.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from schemas.documents import MediaType, Problem, Reading
from schemas.errors import DocumentError

if TYPE_CHECKING:
    from extractors.reading.second.recogniser import LineReader


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the user said about the documents of one import. Anything left None is found out from the document."""

    authority: str | None = None
    period: str | None = None
    password: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """What reading gave. `pdf` is the rendition: the pages that boxes refer to; for a PDF it is the original itself."""

    reading: Reading
    pdf: bytes
    media: MediaType
    title: str = ""
    source_url: str = ""


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


def read_document(content: bytes, *, name: str, folder: str, settings: Settings) -> ReadDocument:
    """Read one document from its bytes. `folder` and `name` say where it was found, which may tell whose it is.

    Raises DocumentError when the document cannot be read.
    """
    from extractors.document import extract
    from extractors.reading.ocr.scans import read_scans
    from extractors.reading.ocr.tesseract import find_reader
    from extractors.reading.pdf import read_pdf
    from extractors.reading.rendition import render
    from pipeline.reconcile.readings import settle

    media = media_type(content, name)
    if media == "unknown":
        advice = "Crossfoot reads PDF, text, HTML and Word files; open it with what made it and save it as PDF."
        raise DocumentError(
            "This is not a kind of document that Crossfoot knows.", reason="unknown_type", advice=advice
        )
    rendition = render(content, media)
    pages = read_pdf(rendition.pdf, password=settings.password, typeset=rendition.typeset)
    if any(page.source == "none" for page in pages):
        pages = read_scans(rendition.pdf, pages, find_reader(), _second_reader(), password=settings.password)
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
    problems: tuple[Problem, ...] = (*rendition.problems, *reading.problems)
    figures = settle(reading.figures, reading.relations) if any(f.evidence.readings for f in reading.figures) else None
    return ReadDocument(
        reading=replace(reading, problems=problems, figures=figures or reading.figures),
        pdf=rendition.pdf,
        media=media,
        title=rendition.title,
        source_url=rendition.url,
    )


def _second_reader() -> "LineReader | None":
    """The second reader of scans; without one, pages are read all the same, and say that their numbers were read once."""
    from extractors.reading.second.recogniser import SecondReaderError, load_recogniser

    try:
        return load_recogniser()
    except SecondReaderError:
        return None
