"""Words that OCR misread in a letter or two, put right by the other words of the same document; what was read is kept (`Word.raw`).

The labels and heads of tables come again and again, in other tables and in the text. Only what is no English word is touched, and
only if it differs in so little from one word of the document. Numbers are left to the second reader and to the arithmetic.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from extractors.reading.damage import dictionary, in_case_of, put_right, word_parts
from extractors.reading.ocr.spaces import is_known, known_words
from extractors.reading.quality import common_words
from schemas.pages import Page, Word

# A word read with less confidence tells nothing of others.
_SURE = 0.8
# Letters of a word that may be put right, and of one in which two letters may differ; that is read with less confidence than this.
_LEAST, _LONG, _HARDLY = 5, 6, 0.94
# Letters that run together in print that was copied often, and what they are then read as; the fewest times that a word occurs in
# English (of the dictionary's counts) that is told by them alone.
_RUN_TOGETHER = (("n", "ri"), ("n", "rt"), ("nt", "rt"), ("m", "rn"), ("w", "vi"), ("u", "ti"), ("h", "li"))
_USUAL = 1_000_000
_PART = 4  # letters of a word that need be no common one to be half of two that ran together
_TRADE = 8  # letters of a word of the trade in which two may differ


@dataclass(frozen=True, slots=True)
class _Known:
    """The English words of a document, by their lengths."""

    by_length: Mapping[int, Set[str]]

    def near(self, word: str, most: int) -> list[str]:
        """The words that differ from `word` in as few letters as any does, in no more than `most`."""
        lengths = range(len(word) - most, len(word) + most + 1)
        choices = [other for length in lengths for other in self.by_length.get(length, ())]
        found = process.extract(word, choices, scorer=Levenshtein.distance, score_cutoff=most, limit=None)
        return [other for other, distance, _ in found if distance == found[0][1]]


def with_known_words(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages, with misread words of OCR as the words of the document that they must be."""
    if not any(_is_read(word) for page in pages for word in page.words):
        return tuple(pages)
    known = _known_of(pages)
    return tuple(replace(page, words=tuple(_put_right(word, known) for word in page.words)) for page in pages)


def _is_read(word: Word) -> bool:
    return word.confidence is not None


def _known_of(pages: Sequence[Page]) -> _Known:
    by_length: dict[int, set[str]] = defaultdict(set)
    for word in (word for page in pages for word in page.words):
        core = word_parts(word.text)[1].lower()
        if (word.confidence is None or word.confidence >= _SURE) and core.isalpha() and is_english(core):
            by_length[len(core)].add(core)
    return _Known(by_length)


@cache
def is_english(word: str) -> bool:
    """Whether a word in small letters is one of English or of the vocabulary."""
    return word in dictionary() or is_known(word)


def _put_right(word: Word, known: _Known) -> Word:
    before, core, after = word_parts(word.text)
    lower = core.lower()
    if not _is_read(word) or len(core) < _LEAST or not core.isalpha() or is_english(lower):
        return word
    if _are_two(lower):
        right = _with_letters_parted(lower, known) if len(lower) >= _TRADE else None
    else:
        right = _right(lower, known, two=(word.confidence or 0.0) < _HARDLY) or _second_right(lower, known)
    if right is None or right == lower:
        return word
    return replace(word, text=before + in_case_of(right, core) + after, raw=word.raw or word.text)


def _right(word: str, known: _Known, *, two: bool) -> str | None:
    """What a word must be: the only one of the document in whose place it may have been read, or as letters that look alike tell; `two` may differ."""
    near = known.near(word, 1)
    if not near:
        alike = put_right(word, dictionary())
        if alike != word:
            return alike
        if (parted := _with_letters_parted(word, known)) is not None:
            return parted
        near = known.near(word, 2) if two and len(word) >= _LONG and not _has_near(word) else []
        near = near or (_trade().near(word, 2 if len(word) >= _TRADE else 1) if two else [])
    return near[0] if len(near) == 1 else None


def _second_right(word: str, known: _Known) -> str | None:
    """A word of which the first part is a word of the document, between which and a misread one the space was not read ("complaintsupheid")."""
    for end in range(len(word) - _LEAST, _LEAST - 1, -1):
        if word[:end] in known.by_length.get(end, ()) and (right := _right(word[end:], known, two=False)) is not None:
            return word[:end] + right
    return None


def _with_letters_parted(word: str, known: _Known) -> str | None:
    """The word that letters which ran together make of one that is none: the commonest, and those of the document first."""
    once = _parted_once(word)
    every = sorted(once | {twice for one in once for twice in _parted_once(one)})
    own = [other for other in every if other in known.by_length.get(len(other), ())]
    usual = [other for other in every if dictionary().get(other, 0) >= _USUAL]
    return max(own or usual, key=lambda other: dictionary().get(other, 0), default=None)


def _parted_once(word: str) -> set[str]:
    return {
        word[: found.start()] + right + word[found.end() :]
        for wrong, right in _RUN_TOGETHER
        for found in re.finditer(wrong, word)
    }


@cache
def _trade() -> _Known:
    """The words of the vocabulary, with their plurals."""
    by_length: dict[int, set[str]] = defaultdict(set)
    for word in known_words() | {f"{one}s" for one in known_words() if f"{one}s" in dictionary()}:
        by_length[len(word)].add(word)
    return _Known(by_length)


@cache
def _are_two(word: str) -> bool:
    """Whether a word is two, between which the space was not read ("reportis"); a short one of them is a common word, unlike those of "tat al"."""
    parts = ((word[:n], word[n:]) for n in range(1, len(word)))
    return any(all(len(p) >= _PART and is_english(p) or p in common_words() for p in pair) for pair in parts)


@cache
def _has_near(word: str) -> bool:
    """Whether any English word differs in one letter only."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    for n in range(len(word) + 1):
        head, tail = word[:n], word[n:]
        if head + tail[1:] in dictionary() or any(head + c + tail[1:] in dictionary() or head + c + tail in dictionary() for c in letters):  # fmt: skip
            return True
    return False
