"""The words of the strips of a page."""

from collections.abc import Sequence

from extractors.reading.ocr.again import read_poor
from extractors.reading.ocr.segment import Found, Strip
from extractors.reading.ocr.signs import with_minus
from extractors.reading.ocr.tesseract import Layout, Reader, Token, Tokens
from extractors.reading.second.recogniser import LineReader
from schemas.pages import BBox


def read_strips(found: Found, reader: Reader, second: LineReader | None = None) -> tuple[Token, ...]:
    """The words of the strips, placed on the page; `Token.line` begins with the number of the strip.

    What `reader` reads badly is read again, also by the `second` reader if there is one. Raises ReaderError.
    """
    read: list[Tokens] = [()] * len(found.strips)
    layouts: tuple[tuple[bool, Layout], ...] = ((True, "line"), (False, "block"))
    for one_line, layout in layouts:
        places = [n for n, strip in enumerate(found.strips) if strip.one_line == one_line]
        for n, words in zip(places, reader.read([found.strips[n].image for n in places], layout), strict=True):
            read[n] = words
    tokens: list[Token] = []
    for number, (strip, words) in enumerate(
        zip(found.strips, read_poor(found.strips, read, reader, second), strict=True)
    ):
        signed = with_minus(words, strip.image) if strip.one_line else words
        tokens += [w._replace(bbox=_moved(w.bbox, strip), line=(number, *w.line)) for w in signed]
    signs = [Token(sign, box, 0.9, (len(found.strips) + n,)) for n, (sign, box) in enumerate(found.signs)]
    # a dash beside a number may have been read with it
    negative = [token.bbox for token in tokens if token.text.startswith(("-", "–", "—"))]
    return (*tokens, *(sign for sign in signs if not any(_holds(box, sign.bbox) for box in negative)))


def confidence_of(tokens: Sequence[Token]) -> float:
    """The mean confidence (0-1) of the characters that the reader read; 1 where it read none. Signs do not count: it has not seen them."""
    read = [token for token in tokens if len(token.line) > 1]
    return sum(t.confidence * len(t.text) for t in read) / sum(len(t.text) for t in read) if read else 1.0


def _holds(box: BBox, sign: BBox) -> bool:
    """Whether a sign lies in the box of a word."""
    return box.x0 - 1 <= (sign.x0 + sign.x1) / 2 <= box.x1 and box.top - 1 <= sign.middle <= box.bottom + 1


def _moved(box: BBox, strip: Strip) -> BBox:
    return BBox(box.x0 + strip.left, box.top + strip.top, box.x1 + strip.left, box.bottom + strip.top)
