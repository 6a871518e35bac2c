"""Signs in the cells of a scanned table that OCR misread, told by the other cells of their column.

Above shares stands "%", above numbers "No." and not "No", above numbers with their shares in brackets "(%)", and among numbers what looks like "n/a" is that. What was
read is kept beside (`Word.raw`); born-digital print, and heads that are words or numbers of their own, are left alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.layout.tokens import has_digit, is_period, is_value
from extractors.reading.quality import common_words
from schemas.layout import Cell, Table
from schemas.pages import MappedText, Word

SHORT = 3  # characters of a head that says nothing
FEWEST = 2  # values that tell what a column holds
MOSTLY = 0.6  # of the values of a column
WHOLE = (99.0, 101.0)  # what shares add up to, rounded ones too

_SHARE = re.compile(r"[(+\-–]?\d{1,3}(?:\.\d+)?%\)?")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d+)?%?")
_PAIR = re.compile(r"\d[\d,]* ?\(\d{1,3}(?:\.\d+)?%\)")
# What a percent sign is read as that stands alone, and one in brackets; "%" and a letter, which is its last ring.
_SIGN = re.compile(r"[^\w\s.,()-]{1,2}|\d|[a-z]|%[a-z]|[a-z]%|[Yy][o0]|°[o0]")
_BRACKETED = re.compile(r"[(\[](?:[^\w()]|[oO0_]){0,3}[)\]]?|(?:[^\w()]|[oO0_]){0,3}[)\]]|\((?:%[6a]|Y[o0])\)")
# "No." whose stop was lost, or read as another mark.
_NUMBER_HEADS = frozenset(("No", "No,", "No:", "No-", "No;"))
_SHORT_HEADS = frozenset(("no", "all", "yes", "n/a", "sum", "avg", "%"))
_PART_OF_YEAR = re.compile(r"[QH][1-4]")
_YEARS_WITH_SPECK = re.compile(r"((?:19|20)\d\d)([/–-])(\d\d)\d")
_YEARS_WITHOUT_STROKE = re.compile(r"((?:19|20)\d\d)()((?:19|20)\d\d)")
_MARK = re.compile(r"[^\w\s%&£(\"“‘'<>*-]{1,2}|°[o0]|Y[o0]|%[^\w\s]")
_NOT_APPLICABLE = re.compile(r"[nNvwrm](?:[/lIi1'’\\vfs]|)[aA]")


def with_signs(table: Table) -> Table:
    """The table, its signs as they must have been printed."""
    right = dict(_right(table)) if table.method != "chart" else {}
    if not right:
        return table
    return replace(table, cells=tuple(right.get(n, cell) for n, cell in enumerate(table.cells)))


def _right(table: Table) -> Iterator[tuple[int, Cell]]:
    """The cells that are put right, by their number."""
    heads = _head_rows(table)
    yield from ((n, made) for n, c in enumerate(table.cells) if c.row < heads and (made := _period(c)) is not None)
    yield from ((n, made) for n, c in enumerate(table.cells) if (made := _share_label(c, table)) is not None)
    yield from _quarters(table, heads)
    for col in range(1, table.cols):
        own = {n: c for n, c in enumerate(table.cells) if c.col == col and c.colspan == 1 and c.text.text}
        body = [cell.text.text for cell in own.values() if cell.row >= heads]
        over = {n: cell for n, cell in own.items() if cell.row < heads and _is_read(cell)}
        lowest = max((cell.row for cell in over.values()), default=0)
        yield from ((n, made) for n, c in over.items() if c.row == lowest and (made := _head(c, body, table)))
        if sum(map(_is_number, body)) >= FEWEST:
            yield from ((n, _one_word(c, "n/a")) for n, c in own.items() if c.row >= heads and _means_none(c))


def _period(head: Cell) -> Cell | None:
    """The head of a year behind which a speck was read as a digit ("2011/129"), or whose stroke was not read ("20112012")."""
    text = head.text.text
    found = _YEARS_WITH_SPECK.fullmatch(text) or _YEARS_WITHOUT_STROKE.fullmatch(text)
    if found is None or not _is_read(head) or len(head.text.words) > 1 or not _follow(found[1], found[3]):
        return None
    return _one_word(head, f"{found[1]}{found[2] or '/'}{found[3]}")


def _quarters(table: Table, rows: int) -> Iterator[tuple[int, Cell]]:
    """The heads of four columns that must be the quarters: three of them say so, and the fourth says nothing else.

    A quarter that was read as the end of the head before it ("2014/15Q1") stands over the next column, which has no head.
    """
    for row in range(rows):
        own = {c.col: (n, c) for n, c in enumerate(table.cells) if c.row == row and c.colspan == 1 and _is_read(c)}
        texts = {col: cell.text.text.replace(" ", "") for col, (_, cell) in own.items()}
        for first in sorted(texts):
            four = [texts.get(first + n) for n in range(4)]
            glued = four[0] == "" and texts.get(first - 1, "").endswith("Q1")
            said = [text is not None and _says_quarter(text, n) for n, text in enumerate(four, start=1)]
            nothing = all(
                told or text and _says_nothing(text) for told, text in zip(said[glued:], four[glued:], strict=True)
            )
            if not first or not nothing or sum(said) + glued < 3 or not any("Q" in (text or "") for text in four):
                continue
            for n in range(glued, 4):
                if four[n] != f"Q{n + 1}":
                    number, cell = own[first + n]
                    yield number, _one_word(cell, f"Q{n + 1}")
            if glued and is_period(texts[first - 1][:-2]):
                yield from _parted_quarter(own[first - 1], own[first])


def _says_quarter(text: str, number: int) -> bool:
    """Whether a head is like the quarter of this number: its digit behind what a Q is read as, or a Q whose digit was lost."""
    return re.fullmatch(rf"[QqOoGg09&@©a]?\W?{number}", text) is not None or re.fullmatch(r"Q[^1-4]?", text) is not None


def _parted_quarter(before: tuple[int, Cell], empty: tuple[int, Cell]) -> Iterator[tuple[int, Cell]]:
    """A year and the first quarter behind it in two cells."""
    words = [(placed.page, placed.word) for placed in before[1].text.words]
    page, last = words[-1]
    edge = last.bbox.x1 - last.bbox.width * 2 / max(len(last.text), 2)
    year = replace(last, text=last.text[:-2], bbox=replace(last.bbox, x1=edge), raw=last.raw or last.text)
    quarter = replace(last, text="Q1", bbox=replace(last.bbox, x0=edge), raw=last.raw or last.text, readings=())
    kept = [*words[:-1], *([(page, year)] if year.text else [])]
    yield before[0], replace(before[1], text=MappedText.join(kept))
    yield empty[0], replace(empty[1], text=MappedText.join([(page, quarter)]))


def _follow(year: str, other: str) -> bool:
    return (int(year) + 1) % 100 == int(other) % 100


def _share_label(label: Cell, table: Table) -> Cell | None:
    """A label of nothing but shares with the percent sign that it begins with, which was read as another mark."""
    words = label.text.words
    if label.col or len(words) < FEWEST or not _is_read(label) or not _MARK.fullmatch(words[0].word.text):
        return None
    row = [c.text.text for c in table.cells if c.row == label.row and c.col and has_digit(c.text.text)]
    shares = [text for text in row if _SHARE.fullmatch(text)]
    if len(shares) < FEWEST or len(shares) < MOSTLY * len(row):
        return None
    first = words[0]
    sign = replace(first.word, text="%", raw=first.word.raw or first.word.text)
    return replace(label, text=MappedText.join([(first.page, sign), *((w.page, w.word) for w in words[1:])]))


def _head_rows(table: Table) -> int:
    """How many rows stand above the first in which most cells beside the label are values."""
    for row in range(table.rows):
        beside = [c.text.text for c in table.cells if c.row == row and c.col and c.text.text]
        values = [
            text for text in beside if is_value(text.split()[0]) and has_digit(text) and not is_period(text.split()[0])
        ]
        if beside and 2 * len(values) > len(beside):
            return row
    return table.rows


def _is_read(cell: Cell) -> bool:
    return all(placed.word.confidence is not None for placed in cell.text.words)


def _is_number(text: str) -> bool:
    return has_digit(text) and is_value(text.split()[0])


def _means_none(cell: Cell) -> bool:
    """Whether a cell is one word that is like "n/a", and none of a language."""
    return _is_read(cell) and len(cell.text.words) == 1 and _NOT_APPLICABLE.fullmatch(cell.text.text) is not None


def _head(head: Cell, body: Sequence[str], table: Table) -> Cell | None:
    """The head with its percent sign; None where it stays as it is."""
    if _mostly(_PAIR, body):
        return _with_brackets(head)
    text = head.text.text.replace(" ", "")
    if text in _NUMBER_HEADS and sum(map(_is_number, body)) >= MOSTLY * len(body) and not _answers(head, table):
        return _one_word(head, "No.")
    if _mostly(_SHARE, body) and _says_nothing(text) and not _is_one_of_many(head, table):
        return _one_word(head, "%")
    if text == "%" or not _SIGN.fullmatch(text) or text.isdigit() and _is_counted(head, table):
        return None
    return _one_word(head, "%") if "%" in text or _are_shares(body) else None


def _mostly(pattern: re.Pattern[str], texts: Sequence[str]) -> bool:
    found = sum(pattern.fullmatch(text) is not None for text in texts)
    return found >= FEWEST and found >= MOSTLY * len(texts)


def _are_shares(texts: Sequence[str]) -> bool:
    """Whether values are shares: they say so, or the last one is the whole that the others add up to."""
    if _mostly(_SHARE, texts):
        return True
    values = [float(text.rstrip("%")) for text in texts if _NUMBER.fullmatch(text)]
    return len(values) > FEWEST and all(WHOLE[0] <= whole <= WHOLE[1] for whole in (values[-1], sum(values[:-1])))


def _says_nothing(text: str) -> bool:
    """Whether a head is too short for any but a few words and is none of these: no period, number or abbreviation."""
    bare = text.lower().strip(".,:;()")
    return text != "%" and len(text) <= SHORT and bare not in _SHORT_HEADS | common_words() and not bare.isdigit()


def _is_one_of_many(head: Cell, table: Table) -> bool:
    """Whether a head stands among quarters or halves of a year."""
    return any(c.row == head.row and _PART_OF_YEAR.fullmatch(c.text.text) for c in table.cells)


def _answers(head: Cell, table: Table) -> bool:
    """Whether a head beside it is "Yes"."""
    return any(c.row == head.row and c.text.text.lower() == "yes" for c in table.cells)


def _is_counted(head: Cell, table: Table) -> bool:
    """Whether other heads of the row are other digits, as those of stages are."""
    others = {c.text.text for c in table.cells if c.row == head.row and c.text.text.isdigit()}
    return len(others) > 1


def _with_brackets(head: Cell) -> Cell | None:
    """A head of numbers and their shares with "(%)" at its end, if its last words are what that was read as."""
    words = [(placed.page, placed.word) for placed in head.text.words]
    misread = [n for n, (_, word) in enumerate(words) if _BRACKETED.fullmatch(word.text) and word.text != "(%)"]
    left = [pair for n, pair in enumerate(words) if n not in misread]
    if not misread or any("%" in word.text for _, word in left):
        return None
    page, word = max((words[n] for n in misread), key=lambda pair: pair[1].bbox.width)
    raw = " ".join(words[n][1].raw or words[n][1].text for n in misread)
    return replace(head, text=MappedText.join([*left, (page, replace(word, text="(%)", raw=raw))]))


def _one_word(cell: Cell, text: str) -> Cell:
    """The cell with another text in the place of its first word."""
    first = cell.text.words[0]
    word: Word = replace(first.word, text=text, raw=first.word.raw or cell.text.text)
    return replace(cell, text=MappedText.join([(first.page, word)]))
