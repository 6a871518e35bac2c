"""The words of the strips of a page."""

from collections.abc import Sequence

import cv2
import numpy as np

from extractors.reading.ocr.again import read_poor
from extractors.reading.ocr.first_sight import read_at_first_sight
from extractors.reading.ocr.pieces import pieces_of
from extractors.reading.ocr.raster import Image, as_image
from extractors.reading.ocr.segment import Found
from extractors.reading.ocr.signs import with_minus
from extractors.reading.ocr.tesseract import Reader, Token, Tokens
from extractors.reading.second.recogniser import LineReader
from schemas.pages import BBox

# The only word of a strip, of so few characters, has a box of at least this share of the width and of the height of its ink, which is
# darker than this.
_FEW, _COVERED, _DARK = 3, 0.5, 128
# So many of the longest strips tell whether a page lies upside down.
_LONGEST = 12

Lines = list[Tokens]


def read_lines(found: Found, reader: Reader) -> Lines:
    """The words of each strip, in pixels of its image, as `reader` reads them at first sight. Raises ReaderError."""
    one, more = ([n for n, strip in enumerate(found.strips) if strip.one_line == alone] for alone in (True, False))
    images = [strip.image for strip in found.strips]
    lines = read_at_first_sight([images[n] for n in one], reader)
    blocks = reader.read([images[n] for n in more], "block")
    read = dict(zip((*one, *more), (*lines, *blocks), strict=True))
    return [read[n] for n in range(len(images))]


def reads_better_turned_over(found: Found, read: Lines, reader: Reader) -> bool:
    """Whether the longest strips, of which `read` are the words, are read with more confidence upside down. Raises ReaderError."""
    lines = [n for n, strip in enumerate(found.strips) if strip.one_line]
    longest = sorted(lines, key=lambda n: found.strips[n].image.shape[1], reverse=True)[:_LONGEST]
    over = read_at_first_sight([as_image(np.rot90(found.strips[n].image, 2)) for n in longest], reader)
    as_it_lies = [token for n in longest for token in read[n]]
    return line_confidence(over) > _mean_confidence(as_it_lies)


def words_in(found: Found, read: Lines, reader: Reader, second: LineReader | None = None) -> tuple[Token, ...]:
    """The words of the strips, placed on the page; `Token.line` begins with the number of the strip.

    What `reader` read badly (`read`) is read again, also by the `second` reader if there is one. Raises ReaderError.
    """
    tokens: list[Token] = []
    for number, (strip, words) in enumerate(
        zip(found.strips, read_poor(found.strips, read, reader, second), strict=True)
    ):
        signed = _around_print(with_minus(words, strip.image), strip.image) if strip.one_line else words
        tokens += [w._replace(bbox=w.bbox.moved(strip.left, strip.top), line=(number, *w.line)) for w in signed]
    signs = [Token(sign, box, 0.9, (len(found.strips) + n,)) for n, (sign, box) in enumerate(found.signs)]
    # a dash beside a number may have been read with it
    negative = [token.bbox for token in tokens if token.text.startswith(("-", "–", "—"))]
    return (*tokens, *(sign for sign in signs if not any(_holds(box, sign.bbox) for box in negative)))


def _around_print(words: Sequence[Token], image: Image) -> tuple[Token, ...]:
    """The only word of a strip, if it is short, with its box round the pieces of ink that it lies on: Tesseract gives "0" the hole in it."""
    if len(words) != 1 or len(words[0].text) > _FEW:
        return tuple(words)
    box, ink = words[0].bbox, as_image((image < _DARK) * np.uint8(255))
    if _is_covered(box, *cv2.boundingRect(ink)[2:]):
        return tuple(words)
    _, stats = pieces_of(ink)
    boxes = [BBox(float(x), float(y), float(x + w), float(y + h)) for x, y, w, h, _ in stats[1:].tolist()]
    own = [b for b in boxes if b.x0 < box.x1 and box.x0 < b.x1 and b.top < box.bottom and box.top < b.bottom]
    around = BBox.around(own) if own else box
    return tuple(words) if _is_covered(box, around.width, around.height) else (words[0]._replace(bbox=around),)


def _is_covered(box: BBox, width: float, height: float) -> bool:
    return min(box.width / max(width, 1.0), box.height / max(height, 1.0)) >= _COVERED


def confidence_of(tokens: Sequence[Token]) -> float:
    """The mean confidence (0-1) of the characters that the reader read; 1 where it read none. Signs do not count: it has not seen them."""
    read = [token for token in tokens if len(token.line) > 1]
    return _mean_confidence(read) if read else 1.0


def line_confidence(read: Lines) -> float:
    """The same of the words of each strip; 0 where nothing was read."""
    return _mean_confidence([token for words in read for token in words])


def _mean_confidence(tokens: Sequence[Token]) -> float:
    """The mean confidence (0-1) of characters; 0 of none."""
    return sum(t.confidence * len(t.text) for t in tokens) / max(sum(len(t.text) for t in tokens), 1)


def _holds(box: BBox, sign: BBox) -> bool:
    """Whether a sign lies in the box of a word."""
    return box.x0 - 1 <= (sign.x0 + sign.x1) / 2 <= box.x1 and box.top - 1 <= sign.middle <= box.bottom + 1
