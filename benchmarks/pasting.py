"""Parts of a PDF turned into pictures, as authors paste charts and tables from other programs into their papers."""

import ctypes
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image as Pillow

from schemas.pages import BBox


@dataclass(frozen=True, slots=True, kw_only=True)
class Paste:
    """How pictures are made: dots per inch, and the quality (1-100) of JPEG, None for a picture without loss."""

    dpi: int
    quality: int | None


def with_pictures(pdf: bytes, parts: Mapping[int, Sequence[BBox]], paste: Paste) -> bytes:
    """The PDF with a picture in the place of each part: boxes in points by the number of their page (from 1).

    Pages must not be turned, and what is drawn there must be objects of the page itself or forms that lie wholly inside.
    """
    document = pdfium.PdfDocument(pdf)
    for number, boxes in parts.items():
        page = document[number - 1]
        height = page.get_height()
        pictures = [_drawn(page, box, paste) for box in boxes]
        for box, picture in zip(boxes, pictures, strict=True):
            for thing in list(page.get_objects(max_depth=1)):
                left, bottom, right, top = thing.get_bounds()
                if box.x0 <= (left + right) / 2 <= box.x1 and box.top <= height - (bottom + top) / 2 <= box.bottom:
                    page.remove_obj(thing)
            page.insert_obj(_placed(document, picture, box, height))
        page.gen_content()
        page.close()
    written = io.BytesIO()
    document.save(written)
    document.close()
    return written.getvalue()


def _drawn(page: pdfium.PdfPage, box: BBox, paste: Paste) -> Pillow.Image:
    width, height = page.get_size()
    cut = (box.x0, height - box.bottom, width - box.x1, box.top)
    drawn: Pillow.Image = page.render(scale=paste.dpi / 72, crop=cut).to_pil().convert("RGB")
    if paste.quality is None:
        return drawn
    squeezed = io.BytesIO()
    drawn.save(squeezed, "JPEG", quality=paste.quality)
    return Pillow.open(squeezed).convert("RGB")


def _placed(document: pdfium.PdfDocument, picture: Pillow.Image, box: BBox, height: float) -> pdfium.PdfImage:
    image = pdfium.PdfImage.new(document)
    image.set_bitmap(pdfium.PdfBitmap.from_pil(picture))
    matrix = pdfium_c.FS_MATRIX(box.width, 0, 0, box.height, box.x0, height - box.bottom)
    pdfium_c.FPDFPageObj_SetMatrix(image.raw, ctypes.byref(matrix))
    return image
