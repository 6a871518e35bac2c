"""Papers that print last year's number in brackets behind this year's, and say so once: “with 2017-18 in brackets”."""

import re

from extractors.language.periods import find_periods, resolve
from schemas.periods import Period

_SENTENCE = re.compile(r"(?<=[a-z)][.;]) +|\n+")
_IN_BRACKETS = re.compile(
    r"\bbeside (?:it|them)\b|\bin (?:round |square )?(?:brackets|parenthes[ie]s)\b|\b(?:bracketed|brackets (?:show|give))\b",
    re.I,
)
_YEAR_BEFORE = re.compile(
    r"\b(?:previous|last|preceding|prior) (?:financial )?year\b|\byear (?:before|earlier)\b", re.I
)
_PARTS = re.compile(r"%|\b(?:per ?cent|percentages?|shares?|proportions?|upheld|days)\b", re.I)
_THROUGHOUT = re.compile(
    r"\b(?:is|are|will be|has been|have been) (?:also )?(?:given|shown|set out|printed|provided|in)\b[^.]*(?:brackets|parenthes[ie]s)"
    r"|\bbrackets (?:show|give|are)\b|\bthroughout\b",
    re.I,
)


def prior_in_brackets(text: str, period: Period | None) -> bool:
    """Whether a text says that brackets hold the numbers of the year before `period`."""
    return any(_tells(sentence, period) for sentence in _SENTENCE.split(text))


def always_prior_in_brackets(text: str, period: Period | None) -> bool:
    """Whether a paper says it of all its numbers (“Where a figure for the previous year is known it is given in brackets.”)."""
    return any(
        _THROUGHOUT.search(s) and s.rstrip(") ").endswith(".") and _tells(s, period) for s in _SENTENCE.split(text)
    )


def _tells(sentence: str, period: Period | None) -> bool:
    if period is None or not _IN_BRACKETS.search(sentence) or _PARTS.search(sentence):
        return False
    if _YEAR_BEFORE.search(sentence):
        return True
    named = [resolve(mention, period) for mention in find_periods(sentence)]
    return period.previous() in named
