"""Everything becomes PDF pages: one reading path, and an auditor sees a page image for every kind of source.

The rendition stands beside the original, which is kept as it came. The same bytes in give the same bytes out.
"""

from dataclasses import dataclass

from extractors.reading.decode import decode
from extractors.reading.docx import Charts, read_docx
from extractors.reading.html import WebPage, read_web_page, render_web_page
from extractors.reading.office import render_office
from extractors.reading.text import render_text
from schemas.documents import MediaType, Problem
from schemas.errors import DocumentError

MOST_TEXT_BYTES = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """A document as PDF bytes. `title` and `url` are what the source says of itself ("" if nothing).

    `typeset` says that the pages were set by us from text, so that their text layer needs no judging: see `read_pdf`.
    """

    pdf: bytes
    typeset: bool = False
    title: str = ""
    url: str = ""
    problems: tuple[Problem, ...] = ()


def render(file: bytes, media: MediaType) -> Rendition:
    """The pages of a file whose type `sniff` told. A PDF is its own rendition.

    Raises DocumentError with reason `empty`, `encrypted`, `damaged`, `too_large`, `too_slow`, `needs_libreoffice` or `unsupported`.
    """
    if media == "pdf":
        return Rendition(pdf=file)
    if media in ("text", "html") and len(file) > MOST_TEXT_BYTES:
        raise DocumentError(f"More than {MOST_TEXT_BYTES:,} bytes of text are not read.", reason="too_large")
    if media == "text":
        return _from_text(file)
    if media == "html":
        return _from_page(read_web_page(file), Charts())
    if media == "docx":
        page, charts = read_docx(file)
        return _from_page(page, charts)
    if media in ("doc", "rtf", "odt"):
        return Rendition(pdf=render_office(file, media))
    if media == "image":
        from extractors.reading.images import pdf_of_image  # what it needs is slow to load

        pdf, damaged = pdf_of_image(file)
        return Rendition(pdf=pdf, problems=damaged)
    raise DocumentError(
        "This kind of file is not read.",
        reason="unsupported",
        advice="Give PDF, image, text, HTML, Word or OpenDocument files.",
    )


def _from_text(file: bytes) -> Rendition:
    decoded = decode(file)
    problems: tuple[Problem, ...] = ()
    if decoded.unreadable:
        message = f"{decoded.unreadable} characters could not be read as {decoded.encoding}."
        problems = (Problem(code="unreadable_characters", message=message),)
    return Rendition(pdf=render_text(decoded.text), typeset=True, problems=problems)


def _from_page(page: WebPage, charts: Charts) -> Rendition:
    problems: list[Problem] = []
    for count, what in ((page.pictures, "picture"), (charts.unread, "chart")):
        if count:
            problems.append(Problem(code="pictures_not_read", message=f"{_count(count, what)} not read."))
    if charts.read:
        message = f"{_count(charts.read, 'chart')} read from the values that the file keeps, and shown as a table."
        problems.append(Problem(code="charts_from_values", message=message))
    return Rendition(pdf=render_web_page(page), typeset=True, title=page.title, url=page.url, problems=tuple(problems))


def _count(number: int, what: str) -> str:
    return f"1 {what} is" if number == 1 else f"{number} {what}s are"
