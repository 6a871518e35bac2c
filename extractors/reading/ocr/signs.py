"""Minus signs that Tesseract left out before a number at the beginning of a strip, seen in the print."""

from collections.abc import Sequence

import cv2
import numpy as np

from extractors.reading.ocr.raster import Image
from extractors.reading.ocr.tesseract import Token
from schemas.pages import BBox

# Parts of the height of the digits: how wide and how thick a minus sign is, where its middle lies, and how near the digit is.
_WIDE, _THICK, _MIDDLE, _NEAR = (0.25, 0.95), 0.32, (0.3, 0.75), 0.65
# What a minus sign is read as.
_MISTAKEN = "“”‘’'\"~=«°"
# Grey levels between its ink and the paper: where print is thick, the sign touches the digit at the higher ones.
_DARK = (150, 100)


def with_minus(tokens: Sequence[Token], image: Image) -> tuple[Token, ...]:
    """The words of a strip (boxes in pixels of `image`), the first with the minus sign that stands before its digits."""
    if not tokens or not (number := tokens[0].text.lstrip(_MISTAKEN)) or not number[0].isdigit():
        return tuple(tokens)
    first = tokens[0]
    sign = next((found for dark in _DARK if (found := _minus(_pieces(image, first.bbox.x1, dark)))), None)
    if sign is None:
        return tuple(tokens)
    box = BBox(min(sign.x0, first.bbox.x0), first.bbox.top, first.bbox.x1, first.bbox.bottom)
    return (first._replace(text=f"-{number}", bbox=box, raw=first.raw or first.text), *tokens[1:])


def _minus(pieces: Sequence[BBox]) -> BBox | None:
    """The first piece of ink if it is a minus sign for the second, a digit."""
    if len(pieces) < 2:
        return None
    sign, digit = pieces[0], pieces[1]
    height = digit.height
    is_sign = (
        _WIDE[0] * height <= sign.width <= _WIDE[1] * height
        and sign.height <= _THICK * height
        and sign.width >= 1.4 * sign.height
        and _MIDDLE[0] * height <= sign.middle - digit.top <= _MIDDLE[1] * height
        and -1 <= digit.x0 - sign.x1 <= _NEAR * height
    )
    return sign if is_sign else None


def _pieces(image: Image, end: float, dark: int) -> list[BBox]:
    """The pieces of ink that are more than specks, from the left to `end`."""
    ink = (image < dark).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    boxes = [BBox(float(x), float(y), float(x + w), float(y + h)) for x, y, w, h, _ in stats[1:].tolist() if x < end]
    tallest = max((box.height for box in boxes), default=0.0)
    return sorted((b for b in boxes if max(b.width, b.height) >= 0.2 * tallest), key=lambda b: b.x0)
