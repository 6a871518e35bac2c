"""Page images made for the tests of OCR, and readers that fail."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
from PIL import Image as Pillow
from weasyprint import HTML

from extractors.reading.images import pdf_of_image
from extractors.reading.ocr.raster import Image
from extractors.reading.ocr.tesseract import Layout, ReaderError, Tokens

DPI = 200
REPORT = """<style>body { font: 11pt "DejaVu Sans" } td, th { border: 1px solid black; padding: 3pt 9pt }
table { border-collapse: collapse } .dark th { background: black; color: white }</style>
<h1>Complaints 2014/15</h1>
<p>There were 117 complaints at stage 1, an increase of 7% from 109 in 2013/14. Of these, 14% (16) were upheld.</p>
<ul><li>Nine complaints were withdrawn.</li><li>No complaint reached stage 3.</li></ul>
<table><tr><th>Team</th><th>2013/14</th><th>2014/15</th></tr>
<tr><td>North</td><td>61</td><td>70</td></tr><tr><td>South</td><td>40</td><td>40</td></tr><tr><td>Other</td><td>8</td><td>7</td></tr></table>
<p>Compliments were as follows.</p>
<table class="dark"><tr><th>Quarter</th><th>Compliments</th></tr><tr><td>Q1</td><td>5</td></tr><tr><td>Q2</td><td>-</td></tr></table>"""


def report_image(dpi: int = DPI) -> Image:
    """The report as it is printed, in grey."""
    document = pdfium.PdfDocument(HTML(string=REPORT).write_pdf())
    try:
        return np.array(document[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L"))
    finally:
        document.close()


def turned_by(image: Image, degrees: float) -> Image:
    """The image askew, with white corners."""
    height, width = image.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(cv2.warpAffine(image, turn, (width, height), borderValue=(255,)), np.uint8)


def scan_of(*images: Image, dpi: int = DPI) -> bytes:
    """A PDF with these images as its pages."""
    pages = [Pillow.fromarray(image) for image in images]
    made = io.BytesIO()
    pages[0].save(made, "TIFF", save_all=True, append_images=pages[1:], dpi=(dpi, dpi))
    return pdf_of_image(made.getvalue())[0]


@dataclass
class FailingReader:
    """Raises `error` at the pages whose numbers (from 1) are in `at`, and reads nothing on others."""

    error: Exception
    at: frozenset[int]
    name: str = "fake"
    version: str = "1"
    languages: str = "eng"
    model: Path | None = None
    calls: list[int] = field(default_factory=list)

    def read(self, images: Sequence[Image], layout: Layout) -> tuple[Tokens, ...]:
        if layout == "line":
            self.calls.append(len(self.calls) + 1)
            if self.calls[-1] in self.at:
                raise self.error
        return tuple(() for _ in images)


def broken(at: int, *, lasting: bool = False) -> FailingReader:
    """A reader that breaks down at one page."""
    return FailingReader(ReaderError("The reader broke down.", lasting=lasting), frozenset({at}))
