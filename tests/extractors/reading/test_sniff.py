import io
import zipfile

import pytest

from extractors.reading.sniff import sniff
from schemas.documents import MediaType
from schemas.errors import DocumentError
from tests.extractors.reading.samples import docx_of, paragraph, pdf_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
TEXT = "Complaints rose from 102 to 117; redress of £3,600 was paid – the Council’s report says."


def zip_of(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        pytest.param(pdf_of(""), "pdf", id="pdf"),
        pytest.param(b"\r\nsome bytes before\n" + pdf_of(""), "pdf", id="pdf after rubbish"),
        pytest.param(b"<!DOCTYPE html><html><body>404</body></html>", "html", id="html"),
        pytest.param(b"\xef\xbb\xbf  <html><p>%PDF-1.4 is a header</p></html>", "html", id="html that names pdf"),
        pytest.param(b"<?xml version='1.0'?>\n<html xmlns='x'><p>a</p></html>", "html", id="xhtml"),
        pytest.param("<html><p>£3</p></html>".encode("utf-16"), "html", id="html in utf-16"),
        pytest.param(b"<!-- saved from url=(0014)about:internet -->\n<HTML>", "html", id="saved page"),
        pytest.param(b"<div><p>one</p><p>two</p></div>", "html", id="fragment"),
        pytest.param(
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x", "html", id="mhtml"
        ),
        pytest.param(TEXT.encode(), "text", id="utf-8"),
        pytest.param(TEXT.encode("cp1252"), "text", id="cp1252"),
        pytest.param(TEXT.encode("utf-16-le"), "text", id="utf-16 without mark"),
        pytest.param(TEXT.encode("utf-16"), "text", id="utf-16"),
        pytest.param(b"a < b and <p> is a tag\n", "text", id="text about tags"),
        pytest.param(b"page one\x0cpage two\n", "text", id="form feed"),
        pytest.param(b"BMA members complained\n", "text", id="text that starts like an image"),
        pytest.param(rb"{\rtf1\ansi hello}", "rtf", id="rtf"),
        pytest.param(OLE + "WordDocument".encode("utf-16-le"), "doc", id="doc"),
        pytest.param(OLE + "Workbook".encode("utf-16-le"), "unknown", id="xls"),
        pytest.param(OLE + "EncryptedPackage".encode("utf-16-le"), "docx", id="encrypted docx"),
        pytest.param(docx_of(paragraph("a")), "docx", id="docx"),
        pytest.param(docx_of(paragraph("a" * 3000))[:-40], "docx", id="docx cut off"),
        pytest.param(zip_of({"a.txt": b"x"}), "zip", id="zip"),
        pytest.param(zip_of({}), "zip", id="empty zip"),
        pytest.param(zip_of({"xl/workbook.xml": b"x"}), "unknown", id="xlsx"),
        pytest.param(zip_of({"mimetype": b"application/vnd.oasis.opendocument.text"}), "odt", id="odt"),
        pytest.param(zip_of({"mimetype": b"application/epub+zip"}), "unknown", id="epub"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(50), "image", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(50), "image", id="jpeg"),
        pytest.param(b"II*\x00\x08\x00\x00\x00", "image", id="tiff"),
        pytest.param(bytes(range(256)) * 8, "unknown", id="rubbish"),
        pytest.param(b"\x7fELF\x02\x01\x01" + bytes(200), "unknown", id="program"),
    ],
)
def test_told_by_content(file: bytes, expected: MediaType) -> None:
    assert sniff(file, "report.pdf") == expected


@pytest.mark.parametrize("file", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe", bytes(100)])
def test_empty(file: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        sniff(file, "report.txt")
    assert caught.value.reason == "empty"
    assert "report.txt" in caught.value.message
