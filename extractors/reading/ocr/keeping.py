"""What OCR made of a page, kept under what it was made from: no page image is read twice with the same readers and code.

The key is of the content of the page (its images as they lie in the file, undecoded, and where they lie), the readers, their
versions and settings, and the code; so a changed rule of another stage, another name or another store re-reads nothing.
"""

import ctypes
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any, Protocol

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from schemas.pages import BBox, Page, Picture, Placing, Rule, Shape, TokenReading, Word


class Shelf(Protocol):
    """Where bytes are kept under a key."""

    def recall(self, key: str) -> bytes | None:
        """What was kept under `key`, or None."""

    def keep(self, key: str, content: bytes) -> None:
        """Keep `content` under `key`."""


def page_key(page: pdfium.PdfPage, file_sha256: str, number: int, made_with: str) -> str:
    """The key of a page. `made_with` names readers, settings and code; the file counts only if the page is more than images."""
    digest = hashlib.sha256(made_with.encode())
    digest.update(repr((page.get_bbox(), page.get_rotation())).encode())
    parts = list(_image_parts(page))
    for part in parts or [f"{file_sha256} {number}".encode()]:
        digest.update(b"\0" + part)
    return digest.hexdigest()


def page_bytes(page: Page) -> bytes:
    """A page as bytes; see `page_from`."""
    return json.dumps(asdict(page), ensure_ascii=False, separators=(",", ":")).encode()


def page_from(content: bytes, known: Page) -> Page | None:
    """The page that `page_bytes` wrote, for the place of `known`; None where the bytes are not a whole page."""
    try:
        kept = json.loads(content)
        page = Page(
            number=known.number,
            width=kept["width"],
            height=kept["height"],
            words=tuple(_word(word) for word in kept["words"]),
            rules=tuple(Rule(bbox=BBox(**rule["bbox"])) for rule in kept["rules"]),
            shapes=tuple(map(_shape, kept["shapes"])),
            source=kept["source"],
            source_reason=kept["source_reason"],
            placing=_placing(kept["placing"]),
            pictures=tuple(Picture(**{**one, "bbox": BBox(**one["bbox"])}) for one in kept["pictures"]),
        )
    except (ValueError, KeyError, TypeError):
        return None
    return page


def failed_page(reason: str) -> bytes:
    """What is kept of a page at which the reader broke down, so that it is not tried again and again."""
    return page_bytes(Page(number=0, width=0, height=0, source="none", source_reason=reason))


def _word(kept: dict[str, Any]) -> Word:
    box = BBox(**kept.pop("bbox"))
    readings = tuple(
        TokenReading(**{**one, "alternatives": tuple(map(_fixed, one["alternatives"]))}) for one in kept.pop("readings")
    )
    return Word(bbox=box, readings=readings, **kept)


def _shape(kept: dict[str, Any]) -> Shape:
    return Shape(points=tuple((x, top) for x, top in kept["points"]), fill=kept["fill"], stroke=kept["stroke"])


def _fixed(value: Any) -> Any:
    return tuple(map(_fixed, value)) if isinstance(value, list) else value


def _placing(kept: dict[str, Any] | None) -> Placing | None:
    if kept is None:
        return None
    a, b, c, d, e, f, g, h, i = kept["matrix"]
    return Placing(matrix=(a, b, c, d, e, f, g, h, i), width=kept["width"], height=kept["height"])


def _image_parts(page: pdfium.PdfPage) -> Iterator[bytes]:
    """The images of a page as they lie in the file and where; nothing if something else can be seen on the page."""
    parts = []
    for item in page.get_objects(max_depth=4):
        if item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            placed = (item.get_matrix().get(), item.get_px_size())
            parts.append(repr(placed).encode() + hashlib.sha256(_raw(item.raw)).digest())
        elif item.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
            if pdfium_c.FPDFTextObj_GetTextRenderMode(item.raw) != pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE:
                return
        elif item.type != pdfium_c.FPDF_PAGEOBJ_FORM:
            return
    yield from parts


def _raw(image: Any) -> bytes:
    """The bytes of an image as they are in the file, with what its filters are called."""
    size = pdfium_c.FPDFImageObj_GetImageDataRaw(image, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium_c.FPDFImageObj_GetImageDataRaw(image, buffer, size)
    names = []
    for index in range(pdfium_c.FPDFImageObj_GetImageFilterCount(image)):
        length = pdfium_c.FPDFImageObj_GetImageFilter(image, index, None, 0)
        name = ctypes.create_string_buffer(length)
        pdfium_c.FPDFImageObj_GetImageFilter(image, index, name, length)
        names.append(name.value)
    return b" ".join(names) + b"\n" + buffer.raw


def for_place(kept: Page, known: Page) -> Page:
    """A kept page with the reason for which this page was read by OCR before the account of how."""
    reason = "; ".join(part for part in (known.source_reason, kept.source_reason) if part)
    if kept.source == "none":
        return replace(known, words=(), source="none", source_reason=reason)
    return replace(kept, source_reason=reason)
