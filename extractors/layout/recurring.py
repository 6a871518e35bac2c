"""Labels and heads of scanned tables that recur in the document's other tables, put right by their place and by their letters.

The same categories, teams and quarters stand in many tables of a report, in one order. What differs from another table's only in
marks has the form that most of them have; what stands between the same neighbours as a label of another table, and is like it,
is that label; heads that say nothing, among others that a table of as many columns has in their places, are that table's. Numbers and signs
are never changed by likeness, nor are periods and words that the document has elsewhere. What was read is kept (`Word.raw`).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz.distance import Levenshtein

from extractors.layout.prose import by_prose, prose_of
from extractors.layout.tokens import has_digit, is_period, is_value
from extractors.reading.ocr.spelling import is_english
from schemas.layout import Block, Cell, Table
from schemas.pages import BBox, MappedText

ALIKE = 0.6  # how like a label is one that stands in its place; 1 is equal
LETTERS = 4  # of the shortest label that is told by its place
SHORT = 4  # characters of a head that says nothing
FEWEST = 2  # heads of a row that stand in the places of those of another table
_ODD = re.compile(r"[^\w\s.,()%/&'’+*†‡-]|[.,](?=.*\w{3})")
_PART_OF_YEAR = re.compile(r"[QH][1-4]")
_SIGNS = re.compile(r"\d+|[%£&+<>*†‡]")


@dataclass(frozen=True, slots=True)
class _Labels:
    """The texts of the first column of a table from top to bottom, by the numbers of their cells."""

    cells: tuple[int, ...]
    texts: tuple[str, ...]


def with_recurring(elements: Sequence[Block | Table]) -> list[Block | Table]:
    """The elements, labels and heads of their scanned tables as the text and the other tables have them."""
    tables = {n: e for n, e in enumerate(elements) if isinstance(e, Table)}
    read = [n for n, table in tables.items() if table.method != "chart" and _is_read(table)]
    if read:
        prose = prose_of(elements)
        phrases = cache(prose.phrases)
        for number in read:
            tables[number] = _with_texts(tables[number], dict(by_prose(tables[number], prose, phrases)))
    for right in (_by_form, _by_neighbours, _by_columns):
        for number in read:
            others = [table for n, table in tables.items() if n != number]
            tables[number] = _with_texts(tables[number], dict(right(tables[number], others)))
    return [tables.get(n, element) for n, element in enumerate(elements)]


def _is_read(table: Table) -> bool:
    return any(w.word.confidence is not None for cell in table.cells for w in cell.text.words)


def _with_texts(table: Table, texts: Mapping[int, str]) -> Table:
    """The table, cells by their numbers with other texts."""
    if not texts:
        return table
    cells = (_with_text(cell, texts[n]) if n in texts else cell for n, cell in enumerate(table.cells))
    return replace(table, cells=tuple(cells))


def _with_text(cell: Cell, text: str) -> Cell:
    """The cell with another text: word by word where it has as many, else as one word."""
    words, parts = cell.text.words, text.split()
    if len(words) == len(parts):
        pairs = zip(words, parts, strict=True)
        made = [(w.page, w.word if w.word.text == part else replace(w.word, text=part, raw=w.word.raw or w.word.text)) for w, part in pairs]  # fmt: skip
        return replace(cell, text=MappedText.join(made))
    first = words[0]
    box = BBox.around([w.word.bbox for w in words if w.page == first.page])
    return replace(
        cell, text=MappedText.join([(first.page, replace(first.word, text=text, raw=cell.text.text, bbox=box))])
    )


def _key(text: str) -> str:
    """The letters, digits and signs of a text."""
    return "".join(c for c in text.casefold() if c.isalnum() or c in "%£&+<>*†‡")


def _is_named(cell: Cell) -> bool:
    """Whether a cell is a label or a head: words or a period, no value."""
    text = cell.text.text
    return bool(text) and (any(c.isalpha() for c in text) or is_period(text)) and not is_value(text)


def _by_form(table: Table, others: Sequence[Table]) -> Iterator[tuple[int, str]]:
    """Cells of a table whose text more tables have with other marks, or as many with fewer odd ones."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for one in (table, *others):
        for key, text in {(_key(c.text.text), c.text.text) for c in one.cells if _is_named(c)}:
            forms[key][text] += 1
    for n, cell in enumerate(table.cells):
        text = cell.text.text
        if _is_named(cell) and (known := forms[_key(text)]):
            best = max(known, key=lambda other: (known[other], -_odd(other), other))
            better = (known[best], -_odd(best)) > (known[text], -_odd(text))
            if better and _has_marks(text, best):
                yield n, best


def _odd(text: str) -> int:
    """How many marks of a text are none of a label, or open no bracket."""
    return len(_ODD.findall(text)) + abs(text.count("(") - text.count(")"))


def _has_marks(text: str, other: str) -> bool:
    """Whether two texts differ in marks, not only in capitals or spaces."""
    return "".join(text.casefold().split()) != "".join(other.casefold().split())


def _labels_of(table: Table) -> _Labels:
    own = sorted((c.row, n) for n, c in enumerate(table.cells) if c.col == 0 and c.colspan == 1 and c.text.text)
    return _Labels(tuple(n for _, n in own), tuple(table.cells[n].text.text for _, n in own))


def _by_neighbours(table: Table, others: Sequence[Table]) -> Iterator[tuple[int, str]]:
    """Labels of a table between whose neighbours other tables have a label that is like them."""
    own = _labels_of(table)
    keys = [_key(text) for text in own.texts]
    lists = [_labels_of(other) for other in others]
    known = {_key(text) for labels in lists for text in labels.texts}
    for at, text in enumerate(own.texts):
        if keys[at] in known or sum(c.isalpha() for c in text) < LETTERS:
            continue
        between = (keys[at - 1] if at else None, keys[at + 1] if at + 1 < len(keys) else None)
        there = {other for labels in lists for other in _between(labels, between)}
        found = {other for other in there if _key(other) not in keys and _may_be(text, other)}
        if len(found) == 1:
            yield own.cells[at], found.pop()


def _between(labels: _Labels, neighbours: tuple[str | None, str | None]) -> Iterator[str]:
    """The labels of a table that stand between two others, or at the end of it behind one; two of them must be there to tell."""
    keys = [None, *(_key(text) for text in labels.texts), None]
    if any(neighbours):
        for at, text in enumerate(labels.texts, start=1):
            if (keys[at - 1], keys[at + 1]) == neighbours:
                yield text


def _may_be(text: str, other: str) -> bool:
    """Whether a text may be another misread: like it, with the same numbers and signs, and not all of what differs words of its own."""
    one, two = text.casefold(), other.casefold()
    if _SIGNS.findall(one) != _SIGNS.findall(two) or Levenshtein.normalized_similarity(one, two) < ALIKE:
        return False
    own = [word for word in one.split() if word not in two.split()]
    return Levenshtein.distance(one, two) == 1 or not all(map(_is_word, own))


def _is_word(text: str) -> bool:
    core = text.strip(".,;:()*’'")
    return bool(core) and all(part.isalpha() and is_english(part) for part in re.split("[-/’']", core))


def _heads_of(table: Table) -> dict[int, int]:
    """The numbers of the cells of the lowest row without values that has a head over each column, by their columns."""
    for row in range(table.rows):
        own = {c.col: n for n, c in enumerate(table.cells) if c.row == row and c.colspan == 1 and c.col}
        texts = [table.cells[n].text.text for n in own.values()]
        if any(has_digit(t) and is_value(t.split()[0]) and not is_period(t) for t in texts if t) and row:
            return {}
        if len(own) == table.cols - 1 and all(texts):
            return own
    return {}


def _by_columns(table: Table, others: Sequence[Table]) -> Iterator[tuple[int, str]]:
    """Heads of a table that say nothing, in whose places another table has others, whose other heads are the same."""
    heads = _heads_of(table)
    own = {col: table.cells[n].text.text for col, n in heads.items()}
    alike = [
        {col: t.cells[n].text.text for col, n in _heads_of(t).items()} for t in others if t.cols == table.cols and heads
    ]
    found: dict[int, set[str]] = defaultdict(set)
    for other in filter(None, alike):
        lost = [col for col, text in own.items() if _key(other[col]) != _key(text)]
        if len(own) - len(lost) >= FEWEST and all(_may_head(table.cells[heads[col]], other[col]) for col in lost):
            for col in own:
                found[col].add(other[col])
    yield from (
        (heads[col], text)
        for col, texts in found.items()
        if len(texts) == 1 and _key(text := texts.pop()) != _key(own[col])
    )


def _may_head(cell: Cell, other: str) -> bool:
    """Whether a head may be another misread: too short to say anything, or like it, and no period, sign or word of its own."""
    text = cell.text.text if len(cell.text.words) > 1 else cell.text.words[0].word.raw or cell.text.text
    bare = text.replace(" ", "")
    named = is_period(bare) or _PART_OF_YEAR.fullmatch(bare) is not None or bare in ("%", "No.", "No")
    if named or is_period(other) and not has_digit(text) or other == "%":
        return False
    if len(bare) > SHORT and all(map(_is_word, text.casefold().split())):
        return False
    return len(bare) <= SHORT or Levenshtein.normalized_similarity(text.casefold(), other.casefold()) >= ALIKE
