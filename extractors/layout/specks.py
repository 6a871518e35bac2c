"""Specks of a scan that were read as a mark at an end of a cell: "Total.", "2023/24-", "'38%", where hardly another cell of the column has one.

What was read is kept beside (`Word.raw`). So are blots and strokes of a pen that were read as a word of their own before or behind a cell ("/ Total"). Marks that many cells of a column have, abbreviations and born-digital print are left alone.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from extractors.layout.tokens import is_period, is_value
from extractors.reading.ocr.spelling import is_english
from schemas.layout import Cell, Table
from schemas.pages import MappedText, PlacedWord, Word

BEHIND, BEFORE = ".,:-–·'‘’\"“”`_", ".·'‘’\"“”`"
FEWEST = 3  # cells of a column without a mark
LONELY = 0.25  # most cells of a column that have one, as a share
LONG = 5  # letters of a word that is no abbreviation
MOST_WORDS = 6  # of a cell that is no sentence
STROKES = "-–—_~"  # what a line of a pen is read as
SIGNS = "%&+-–—£()<>=*•·"  # stand for themselves
_PAIR_WITH_SPECK = re.compile(r"(\d[\d,]*)[.:;,'’·] ?(\(\d{1,3}(?:\.\d+)?%\))")
UNSURE, HARDLY = 0.75, 0.5  # what is read with less confidence may be a blot, if it is no letters, or is some
SHORT = 4  # letters


def without_specks(table: Table) -> Table:
    """The table, its cells without such marks."""
    table = replace(table, cells=tuple(_without_inner(_without_blots(cell)) for cell in table.cells))
    bare = {n: text for n, cell in enumerate(table.cells) if (text := _bare(cell.text)) is not None}
    alone = set(_lonely(table.cells, bare)) if bare else set()
    if not alone:
        return table
    cells = (replace(cell, text=bare[n]) if n in alone else cell for n, cell in enumerate(table.cells))
    return replace(table, cells=tuple(cells))


def _without_blots(cell: Cell) -> Cell:
    """The cell without words at its ends that are none, and were hardly read; what is left says something."""
    words = list(cell.text.words)
    while len(words) > 1 and _is_blot(words[-1].word):
        words.pop()
    while len(words) > 1 and (_is_blot(words[0].word) or _is_doubled(words[0].word, words[1].word)):
        words.pop(0)
    if len(words) == len(cell.text.words) or not any(c.isalnum() for w in words for c in w.word.text):
        return cell
    return replace(cell, text=MappedText.join([(w.page, w.word) for w in words]))


def _without_inner(cell: Cell) -> Cell:
    """The cell of a number and its share in brackets without a mark between the two ("10. (6%)")."""
    words = [(w.page, w.word) for w in cell.text.words]
    found = _PAIR_WITH_SPECK.fullmatch(cell.text.text) if 0 < len(words) <= 2 else None
    if found is None or words[0][1].confidence is None:
        return cell
    (page, first), *rest = words
    whole = found[1] if rest else found[1] + found[2]
    number = replace(first, text=whole, raw=first.raw or first.text)
    return replace(cell, text=MappedText.join([(page, number), *rest]))


def _is_doubled(sign: Word, number: Word) -> bool:
    """Whether a dash stands before a number that has its sign: what is left of a line."""
    negative = number.text[:1] in STROKES and is_value(number.text) and any(c.isdigit() for c in number.text)
    return sign.confidence is not None and sign.text in STROKES and negative


def _is_blot(word: Word) -> bool:
    """Whether a word of a scan is no word, number or sign: a line of dashes, marks, or a few letters that were hardly read."""
    text = word.text
    if word.confidence is None or any(c.isdigit() for c in text):
        return False
    if len(text) > 1 and not text.strip(STROKES):
        return True
    letters = "".join(c for c in text if c.isalpha())
    if not letters:
        return word.confidence < UNSURE and text.strip(SIGNS) != ""
    hardly = word.confidence < HARDLY and len(letters) <= SHORT
    return hardly and not letters.isupper() and not is_english(letters.lower())


def _lonely(cells: tuple[Cell, ...], marked: Mapping[int, MappedText]) -> Iterator[int]:
    """Numbers of the cells with a mark that hardly any other of their column has, or none of their row."""
    for col in {cells[n].col for n in marked}:
        filled = [n for n, cell in enumerate(cells) if cell.col == col and cell.text.text]
        ending = [n for n in filled if _has_mark(cells[n]) or n in marked]
        if len(filled) - len(ending) >= FEWEST and len(ending) <= max(LONELY * len(filled), 1):
            yield from (n for n in ending if n in marked)
    for row in {cells[n].row for n in marked}:
        filled = [n for n, cell in enumerate(cells) if cell.row == row and cell.text.text]
        ending = [n for n in filled if _has_mark(cells[n]) or n in marked]
        if len(filled) > FEWEST and len(ending) == 1:
            yield from (n for n in ending if n in marked)


def _has_mark(cell: Cell) -> bool:
    return cell.text.text[-1] in BEHIND or cell.text.text[0] in BEFORE


def _bare(text: MappedText) -> MappedText | None:
    """The text of a cell without a mark at its first or last word; None where there is none that may be a speck."""
    if not 0 < len(text.words) <= MOST_WORDS:
        return None
    last = text.words[-1].word
    if len(text.words) > 1 and last.confidence is not None and not last.text.strip(BEHIND):
        end = text.words[-2].end
        left = MappedText(text.text[:end], text.words[:-1])
        return _bare(left) or left
    before, behind = _before(text.words[0].word), _behind(last)
    if not before and not behind:
        return None
    words = list(text.words)
    if before:
        words[0] = replace(words[0], start=words[0].start + before, word=_cut(words[0].word, before, 0))
    if behind:
        words[-1] = replace(words[-1], end=words[-1].end - behind, word=_cut(words[-1].word, 0, behind))
    return MappedText(text.text[before : len(text.text) - behind], tuple(_moved(word, before) for word in words))


def _moved(word: PlacedWord, by: int) -> PlacedWord:
    return replace(word, start=word.start - by, end=word.end - by)


def _cut(word: Word, before: int, behind: int) -> Word:
    return replace(word, text=word.text[before : len(word.text) - behind], raw=word.raw or word.text)


def _before(word: Word) -> int:
    """How many characters at the beginning of a word of a scan may be specks. The point of ".5" is none."""
    bare = word.text.lstrip(BEFORE)
    if is_period(word.text.lstrip(BEFORE + STROKES)) and not bare[0].isdigit():
        bare = bare.lstrip(BEFORE + STROKES)  # no year has a sign
    count = len(word.text) - len(bare)
    if word.confidence is None or not count or not (_is_name(bare.rstrip(BEHIND)) or is_value(bare) or is_period(bare)):
        return 0
    return count if not is_value(bare) or is_period(bare) or word.text[count - 1] not in ".·" else 0


def _behind(word: Word) -> int:
    """How many characters at the end of a word of a scan may be specks. That of a short word marks an abbreviation."""
    bare = word.text.rstrip(BEHIND)
    named = _is_name(bare.lstrip(BEFORE))
    if word.confidence is None or not (named or is_value(bare) or is_period(bare)):
        return 0
    if ":" in word.text[len(bare) :] and named:
        return 0  # "Total:"
    return len(word.text) - len(bare)


def _is_name(text: str) -> bool:
    return text.isalpha() and len(text) >= LONG
