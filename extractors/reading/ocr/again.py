"""What the first reader read badly, or not at all, read again: enlarged by the same reader, and by the second.

Of the readings that one is used which the readers are surest of together; known words count for more. What only the second
reader reads keeps both readings, so that a number in it is never taken for one that two readers agree on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import cv2
import numpy as np

from extractors.reading.ocr.raster import Image, as_image
from extractors.reading.ocr.segment import Strip
from extractors.reading.ocr.spaces import is_known
from extractors.reading.ocr.tesseract import Reader, Token
from extractors.reading.second.compare import is_clean
from extractors.reading.second.ones import is_stroke
from extractors.reading.second.recogniser import LineReader, Recognised, SecondReaderError
from schemas.pages import BBox, TokenReading

# Words read with less confidence are read again; those that are no known words and no numbers already below the second.
_UNSURE, _UNKNOWN = 0.6, 0.85
# A strip up to so many times wider than high is read again as a whole.
_SHORT = 9.0
# In heights of the strip: print that no word of a strip covers, at its ends.
_UNCOVERED = 0.22
# The image is made so much larger for the first reader.
_LARGER = 1.5
# What a known word or a clean number adds to the confidence of a reading.
_KNOWN = 0.2
# With nothing else to go by the second reader must be so sure.
_ALONE = 0.5
# Words that lie above each other with more than this share of their width stand in the same place.
_SAME_PLACE = 0.5
_DARK = 128
_EDGE = 6  # pixels of white at the sides of a part of a strip
_MARKS = ".,;:|_'‘’“”\"•*«~=\\ "


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a strip from `left` to `right` (pixels of the strip) and the words that were read there."""

    strip: int
    left: int
    right: int
    words: tuple[Token, ...]


def read_poor(
    strips: Sequence[Strip], read: Sequence[Sequence[Token]], reader: Reader, second: LineReader | None
) -> list[tuple[Token, ...]]:
    """The words of each strip (boxes in pixels of its image), those that were read badly read again.

    Raises ReaderError. If the second reader breaks down, only the first reads again.
    """
    if not any(read):  # no print
        return list(map(tuple, read))
    parts = [part for n, (strip, words) in enumerate(zip(strips, read, strict=True)) for part in _poor(n, strip, words)]
    made = [tuple(words) for words in read]
    if not parts:
        return made
    images = [_cut(strips[part.strip].image, part) for part in parts]
    larger = reader.read([_enlarged(image) for image in images], "line")
    others: Sequence[Recognised] = _seen(images, second)
    for part, image, again, other in zip(parts, images, larger, others, strict=True):
        moved = [_placed(word, part) for word in again]
        chosen = _chosen(part, moved, other, image, names=(reader.name, second.name if second else ""))
        if chosen is not None:
            kept = [word for word in made[part.strip] if word not in part.words]
            made[part.strip] = tuple(sorted((*kept, *chosen), key=lambda word: word.bbox.x0))
    return made


def _seen(images: Sequence[Image], second: LineReader | None) -> list[Recognised]:
    nothing = [Recognised(text="", confidence=0.0)] * len(images)
    try:
        return second.read(images) if second else nothing
    except SecondReaderError:
        return nothing


def _poor(number: int, strip: Strip, words: Sequence[Token]) -> Iterator[_Part]:
    """The parts of a strip that are to be read again: all of a short one, else the words that were read badly."""
    if not strip.one_line:
        return
    height, width = strip.image.shape
    poor = [_is_poor(word) for word in words]
    if width <= _SHORT * height:
        if any(poor) or _has_more(strip.image, words):
            yield _Part(number, 0, width, tuple(words))
        return
    for is_poor, places in groupby(range(len(words)), key=lambda n: poor[n]):
        run = list(places)
        if not is_poor:
            continue
        first, last = words[run[0]].bbox, words[run[-1]].bbox
        left = (words[run[0] - 1].bbox.x1 + first.x0) / 2 if run[0] else 0.0
        right = (last.x1 + words[run[-1] + 1].bbox.x0) / 2 if run[-1] + 1 < len(words) else float(width)
        if right - left >= 4:
            yield _Part(number, int(left), int(right), tuple(words[n] for n in run))


def _is_poor(word: Token) -> bool:
    return word.confidence < _UNSURE or (word.confidence < _UNKNOWN and not _is_word(word.text))


def _is_word(text: str) -> bool:
    bare = text.strip(_MARKS + "()?!")
    return is_clean(bare) or (bare.isalpha() and is_known(bare))


def _has_more(image: Image, words: Sequence[Token]) -> bool:
    """Whether a short strip has print beside its words."""
    columns = np.flatnonzero((image < _DARK).any(axis=0))
    if len(columns) == 0:
        return False
    if not words:
        return True
    least = _UNCOVERED * image.shape[0]
    left, right = min(word.bbox.x0 for word in words), max(word.bbox.x1 for word in words)
    return bool(left - columns[0] > least or columns[-1] - right > least)


def _cut(image: Image, part: _Part) -> Image:
    cut = image[:, part.left : part.right]
    return as_image(cv2.copyMakeBorder(cut, 0, 0, _EDGE, _EDGE, cv2.BORDER_CONSTANT, value=(255,)))


def _enlarged(image: Image) -> Image:
    return as_image(cv2.resize(image, None, fx=_LARGER, fy=_LARGER, interpolation=cv2.INTER_CUBIC))


def _placed(word: Token, part: _Part) -> Token:
    """A word of the enlarged part where it stands in the strip."""
    x0, top, x1, bottom = (edge / _LARGER for edge in (word.bbox.x0, word.bbox.top, word.bbox.x1, word.bbox.bottom))
    beside = part.left - _EDGE
    line = part.words[0].line if part.words else word.line
    return word._replace(bbox=BBox(x0 + beside, top, x1 + beside, bottom), line=line)


def _chosen(
    part: _Part, again: Sequence[Token], other: Recognised, image: Image, *, names: tuple[str, str]
) -> tuple[Token, ...] | None:
    """The words to use instead of those of the part; None where they stay as they are."""
    readings = [(_key(_text(words)), _surety(words), words) for words in (part.words, again) if words]
    keys: dict[str, float] = {}
    for key, surety, _ in readings:
        keys[key] = keys.get(key, 0.0) + surety
    if other.text:
        keys[_key(other.text)] = keys.get(_key(other.text), 0.0) + other.confidence
    keys = {key: weight + (_KNOWN if key and _are_words(key, readings, other) else 0.0) for key, weight in keys.items()}
    if not keys:
        return None
    best = max(keys, key=lambda key: keys[key])
    of_first = [(surety, words) for key, surety, words in readings if key == best]
    if of_first:
        words = max(of_first, key=lambda one: one[0])[1]
        raw = _text(part.words)
        if words is part.words:
            return None
        return tuple(word._replace(raw=raw if raw != word.text else "") for word in words)
    if not readings and (other.confidence < _ALONE or not all(map(_is_word, other.text.split()))):
        return None
    if readings and all(is_stroke(_text(words)) for _, _, words in readings):
        return None  # a stroke alone in its strip: the numbers around it tell more than one look at it
    return _by_second(part, again, other, image, names)


def _key(text: str) -> str:
    return text.replace("’", "'").replace(" ", "").strip(_MARKS)


def _text(words: Sequence[Token]) -> str:
    return " ".join(word.text for word in words)


def _surety(words: Sequence[Token]) -> float:
    return max(min(word.confidence for word in words), 0.01)


def _are_words(key: str, readings: Sequence[tuple[str, float, Sequence[Token]]], other: Recognised) -> bool:
    """Whether a reading is made of known words and clean numbers."""
    texts = [_text(words) for of, _, words in readings if of == key]
    texts += [other.text] if _key(other.text) == key else []
    return any(all(map(_is_word, text.split())) for text in texts)


def _by_second(
    part: _Part, again: Sequence[Token], other: Recognised, image: Image, names: tuple[str, str]
) -> tuple[Token, ...]:
    """The words of the second reader, in the places of the first reader's or, where those are not as many, by their lengths."""
    texts = other.text.split()
    places = next((words for words in (part.words, again) if len(words) == len(texts)), ())
    boxes = [word.bbox for word in places] if places and len(texts) > 1 else _boxes(texts, image, part.left - _EDGE)
    line = part.words[0].line if part.words else (1, 1, 1)
    others = other.alternatives if len(texts) == 1 else ()
    made = []
    for text, box in zip(texts, boxes, strict=True):
        here = [word for word in part.words if _share(word.bbox, box) > _SAME_PLACE]
        first = TokenReading(engine=names[0], text=_text(here), confidence=_surety(here) if here else 0.0)
        then = TokenReading(engine=names[1], text=text, confidence=other.confidence, alternatives=others)
        made.append(Token(text, box, other.confidence, line, raw=first.text, readings=(first, then)))
    return tuple(made)


def _share(one: BBox, other: BBox) -> float:
    """How much of the narrower of two boxes lies above or below the other (0-1)."""
    common = min(one.x1, other.x1) - max(one.x0, other.x0)
    return common / max(min(one.width, other.width), 1.0)


def _boxes(texts: Sequence[str], image: Image, left: int) -> list[BBox]:
    """Boxes of words that stand beside each other, in pixels of the strip."""
    ink = image < _DARK
    columns, rows = np.flatnonzero(ink.any(axis=0)), np.flatnonzero(ink.any(axis=1))
    if len(columns) == 0:
        columns, rows = np.arange(image.shape[1]), np.arange(image.shape[0])
    start, width = float(columns[0]), float(columns[-1] + 1 - columns[0])
    top, bottom = float(rows[0]), float(rows[-1] + 1)
    whole = sum(map(len, texts)) + len(texts) - 1
    boxes, at = [], 0
    for text in texts:
        x0, x1 = (start + width * place / whole for place in (at, at + len(text)))
        boxes.append(BBox(x0 + left, top, x1 + left, bottom))
        at += len(text) + 1
    return boxes
