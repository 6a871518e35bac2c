"""The image of a page as a viewer shows it, in grey, at about the resolution of the scan."""

from dataclasses import dataclass
from math import sqrt
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from schemas.pages import BBox, Placing

Image = NDArray[np.uint8]  # rows × columns, grey, or with three channels of colour; white is 255

# Dots per inch. A page without a scan on it (letters drawn as shapes) is drawn at USUAL.
LOWEST, USUAL, HIGHEST = 72.0, 200.0, 300.0
# Pixels of a page image: A3 at 300 dpi has 17 million.
MOST_PIXELS = 18_000_000
# A scan smaller than this share of the page does not say at which resolution the page was scanned.
LEAST_COVER = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Raster:
    """The image of a page, upright and straight: the frame that `Page.words` of an OCR page are placed in.

    `scale` is pixels per point, so the pixels of a word are `image[top * scale : bottom * scale, x0 * scale : x1 * scale]`;
    `placing` leads from points of this frame to points of the page as shown.
    """

    image: Image
    scale: float
    placing: Placing

    def crop(self, box: BBox, margin: float = 0.0) -> Image:
        """The pixels of `box` (points of the straight page) and `margin` points around it, cut at the edges of the page."""
        height, width = self.image.shape
        left = min(max(int((box.x0 - margin) * self.scale), 0), width - 1)
        top = min(max(int((box.top - margin) * self.scale), 0), height - 1)
        right = max(min(int((box.x1 + margin) * self.scale) + 1, width), left + 1)
        bottom = max(min(int((box.bottom + margin) * self.scale) + 1, height), top + 1)
        return self.image[top:bottom, left:right]


def draw_page(page: pdfium.PdfPage) -> tuple[Image, float]:
    """A page as shown, in grey, and its scale in pixels per point."""
    picture, scale = draw_picture(page)
    return in_grey(picture), scale


def draw_picture(page: pdfium.PdfPage) -> tuple[Image, float]:
    """A page as shown, and its scale in pixels per point: in red, green and blue (rows × columns × 3), or in grey if it has no colour."""
    width, height = page.get_size()
    scale = min(resolution(page) / 72, sqrt(MOST_PIXELS / max(width * height, 1.0)))
    # a hair less, lest a page of 2481.00001 pixels is drawn 2482 wide and all of its scan stretched by one
    scale = max(scale * (1 - 1e-6), 8 / max(width, height, 1.0))
    bits = _bits(page)
    # images in grey are drawn twice as fast in colour, and to the same grey
    drawn = page.render(scale=scale, grayscale=bits == 1, may_draw_forms=False, rev_byteorder=True)
    pixels = drawn.to_numpy().reshape(drawn.height, drawn.width, -1)
    if bits == 1:
        return np.array(pixels[..., 0]), scale
    return (np.array(pixels[..., :3]) if bits > 8 else in_grey(pixels[..., :3])), scale


def in_grey(picture: Image) -> Image:
    """A picture in grey."""
    return as_image(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)) if picture.ndim == 3 else picture


def _bits(page: pdfium.PdfPage) -> int:
    """Bits that a pixel of a page needs: 1 or 8 for images in black and white or in grey, and 24 for anything else, which may have colours."""
    bits = 1
    for thing in page.get_objects(max_depth=4):
        if thing.type == pdfium_c.FPDF_PAGEOBJ_FORM:
            continue
        if thing.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
            if pdfium_c.FPDFTextObj_GetTextRenderMode(thing.raw) != pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE:
                return 24
        elif thing.type != pdfium_c.FPDF_PAGEOBJ_IMAGE:
            return 24
        else:
            told = thing.get_metadata()
            if told.bits_per_pixel > 8 or told.colorspace == pdfium_c.FPDF_COLORSPACE_INDEXED:
                return 24
            bits = max(bits, 1 if told.bits_per_pixel == 1 else 8)
    return bits


def resolution(page: pdfium.PdfPage) -> float:
    """Dots per inch of the largest image on a page, within what is useful for reading."""
    width, height = page.get_size()
    largest, found = LEAST_COVER * width * height, USUAL
    for image in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        area = (right - left) * (top - bottom)
        if area > largest:
            across, down = image.get_px_size()
            largest, found = area, 72 * sqrt(across * down / area)
    return min(max(found, LOWEST), HIGHEST)


def as_image(array: Any) -> Image:
    """What a library gives back, as the image it is."""
    return np.ascontiguousarray(array, dtype=np.uint8)
