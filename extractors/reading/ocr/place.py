"""From what the reader gave to words on the page.

The reader's boxes hold the ink of a word, so "are" is lower than "pays". The layout, made for the boxes of fonts, wants the
height of the font: it is worked out from the ink and the letters of a whole line.
"""

from collections import defaultdict
from collections.abc import Iterable
from statistics import median

from extractors.reading.ocr.tesseract import Token
from schemas.pages import BBox, Word

# Parts of an em: capitals and digits, small letters, what hangs below the base line. Usual fonts differ by a few per cent.
_TALL, _SMALL, _BELOW = 0.70, 0.50, 0.21
# The box of a font around its base line.
_ASCENT, _DESCENT = 0.93, 0.24
_HANGING = frozenset("gjpqyQ,;()[]{}|/@$ç")
_TALL_LETTERS = frozenset("bdfhkltiß0123456789%&()[]{}|/!?£$€\"'‘’“”#@")


def words_of(tokens: Iterable[Token], scale: float) -> tuple[Word, ...]:
    """Words in points; the words of a line have one size and one base line."""
    lines: dict[tuple[int, ...], list[Token]] = defaultdict(list)
    for token in tokens:
        lines[token.line].append(token)
    return tuple(word for line in lines.values() for word in _placed(line, scale))


def _placed(line: list[Token], scale: float) -> Iterable[Word]:
    sizes = [(_size(token), len(token.text)) for token in line]
    size = median([s for s, weight in sizes for _ in range(weight) if s] or [line[0].bbox.height])
    for token in line:
        base = token.bbox.bottom - (_BELOW * size if _hangs(token.text) else 0.0)
        bases = [t.bbox.bottom - (_BELOW * size if _hangs(t.text) else 0.0) for t in line if _stands(t.text)]
        if bases and abs(base - median(bases)) < 0.35 * size:
            base = median(bases)
        box = token.bbox
        yield Word(
            text=token.text,
            bbox=BBox(
                round(box.x0 / scale, 2),
                round((base - _ASCENT * size) / scale, 2),
                round(box.x1 / scale, 2),
                round((base + _DESCENT * size) / scale, 2),
            ),
            size=round(size / scale, 1),
            confidence=round(token.confidence, 3),
        )


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
