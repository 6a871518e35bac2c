"""Spaces that Tesseract read over ("Stage1", "10days", "atStage"), put back where the print has a gap and the parts are words.

Neither alone is enough: the gaps of poor print are everywhere, and many words are made of words.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np

from extractors.reading.ocr.raster import Image
from extractors.reading.ocr.tesseract import Token
from extractors.reading.quality import common_words
from schemas.pages import BBox
from schemas.vocabulary import load_vocabulary

# In em: a gap between a word and a number, and one between two words.
_BESIDE_NUMBER, _BETWEEN_WORDS = 0.09, 0.13
# A gap this much wider than any other of the word, but those at spaces, is one.
_WIDER = 1.3
# How far from where the letters put it a gap may be, as a share of the word's width and in em.
_OFF, _OFF_EM = 0.06, 0.35
# Widths of letters, for where a gap is to be expected.
_NARROW, _WIDE = frozenset("iljtfrI1.,:;'’|!()[]"), frozenset("mwMW%@")
_EDGES = ".,:;!?()[]'\"‘’“”*"
_SHORT = frozenset(("a", "i"))
# What stands at a number without a space.
_AT_NUMBERS = frozenset(("st", "nd", "rd", "th", "am", "pm"))
# Words with a speck for a stop between them have so many letters, or are common; and are none that are written with a stop.
_LEAST_LETTERS = 4
_ABBREVIATED = frozenset(("no", "nos", "p", "pp", "fig", "para", "paras", "ref", "vol", "am", "pm", "q"))
_NUMBER = re.compile(r"[£(]?\d[\d.,/–-]*%?[).,;:]*")


def parted(token: Token, ink: Image, size: float) -> list[Token]:
    """The words of a token that was read over spaces, or the token alone. `ink` is the print of the page, `size` the em in pixels."""
    if (speck := _speck(token.text)) is not None:
        return _without_speck(token, speck, ink, size)
    places = list(_places(token.text))
    if not places or size <= 0:
        return [token]
    gaps = _gaps(token.bbox, ink)
    for place, least in places:
        middle = _gap_at(token, place, gaps, least * size, size)
        if middle is None:
            continue
        box = token.bbox
        left = _part(token, token.text[:place], BBox(box.x0, box.top, middle[0], box.bottom))
        right = _part(token, token.text[place:], BBox(middle[1], box.top, box.x1, box.bottom))
        raw = token.raw or token.text
        return [part._replace(raw=raw) for half in (left, right) for part in parted(half, ink, size)]
    return [token]


def _part(token: Token, text: str, box: BBox) -> Token:
    """A part of a token; of one that the second reader read, that is the part it read."""
    readings = (*token.readings[:1], *(replace(reading, text=text, alternatives=()) for reading in token.readings[1:]))
    return token._replace(text=text, bbox=box, readings=readings)


def _places(text: str) -> Iterator[tuple[int, float]]:
    """Where a text may be two words, and the gap (em) that it takes: the likeliest first."""
    for m in re.finditer(r"(?<=[A-Za-z])(?=\d)|(?<=[\d%])(?=[A-Za-z])", text):
        before, after = text[: m.start()], text[m.start() :]
        word, number = (before, after) if before[-1].isalpha() else (after, before)
        first = re.match(r"[A-Za-z]+", word) if word is after else re.search(r"[A-Za-z]+$", word)
        if (
            first
            and (is_known(first[0]) or _are_known(first[0]))
            and first[0].lower() not in _AT_NUMBERS
            and _has_number(number)
        ):
            yield m.start(), _BESIDE_NUMBER
    core = text.strip(_EDGES)
    if core.isalpha() and len(core) > 2 and not is_known(core):
        start = text.index(core)
        for place in range(1, len(core)):
            if is_known(core[:place]) and (is_known(core[place:]) or _are_known(core[place:])):
                yield start + place, _BETWEEN_WORDS


def _speck(text: str) -> int | None:
    """Where a text has a speck for a stop where no text has one: "Stage.1", "1:had", "of.stage"."""
    m = re.fullmatch(r"[(‘“]?(\w+)([.:;,'’°])(\w+)\W*", text)
    if m is None or not is_known(m[1]) and not m[1].isdigit() or not is_known(m[3]) and not m[3].isdigit():
        return None
    words = [part for part in (m[1], m[3]) if part.isalpha()]
    if not words or any(len(word) < _LEAST_LETTERS and word.lower() not in common_words() for word in words):
        return None
    return None if m[3][0].isupper() or m[1].lower() in _ABBREVIATED else m.start(2)


def _without_speck(token: Token, place: int, ink: Image, size: float) -> list[Token]:
    box, raw = token.bbox, token.raw or token.text
    middle = box.x0 + box.width * (place + 0.5) / len(token.text)
    left = token._replace(text=token.text[:place], bbox=BBox(box.x0, box.top, middle, box.bottom), raw=raw)
    right = token._replace(text=token.text[place + 1 :], bbox=BBox(middle, box.top, box.x1, box.bottom), raw=raw)
    return [left, *parted(right, ink, size)]


def _has_number(text: str) -> bool:
    return any(_NUMBER.fullmatch(part) for part in re.split(r"(?<=[A-Za-z])(?=\d)|(?<=[\d%])(?=[A-Za-z])", text))


def _are_known(text: str) -> bool:
    """Whether a text is two known words ("ontime")."""
    return any(is_known(text[:place]) and is_known(text[place:]) for place in range(2, len(text) - 1))


def _gaps(box: BBox, ink: Image) -> list[tuple[int, int]]:
    """The columns, from and to, between the pieces of ink of a word."""
    part = ink[max(int(box.top), 0) : int(box.bottom) + 1, max(int(box.x0), 0) : int(box.x1) + 1]
    columns = np.flatnonzero(part.any(axis=0)) + max(int(box.x0), 0)
    return [(int(a) + 1, int(b)) for a, b in pairwise(columns.tolist()) if b - a > 1]


def _gap_at(
    token: Token, place: int, gaps: list[tuple[int, int]], least: float, size: float
) -> tuple[float, float] | None:
    """The gap before the character at `place`; None where there is none wide enough, or others in the word are as wide."""
    widths = [0.5 if c in _NARROW else 1.5 if c in _WIDE else 1.0 for c in token.text]
    expected = token.bbox.x0 + token.bbox.width * sum(widths[:place]) / sum(widths)
    off = _OFF * token.bbox.width + _OFF_EM * size
    near = [gap for gap in gaps if abs((gap[0] + gap[1]) / 2 - expected) <= off]
    widest = max(near, key=lambda gap: gap[1] - gap[0], default=None)
    if widest is None or widest[1] - widest[0] < least:
        return None
    usual = float(np.median([b - a for a, b in gaps]))
    if len(gaps) > 2 and widest[1] - widest[0] < _WIDER * usual:
        return None
    return float(widest[0]), float(widest[1])


def is_known(word: str) -> bool:
    """Whether a word is one of the vocabulary, of grammar, or common."""
    plain = word.lower()
    return plain in _SHORT or (len(plain) > 1 and (plain in known_words() or plain.removesuffix("s") in known_words()))


@cache
def known_words() -> frozenset[str]:
    """The words of the vocabulary, of grammar, and the commonest of all."""
    vocabulary = load_vocabulary()
    phrases = [words for measure in vocabulary.measures for term in measure.terms for words in term.words]
    phrases += [words for dimension in vocabulary.dimensions for value in dimension.values for words in value.words]
    phrases += [words for cue in vocabulary.cues.values() for words in cue]
    own = (word for phrase in phrases for word in re.findall("[a-z]{2,}", phrase.lower()))
    return frozenset((*own, *common_words(), *_OTHERS.split()))


_OTHERS = """young days day month months year years full january february march april may june july august september october
november december quarter target total table figure number page new survey time asked why how cost average working no yes"""
