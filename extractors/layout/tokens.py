"""What single printed words look like: values, periods, markers of lists and headings, ends of sentences.

Only shapes are judged here, never meaning; scanning errors ("l0", "S", "5O%") are allowed for, because a row of a
scanned table must not fall apart where one of its numbers was misread.
"""

import calendar
import re
from collections.abc import Sequence

from schemas.pages import Word

_VALUE = re.compile(
    r"[(\[]?[+\-–−±<>≤≥~]?[£$€]?\d[\d,.]*(?:%[o%]?|p|k|m)?[)\]]?[*†‡]*[,;]?$"  # 12  3,003  (14%)  -7  £2,150
    r"|[(\[]?\d+/\d{1,2}[)\]]?$"  # (2/5)
    r"|[(\[]?[+\-–−]?£?[\dOolISBZG][\dOolISBZG.,]{0,6}%?[)\]]?$"  # l0  2l  5O%  £S,4OO
)
_LETTERS_ONLY = re.compile(r"[(\[]?[OolISBZG]{3,}[)\]]?$|^[ol]$|^(?:Is|So|GO|SO|BG|[A-Z]\.)$")
_BLANK_VALUES = frozenset({"-", "–", "—", "N/A", "n/a", "NA", "Nil", "nil", "*", "..", "…", "N/K", "%"})
_PERIOD = re.compile(r"(?:19|20|2O|l9)[\dOolI]{2}(?:[/\-–][\dOolISZ]{2,4})?:?$")
_LEGEND = re.compile(r"[^\d\s(]{1,2}(?:19|20)\d\d(?:[/\-–]\d{2,4})?$")
_PAIR_TAIL = re.compile(r"\([^()]*[\dOolIS][^()]*\)$")

_MONTHS = frozenset(name.lower() for name in calendar.month_name[1:])

_BULLETS = frozenset("•·●▪■◦○‣–—-*§➢➤►✓✔❖⁃∙")
_SCANNED_BULLETS = frozenset({"e", "o"})
_NUMBERED = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxl]{1,6})\)$|[A-FHJ-NP-RT-Y]?\d{1,3}\.$|[ivx]{1,5}\.$")
_DECIMAL = re.compile(r"(?:\d{1,2}|[A-Z])(?:\.[\dlIO]{1,2}){1,3}\.?$")
_PLAIN = re.compile(r"[A-FHJ-NP-RT-Y]?\d{1,2}$|[lI]$")

_CLOSERS = "\"'”’)]»"


def is_value(text: str) -> bool:
    """Whether a word may be a number in a table: digits, a scanned look-alike of digits, or a sign for none."""
    if text in _BLANK_VALUES:
        return True
    return bool(_VALUE.match(text)) and not _LETTERS_ONLY.match(text)


def has_digit(text: str) -> bool:
    """Whether any character is a digit."""
    return any(c.isdigit() for c in text)


def is_period(text: str) -> bool:
    """Whether a word is a year or a reporting year: 2015, 2014/15, 2O18-19."""
    return bool(_PERIOD.match(text)) and has_digit(text)


def is_date(words: Sequence[Word]) -> bool:
    """Whether words are a period or a date, or the end of one: "31 March", "2020", "March 2020"."""
    return is_period(words[-1].text) or any(word.text.strip(".,").lower() in _MONTHS for word in words)


def is_difference_sign(text: str) -> bool:
    """Whether a word is the sign that heads differences: "+/-"."""
    return text in ("+/-", "±", "+/–", "+/−", "(+/-)")


def is_legend(words: Sequence[Word]) -> bool:
    """Whether words are the legend of a chart, its colours scanned as marks: "#2018/19 m2019/20"."""
    return len(words) > 1 and all(_LEGEND.match(w.text) for w in words)


def is_pair_tail(text: str) -> bool:
    """Whether a word is the bracketed half of a value such as "50% (2)"."""
    return bool(_PAIR_TAIL.match(text))


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence or clause does: . ! ? : ; possibly in closing quotes or brackets."""
    bare = text.rstrip(_CLOSERS)
    return bool(bare) and bare[-1] in ".!?:;" and not bare.endswith(("e.g.", "i.e."))


def starts_lower(text: str) -> bool:
    """Whether the text goes on from something before it: a lower-case letter or closing mark comes first."""
    return bool(text) and (text[0].islower() or text[0] in ",;)%")


def is_bullet(text: str) -> bool:
    """Whether a word is a bullet and nothing else, or a letter that a scan made of a bullet."""
    return text in _BULLETS or text in _SCANNED_BULLETS or text in ("--", "o.")


def is_number_marker(text: str) -> bool:
    """Whether a word that stands alone can be the number of a list item: "12.", "(a)", "3.2"."""
    return bool(_NUMBERED.match(text) or _DECIMAL.match(text) and text.endswith("."))


def is_weak_marker(text: str) -> bool:
    """Whether a marker may as well be a part of the text at the start of a wrapped line: a dash or a number."""
    return text in "-–—" or not is_bullet(text)


def marker_of(words: Sequence[Word], *, wide_gap: float) -> str:
    """The kind of marker that the first word of a line is: bullet, decimal, numbered, plain, or "" for none.

    A number that begins a sentence is none: "83 Stage 1 complaints", "1.1 complaints for every child". A plain number
    counts only when a gap of `wide_gap` points follows it, and no other of its kind: "Q1  Q2" are heads.
    """
    if len(words) < 2:
        return ""
    first, second = words[0].text, words[1].text
    if is_bullet(first):
        return "" if first in "-–—*" and len(words) == 2 and is_value(second) else "bullet"
    if _NUMBERED.match(first):
        return "" if first[0].isdigit() and is_value(second) and len(words) < 4 else "numbered"
    apart = words[1].bbox.x0 - words[0].bbox.x1 > wide_gap
    if _DECIMAL.match(first) and has_digit(first) and (apart or not starts_lower(second)):
        lone = first.rstrip(".").count(".") == 1 and first.split(".")[1] not in ("0",)
        return "" if lone and len(words) < 3 and is_value(second) else "decimal"
    if _PLAIN.match(first) and apart and second[:1].isupper() and not _PLAIN.match(second):
        return "plain"
    return ""


def is_numbered(words: Sequence[Word]) -> bool:
    """Whether a line begins with a number as headings do ("4. Complaints by area")."""
    return marker_of(words, wide_gap=0.0) in ("numbered", "decimal")
