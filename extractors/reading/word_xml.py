"""Word XML made plain for mammoth, which leaves out what it does not know.

Tracked changes are accepted, simple fields and custom wrappers are opened, and what stands in a text box follows the paragraph
that the box is anchored to. A chart is put there as a table, see `word_charts`.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence

from lxml import etree  # type: ignore[import-untyped]
from lxml.builder import ElementMaker  # type: ignore[import-untyped]

from extractors.reading.word_charts import C, R, WordChart, charts_of, parsed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
STYLES = "word/styles.xml"
# Of a style only its name counts; Word's templates describe hundreds, which mammoth would take longer to read than the text.
_LOOKS = tuple(f"{W}{name}" for name in ("latentStyles", "docDefaults", "rPr", "tblPr", "tblStylePr", "trPr", "tcPr"))
_OPENED = (f"{W}fldSimple", f"{W}smartTag", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}dir", f"{W}bdo")
_DROPPED = (f"{W}del", f"{W}moveFrom", f"{MC}Fallback")
_BESIDE = (f"{MC}AlternateContent", f"{MC}Choice")


_MADE = ElementMaker(namespace=W.strip("{}"))


def flattened(file: bytes) -> tuple[bytes, int]:
    """The same DOCX with plain XML, and how many charts are tables in it. Raises what zipfile and lxml raise for a damaged one."""
    made = io.BytesIO()
    tables = 0
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name in PARTS:
                content, more = _plain(content, charts_of(old, name))
                tables += more
            elif name == STYLES:
                content = _without(content, _LOOKS)
            new.writestr(name, content)
    return made.getvalue(), tables


def _plain(content: bytes, charts: Mapping[str, Sequence[WordChart]]) -> tuple[bytes, int]:
    root = parsed(content)
    _drop_all(root, _DROPPED)
    _open_all(root, _BESIDE)
    shown = _write_out(root, charts)
    _free_text_boxes(root)
    _open_all(root, _OPENED)
    return _printed(root), shown


def _write_out(root: etree._Element, charts: Mapping[str, Sequence[WordChart]]) -> int:
    """Put charts as tables behind the paragraphs that they are anchored to; how many there were."""
    shown = 0
    for chart in reversed(list(root.iter(f"{C}chart"))):
        anchor = next(chart.iterancestors(f"{W}p"), None)
        tables = charts.get(chart.get(f"{R}id", ""), ())
        if anchor is None or not tables:
            continue
        shown += 1
        for table in reversed(tables):
            for part in reversed([*_paragraphs(table.title), _table(table.rows)]):
                anchor.addnext(part)
    return shown


def _paragraphs(text: str) -> list[etree._Element]:
    return [_MADE.p(_MADE.r(_MADE.t(text)))] if text else []


def _table(rows: Sequence[Sequence[str]]) -> etree._Element:
    return _MADE.tbl(*(_MADE.tr(*(_MADE.tc(_MADE.p(_MADE.r(_MADE.t(cell)))) for cell in row)) for row in rows))


def _without(content: bytes, tags: tuple[str, ...]) -> bytes:
    root = parsed(content)
    _drop_all(root, tags)
    return _printed(root)


def _printed(root: etree._Element) -> bytes:
    printed: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return printed


def _drop_all(root: etree._Element, tags: tuple[str, ...]) -> None:
    for element in list(root.iter(*tags)):
        if element.getparent() is not None:
            element.getparent().remove(element)


def _open_all(root: etree._Element, tags: tuple[str, ...]) -> None:
    """Put the children of these elements in their places."""
    for element in list(root.iter(*tags)):
        parent = element.getparent()
        if parent is None:
            continue
        at = parent.index(element)
        parent[at : at + 1] = list(element)


def _free_text_boxes(root: etree._Element) -> None:
    """Move the paragraphs and tables of each text box behind the paragraph it is anchored to."""
    for box in reversed(list(root.iter(f"{W}txbxContent"))):  # inner boxes first
        anchor = next((parent for parent in box.iterancestors(f"{W}p")), None)
        if anchor is None:
            continue
        for part in reversed(list(box)):
            anchor.addnext(part)
        box.getparent().remove(box)
