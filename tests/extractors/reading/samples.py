"""Small files made for the tests of reading."""

import io
import zipfile
from collections.abc import Sequence
from html import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf_of(content: str, *, page: str = "/MediaBox [0 0 595 842]", objects: Sequence[str] = ()) -> bytes:
    """A PDF of one page whose content stream is `content`; fonts F1 (Helvetica) and F2 (Helvetica-Bold) are there.

    `page` holds further entries of the page; `objects` are further objects, numbered from 7.
    """
    stream = content.replace("BT", "\nBT").encode("latin-1")
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R {page} /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R /F2 6 0 R >> /XObject << /X1 7 0 R >> >> >>".encode(),
        b"<< /Length %d >> stream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        *(body.encode("latin-1") for body in objects),
    ]
    made = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    xref = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    made += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    made += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, xref)
    return bytes(made)


def text_at(x: float, y: float, text: str, *, size: float = 12, font: str = "F1", extra: str = "") -> str:
    """Operators that print `text` with its baseline at x, y."""
    return f"BT /{font} {size} Tf {extra} 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n"


def docx_of(body: str, *, footnotes: str = "", extra: dict[str, bytes] | None = None) -> bytes:
    """A DOCX with this inner XML of w:body."""
    made = io.BytesIO()
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    types = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    types += '<Default Extension="xml" ContentType="application/xml"/>'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'{head}<Types xmlns="{package}/content-types">{types}</Types>')
        archive.writestr(
            "_rels/.rels",
            f'{head}<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml", f'{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        )
        if footnotes:
            archive.writestr(
                "word/_rels/document.xml.rels",
                f'{head}<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
                f'Type="{office}/footnotes" Target="footnotes.xml"/></Relationships>',
            )
            archive.writestr("word/footnotes.xml", f'{head}<w:footnotes xmlns:w="{WORD}">{footnotes}</w:footnotes>')
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return made.getvalue()


def paragraph(text: str, *, style: str = "") -> str:
    """A paragraph of Word XML; tabs in `text` become Word's tabs."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    runs = "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\t"))
    return f"<w:p>{properties}<w:r>{runs}</w:r></w:p>"


def word_table(rows: Sequence[Sequence[str]]) -> str:
    """A table of Word XML."""
    return (
        "<w:tbl>"
        + "".join("<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
        + "</w:tbl>"
    )
