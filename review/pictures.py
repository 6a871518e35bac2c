"""Pictures of pages and the words on them, made once by pdfium and kept beside the blobs.

pdfium is not safe for threads: one lock lets one request at a time use it.
"""

import io
import json
import os
import threading
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageChops

from extractors.reading.frame import frame_of
from extractors.reading.words import read_words
from pipeline.printed import recall_print
from pipeline.store.blobs import Blobs
from schemas.pages import BBox

WIDTHS = (160, 800, 1200, 1600, 2400)
"""Widths that pages are drawn in, in pixels: any other would fill the disk at a visitor's will."""

# Print needs few colours, and a picture of few colours is a third of the size and as sharp. Paper that was scanned has many shades.
_COLOURS, _SHADES = 48, 64
_LEAST_COLOUR = 16
_MOST_PIXELS = 40_000_000
_pdfium = threading.Lock()


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of print: its words, each with its place on the page in points."""

    words: tuple[tuple[str, BBox], ...]

    @property
    def bbox(self) -> BBox:
        """The box around the line."""
        return BBox.around(box for _, box in self.words)

    @property
    def text(self) -> str:
        """The words of the line."""
        return " ".join(text for text, _ in self.words)


class PageMissingError(Exception):
    """The page cannot be drawn; the text says why."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """Draws pages of renditions. `password` opens those that are protected."""

    blobs: Blobs
    password: str | None = None

    def picture(self, rendition: str, page: int, width: int) -> Path:
        """The PNG file of a page (from 1), `width` pixels wide. Raises PageMissingError."""
        if width not in WIDTHS:
            raise PageMissingError(f"Pages are not drawn {width} pixels wide.")
        target = self._cached(rendition, f"{page}-{width}.png")
        if not target.exists():
            with _pdfium:
                content = self._draw(rendition, page, width)
            _write(target, content)
        return target

    def lines(self, rendition: str, page: int) -> tuple[PrintedLine, ...]:
        """The words on a page, by line. Raises PageMissingError."""
        target = self._cached(rendition, f"{page}-words.json")
        if not target.exists():
            with _pdfium:
                found = self._words(rendition, page)
            _write(target, json.dumps(found, ensure_ascii=False).encode())
        loaded = json.loads(target.read_bytes())
        return tuple(_lines([(text, BBox(*edges)) for text, *edges in loaded]))

    def scanned_lines(self, rendition: str, page: int) -> tuple[PrintedLine, ...]:
        """The words on a page that were read by OCR, by line."""
        kept = recall_print(self.blobs, rendition, page)
        return tuple(_lines(list(kept.words))) if kept else ()

    def _cached(self, rendition: str, name: str) -> Path:
        return self.blobs.root / "pages" / rendition[:2] / f"{rendition}-{name}"

    def _draw(self, rendition: str, page: int, width: int) -> bytes:
        document = self._open(rendition, page)
        try:
            loaded = document[page - 1]
            scale = width / loaded.get_width()
            if width * loaded.get_height() * scale > _MOST_PIXELS:
                raise PageMissingError(f"Page {page} is too long to be drawn {width} pixels wide.")
            image = loaded.render(scale=scale).to_pil().convert("RGB")
        except pdfium.PdfiumError as error:
            raise PageMissingError(f"Page {page} cannot be drawn: {error}.") from None
        finally:
            document.close()
        made = io.BytesIO()
        _reduced(image).save(made, "PNG", compress_level=4)
        return made.getvalue()

    def _words(self, rendition: str, page: int) -> list[tuple[str, float, float, float, float]]:
        document = self._open(rendition, page)
        try:
            loaded = document[page - 1]
            textpage = loaded.get_textpage()  # held by a name: pdfium frees what nothing holds
            layer = read_words(textpage.raw, frame_of(loaded.raw))
        except (pdfium.PdfiumError, ValueError) as error:
            raise PageMissingError(f"The words of page {page} cannot be read: {error}.") from None
        finally:
            document.close()
        boxes = ((word.text, word.bbox) for word in layer.words)
        return [(text, *(round(edge, 2) for edge in (b.x0, b.top, b.x1, b.bottom))) for text, b in boxes]  # type: ignore[misc]

    def _open(self, rendition: str, page: int) -> pdfium.PdfDocument:
        try:
            document = pdfium.PdfDocument(self.blobs.path(rendition), password=self.password)
        except FileNotFoundError:
            raise PageMissingError("The page's file is not among the blobs: import the document again.") from None
        except pdfium.PdfiumError as error:
            message = (
                f"The document cannot be opened ({error}). Protected documents want `crossfoot review --password`."
            )
            raise PageMissingError(message) from None
        if not 1 <= page <= len(document):
            document.close()
            raise PageMissingError(f"There is no page {page}.")
        return document


def _reduced(image: Image.Image) -> Image.Image:
    """The picture with as few colours as it needs: shades of grey, where it has no colour."""
    small = image.resize((120, 160))
    red, green, blue = small.split()
    apart = (ImageChops.difference(one, other).getextrema()[1] for one, other in ((red, green), (green, blue)))
    if max(int(most) for most in apart if isinstance(most, int | float)) < _LEAST_COLOUR:
        step = 256 // _SHADES
        return image.convert("L").point(
            [shade // step * step + (step - 1) * (shade >= 256 - step) for shade in range(256)]
        )
    shades = small.convert("L").histogram()
    paper_is_even = max(shades) > sum(shades) / 2
    return image.quantize(
        _COLOURS if paper_is_even else 256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
    )


def _write(target: Path, content: bytes) -> None:
    """Written beside and renamed, so that nobody is served half a picture."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.{os.getpid()}.{threading.get_ident()}")
    partial.write_bytes(content)
    partial.replace(target)


def _lines(words: list[tuple[str, BBox]]) -> list[PrintedLine]:
    """Words that follow each other at one height, from left to right and without a wide gap, are a line."""
    lines: list[list[tuple[str, BBox]]] = []
    for word in words:
        before = lines[-1][-1][1] if lines else None
        box = word[1]
        tall = max(box.height, before.height) if before else 0.0
        if before and -1 <= box.x0 - before.x1 <= 1.2 * tall and abs(box.middle - before.middle) < 0.5 * tall:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [PrintedLine(tuple(line)) for line in lines]
