"""Labels and heads of scanned tables that were misread, put right by the same label in another table of the document.

Tables of a report have the same teams, themes and stages again and again. A label is put right only if no word of it that differs is a
sure English word, and never by a label of its own table, for there "Assessment East" stands beside "Assessment West". What was read is
kept beside (`Word.raw`); numbers and signs are never touched.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from extractors.layout.specks import SIGNS
from extractors.reading.ocr.spelling import is_english
from schemas.layout import Block, Cell, Table
from schemas.pages import BBox, MappedText, PlacedWord

LEAST, MOST_WORDS = 5, 12  # letters and words of a label
ALIKE = 6  # letters for each in which two labels may differ
MOST = 3  # letters in which they differ
UNSURE = 0.6  # what is read with less confidence, and is no word, may be a speck
_KEPT = re.compile(r"\d+|[%£&+]")


@dataclass(frozen=True, slots=True)
class _Label:
    """A text of cells: its words, and the tables that have it."""

    words: tuple[str, ...]
    tables: frozenset[int]


def with_agreed_labels(elements: Sequence[Block | Table]) -> list[Block | Table]:
    """The elements, misread labels of their tables as other tables have them."""
    tables = {n: e for n, e in enumerate(elements) if isinstance(e, Table) and e.method != "chart" and _is_read(e)}
    labels = _labels_of(tables)
    return [_put_right(tables[n], n, labels) if n in tables else e for n, e in enumerate(elements)]


def _is_read(table: Table) -> bool:
    return any(w.word.confidence is not None for cell in table.cells for w in cell.text.words)


def _labels_of(tables: Mapping[int, Table]) -> dict[str, _Label]:
    found: dict[str, set[int]] = defaultdict(set)
    words: dict[str, tuple[str, ...]] = {}
    for number, table in tables.items():
        for cell in table.cells:
            if _is_label(cell):
                found[_key(cell)].add(number)
                words.setdefault(_key(cell), tuple(w.word.text for w in cell.text.words))
    return {key: _Label(words[key], frozenset(numbers)) for key, numbers in found.items()}


def _is_label(cell: Cell) -> bool:
    letters = sum(c.isalpha() for c in cell.text.text)
    return letters >= max(LEAST, sum(c.isdigit() for c in cell.text.text)) and len(cell.text.words) <= MOST_WORDS


def _key(cell: Cell) -> str:
    return " ".join(cell.text.text.casefold().split())


def _put_right(table: Table, number: int, labels: Mapping[str, _Label]) -> Table:
    own = {key for key, label in labels.items() if number in label.tables}
    made = [_agreed(cell, own, labels) or cell if _is_label(cell) else cell for cell in table.cells]
    return replace(table, cells=tuple(made))


def _agreed(cell: Cell, own: set[str], labels: Mapping[str, _Label]) -> Cell | None:
    """The cell as the one label of other tables that it must be; None where it stays."""
    key, words = _key(cell), cell.text.words
    found = [
        (Levenshtein.distance(key, other), other, made)
        for other, label in labels.items()
        if other not in own and (made := _as_label(words, label)) is not None
    ]
    nearest = sorted(found, key=lambda one: one[0])[:2]
    if not nearest or len(nearest) > 1 and nearest[0][0] == nearest[1][0]:
        return None
    return replace(cell, text=nearest[0][2])


def _as_label(words: Sequence[PlacedWord], label: _Label) -> MappedText | None:
    """Words as a label that they must be; None where they are another."""
    texts = [word.word.text for word in words]
    if any(w.word.confidence is None for w in words) or _KEPT.findall(" ".join(texts)) != _KEPT.findall(
        " ".join(label.words)
    ):
        return None
    if (part := _part_of(texts, label)) is not None:
        beside = [*words[: part.start], *words[part.stop :]]
        kept = words[part]
        return MappedText.join([(w.page, w.word) for w in kept]) if all(map(_is_speck, beside)) else None
    whole, other = "".join(texts).casefold(), "".join(label.words).casefold()
    distance = Levenshtein.distance(whole, other, score_cutoff=MOST)
    if distance > min(MOST, max(len(other) // ALIKE, 1)):
        return None
    if len(texts) == len(label.words):
        return _by_words(words, label)
    only_marks = re.sub(r"\W", "", whole) == re.sub(r"\W", "", other)
    if not only_marks or not all(map(_is_word, label.words)) or all(map(_is_word, texts)):
        return None
    return _one_word(words, " ".join(label.words))


def _part_of(texts: Sequence[str], label: _Label) -> slice | None:
    """Where the words of a label stand among others."""
    size = len(label.words)
    plain = [text.casefold() for text in texts]
    wanted = [text.casefold() for text in label.words]
    places = [n for n in range(len(texts) - size + 1) if plain[n : n + size] == wanted] if len(texts) > size else []
    return slice(places[0], places[0] + size) if places else None


def _is_speck(word: PlacedWord) -> bool:
    text = word.word.text
    return (word.word.confidence or 0.0) < UNSURE and not _is_word(text) and text.strip(SIGNS) != ""


def _by_words(words: Sequence[PlacedWord], label: _Label) -> MappedText | None:
    """The words, those that differ from a label as it has them, if they are no words and those of the label are."""
    made = []
    for word, text in zip(words, label.words, strict=True):
        if word.word.text.casefold() == text.casefold():
            made.append((word.page, word.word))
            continue
        if _is_word(word.word.text) or not _is_word(text):
            return None
        made.append((word.page, replace(word.word, text=text, raw=word.word.raw or word.word.text)))
    return MappedText.join(made)


def _is_word(text: str) -> bool:
    """Whether a text is an English word, perhaps with a mark at its end, or such words joined by a dash."""
    core = text.rstrip(".,;:)*").lstrip("(").replace("’", "'").removesuffix("'s")
    parts = re.split("[-/]", core)
    return all(part.isalpha() and is_english(part.lower()) for part in parts)


def _one_word(words: Sequence[PlacedWord], text: str) -> MappedText:
    first, read = words[0], " ".join(w.word.raw or w.word.text for w in words)
    box = BBox.around([w.word.bbox for w in words if w.page == first.page])
    return MappedText.join([(first.page, replace(first.word, text=text, raw=read, bbox=box))])
