"""The words of a scanned page that are, or may be, numbers are cut out of its image and read by the second reader.

Words are chosen by what the first reader made of them: whatever has a digit, number words, and short words that it was unsure of or
that look like digits. Most pages have twenty to a hundred, and all of a page are read together.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from extractors.language.numbers import NONE_WORDS, TENS, UNITS
from extractors.reading.ocr.raster import Raster
from extractors.reading.quality import common_words
from extractors.reading.second.compare import chosen, compare, is_clean, with_commas
from extractors.reading.second.gaps import with_gap
from extractors.reading.second.ones import is_among_numbers, is_lone_one, is_stroke
from extractors.reading.second.recogniser import Image, LineReader, Recognised, SecondReaderError
from schemas.pages import BBox, Page, TokenReading, Word

_NUMBER_WORDS = frozenset((*UNITS, *TENS, *NONE_WORDS, "hundred", "thousand"))
_LOOKS_LIKE_DIGITS = re.compile(r"[OolI|!SsBGZiT$§£@&?\[\](){}%.,:;'\"‘’“”/\-]{1,5}")
_QUOTES = ".,;:()'\"‘’“”"
# Forms of numbers that never become figures: quarters, years and the numbers of sections, which stand first in their line.
_QUARTER = re.compile(r"\(?Q[1-4][).,:;]*")
_YEAR = re.compile(r"\(?(?:(?:19|20)\d\d|(?:19|20)\d\d[/–-](?:\d\d|20\d\d))[).,:;]*")
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}\.\d{1,2}(?:\.\d{1,2})*")
# The first reader is sure of a word; it is unsure of one; it is so unsure of a short one that it may be anything.
_SURE, _UNSURE, _SHORT = 0.9, 0.7, 4
# Letters that stand alone among numbers, at most, and how sure the second reader must be that they are digits; what stands for no number.
_FEW, _LONE, _BLANK = 2, 0.5, frozenset("-–—*•")
# Parts of the height of a word: what is cut off its box (which has room for tall and hanging letters), and the margin at its sides.
_OFF_TOP, _OFF_BOTTOM, _SIDE = 0.08, 0.06, 0.15
# A longer word is no number but a row of dots.
_MOST_CHARACTERS = 24


def read_again(page: Page, raster: Raster, second: LineReader, *, first: str) -> Page:
    """The page with its numbers read twice. `raster` is its image in the frame of its words, `first` the name of the first reader.

    The second reader has a quick look at all of them, and a close one at those where it differs from the first. If it breaks
    down the page stays as it was, with numbers that were read once (`is_read_once` tells).
    """
    places = [i for i in range(len(page.words)) if is_candidate(page.words, i)]
    if not places:
        return page
    crops = {place: _crop(raster, _box(page.words, place)) for place in places}
    try:
        looks = dict(zip(places, second.read(list(crops.values()), quick=True), strict=True))
        differing = [p for p in places if compare(page.words[p].text, looks[p].text) != "agree"]
        looks |= dict(zip(differing, second.read([crops[p] for p in differing]), strict=True))
    except SecondReaderError:
        return page
    words = list(page.words)
    for place in places:
        seen = with_gap(looks[place], crops[place])
        if is_lone_one(page.words, place, seen.text, crops[place]):
            words[place] = _as_one(words[place], seen, names=(first, second.name))
        else:
            sure = _LONE if _may_be_digits(page.words, place) else _SURE
            words[place] = with_second(words[place], seen, names=(first, second.name), sure=sure)
    return replace(page, words=tuple(words))


def is_read_once(page: Page) -> bool:
    """Whether what OCR read of a page has numbers that should have been read twice, and none was."""
    read = [word for word in page.words if word.confidence is not None]
    if any(word.readings for word in read):
        return False
    return any(any(c.isdigit() for c in w.text) and is_candidate(read, i) for i, w in enumerate(read))


def is_candidate(words: Sequence[Word], place: int) -> bool:
    """Whether a word is a number that may become a figure, or may be one that was misread."""
    word = words[place]
    text, confidence = word.text, word.confidence or 0.0
    if (
        word.readings
        or word.turned
        or len(text) > _MOST_CHARACTERS
        or not any(c.isalnum() or c in "|!$&@§?[]/" for c in word.raw or text)
    ):
        return False
    if any(c.isdigit() for c in text):
        if _QUARTER.fullmatch(text) or (_YEAR.fullmatch(text) and confidence >= _UNSURE):
            return False
        return not (_SECTION.fullmatch(text) and _is_first(words, place))
    if is_stroke(text) or _may_be_digits(words, place):
        return True
    bare = text.strip(_QUOTES).lower()
    if bare in _NUMBER_WORDS:
        return confidence < _SURE
    if bare in common_words():
        return False
    return (len(text) <= _SHORT and confidence < _UNSURE) or _LOOKS_LIKE_DIGITS.fullmatch(text) is not None


def _may_be_digits(words: Sequence[Word], place: int) -> bool:
    """Whether a word is a letter or two, or a sign that was read as another, and stands alone among numbers."""
    word = words[place]
    if word.text == "%" and not word.raw or not 0 < len(word.text) <= _FEW or any(c.isdigit() for c in word.text):
        return False
    return word.text not in _BLANK and is_among_numbers(words, place)


def _is_first(words: Sequence[Word], place: int) -> bool:
    """Whether nothing stands to the left of a word on its line."""
    box = words[place].bbox
    return not any(w.bbox.x1 <= box.x0 and w.bbox.top < box.middle < w.bbox.bottom for w in words)


def with_second(word: Word, read: Recognised, *, names: tuple[str, str], sure: float = _SURE) -> Word:
    """The word with both readings, and the text of the one to use. A word in which neither reader sees a number stays as it was.

    The second one sees a number where the first does not if it is at least so `sure` (0-1).
    """
    one = TokenReading(engine=names[0], text=word.text, confidence=word.confidence or 0.0)
    other = TokenReading(engine=names[1], text=read.text, confidence=read.confidence, alternatives=read.alternatives)
    is_number = any(c.isdigit() for c in word.text) or word.text.strip(_QUOTES).lower() in _NUMBER_WORDS
    if not is_number and not (is_clean(read.text) and read.confidence >= sure):
        return word
    agreed = is_number and compare(word.text, read.text) == "agree"
    # of two forms of one number ("i1" and "11", "404°" and "404") that which is a number
    text = word.text if agreed and (is_clean(word.text) or not is_clean(read.text)) else chosen(one, other)
    return replace(word, text=with_commas(text), readings=(one, other))


def _as_one(word: Word, read: Recognised, *, names: tuple[str, str]) -> Word:
    """The stroke as the number 1, with what both readers made of it: they agree only if both read a one."""
    texts = ((word.text, word.confidence or 0.0), (read.text, read.confidence))
    one, other = (TokenReading(engine=e, text=t, confidence=c) for e, (t, c) in zip(names, texts, strict=True))
    return replace(word, text="1", raw=word.raw or (word.text if word.text != "1" else ""), readings=(one, other))


def _box(words: Sequence[Word], place: int) -> BBox:
    """The box of a word as it is cut out: with a margin, but not into the words beside it."""
    box = words[place].bbox
    side = _SIDE * box.height
    left, right = box.x0 - side, box.x1 + side
    for beside in (words[i].bbox for i in (place - 1, place + 1) if 0 <= i < len(words)):
        if beside.top < box.middle < beside.bottom:
            if beside.x1 <= box.x0:
                left = max(left, (beside.x1 + box.x0) / 2)
            elif beside.x0 >= box.x1:
                right = min(right, (beside.x0 + box.x1) / 2)
    return BBox(left, box.top + _OFF_TOP * box.height, right, box.bottom - _OFF_BOTTOM * box.height)


def _crop(raster: Raster, box: BBox) -> Image:
    return np.ascontiguousarray(raster.crop(box))
