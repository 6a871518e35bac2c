"""What a file is, told by its content. Its name is not believed: error pages are saved as .pdf, reports as .txt."""

import io
import re
import zipfile

from extractors.reading.decode import decode, looks_like_text
from schemas.documents import MediaType
from schemas.errors import DocumentError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_IMAGES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"II*\x00",
    b"MM\x00*",
    b"BM",
    b"\x00\x00\x00\x0cjP  ",
)
# Members that name what a ZIP really is. Spreadsheets and slides are ZIPs too, but no archive of documents.
_ZIP_MEMBERS: tuple[tuple[str, MediaType], ...] = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "unknown"),
    ("xl/workbook.bin", "unknown"),
    ("ppt/presentation.xml", "unknown"),
)
_ODT_TYPES = ("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text-template")
_HTML_START = re.compile(r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.I | re.S)
_WEB_ARCHIVE = re.compile(r"[A-Z][\w-]+:.*multipart/related", re.S)
_HTML_TAGS = re.compile(r"<(?:p|div|table|tr|td|span|br|h[1-6]|ul|ol|li|a|b|strong|title|meta)\b[^<>]*>", re.I)


def sniff(file: bytes, name: str = "") -> MediaType:
    """The media type of a file; `unknown` for what is not a document. `name` is used in messages only.

    Raises DocumentError with reason `empty`.
    """
    if not file.strip(b"\x00\t\n\x0b\x0c\r \xef\xbb\xbf\xff\xfe"):
        raise DocumentError(f"{name or 'The file'} is empty.", reason="empty")
    if file.startswith(_ZIP):
        return _in_zip(file)
    if file.startswith(_OLE):
        # A Word file has a stream of this name; spreadsheets, mails and slides have others.
        if "WordDocument".encode("utf-16-le") in file:
            return "doc"
        # An encrypted DOCX is wrapped so; to say "encrypted" is then the Word reader's part.
        return "docx" if "EncryptedPackage".encode("utf-16-le") in file else "unknown"
    if file.lstrip()[:5] == b"{\\rtf":
        return "rtf"
    if file.startswith(_IMAGES) and not looks_like_text(file[:4096]):
        return "image"
    # Readers accept a PDF whose header stands anywhere in the first 1 KB (PDF 32000-1, annex H.3.4.1).
    header = file[:1024].find(b"%PDF-")
    if header >= 0 and not (header and _is_html(file)):
        return "pdf"
    if not looks_like_text(file):
        return "unknown"
    return "html" if _is_html(file) else "text"


def _in_zip(file: bytes) -> MediaType:
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:100].decode("latin-1").strip() if "mimetype" in names else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        # Its table of contents is lost; the names that precede each member still tell.
        return "docx" if b"word/document.xml" in file or b"word/_rels" in file else "zip"
    if kind:
        return "odt" if kind in _ODT_TYPES else "unknown"
    return next((media for member, media in _ZIP_MEMBERS if member in names), "zip")


def _is_html(file: bytes) -> bool:
    """Whether it starts as HTML does, is a web archive, or a fragment: a tag first and several more."""
    start = decode(file[:8192]).text
    if _HTML_START.match(start) or _WEB_ARCHIVE.match(start[:4096]):
        return True
    return start.lstrip().startswith("<") and len(_HTML_TAGS.findall(start)) >= 3
