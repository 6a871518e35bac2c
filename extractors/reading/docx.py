"""Word documents (DOCX) as pages, by way of mammoth's HTML.

Kept: headings, lists, tables with merged cells, footnotes (at the end), text boxes, and text as it reads with tracked changes
accepted; charts as tables of the values that Word keeps (see `word_charts`). Lost: page heads and feet, numbers that Word makes
for headings, pictures and charts without values (noted as a problem). A DOCX is a ZIP of XML: its expansion is limited before
anything is unpacked, and XML entities are refused. Macros are never run.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

import lxml.html  # type: ignore[import-untyped]
from lxml.html import HtmlElement

from extractors.reading.html import WebPage, read_markup
from extractors.reading.lines import LineTable, read_lines
from extractors.reading.word_xml import flattened
from schemas.errors import DocumentError

OLE = b"\xd0\xcf\x11\xe0"
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='heading 7'] => h6:fresh
p[style-name='Caption'] => p:fresh
"""
# A tab that mammoth hands on as white space would vanish in HTML.
_TAB = "\u2003\u2003"


@dataclass(frozen=True, slots=True, kw_only=True)
class ZipLimits:
    """What a ZIP may expand to, in bytes and members."""

    most_bytes: int = 300_000_000
    most_members: int = 10_000
    most_expansion: int = 200  # times its packed size, beyond the first `free_bytes`
    free_bytes: int = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Charts:
    """How many charts of a Word file are read from their values, and how many are not read at all."""

    read: int = 0
    unread: int = 0


def read_docx(file: bytes, *, limits: ZipLimits | None = None) -> tuple[WebPage, Charts]:
    """The content of a DOCX, and what became of its charts.

    Raises DocumentError with reason `encrypted`, `damaged`, `too_large` or `empty`.
    """
    if file.startswith(OLE):
        raise DocumentError("The Word document is encrypted.", reason="encrypted", advice="Save it without a password.")
    charts = check_zip(file, limits or ZipLimits())
    import mammoth  # slow to import, and only some archives hold Word files

    try:
        plain, shown = flattened(file)
        converted = mammoth.convert_to_html(
            io.BytesIO(plain),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda _: {"src": ""}),
        )
    except Exception as error:  # mammoth has no errors of its own: it stumbles over broken XML in many ways
        raise DocumentError(
            "The Word document is damaged.", reason="damaged", advice="Open and save it in Word."
        ) from error
    markup = converted.value.replace("↑", "")  # mammoth's way back from a footnote
    return read_markup(f"<body><main>{_with_tables(markup)}</main></body>"), Charts(
        read=shown, unread=max(charts - shown, 0)
    )


def check_zip(file: bytes, limits: ZipLimits) -> int:
    """Refuse a ZIP that expands without measure, is damaged, or declares XML entities; count its charts."""
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            members = archive.infolist()
            size = sum(member.file_size for member in members)
            allowed = min(limits.most_bytes, limits.free_bytes + limits.most_expansion * len(file))
            if size > allowed or len(members) > limits.most_members:
                raise DocumentError(
                    f"The file expands to {size:,} bytes in {len(members):,} parts, which is not read.",
                    reason="too_large",
                )
            for member in members:
                if member.filename.endswith(".xml") and b"<!ENTITY" in archive.open(member).read(4096):
                    raise DocumentError("The Word document defines XML entities, which is not safe.", reason="damaged")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise DocumentError("The Word document is damaged.", reason="damaged", advice="Fetch it again.") from error
    return sum(bool(re.fullmatch(r"word/charts/chart(ex)?\d*\.xml", member.filename)) for member in members)


def _with_tables(markup: str) -> str:
    """Paragraphs whose tabs make columns, as tables; other tabs as wide spaces."""
    if "\t" not in markup:
        return markup
    root = lxml.html.fragment_fromstring(markup, create_parent="div")
    for group in list(_tabbed_groups(root)):
        tables = [
            line for line in read_lines("\n".join(p.text_content() for p in group)) if isinstance(line, LineTable)
        ]
        if len(tables) == 1 and len(tables[0].rows) == len(group) > 1:
            group[0].addprevious(_table(tables[0]))
            for paragraph in group:
                paragraph.drop_tree()
    text: str = lxml.html.tostring(root, encoding="unicode")
    return text.replace("\t", _TAB)


def _tabbed_groups(root: HtmlElement) -> Iterator[list[HtmlElement]]:
    """Neighbouring paragraphs that have tabs inside."""
    group: list[HtmlElement] = []
    for element in root:
        if element.tag == "p" and "\t" in element.text_content().strip("\t "):
            group.append(element)
            continue
        if group:
            yield group
        group = []
    if group:
        yield group


def _table(table: LineTable) -> HtmlElement:
    rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in table.rows)
    return lxml.html.fragment_fromstring(f"<table>{rows}</table>")
