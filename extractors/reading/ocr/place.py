"""From what the reader gave to words on the page.

The reader's boxes hold the ink of a word, so "are" is lower than "pays". The layout, made for the boxes of fonts, wants the
height of the font: it is worked out from the ink and the letters of a whole line.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from statistics import median

import cv2
import numpy as np

from extractors.reading.ocr.mend import mended, with_ones, without_edges, without_marks
from extractors.reading.ocr.raster import Image, as_image
from extractors.reading.ocr.spaces import parted
from extractors.reading.ocr.tesseract import Token
from schemas.pages import BBox, TokenReading, Word

# Parts of an em: capitals and digits, small letters, what hangs below the base line. Usual fonts differ by a few per cent.
_TALL, _SMALL, _BELOW = 0.70, 0.50, 0.21
# The box of a font around its base line.
_ASCENT, _DESCENT = 0.93, 0.24
# In em: print nearer to each other than this is one word.
_JOINED = 0.11
# Sizes that differ by less than this share are the same.
_SAME = 0.06
# In em: base lines that differ by less are one.
_LEVEL = 0.12
# Of the height of a word: what of its print may lie above or below its box, and at its sides (a dash is wider).
_CUT, _BESIDE = 0.4, 0.25
# Strokes of bold print are this much wider, for their size.
_BOLD = 1.25
_CROSS = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], np.uint8)
_HANGING = frozenset("gjpqyQ,;()[]{}|/@$ç")
_WITH_STROKES = frozenset("%£&€$")
_TALL_LETTERS = frozenset("bdfhkltiß0123456789%&()[]{}|/!?£$€\"'‘’“”#@")


Line = tuple[int, ...]


def words_of(tokens: Iterable[Token], ink: Image, scale: float) -> tuple[Word, ...]:
    """Words in points; the words of a line have one size, one base line and one weight. `ink` is the print of the page."""
    lines: dict[Line, list[Token]] = defaultdict(list)
    for token in tokens:
        lines[token.line].append(_around_ink(token, ink))
    whole = {line: with_ones(without_marks(without_edges(joined(words)))) for line, words in lines.items()}
    sizes = _settled({line: _line_size(words) for line, words in whole.items()}, whole)
    whole = {line: [part for word in words for part in parted(word, ink, sizes[line])] for line, words in whole.items()}
    inside = as_image(cv2.erode(ink, _CROSS))
    strokes = {line: _stroke(words, ink, inside) / sizes[line] for line, words in whole.items()}
    usual = _weighted_median([(strokes[line], _length(words)) for line, words in whole.items() if strokes[line]])
    bases = _level({line: _base(words, sizes[line]) for line, words in whole.items()}, sizes)
    return tuple(
        word
        for line, words in whole.items()
        for word in _placed(words, bases[line], sizes[line], scale, bold=strokes[line] > _BOLD * usual > 0)
    )


def _around_ink(token: Token, ink: Image) -> Token:
    """A word with its box around its print: Tesseract gives some the height of the whole image, and of some digits only the inner part."""
    height, width = ink.shape
    x0, x1 = max(int(token.bbox.x0), 0), min(int(token.bbox.x1) + 1, width)
    top, bottom = max(int(token.bbox.top), 0), min(int(token.bbox.bottom) + 1, height)
    side, reach = (max(round(share * (bottom - top)), 1) for share in (_BESIDE, _CUT))
    x0 -= _inked(ink[top:bottom, max(x0 - side, 0) : x0][:, ::-1].T, side)
    x1 += _inked(ink[top:bottom, x1 : x1 + side].T, side)
    top -= _inked(ink[max(top - reach, 0) : top, x0:x1][::-1], reach)
    bottom += _inked(ink[bottom : bottom + reach, x0:x1], reach)
    rows = np.flatnonzero(ink[top:bottom, x0:x1].any(axis=1))
    if len(rows) == 0:
        return token
    box = token.bbox
    left, right = (x0 if x0 < int(box.x0) else box.x0), (x1 if x1 > int(box.x1) + 1 else box.x1)
    return token._replace(bbox=BBox(left, float(top + rows[0]), right, float(top + rows[-1] + 1)))


def _inked(beyond: Image, reach: int) -> int:
    """How many rows beyond an edge have ink before the first that has none; 0 where there is more of it than of a letter cut off."""
    if len(beyond) == 0 or not beyond[0].any():
        return 0
    empty = np.flatnonzero(np.logical_not(beyond.any(axis=1)))
    return int(empty[0]) if len(empty) else 0 if len(beyond) == reach else len(beyond)


def joined(line: list[Token]) -> list[Token]:
    """The words of a line, those that stand nearer to each other than words do made one again ("Count ywide", "1 17")."""
    line = sorted(line, key=lambda token: token.bbox.x0)
    size = _line_size(line)
    gaps = [right.bbox.x0 - left.bbox.x1 for left, right in pairwise(line)]
    wide = _weighted_median([(gap, 1) for gap in gaps if gap > _JOINED * size])
    made: list[Token] = line[:1]
    for gap, token in zip(gaps, line[1:], strict=True):
        if size and gap < max(_JOINED * size, 0.45 * wide if len(gaps) > 2 else 0.0):
            last = made.pop()
            confidence = min(last.confidence, token.confidence)
            box = BBox.around((last.bbox, token.bbox))
            token = Token(last.text + token.text, box, confidence, last.line, readings=_read_together(last, token))
        made.append(token)
    return made


def _read_together(left: Token, right: Token) -> tuple[TokenReading, ...]:
    """Both readings of two tokens that are one word, if the second reader alone read one of them."""
    if not left.readings and not right.readings:
        return ()
    known = left.readings or right.readings
    texts = [[r.text for r in token.readings] or [token.text] * len(known) for token in (left, right)]
    return tuple(replace(reading, text=a + b, alternatives=()) for reading, a, b in zip(known, *texts, strict=True))


def _base(line: list[Token], size: float) -> float:
    """The base line of a line."""
    return median([_own_base(t, size) for t in line if _stands(t.text)] or [line[0].bbox.middle + _TALL * size / 2])


def _own_base(token: Token, size: float) -> float:
    return token.bbox.bottom - (_BELOW * size if _hangs(token.text) else 0.0)


def _level(bases: dict[Line, float], sizes: dict[Line, float]) -> dict[Line, float]:
    """Base lines that are nearly level, as those of the cells of a row are, made level."""
    groups: list[list[Line]] = []
    for line in sorted(bases, key=lambda line: bases[line]):
        if groups and bases[line] - bases[groups[-1][0]] < _LEVEL * max(sizes[line], sizes[groups[-1][0]]):
            groups[-1].append(line)
        else:
            groups.append([line])
    return {line: median(bases[each] for each in group) for group in groups for line in group}


def _placed(line: list[Token], common: float, size: float, scale: float, *, bold: bool) -> Iterable[Word]:
    """The words of a line whose base line is `common`."""
    for token in line:
        # far from the others' base line the strip is bent or has two lines
        own = _own_base(token, size)
        base = common if abs(own - common) < 0.35 * size or not _stands(token.text) else own
        box, text = token.bbox, mended(token.text)
        yield Word(
            text=text,
            raw=token.raw or (token.text if text != token.text else ""),
            bbox=BBox(
                round(box.x0 / scale, 2),
                round((base - _ASCENT * size) / scale, 2),
                round(box.x1 / scale, 2),
                round((base + _DESCENT * size) / scale, 2),
            ),
            size=round(size / scale, 1),
            bold=bold,
            confidence=round(token.confidence, 3),
            readings=token.readings,
        )


def _line_size(line: list[Token]) -> float:
    """The font size of a line in pixels, 0 if it does not tell."""
    return _weighted_median([(size, len(token.text)) for token in line if (size := _size(token))])


def _settled(sizes: dict[Line, float], lines: dict[Line, list[Token]]) -> dict[Line, float]:
    """Sizes near to one that many lines have are that one: ink tells the size to a few per cent only."""
    weights: list[tuple[float, int]] = [(size, _length(lines[line])) for line, size in sizes.items() if size]
    common: list[float] = []
    of, much = np.array([size for size, _ in weights]), np.array([weight for _, weight in weights])
    alike = (np.abs(of - of[:, None]) <= _SAME * of[:, None]) @ much
    for size in of[np.argsort(-alike, kind="stable")].tolist():
        if all(abs(size - other) > 2 * _SAME * other for other in common):
            common.append(size)
    usual = _weighted_median(weights) or 1.0
    nearest = {
        line: min(common, key=lambda c: abs(c - size), default=usual) if size else usual for line, size in sizes.items()
    }
    return {
        line: nearest[line] if sizes[line] == 0 or abs(nearest[line] - size) <= 2 * _SAME * size else size
        for line, size in sizes.items()
    }


def _stroke(line: list[Token], ink: Image, inside: Image) -> float:
    """The usual width of strokes of a line in pixels: twice its ink over the length of its outline; 0 if it has hardly any ink.

    `inside` is the ink without its outline.
    """
    area = within = 0
    for token in line:
        if not any(c.isalnum() or c in _WITH_STROKES for c in token.text):
            continue
        box = token.bbox
        rows, columns = slice(max(int(box.top), 0), int(box.bottom) + 1), slice(max(int(box.x0), 0), int(box.x1) + 1)
        if ink[rows, columns].size == 0:  # Tesseract gives boxes beyond the edge of the image
            continue
        area += cv2.countNonZero(ink[rows, columns])
        within += cv2.countNonZero(inside[rows, columns])
    outline = area - within
    return 2 * area / outline if outline > 20 else 0.0


def _weighted_median(pairs: list[tuple[float, int]]) -> float:
    """The median of values with weights, 0 of none."""
    half = sum(weight for _, weight in pairs) / 2
    for value, weight in sorted(pairs):
        half -= weight
        if half <= 0:
            return value
    return 0.0


def _length(line: list[Token]) -> int:
    return sum(len(token.text) for token in line)


def _size(token: Token) -> float:
    """The font size in pixels that the ink of a word tells, 0 if it tells none."""
    if not any(c.isalnum() for c in token.text):
        return 0.0
    ems = (_TALL if _reaches(token.text) else _SMALL) + (_BELOW if _hangs(token.text) else 0.0)
    return token.bbox.height / ems


def _reaches(text: str) -> bool:
    return any(c in _TALL_LETTERS or c.isupper() for c in text)


def _hangs(text: str) -> bool:
    return any(c in _HANGING for c in text)


def _stands(text: str) -> bool:
    return any(c.isalnum() for c in text)
