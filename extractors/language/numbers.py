"""Every number that a text holds: digits, number words, percentages, money, fractions, and numbers damaged by scanning.

A number stays text until it is parsed here, so that 13.0 keeps its decimal place. Marks that stand where a number must
(`(&$)`) are numbers without a value: `proposed` then holds what the keys without shift would have typed.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

NumberUnit = Literal["", "percent", "GBP"]

UNITS = {
    w: i
    for i, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    w: 10 * i
    for i, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
NONE_WORDS = ("nil", "none", "no")

LOOK_ALIKES = str.maketrans(
    {"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "S": "5", "s": "5", "B": "8", "G": "6", "Z": "2"}
)
SHIFTED_KEYS = str.maketrans('!"£$%^&*()', "1234567890")
"""The British keyboard: what is typed with shift held down, and the digit meant."""

_UNIT = f"(?:{'|'.join(sorted(UNITS, key=len, reverse=True))})"
_TEN = f"(?:{'|'.join(TENS)})"
_BELOW_100 = rf"(?:{_TEN}(?:[ -]{_UNIT})?|{_UNIT})"
_BELOW_1000 = rf"(?:(?:{_BELOW_100}|a) hundred(?: and {_BELOW_100})?|{_BELOW_100})"
_WORDS = rf"(?:(?:{_BELOW_1000}|a) thousand(?:,? (?:and )?{_BELOW_1000})?|{_BELOW_1000})"
_PARTS = (
    r"(?:[ -](?:quarters?|thirds?|fifths?|tenths?|eighths?|fold)|-(?:first|second|third|fourth|sixth|seventh|ninth))\b"
)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_LOOK = r"[\dOolISsBGZ|]"
_DAMAGED = rf"(?:{_LOOK}*\d{_LOOK}*)(?:,{_LOOK}{{3}})*(?:\.{_LOOK}+)?|{_LOOK},{_LOOK}{{3}}"
# Two digits and more that were typed with shift held down. Signs that also stand by themselves in print are none: "**", "(*)", "!!" at an end.
_SHIFTED = r"""(?!\*+(?![!"£$%^&()])|(?<=\s)!+(?:\s+[A-Z]|\s*$)|[£%()]++(?![!"$^&*])|\(\S*\)|"\S+")[!"£$%^&*()]{2,4}(?:\.[!"£$%^&*()](?=[.,;:]?(?:\s|$)))?"""

_NUMBER = re.compile(
    rf"""
    (?P<inside>(?<=%,\ )(?!\*+\))[!"£$%^&*]{{2,4}}(?=\)))
    |(?P<garbled>(?<=\()(?![%&*]\))[!"£$%^&*]{{1,3}}(?=\))|(?<=\(){_SHIFTED}(?=\))|(?<!\S){_SHIFTED}(?=[.,;:]?(?:\s|$)))
    |(?P<noughts>(?<![\w.,:/-])(?:O0|0O)(?=[A-Z]{{2,4}}s?\b))
    |(?P<sign>(?<!\d\ )(?<![\w)])[+\-−–](?=£?[\dOlIS]))?\ ?
     (?P<money>£\ ?)?
     (?:
       (?P<spaced>(?<!\d)(?<!\d[.,\ ])(?:\d{{1,2}}|(?<=£)\d{{3}}|\d{{3}}(?=\ 0|(?:\ \d{{3}}){{2}}))(?:\ \d{{3}})+(?![\d.,]|\ \d))
      |(?P<digits>(?<!\d)(?<!\d[.,/])(?:(?<![A-Za-z])|(?<=\bto)|(?<=\bof)|(?<=\bin)|(?<=\bfrom)|(?<=\band))(?:{_DIGITS})(?!\d)(?![A-Za-z|]*[OISlGB\d])(?!\.[OSIl](?![A-Za-z]))(?!,[\dOolIS]{{3}}))
      |(?P<damaged>(?<![\w.,])(?:{_DAMAGED})(?![A-Za-z]))
     )
     (?P<scale>\ ?(?:million|bn\b|m\b|k\b))?
     (?P<percent>\ ?%|\ *per\ *cent\b)?
    |(?i:\b(?<!\bno[\ -])(?P<words>{_WORDS.replace(" ", chr(92) + " ")})\b(?!{_PARTS.replace(" ", chr(92) + " ")})(?P<wpercent>\ +per\ *cent\b)?)
    |(?i:\b(?P<none>nil|none|no)\b(?![\ -]one\b))
    """,
    re.VERBOSE,
)
_LETTERS = re.compile(r"(?<![\w'’.,&/-])(?:S|S[IlO]|[Il]O|l[SlI])(?![\w'’&/-])")
"""What scanning leaves of a number when every digit of it became a letter: read only where the page is known to be damaged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """Characters `start` to `end` of the text are a number. `value` is None when the print cannot be read.

    `decimals` is the printed precision; `signed` tells an explicit + or -; `none` a stated nothing ("no complaints", "nil");
    `damaged` that look-alike characters were read as digits.
    """

    start: int
    end: int
    text: str
    value: Decimal | None
    unit: NumberUnit = ""
    decimals: int = 0
    signed: bool = False
    none: bool = False
    words: bool = False
    damaged: bool = False
    proposed: Decimal | None = None


def find_numbers(text: str, *, damaged: bool = False) -> tuple[Number, ...]:
    """All numbers of `text`, in order. With `damaged`, digits broken apart by scanning ("1 18", "10 .7") are joined too."""
    found = tuple(n for m in _NUMBER.finditer(text) if (n := _number(m)) is not None)
    return _mend_split(text, _with_letters(text, found)) if damaged else found


def _with_letters(text: str, numbers: tuple[Number, ...]) -> tuple[Number, ...]:
    letters = [
        Number(start=m.start(), end=m.end(), text=m[0], value=Decimal(m[0].translate(LOOK_ALIKES)), damaged=True)
        for m in _LETTERS.finditer(text)
        if not any(n.start < m.end() and m.start() < n.end for n in numbers)
    ]
    return tuple(sorted((*numbers, *letters), key=lambda n: n.start))


def _number(m: re.Match[str]) -> Number | None:
    if m["garbled"] or m["inside"]:
        return _garbled(m)
    if m["noughts"]:
        # "O0MEP": no one prints two noughts for none
        return Number(start=m.start(), end=m.end(), text=m[0], value=None, damaged=True, proposed=Decimal(0))
    if m["words"]:
        if m["words"].lower() == "one" and _pronoun(m):
            return None
        value = words_to_int(m["words"])
        unit: NumberUnit = "percent" if m["wpercent"] else ""
        return Number(start=m.start(), end=m.end(), text=m[0], value=Decimal(value), unit=unit, words=True)
    if m["none"]:
        return Number(start=m.start(), end=m.end(), text=m[0], value=Decimal(0), none=True, words=True)
    return _digits(m)


_NAMED = re.compile(
    r"\b(?:the|chief|main|principal|only|right|same|this|that|any|no|each|every|which|first|last|old|new|latter|former|second|corporate|statutory|another|further|for|a)\s$",
    re.I,
)


_ONE_SUCH = re.compile(r"\ban? [a-z]+\s$", re.I)
_GOES_ON = re.compile(
    r"\s(?:if|as|than|when|where|because|and|or|but|would|may|might|can|could|should|has|after|before|unless|until)\b"
)
"""“An older one if …”, “a new one when …”: no noun follows that could be counted."""


def _pronoun(m: re.Match[str]) -> bool:
    """Whether "one" stands for a thing named before, as in “the old one, which …” or “under the corporate one”."""
    if re.search(r"[Ss]tage \w+ (?:had seen |saw )?(?:just )?the\s$", m.string[max(0, m.start() - 30) : m.start()]):
        return False
    if re.search(r"\bof which\s$", m.string[max(0, m.start() - 12) : m.start()]):
        return False
    if _ONE_SUCH.search(m.string[max(0, m.start() - 30) : m.start()]) and _GOES_ON.match(m.string[m.end() :]):
        return True
    return bool(
        _NAMED.search(m.string[max(0, m.start() - 12) : m.start()])
        and re.match(r"\s*(?:[.,;:)]|$|which|who|that|had|is|was|be|will|to be)", m.string[m.end() :])
    )


def _garbled(m: re.Match[str]) -> Number:
    meant = m[0].translate(SHIFTED_KEYS)
    proposed = Decimal(meant) if re.fullmatch(r"\d+(?:\.\d+)?", meant) else None
    return Number(start=m.start(), end=m.end(), text=m[0], value=None, damaged=True, proposed=proposed)


def _digits(m: re.Match[str]) -> Number | None:
    printed = m["digits"] or m["spaced"] or m["damaged"]
    damaged = m["damaged"] is not None
    digits = printed.translate(LOOK_ALIKES) if damaged else printed
    digits = digits.replace(",", "").replace(" ", "")
    if not re.fullmatch(r"\d+(\.\d+)?", digits):
        return None
    value = Decimal(digits)
    if m["sign"] and m["sign"] != "+":
        value = -value
    if m["scale"]:
        value *= {"m": 1_000_000, "million": 1_000_000, "bn": 1_000_000_000, "k": 1000}[m["scale"].strip().lower()]
    unit: NumberUnit = "percent" if m["percent"] else "GBP" if m["money"] else ""
    decimals = len(digits.partition(".")[2])
    lead = len(m[0]) - len(m[0].lstrip())
    return Number(
        start=m.start() + lead, end=m.end(), text=m[0].strip(), value=value, unit=unit, decimals=decimals,
        signed=bool(m["sign"]), damaged=damaged,
    )  # fmt: skip


_LABELLED = re.compile(
    r"(?:stage|quarter|item|table|section|page|pages|paragraph|appendix|ward|room|locality|team|grade|year)\s$", re.I
)


def _mend_split(text: str, numbers: tuple[Number, ...]) -> tuple[Number, ...]:
    """Join a number to the next where only a space (or a space before the point) stands between the digits of one number."""
    mended: list[Number] = []
    for n in numbers:
        last = mended[-1] if mended else None
        if last is not None and _is_split(text, last, n):
            joined = find_numbers(text[last.start : n.end].replace(" ", ""))
            if len(joined) == 1:
                j = joined[0]
                mended[-1] = Number(
                    start=last.start, end=n.end, text=text[last.start : n.end], value=j.value, unit=j.unit,
                    decimals=j.decimals, signed=j.signed, damaged=True,
                )  # fmt: skip
                continue
        mended.append(n)
    return tuple(mended)


def _is_split(text: str, a: Number, b: Number) -> bool:
    gap = text[a.end : b.start]
    if a.words or b.words or b.signed or a.unit == "percent" or b.unit == "GBP":
        return False
    if gap in (" .", ". ") and len(a.text) <= 3 and len(b.text.rstrip("% ")) == 1:
        return not _LABELLED.search(text[: a.start])
    if gap == ". ":
        return False
    short = len(a.text.lstrip("£")) <= 2 and len(b.text.rstrip("% ")) <= (6 if "," in b.text else 2)
    return gap == " " and short and a.decimals == 0 and not _LABELLED.search(text[: a.start])


@cache
def words_to_int(words: str) -> int:
    """Value of English number words up to the millions ("two hundred and forty-six" is 246)."""
    total = group = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in UNITS:
            group += UNITS[word]
        elif word in TENS:
            group += TENS[word]
        elif word == "hundred":
            group = max(group, 1) * 100
        elif word in SCALES:
            total, group = total + max(group, 1) * SCALES[word], 0
    return total + group
