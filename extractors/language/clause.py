"""A sentence as the reader sees it: words, and signs for everything that the vocabulary knows.

    83 Stage 1 complaints were received, a 15.3% decrease from 98 in 2013-14
    №  T              T   were T       , a %     ▼        from № in ◷

Frames are then short patterns over these signs and not over words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from extractors.language.numbers import Number, find_numbers
from extractors.language.periods import PeriodMention, find_periods
from extractors.language.teams import team_names
from extractors.language.terms import Term, find_terms
from schemas.figures import NumberKind

NUMBER, PERCENT, MONEY, NONE, PERIOD = "№", "%", "£", "∅", "◷"
TERM, UP, DOWN, COMPARED, ON_TIME, AVERAGE = "T", "▲", "▼", "⇄", "⏱", "µ"
CODE = "#"
NUMBER_SIGNS = frozenset((NUMBER, PERCENT, MONEY, NONE))

_CUE_SIGNS = {
    "idiom": "~", "intended": "wants", "timeliness": "~", "limit": "≤", "up": UP, "down": DOWN, "compared": COMPARED, "on_time": ON_TIME, "average": AVERAGE, "median": AVERAGE,
}  # fmt: skip
_CODE = re.compile(
    r"""(?x)
    (?P<time>(?<=\()\d{2}[.:]\d{2}(?:\ ?[-–]\ ?\d{2}[.:]\d{2})?(?=\))
      |\b\d{1,2}(?:[.:]\d{2})?\ ?(?:am|pm|a\.m\.|p\.m\.|noon)(?![a-z])
      |\b\d{1,2}[.:]\d{2}(?=\ ?(?:to|-|–)\ ?\d{1,2}[.:]\d{2}\ ?(?:am|pm|a\.m|p\.m)?))
    |(?P<contact>\(?\b0\d{2,4}\)?\ \d{3}\ ?\d{3,4}\b|\b0\d{9,10}\b|\b[A-Z]{1,2}\d{1,2}[A-Z]?\ \d[A-Z]{2}\b|\b[\w.]+@[\w.]+\b|\bwww\.\S+|\bhttps?://\S+)
    |(?P<reference>\b\d{2}\ \d{3}\ \d{3}\b|\b\d{1,3}(?:\.\d{1,2}){2,}\b|\bA[3-5]\b|\b[A-Z]{2,}/\w*\d\w*(?:/\w+)+\b|\b(?![OISBGZ]*\d)[A-Z]{1,4}\d{1,4}\b(?!%))
    |(?P<other_count>(?<![\d:])\d{1,2}:\d{1,2}(?![\d:]))
    |(?P<ordinal>\b\d{1,3}(?:st|nd|rd|th)\b)
    """
)
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?|\S")
_SENTENCE_END = re.compile(
    r"(?:(?<=[.?!])|(?<=[.?!][)\"'’”]))(?<!\bNo\.)(?<!\bi\.e\.)(?<!\be\.g\.)(?<!\betc\.)\s+(?=[\"'‘“(]?[A-Z0-9£])|\s*[\n\f]+\s*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One sign or word of a sentence; characters `start` to `end` of the text; at most one of the others is set.

    `code` is the kind of a clock time, telephone number or the like, which is never a figure.
    """

    sign: str
    start: int
    end: int
    number: Number | None = None
    period: PeriodMention | None = None
    terms: tuple[Term, ...] = ()
    code: NumberKind | None = None


@dataclass(frozen=True)
class Sentence:
    """Characters `start` to `end` of `text`, as tokens."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    text: str = ""

    @cached_property
    def signs(self) -> tuple[str, ...]:
        """The sign of every token."""
        return tuple(t.sign for t in self.tokens)

    def before(self, index: int) -> str:
        """The signs before token `index`, each followed by a space."""
        return "".join(f"{s} " for s in self.signs[:index])

    def after(self, index: int) -> str:
        """The signs after token `index`, each after a space."""
        return "".join(f" {s}" for s in self.signs[index + 1 :])

    @cached_property
    def in_names(self) -> frozenset[int]:
        """Indices of the tokens that are part of the name of a team, where no “and” parts two things."""
        names = team_names(self.text)
        return frozenset(i for i, t in enumerate(self.tokens) if any(a <= t.start and t.end <= b for a, b in names))

    def numbers(self) -> Iterator[tuple[int, Number]]:
        """Index and number of every number token."""
        return ((i, t.number) for i, t in enumerate(self.tokens) if t.number is not None)


def read_sentences(text: str, *, damaged: bool = False) -> tuple[Sentence, ...]:
    """The sentences of `text`, tokenised. `damaged` allows digits that scanning broke apart or turned into letters."""
    periods = find_periods(text)
    terms = find_terms(text)
    codes = tuple(
        m for m in _CODE.finditer(text) if not _touches(m.start(), m.end(), [(p.start, p.end) for p in periods])
    )
    numbers = find_numbers(_masked(text, periods, terms, codes), damaged=damaged)
    tokens = tuple(_tokens(text, periods, terms, numbers, codes))
    sentences: list[Sentence] = []
    at = 0
    for start, end in _sentence_bounds(text, tokens):
        inside: list[Token] = []
        while at < len(tokens) and tokens[at].start < end:
            inside.append(tokens[at])
            at += 1
        if inside:
            sentences.append(Sentence(start, end, tuple(inside), text))
    return tuple(sentences)


_OF_A_NAME = re.compile(r"\d-\d|\b\d{1,2} (?:Team|Service|Unit)$")
"""“Children in Care 0-11 Team”, “Children in Need 2 Service”."""


def _masked(
    text: str, periods: tuple[PeriodMention, ...], terms: tuple[Term, ...], codes: tuple[re.Match[str], ...]
) -> str:
    """`text` with periods and numbered terms ("Stage 1") blotted out, so that their digits are not read as numbers."""
    characters = list(text)
    numbered = (t for t in terms if t.type != "cue" and (t.name == "stage" or re.search(r"\d", t.text)))
    spans = [(p.start, p.end) for p in periods] + [(t.start, t.end) for t in numbered] + [m.span() for m in codes]
    spans += [span for span in team_names(text) if _OF_A_NAME.search(text, *span)]
    for start, end in spans:
        characters[start:end] = "\x1f" * (end - start)
    return "".join(characters)


def _sentence_bounds(text: str, tokens: tuple[Token, ...]) -> Iterator[tuple[int, int]]:
    spanned = [(t.start, t.end) for t in tokens if t.end - t.start > 1]
    mistyped = {t.end for t in tokens if t.number is not None and t.number.text.endswith("!")}
    at = 0
    for m in _SENTENCE_END.finditer(text):
        if m.start() not in mistyped and not any(a < m.start() and m.end() < b for a, b in spanned if a < m.end()):
            yield at, m.start()
            at = m.end()
    yield at, len(text)


def _tokens(
    text: str,
    periods: tuple[PeriodMention, ...],
    terms: tuple[Term, ...],
    numbers: tuple[Number, ...],
    codes: tuple[re.Match[str], ...],
) -> Iterator[Token]:
    """Numbers and periods first, then groups of overlapping terms, then the words between."""
    starts: dict[int, Token] = {}
    spans = [(t.start, t.end) for t in terms if t.type == "dim"]
    numbers = tuple(n for n in numbers if not (n.none and any(a <= n.start and n.end <= b for a, b in spans)))
    taken: list[tuple[int, int]] = []
    for n in numbers:
        starts[n.start] = Token(sign=_number_sign(n), start=n.start, end=n.end, number=n)
    for p in periods:
        starts[p.start] = Token(sign=PERIOD, start=p.start, end=p.end, period=p)
    for m in codes:
        starts[m.start()] = Token(sign=CODE, start=m.start(), end=m.end(), code=cast(NumberKind, m.lastgroup))
    taken.extend((t.start, t.end) for t in starts.values())
    for group in _term_groups([t for t in terms if not _touches(t.start, t.end, taken)]):
        start, end = group[0].start, max(t.end for t in group)
        group = _without_covered(group)
        starts[start] = Token(sign=_term_sign(group), start=start, end=end, terms=group)
    at = 0
    for start in sorted(starts):
        yield from _words(text, at, start)
        yield starts[start]
        at = max(at, starts[start].end)
    yield from _words(text, at, len(text))


_SAME = {"whilst": "while"}


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    for m in _WORD.finditer(text, start, end):
        sign = m[0].lower()
        yield Token(sign=_SAME.get(sign, sign), start=m.start(), end=m.end())


def _touches(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(a < end and start < b for a, b in spans)


def _term_groups(terms: list[Term]) -> Iterator[tuple[Term, ...]]:
    group: list[Term] = []
    for term in terms:
        if group and term.start >= max(t.end for t in group):
            yield tuple(group)
            group = []
        group.append(term)
    if group:
        yield tuple(group)


def _without_covered(group: tuple[Term, ...]) -> tuple[Term, ...]:
    """Of a cue that covers others ("within the statutory timescale") the cue alone."""
    longest = max(group, key=lambda t: t.end - t.start)
    return (longest,) if longest.type == "cue" else group


def _term_sign(group: tuple[Term, ...]) -> str:
    if all(t.type == "cue" for t in group):
        return _CUE_SIGNS[max(group, key=lambda t: t.end - t.start).code]
    return TERM


def _number_sign(number: Number) -> str:
    if number.none:
        return NONE
    return PERCENT if number.unit == "percent" else MONEY if number.unit == "GBP" else NUMBER
