"""The words of a scanned page that are, or may be, numbers are cut out of its image and read by the second reader.

Words are chosen by what the first reader made of them: whatever has a digit, number words, and short words that it was unsure of or
that look like digits. Most pages have twenty to a hundred, and all of a page are read together.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from extractors.language.numbers import NONE_WORDS, TENS, UNITS
from extractors.reading.ocr.raster import Raster
from extractors.reading.second.compare import chosen, compare, is_clean
from extractors.reading.second.recogniser import Image, LineReader, Recognised
from schemas.pages import BBox, Page, TokenReading, Word

_NUMBER_WORDS = frozenset((*UNITS, *TENS, *NONE_WORDS, "hundred", "thousand"))
_LOOKS_LIKE_DIGITS = re.compile(r"[\dOolI|!SsBGZiT$§£@&?\[\](){}%.,:;'\"‘’“”/\-]{1,5}")
# A word of so few letters that the first reader was so unsure of may be anything.
_SHORT, _UNSURE = 4, 0.7
# Words that the first reader took for letters become a number only where the second is surer than this.
_SURE = 0.9
# Parts of the height of a word: what is cut off its box (which has room for tall and hanging letters), and the margin at its sides.
_OFF_TOP, _OFF_BOTTOM, _SIDE = 0.08, 0.06, 0.15
# A longer word is no number but a row of dots.
_MOST_CHARACTERS = 24


def read_again(page: Page, raster: Raster, second: LineReader, *, first: str) -> Page:
    """The page with its numbers read twice. `raster` is its image in the frame of its words, `first` the name of the first reader."""
    places = [i for i, word in enumerate(page.words) if is_candidate(word)]
    if not places:
        return page
    read = second.read([_crop(raster, box) for box in _boxes(page.words, places)])
    words = list(page.words)
    for place, recognised in zip(places, read, strict=True):
        words[place] = with_second(words[place], recognised, names=(first, second.name))
    return replace(page, words=tuple(words))


def is_candidate(word: Word) -> bool:
    """Whether a word is a number, or may be one that was misread."""
    text = word.text
    if len(text) > _MOST_CHARACTERS:
        return False
    if any(c.isdigit() for c in text):
        return True
    bare = text.strip(".,;:()'\"‘’“”").lower()
    if bare in _NUMBER_WORDS:
        return True
    if not any(c.isalnum() or c in "|!$&@§?" for c in text):
        return False
    unsure = word.confidence is not None and word.confidence < _UNSURE
    return (len(text) <= _SHORT and unsure) or _LOOKS_LIKE_DIGITS.fullmatch(text) is not None


def with_second(word: Word, read: Recognised, *, names: tuple[str, str]) -> Word:
    """The word with both readings, and the text of the one to use. A word in which neither reader sees a number stays as it was."""
    one = TokenReading(engine=names[0], text=word.text, confidence=word.confidence or 0.0)
    other = TokenReading(
        engine=names[1], text=read.text, confidence=read.confidence, alternatives=read.alternatives
    )
    is_number = any(c.isdigit() for c in word.text) or word.text.strip(".,;:()'\"").lower() in _NUMBER_WORDS
    if not is_number and not (is_clean(read.text) and read.confidence >= _SURE):
        return word
    text = word.text if compare(word.text, read.text) == "agree" and is_number else chosen(one, other)
    return replace(word, text=text, readings=(one, other))


def _boxes(words: Sequence[Word], places: Sequence[int]) -> Iterator[BBox]:
    """The box of each word as it is cut out: with a margin, but not into the words beside it."""
    for place in places:
        box = words[place].bbox
        side = _SIDE * box.height
        left, right = box.x0 - side, box.x1 + side
        for beside in (words[i] for i in (place - 1, place + 1) if 0 <= i < len(words)):
            if beside.bbox.top < box.middle < beside.bbox.bottom:
                if beside.bbox.x1 <= box.x0:
                    left = max(left, (beside.bbox.x1 + box.x0) / 2)
                elif beside.bbox.x0 >= box.x1:
                    right = min(right, (beside.bbox.x0 + box.x1) / 2)
        yield BBox(left, box.top + _OFF_TOP * box.height, right, box.bottom - _OFF_BOTTOM * box.height)


def _crop(raster: Raster, box: BBox) -> Image:
    return np.ascontiguousarray(raster.crop(box))
