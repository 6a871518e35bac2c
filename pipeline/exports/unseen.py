"""Words that lie unseen over the print of PDF pages, so that any viewer finds and copies them.

The text is drawn in render mode 3 (neither filled nor stroked; ISO 32000-1, 9.3.6) with a font whose only glyph is empty, as
Tesseract and OCRmyPDF do it: every character can be told, and every word is made as wide as its print.
"""

import io
from collections.abc import Iterable, Iterator, Mapping

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from extractors.reading.frame import Frame, frame_of
from extractors.reading.pdf import open_pdf
from pipeline.printed import Print
from schemas.pages import BBox

# Thousandths of an em: the width of every character, and the box around the base line, as the boxes of words of scans have it.
_WIDTH, _ASCENT, _DESCENT = 500, 930, 240
_NAME = Name("/CrossfootUnseen")
_UNSEEN = 3
_SHOWING = frozenset({"Tj", "TJ", "'", '"'})
# By quarter turns clockwise that make the page upright: the direction of reading on the page as shown (y counts downwards).
_ALONG = ((1, 0), (0, -1), (-1, 0), (0, 1))


def with_words(pdf: bytes, prints: Mapping[int, Print], *, password: str | None = None) -> bytes:
    """The PDF with the words of its scanned pages (numbers from 1) over their print, unprotected; the same words, the same bytes.

    Unseen words that an earlier OCR left on these pages are taken away. Raises DocumentError as `open_pdf` does.
    """
    with open_pdf(pdf, password=password) as document:
        loaded = {number: document[number - 1] for number in prints}  # held by a name: pdfium frees what nothing holds
        frames = {number: frame_of(page.raw) for number, page in loaded.items()}
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf), password=password or "") as made:
        font = _font(made, {c for one in prints.values() for text, _ in one.words for c in text})
        for number, one in prints.items():
            page = made.pages[number - 1]
            _take_unseen(made, page)
            page.add_resource(font, Name.Font, _NAME)
            # what the page's own content leaves behind must not move ours
            page.contents_add(b"q\n", prepend=True)
            page.contents_add("\n".join(["Q", *_drawn(one, frames[number])]).encode("ascii"))
        made.save(target, deterministic_id=True)
    return target.getvalue()


def _drawn(one: Print, frame: Frame) -> Iterator[str]:
    """The operators that draw the words of a page."""
    yield f"q BT {_NAME} 1 Tf {_UNSEEN} Tr"
    for text, box in one.words:
        if text and box.width > 0 and box.height > 0:
            units = _units(text)
            numbers = " ".join(f"{number:.3f}" for number in _matrix(len(units), box, one, frame))
            yield f"{numbers} Tm <{''.join(units)}> Tj"
    yield "ET Q"


def _matrix(characters: int, box: BBox, one: Print, frame: Frame) -> tuple[float, ...]:
    """The text matrix (ISO 32000-1, 9.4.4) by which a word of size 1 fills its box on the page as shown."""
    along = _ALONG[one.quarter_turns]
    up = (along[1], -along[0])
    length, height = (box.width, box.height) if along[0] else (box.height, box.width)
    size = 1000 * height / (_ASCENT + _DESCENT)
    wide = 1000 * length / (_WIDTH * characters)
    # the corner where reading begins, at the foot of the letters; from there up to the base line
    x = box.x0 if max(along[0], up[0]) > 0 else box.x1
    y = box.top if max(along[1], up[1]) > 0 else box.bottom
    x, y = x + up[0] * size * _DESCENT / 1000, y + up[1] * size * _DESCENT / 1000
    origin, right, above = (frame.back(x + dx, y + dy) for dx, dy in ((0, 0), along, up))
    return (
        (right[0] - origin[0]) * wide,
        (right[1] - origin[1]) * wide,
        (above[0] - origin[0]) * size,
        (above[1] - origin[1]) * size,
        *origin,
    )


def _take_unseen(pdf: Pdf, page: pikepdf.Page) -> None:
    """Take away the unseen words of a page and of what is drawn on it as a form."""
    if (own := _without_unseen(page)) is not None:
        page.obj.Contents = pdf.make_stream(own)
    for form in page.resources.get(Name.XObject, {}).values():
        if form.get(Name.Subtype) == Name.Form and (own := _without_unseen(form)) is not None:
            form.write(own)


def _without_unseen(content: pikepdf.Page | pikepdf.Object) -> bytes | None:
    """The operators of a content without those that show unseen text; None if there are none, or it cannot be told."""
    try:
        operators = pikepdf.parse_content_stream(content)
    except pikepdf.PdfError:
        return None
    kept, mode, modes = [], 0, list[int]()
    for operator in operators:
        name = str(operator.operator)
        if name == "q":
            modes.append(mode)
        elif name == "Q" and modes:
            mode = modes.pop()
        elif name == "Tr":
            mode = int(operator.operands[0])
        if mode != _UNSEEN or name not in _SHOWING:
            kept.append(operator)
    return pikepdf.unparse_content_stream(kept) if len(kept) < len(operators) else None


def _font(pdf: Pdf, characters: Iterable[str]) -> pikepdf.Object:
    """A font for these characters, which draws nothing."""
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=_NAME, Flags=5, FontBBox=Array([0, -_DESCENT, _WIDTH, _ASCENT]), ItalicAngle=0,
        Ascent=_ASCENT, Descent=-_DESCENT, CapHeight=_ASCENT, StemV=80, FontFile2=Stream(pdf, _empty_glyph()),
    )  # fmt: skip
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=_NAME, DW=_WIDTH, CIDToGIDMap=Stream(pdf, bytes(2 << 16)),
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
    )  # fmt: skip
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=_NAME, Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]), ToUnicode=Stream(pdf, _to_unicode(characters)),
    )  # fmt: skip
    return pdf.make_indirect(font)


def _empty_glyph() -> bytes:
    """A TrueType font with one glyph, which is empty."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef"])
    builder.setupCharacterMap({})
    builder.setupGlyf({".notdef": Glyph()})
    builder.setupHorizontalMetrics({".notdef": (_WIDTH, 0)})
    builder.setupHorizontalHeader(ascent=_ASCENT, descent=-_DESCENT)
    builder.setupHead(unitsPerEm=1000, created=0, modified=0)
    builder.setupMaxp()
    builder.setupPost()
    builder.font.recalcTimestamp = False
    target = io.BytesIO()
    builder.save(target)
    return target.getvalue()


def _to_unicode(characters: Iterable[str]) -> bytes:
    """The map from codes, which are UTF-16, to characters, which they are too (ISO 32000-1, 9.10.3)."""
    codes = sorted({unit for c in characters for unit in _units(c)})
    # a section may have a hundred lines
    sections = [codes[start : start + 100] for start in range(0, len(codes), 100)]
    mapped = [
        line
        for section in sections
        for line in (f"{len(section)} beginbfchar", *(f"<{code}> <{code}>" for code in section), "endbfchar")
    ]
    lines = (
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def", "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def", "1 begincodespacerange", "<0000> <ffff>", "endcodespacerange", *mapped,
        "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end",
    )  # fmt: skip
    return "\n".join(lines).encode("ascii")


def _units(text: str) -> list[str]:
    """The units of a text in UTF-16, in hexadecimal."""
    code = text.encode("utf-16-be").hex()
    return [code[start : start + 4] for start in range(0, len(code), 4)]
