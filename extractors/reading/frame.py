"""From the coordinates of a PDF page to ours: points, origin at the top left, upright as a viewer shows the page.

A PDF counts upwards from a corner that need not be (0, 0), shows only its crop box, and may ask to be turned by
90, 180 or 270 degrees. Everything read from a page passes through its `Frame`, so nothing after this knows.
"""

import ctypes
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium_c

from schemas.pages import BBox


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The visible part of a page in PDF coordinates (points), and by how many quarter turns clockwise it is shown."""

    left: float
    bottom: float
    right: float
    top: float
    quarter_turns: int = 0

    @property
    def width(self) -> float:
        """Width of the page as shown, in points."""
        return self.top - self.bottom if self.quarter_turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Height of the page as shown, in points."""
        return self.right - self.left if self.quarter_turns % 2 else self.top - self.bottom

    def place(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """x0, top, x1, bottom on our page of a rectangle in PDF coordinates."""
        if self.quarter_turns == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.quarter_turns == 1:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.quarter_turns == 2:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left

    def back(self, x: float, y: float) -> tuple[float, float]:
        """A point of our page in PDF coordinates."""
        if self.quarter_turns == 0:
            return self.left + x, self.top - y
        if self.quarter_turns == 1:
            return self.left + y, self.bottom + x
        if self.quarter_turns == 2:
            return self.right - x, self.bottom + y
        return self.right - y, self.top - x

    def box(self, left: float, bottom: float, right: float, top: float) -> BBox:
        """The same as `place`, as a box."""
        return BBox(*self.place(left, bottom, right, top))


def frame_of(raw_page: Any) -> Frame:
    """The frame of a page that pdfium has loaded. Raises ValueError when the page has no size."""
    rect = pdfium_c.FS_RECTF()
    if not pdfium_c.FPDF_GetPageBoundingBox(raw_page, ctypes.byref(rect)):
        raise ValueError("page has no bounding box")
    frame = Frame(
        left=rect.left,
        bottom=rect.bottom,
        right=rect.right,
        top=rect.top,
        quarter_turns=max(pdfium_c.FPDFPage_GetRotation(raw_page), 0) % 4,
    )
    if frame.width <= 0 or frame.height <= 0:
        raise ValueError("page has no size")
    return frame
