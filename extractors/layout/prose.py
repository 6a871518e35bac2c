"""Labels of scanned tables that were misread, as the running text of the document says them.

"The Residential Care Service had nine complaints" stands beside a row "Residential Care, Service", and "decision making" beside
"Derision making". Only labels are touched that have a word, or a mark between words, that the document has nowhere else.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from extractors.reading.damage import in_case_of
from extractors.reading.ocr.spelling import is_english
from schemas.layout import Block, Cell, Table

Phrases = Callable[[int], Mapping[str, Set[int]]]

LEAST = 8  # letters of the shortest label of one word
ALIKE = 5  # letters for each in which a label and what the text says may differ
MOST = 4  # letters in which they differ
LONG = 6  # letters of a word of its own that may be another
_CORE = re.compile(r"^\W*(.*?)\W*$", re.S)
_INNER = re.compile(r"(?<=\w)[^\w\s%&*†‡)\]-]+$|^[‘'’.,]+(?=\w)")
_DIGITS = re.compile(r"\d+|[%£&+]")


@dataclass(frozen=True, slots=True)
class Prose:
    """The words of a document's running text in small letters, block by block, and how often the whole document has each."""

    blocks: tuple[tuple[str, ...], ...]
    counts: Counter[str]

    def phrases(self, size: int) -> dict[str, set[int]]:
        """All that so many words in turn say, each with the numbers of its words behind which a mark stands somewhere."""
        found: dict[str, set[int]] = defaultdict(set)
        for words in self.blocks:
            for n in range(len(words) - size + 1):
                own = words[n : n + size]
                cores = [_core(word) for word in own]
                if all(cores):
                    found[" ".join(cores)] |= {at for at, word in enumerate(own) if not word.endswith(cores[at])}
        return found


def prose_of(elements: Sequence[Block | Table]) -> Prose:
    """The words of the text, and of all of the document."""
    texts = [e.text.text for e in elements if isinstance(e, Block) and e.kind != "furniture"]
    blocks = tuple(tuple(text.casefold().split()) for text in texts)
    counts = Counter(word for text in texts for word in _words(text))
    for table in elements:
        if isinstance(table, Table):
            counts.update(word for cell in table.cells for word in _words(cell.text.text))
    return Prose(blocks, counts)


def _core(word: str) -> str:
    """A word without the marks around it."""
    found = _CORE.match(word)
    return found[1] if found else ""


def _words(text: str) -> tuple[str, ...]:
    return tuple(core for word in text.casefold().split() if (core := _core(word)))


def by_prose(table: Table, prose: Prose, phrases: Phrases) -> Iterator[tuple[int, str]]:
    """Labels of a table, by the numbers of their cells, as the text has them; `phrases` are those of it by their length."""
    own = Counter(word for cell in table.cells for word in _words(cell.text.text))
    for number, cell in enumerate(table.cells):
        if cell.col == 0 and cell.colspan == 1 and (right := _as_said(cell, prose, phrases, own)) is not None:
            yield number, right


def _as_said(cell: Cell, prose: Prose, phrases: Phrases, own: Counter[str]) -> str | None:
    """A label as the text says it; None where it stays."""
    text = cell.text.text
    words = text.split()
    said = _words(text)
    if len(said) != len(words) or sum(c.isalpha() for c in text) < LEAST:
        return None
    odd = {word for word in said if prose.counts[word] <= own[word] and not word.isdigit()}
    marked = {
        n for n, word in enumerate(words) if n > 0 and _INNER.match(word) or n + 1 < len(words) and _INNER.search(word)
    }
    if not odd and not marked:
        return None
    phrase = " ".join(said)
    most = min(MOST, len(phrase) // ALIKE)
    known = phrases(len(said))
    found = process.extract(phrase, list(known), scorer=Levenshtein.distance, score_cutoff=most, limit=2)
    if not found or len(found) > 1 and found[0][1] == found[1][1]:
        return None
    right = found[0][0].split()
    changed = [(was, now) for was, now in zip(said, right, strict=True) if was != now]
    if any(was not in odd or not _may_be(was, now) for was, now in changed):
        return None
    made = [_in_place(word, was, now) for word, was, now in zip(words, said, right, strict=True)]
    specks = marked - known[found[0][0]]
    return " ".join(_INNER.sub("", word) if n in specks else word for n, word in enumerate(made))


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
    core = _core(word)
    return word.replace(core, in_case_of(now, core)) if core else word
