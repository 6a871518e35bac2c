"""Lists of names with one number each, whose two columns became lines of text: “Service Area Total Received” over “Fostering Team 1”.

Two such lists may stand side by side under heads that count alike (“Member Enquiries Number MP Enquiries Number” over “Adoption 3
MASH 2”); they become two tables. The number that belongs to a name is told by the one behind it (“Support Team 4 1”).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.language.table_words import dimension_of_head, plain, table_words
from extractors.layout.cells import Spot, table_of
from extractors.layout.flattened import APART
from extractors.layout.lines import Line, line_of
from extractors.layout.paragraphs import BLANK, Spacing
from extractors.layout.tokens import ends_sentence, has_digit, is_bullet, is_period, is_value, starts_lower
from schemas.layout import Table
from schemas.pages import Word

LEAST_ENTRIES = 3
MOST_LABEL_WORDS = 8
MOST_HEAD_WORDS = 6
MOST_NAMED = 3  # words of the head of one list alone

_COUNTED = frozenset(("received",))
"""What may follow a word for a number in the head of a column (“Total Received”)."""
_NUMBERED_NAME = re.compile(r"(?:team|locality|unit|area|group|hub|pod) [A-Z\d]{1,2}", re.I)
"""What is no name without more before it: the end of one that is wrapped."""

Words = tuple[Word, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A name and its number, which may be missing; `rest` are further lines of the name."""

    line: Line
    label: Words
    value: Words = ()
    rest: tuple[Line, ...] = ()


Side = list[Entry]


def with_name_lists(lines: Sequence[Line], spacing: Spacing) -> Iterator[Line | Table]:
    """The lines, those of a list of names and numbers under its head replaced by a table, or by two side by side."""
    at = 0
    while at < len(lines):
        heads = _heads(lines[at].words)
        sides, left, end = _entries(lines, at, len(heads), spacing) if heads else ([], [], at)
        if sum(len(entry.value) > 0 for side in sides for entry in side) < LEAST_ENTRIES or not all(sides):
            yield lines[at]
            at += 1
            continue
        yield from (_table(lines[at], head, side) for head, side in zip(heads, sides, strict=True))
        yield from left
        at = end


def _heads(words: Words) -> list[tuple[Words, Words]]:
    """The heads of the one or two lists that a line stands over, each as what it is of and what it counts; none for other lines.

    Two lists count alike; one alone must say that names are listed (“Team”, “Service area”).
    """
    heads: list[tuple[Words, Words]] = []
    start = 0
    for at in range(len(words)):
        counts = _is_counted(words, at)
        if counts and not (at + 1 < len(words) and _is_counted(words, at + 1)):
            first = next(n for n in range(at, -1, -1) if n == start or not _is_counted(words, n - 1))
            heads.append((words[start:first], words[first : at + 1]))
            start = at + 1
    if start < len(words) or not all(0 < len(of) <= MOST_HEAD_WORDS for of, _ in heads):
        return []
    if any(has_digit(w.text) for w in words):
        return []
    counted = {plain(_text(number)) for _, number in heads}
    if len(heads) == 1:
        of = heads[0][0]
        return heads if len(of) <= MOST_NAMED and dimension_of_head(_text(of)) in ("team", "service") else []
    return heads if len(heads) == 2 and len(counted) == 1 else []


def _is_counted(words: Words, at: int) -> bool:
    """Whether a word says that numbers stand below: “Number”, or “Received” behind it."""
    text = plain(words[at].text)
    after_one = at > 0 and plain(words[at - 1].text) in table_words().count
    return text in table_words().count and text != "cases" or (text in _COUNTED and after_one)


def _entries(lines: Sequence[Line], head: int, sides: int, spacing: Spacing) -> tuple[list[Side], list[Line], int]:
    """The entries of each list below line `head`, lines between them that hold no word, and where the lists end."""
    found: list[Side] = [[] for _ in range(sides)]
    left: list[Line] = []
    at = head + 1
    while at < len(lines):
        line, gap = lines[at], _gap(lines[at - 1], lines[at], spacing)
        entries = _cut(line, sides)
        last = [side[-1] for side in found if side]
        if gap > APART or ends_sentence(line.text):
            break
        if not any(c.isalnum() for c in line.text):
            left.append(line)
        elif last and gap <= BLANK and _is_rest(line, lines[at - 1]):
            _lengthen(found, line)
        elif entries:
            for side, entry in zip(found, entries, strict=False):
                side.append(entry)
        elif sides == 1 and last and not last[0].value and _is_lone_value(line):
            found[0][-1] = replace(last[0], value=line.words)
        elif _is_name(line) and _goes_on(lines, at, gap, spacing):
            found[0].append(Entry(line=line, label=line.words))
        else:
            break
        at += 1
    return found, left, at


def _gap(before: Line, after: Line, spacing: Spacing) -> float:
    if after.page == before.page + 1:
        return BLANK  # over the end of a page
    gap = spacing.gap(before, after)
    return APART + 1 if gap is None else gap


def _cut(line: Line, sides: int) -> list[Entry]:
    """A line as entries, at most `sides`; none where it is no such line."""
    entries: list[Entry] = []
    start = 0
    for at, word in enumerate(line.words):
        ends = at + 1 == len(line.words) or not _is_number(line.words[at + 1])
        if _is_number(word) and ends:
            entries.append(Entry(line=line, label=line.words[start:at], value=(word,)))
            start = at + 1
    if sides == 1 and entries:
        entries = [Entry(line=line, label=line.words[:-1], value=line.words[-1:])]
    named = all(any(c.isalpha() for w in e.label for c in w.text) for e in entries)
    short = all(len(e.label) <= MOST_LABEL_WORDS for e in entries)
    whole = bool(entries) and _is_number(line.words[-1]) and not is_bullet(line.words[0].text)
    return entries if whole and named and short and len(entries) <= sides else []


def _is_number(word: Word) -> bool:
    return is_value(word.text) and has_digit(word.text) and not is_period(word.text)


def _is_lone_value(line: Line) -> bool:
    return len(line.words) == 1 and _is_number(line.words[0])


def _is_rest(line: Line, before: Line) -> bool:
    """Whether a line goes on with a name of the line before: the end of one that has a number (“Team 1”), or small words."""
    name = _NUMBERED_NAME.fullmatch(line.text) is not None or starts_lower(line.text)
    return name and any(_is_number(w) for w in before.words)


def _lengthen(sides: Sequence[Side], rest: Line) -> None:
    """Put `rest` to the longest of the names that were read last: it is wrapped because it is long."""
    last = [side for side in sides if side and side[-1].line is sides[0][-1].line] or [sides[0]]
    side = max(last, key=lambda s: len(_text(s[-1].label)))
    side[-1] = replace(side[-1], rest=(*side[-1].rest, rest))


def _is_name(line: Line) -> bool:
    """Whether a line without a number may be a name of the list."""
    words = line.words
    return len(words) <= MOST_LABEL_WORDS and words[0].text[:1].isupper() and not any(has_digit(w.text) for w in words)


def _goes_on(lines: Sequence[Line], at: int, gap: float, spacing: Spacing) -> bool:
    """Whether a name without a number is of the list above it: nearer to it than to what comes below, or followed by its number."""
    if at + 1 == len(lines):
        return True
    return gap < _gap(lines[at], lines[at + 1], spacing) or _is_lone_value(lines[at + 1])


def _text(words: Words) -> str:
    return " ".join(word.text for word in words)


def _table(line: Line, head: tuple[Words, Words], side: Side) -> Table:
    """The table of one list, with the head that `line` gives it."""
    parts = [line_of(line.page, words) for words in head]
    spots = [Spot(row=0, col=col, lines=(part,), bbox=part.bbox) for col, part in enumerate(parts)]
    for row, entry in enumerate(side, start=1):
        page = entry.line.page
        name = (line_of(page, entry.label), *entry.rest)
        value = (line_of(page, entry.value),) if entry.value else ()
        box = value[0].bbox if value else name[0].bbox
        spots += [Spot(row=row, col=0, lines=name, bbox=name[0].bbox), Spot(row=row, col=1, lines=value, bbox=box)]
    return table_of(line.page, spots, "lines")
