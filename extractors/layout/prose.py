"""Labels of scanned tables that were misread, as the running text of the document says them.

"The Residential Care Service had nine complaints" stands beside a row "Residential Care, Service", and "decision making" beside
"Derision making". Only labels are touched that have a word, or a mark between words, that the document has nowhere else.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from extractors.reading.damage import in_case_of
from extractors.reading.ocr.spelling import is_english
from schemas.layout import Block, Cell, Table

LEAST = 8  # letters of the shortest label of one word
ALIKE = 5  # letters for each in which a label and what the text says may differ
MOST = 4  # letters in which they differ
LONG = 6  # letters of a word of its own that may be another
_CORE = re.compile(r"^\W*(.*?)\W*$", re.S)
_INNER = re.compile(r"(?<=\w)[.,;:'’‘](?=\s)|(?<=\s)[‘'’.,](?=\w)")
_DIGITS = re.compile(r"\d+|[%£&+]")


@dataclass(frozen=True, slots=True)
class Prose:
    """The words of a document's running text in small letters, block by block, and how often the whole document has each."""

    blocks: tuple[tuple[str, ...], ...]
    counts: Counter[str]

    def phrases(self, size: int) -> set[str]:
        """All that so many words in turn say."""
        return {" ".join(words[n : n + size]) for words in self.blocks for n in range(len(words) - size + 1)}


def prose_of(elements: Sequence[Block | Table]) -> Prose:
    """The words of the text, and of all of the document."""
    blocks = tuple(_words(e.text.text) for e in elements if isinstance(e, Block) and e.kind != "furniture")
    counts = Counter(word for words in blocks for word in words)
    for table in elements:
        if isinstance(table, Table):
            counts.update(word for cell in table.cells for word in _words(cell.text.text))
    return Prose(blocks, counts)


def _words(text: str) -> tuple[str, ...]:
    cores = (m[1] for word in text.casefold().split() if (m := _CORE.match(word)))
    return tuple(core for core in cores if core)


def by_prose(table: Table, prose: Prose) -> Iterator[tuple[int, str]]:
    """Labels of a table, by the numbers of their cells, as the text has them."""
    own = Counter(word for cell in table.cells for word in _words(cell.text.text))
    for number, cell in enumerate(table.cells):
        if cell.col == 0 and cell.colspan == 1 and (right := _as_said(cell, prose, own)) is not None:
            yield number, right


def _as_said(cell: Cell, prose: Prose, own: Counter[str]) -> str | None:
    """A label as the text says it; None where it stays."""
    text = cell.text.text
    words = text.split()
    said = _words(text)
    if len(said) != len(words) or sum(c.isalpha() for c in text) < LEAST:
        return None
    odd = {word for word in said if prose.counts[word] <= own[word] and not word.isdigit()}
    if not odd and not _INNER.search(text):
        return None
    phrase = " ".join(said)
    most = min(MOST, len(phrase) // ALIKE)
    found = process.extract(phrase, prose.phrases(len(said)), scorer=Levenshtein.distance, score_cutoff=most, limit=2)
    if not found or len(found) > 1 and found[0][1] == found[1][1]:
        return None
    right = found[0][0].split()
    changed = [(was, now) for was, now in zip(said, right, strict=True) if was != now]
    if any(was not in odd or not _may_be(was, now) for was, now in changed):
        return None
    made = [_in_place(word, was, now) for word, was, now in zip(words, said, right, strict=True)]
    return _INNER.sub("", " ".join(made))


def _may_be(was: str, now: str) -> bool:
    """Whether a word may be another misread: with the same numbers, and if it is a word of its own but for one letter within."""
    if _DIGITS.findall(was) != _DIGITS.findall(now):
        return False
    parts = [part for part in re.split(r"\W", was) if part]
    if not all(part.isalpha() and is_english(part) for part in parts):
        return True
    return len(was) == len(now) >= LONG and Levenshtein.distance(was, now) == 1


def _in_place(word: str, was: str, now: str) -> str:
    """A printed word with another in place of what it says, in its capitals and with its marks."""
    if was == now:
        return word
    m = _CORE.match(word)
    core = m[1] if m else word
    return word.replace(core, in_case_of(now, core)) if core else word
