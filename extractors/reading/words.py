"""From the characters of a page's text layer to words.

pdfium gives characters in the order they were drawn, each with a box that spans its advance width and the height of
its font. They are cut into words at spaces, at jumps and at real gaps, in four small steps:
glyphs (cleaned, placed) → runs (lists of glyphs) → words (style looked up once each) → words without overprints.

Kept as drawn: order. The layout stage decides what is read first.
"""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from extractors.reading.frame import Frame
from schemas.pages import BBox, Word

# In em: a gap wider than this is a space that the text layer left out. Letter-spaced print stays below it.
WORD_GAP = 0.24
# In em: a character this far behind the one before it starts again elsewhere (overprint, next column).
BACKWARD_JUMP = 0.5
# A digit this much smaller than its neighbour is a footnote mark or an exponent, not a part of the number.
SMALL_DIGIT = 0.8
INVISIBLE = 3  # text render mode, PDF 32000-1, 9.3.6
FILL_AND_STROKE = 2  # the same; a common way to fake bold

UNREADABLE = "\ufffd"
_SPACES = frozenset(
    {
        0x09,
        0x0A,
        0x0B,
        0x0C,
        0x0D,
        0x20,
        0x85,
        0xA0,
        0x1680,
        0x2028,
        0x2029,
        0x202F,
        0x205F,
        0x3000,
        *range(0x2000, 0x200B),
    }
)
_DROPPED = frozenset({0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F)})
_REPLACED = {
    0x02: "-",  # pdfium's mark for a hyphen at a line end
    0xAD: "-",  # a soft hyphen that is drawn is a hyphen: Word writes "2014-15" so
    0x2010: "-",
    0x2011: "-",
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
    # bullets of the Symbol and Wingdings fonts, which have no Unicode of their own
    0xF0B7: "•",
    0xF0A7: "▪",
    0xF06E: "■",
    0xF06C: "●",
    0xF0D8: "➢",
    0xF0FC: "✓",
    0xF02D: "-",
}
_BOLD_NAMES = ("bold", "black", "heavy", "demi")


class Glyph(NamedTuple):
    """One printed character (or ligature) and its place on our page; `number` counts in the text layer."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLayer:
    """The words of a page, and what is odd about its text layer (counts of characters)."""

    words: tuple[Word, ...]
    characters: int
    invisible: int


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    bold: bool
    invisible: bool
    upright: bool


def read_words(textpage: Any, frame: Frame) -> TextLayer:
    """The words of a text page of pdfium, in the order drawn."""
    fonts: dict[int, bool] = {}
    words: list[Word] = []
    invisible = characters = 0
    turned: list[Glyph] = []
    for run in _runs(textpage, _glyphs(textpage, frame)):
        style = _style(textpage, run[0].number, frame, fonts)
        text = "".join(glyph.text for glyph in run)
        characters += len(text)
        invisible += len(text) if style.invisible else 0
        if turned and not style.upright and _goes_on(turned[-1], run[0], style.size):
            # pdfium ends a line after each letter of turned print that is no wider than it is high
            turned = [*turned, *run]
            words.pop()
            text = "".join(glyph.text for glyph in turned)
        else:
            turned = [] if style.upright else run
        box = _box(turned or run, style)
        words.append(Word(text=text, bbox=box, size=style.size, bold=style.bold, turned=not style.upright))
    return TextLayer(words=_without_overprints(words), characters=characters, invisible=invisible)


def _glyphs(textpage: Any, frame: Frame) -> Iterator[Glyph | None]:
    """Printed characters, and None at every space and line end. What lies off the page or has no size is left out."""
    loose_box, unicode_of = pdfium_c.FPDFText_GetLooseCharBox, pdfium_c.FPDFText_GetUnicode
    rect = pdfium_c.FS_RECTF()
    rect_ref = ctypes.byref(rect)
    width, height = frame.width, frame.height
    place = frame.place
    for index in range(pdfium_c.FPDFText_CountChars(textpage)):
        code = unicode_of(textpage, index)
        if code in _SPACES:
            yield None
            continue
        if code in _DROPPED:
            continue
        loose_box(textpage, index, rect_ref)
        x0, top, x1, bottom = place(rect.left, rect.bottom, rect.right, rect.top)
        if x1 - x0 <= 0.01 or bottom - top <= 0.01:
            tight = _tight_box(textpage, index)
            x0, top, x1, bottom = place(*tight)
            if x1 - x0 <= 0.01 or bottom - top <= 0.01:
                continue
        if not (0 <= (x0 + x1) / 2 <= width and 0 <= (top + bottom) / 2 <= height):
            continue
        text = _REPLACED.get(code) or _readable(code)
        if text is None:
            # A control code drawn with ink is a letter whose meaning was lost; without ink it served as a space.
            left, low, right, high = _tight_box(textpage, index)
            if (right - left) * (high - low) <= 0.01:
                yield None
                continue
            text = UNREADABLE
        yield Glyph(text, x0, top, x1, bottom, index)


def _readable(code: int) -> str | None:
    """The character, or None where the text layer has no meaning for the glyph."""
    if code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or code >= 0xFFF9 and code <= 0xFFFF:
        return None
    return chr(code) if code <= 0x10FFFF else None


def _tight_box(textpage: Any, index: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of a character's ink, in PDF coordinates."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium_c.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
    return left.value, bottom.value, right.value, top.value


def _runs(textpage: Any, glyphs: Iterator[Glyph | None]) -> Iterator[list[Glyph]]:
    """Glyphs that stand together as one word."""
    run: list[Glyph] = []
    vertical = False
    for glyph in glyphs:
        if glyph is None:
            if run:
                yield run
                run = []
            continue
        if not run:
            run = [glyph]
            vertical = False
            continue
        last = run[-1]
        if glyph.top == last.top and glyph.bottom == last.bottom and -0.5 < glyph.x0 - last.x1 < 0.5:
            run.append(glyph)  # the common case: the next letter on the line
            continue
        if len(run) == 1:
            vertical = _stacked(run[0], glyph)
        if _parted(last, glyph, vertical) or _is_small_digit(textpage, last, glyph):
            yield run
            run = [glyph]
        else:
            run.append(glyph)
    if run:
        yield run


def _stacked(first: Glyph, second: Glyph) -> bool:
    """Whether two characters stand above each other and touch, as in a column heading printed upwards."""
    overlap = min(first.x1, second.x1) - max(first.x0, second.x0)
    across = min(first.x1 - first.x0, second.x1 - second.x0)
    apart = max(first.top, second.top) - min(first.bottom, second.bottom)
    # advance width runs along the line: boxes of turned print are wider than high for most letters
    return overlap > 0.8 * across and abs(apart) < 0.15 * across


def _parted(before: Glyph, after: Glyph, vertical: bool) -> bool:
    """Whether there is a space, a new line or a jump between two characters that follow each other."""
    if vertical:
        em = min(before.x1 - before.x0, after.x1 - after.x0)
        gap = max(after.top - before.bottom, before.top - after.bottom)
        shift = abs((before.x0 + before.x1) - (after.x0 + after.x1)) / 2
        return gap > WORD_GAP * em or gap < -BACKWARD_JUMP * em or shift > 0.6 * em
    em = min(before.bottom - before.top, after.bottom - after.top)
    gap = after.x0 - before.x1
    # a step backwards of a whole letter is not kerning
    backward = after.x0 < before.x0 - BACKWARD_JUMP * em or gap < -2 * em
    shift = abs((before.top + before.bottom) - (after.top + after.bottom)) / 2
    return gap > WORD_GAP * em or backward or shift > 0.6 * em


def _is_small_digit(textpage: Any, before: Glyph, after: Glyph) -> bool:
    """Whether a number ends here because one of the two is a digit set in clearly smaller type."""
    first, second = before.bottom - before.top, after.bottom - after.top
    if min(first, second) > SMALL_DIGIT * max(first, second):
        return False
    small = before if first < second else after
    if not small.text.isdigit():
        return False
    # Heights of different fonts differ too: only the type size settles it.
    sizes = (_size(textpage, before.number), _size(textpage, after.number))
    return min(sizes) <= SMALL_DIGIT * max(sizes)


def _size(textpage: Any, index: int) -> float:
    """Type size in points as printed: the nominal size times the scale of the text matrix."""
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(textpage, index, ctypes.byref(matrix))
    return float(pdfium_c.FPDFText_GetFontSize(textpage, index)) * hypot(matrix.c, matrix.d)


def _goes_on(before: Glyph, after: Glyph, size: float) -> bool:
    """Whether turned print goes on, upwards or downwards, from one character to the next without a space."""
    beside = min(before.x1, after.x1) - max(before.x0, after.x0) > 0.5 * min(before.x1 - before.x0, after.x1 - after.x0)
    gap = min(abs(before.top - after.bottom), abs(after.top - before.bottom))
    return beside and gap < 0.12 * size


def _style(textpage: Any, index: int, frame: Frame, fonts: dict[int, bool]) -> _Style:
    """Size, weight, visibility and direction of the word that starts at a character. `fonts` remembers which are bold."""
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(textpage, index, ctypes.byref(matrix))
    size = float(pdfium_c.FPDFText_GetFontSize(textpage, index)) * hypot(matrix.c, matrix.d)
    text_object = pdfium_c.FPDFText_GetTextObject(textpage, index)
    mode = pdfium_c.FPDFTextObj_GetTextRenderMode(text_object) if text_object else 0
    along_x = abs(matrix.a) >= abs(matrix.b)
    return _Style(
        size=round(size, 2),
        bold=mode == FILL_AND_STROKE or _is_bold(text_object, fonts),
        invisible=mode == INVISIBLE,
        upright=along_x == (frame.quarter_turns % 2 == 0),
    )


def _is_bold(text_object: Any, fonts: dict[int, bool]) -> bool:
    """Whether a text object's font calls itself bold or weighs 600 or more."""
    font = pdfium_c.FPDFTextObj_GetFont(text_object) if text_object else None
    if not font:
        return False
    address = ctypes.addressof(font.contents)
    if address not in fonts:
        buffer = ctypes.create_string_buffer(256)
        pdfium_c.FPDFFont_GetBaseFontName(font, buffer, 256)
        name = buffer.value.lower().decode("latin-1")
        fonts[address] = any(mark in name for mark in _BOLD_NAMES) or pdfium_c.FPDFFont_GetWeight(font) >= 600
    return fonts[address]


def _box(run: Sequence[Glyph], style: _Style) -> BBox:
    """The box of a word. Fonts that claim an absurd height would swallow the lines around them, so they get a usual one."""
    x0, x1 = min(g.x0 for g in run), max(g.x1 for g in run)
    top, bottom = min(g.top for g in run), max(g.bottom for g in run)
    if style.upright and style.size > 0.5 and bottom - top > 1.8 * style.size:
        middle = (top + bottom) / 2
        top, bottom = middle - 0.6 * style.size, middle + 0.6 * style.size
    return BBox(round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))


def _without_overprints(words: Sequence[Word]) -> tuple[Word, ...]:
    """Shadows and fake bold print a word twice, a fraction of a point apart: the second is dropped."""
    seen: dict[str, list[BBox]] = {}
    kept: list[Word] = []
    for word in words:
        places = seen.setdefault(word.text, [])
        box = word.bbox
        near = 0.15 * box.height
        if any(abs(p.x0 - box.x0) < near and abs(p.top - box.top) < near for p in places):
            continue
        places.append(box)
        kept.append(word)
    return tuple(kept)
