"""What a cell of values holds: numbers with their places in it, a sign for nothing, or words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from extractors.language.numbers import LOOK_ALIKES, SHIFTED_KEYS, Number, find_numbers
from extractors.language.periods import PeriodMention, find_periods
from extractors.language.table_words import plain, table_words

CellKind = Literal["numbers", "year", "empty", "suppressed", "words"]
Shown = Literal["number", "blank", "dash", "not_applicable", "suppressed", "date", "text"]
Place = Literal["main", "bracket", "over", "then"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A number of a cell and where it stands: the first, in brackets, or what another is out of ("2/5").

    In brackets may stand the same of another period ("31 (2023/24: 28)"), `said` to be of it, or of the year before if not.
    """

    number: Number
    place: Place
    said: PeriodMention | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CellValue:
    """A cell as values. `parts` is empty unless `kind` is "numbers" or "year" (a lone number that may be a year).

    `shown` tells apart what `kind` holds together: a blank, a dash and "N/A" are all empty, a date and other text are words.
    """

    kind: CellKind
    shown: Shown = "number"
    parts: tuple[Part, ...] = ()
    falls: bool = False
    days: bool = False


_TWO = re.compile(r"\s*[\d,]+\s*\((?:in )?(?:◷\s*(?:[:,=–-]\s*)?[\d,]+|[\d,]+\s*(?:in )?◷)\)\s*")
_NOTE_MARKS = re.compile(r"(?<=[\d%)\]])\s*(?:[*†‡#¹²³⁴]+|\[\w\])\s*$")
_BETWEEN = re.compile(r"(?:[\s()\[\]/,;:%▲▼↑↓⬆⬇△▽|]|\b(?:of|out of|or|to|days?|working|weeks?|fte|people|p)\b)*", re.I)
_LETTERS_ONLY = re.compile(r"[+\-−–]?£?[OoIlSsBGZ|\d]{1,4}(?:[.,][OoIlSsBGZ|\d]{1,3})?\s?%?")
_SHIFTED = re.compile(
    r"(?P<sign>[-−–]?)(?P<marks>[!\"£$%^&]{1,3}|(?=[^()])(?=[*]*[^*])[!\"£$%^&*()]{2,3}|[!\"£$%^&*()]{1,3}\.[!\"£$%^&*()])"
)
_DATE = re.compile(r"\b\d{1,2}([/.\-])\d{1,2}\1(?:\d\d){1,2}\b")
_RANGE = re.compile(r"\d+(?:\.\d+)?\s?%?\s?[-–]\s?\d+(?:\.\d+)?\s?%?")
_DOUBLED_SIGN = re.compile(r"(?<=\d)%[oO](?=\W|$)")  # a scanned "%" of which a part was read twice
_BEFORE_SHARE = re.compile(
    r"(?<=\d) (?=\d{1,3}(?:\.\d+)?\s?%)"
)  # "1 100%" is one case and its share, not eleven hundred
_FEW = re.compile(r"(?:<|≤|fewer than|less than|under)\s?\d+", re.I)


def read_value(text: str, *, damaged: bool = False) -> CellValue:
    """The value of a cell. `damaged` lets look-alike letters that stand alone count as digits."""
    bare = plain(text)
    words = table_words()
    if not bare and not text.strip(" .:*"):
        if "*" in text:
            return CellValue(kind="suppressed", shown="suppressed")
        return CellValue(kind="empty", shown="dash" if text.strip() else "blank")
    if bare in words.dashes or text.strip() in words.dashes:
        return CellValue(kind="empty", shown="dash")
    if bare in words.not_applicable:
        return CellValue(kind="empty", shown="not_applicable")
    if _FEW.fullmatch(bare) or (bare in words.suppressed and not damaged):
        return CellValue(kind="suppressed", shown="suppressed")
    periods = find_periods(text)
    if (of_then := _with_then(text, periods)) is not None:
        return of_then
    words_shown: Shown = "date" if any(m.kind in ("date", "day") for m in periods) else "text"
    if any(m.kind != "date" and not _bare_year(text, m.start, m.end) for m in periods):
        return CellValue(kind="words", shown=words_shown)
    if _DATE.search(text) or _RANGE.fullmatch(text.strip()):
        return CellValue(kind="words", shown=words_shown)
    noted = damaged and re.search(r"\w", text) is None  # marks alone are all of the number
    trimmed = text if noted else _DOUBLED_SIGN.sub("% ", _NOTE_MARKS.sub("", text))
    numbers = _numbers(trimmed, damaged)
    if not numbers or not _only_numbers(trimmed, numbers):
        return CellValue(kind="words", shown=words_shown)
    kind: CellKind = "year" if _is_year(numbers) else "numbers"
    return CellValue(
        kind=kind,
        parts=_placed(trimmed, numbers),
        falls=bool(re.search(r"[▼↓⬇▽]", text)),
        days=bool(re.search(r"\b(?:days?|weeks?)\b", text, re.I)),
    )


def _with_then(text: str, periods: Sequence[PeriodMention]) -> CellValue | None:
    """A number with that of a named period in brackets: "31 (2023/24: 28)", "31 (28 in 2023/24)"."""
    if len(periods) != 1:
        return None
    [said] = periods
    m = _TWO.fullmatch(text[: said.start] + "◷" + text[said.end :])
    numbers = find_numbers(text[: said.start] + " " * (said.end - said.start) + text[said.end :])
    if m is None or len(numbers) != 2:
        return None
    now, then = numbers
    return CellValue(
        kind="numbers",
        parts=(Part(number=now, place="main"), Part(number=then, place="then", said=said)),
    )


def with_then(value: CellValue, said: PeriodMention | None, *, alone: bool = False) -> CellValue:
    """A value whose number in brackets is the same of another period, the one that is `said`, or else the year before.

    `alone`: brackets alone hold it, in a column of their own.
    """
    return replace(value, parts=tuple(_as_then(part, value.parts, said, alone) for part in value.parts))


def _as_then(part: Part, parts: tuple[Part, ...], said: PeriodMention | None, alone: bool) -> Part:
    alike = part.number.unit == parts[0].number.unit
    second = part.place == "bracket" and len(parts) == 2 and alike
    return replace(part, place="then", said=said) if second or (alone and len(parts) == 1) else part


def _bare_year(text: str, start: int, end: int) -> bool:
    """Whether a "period" is a lone number that might as well be a count ("2014")."""
    return re.fullmatch(r"\d{4}", text[start:end]) is not None and not re.search(r"[A-Za-z]", text)


def _numbers(text: str, damaged: bool) -> tuple[Number, ...]:
    if damaged and (lone := _lone_letters(text)) is not None:
        return (lone,)
    if damaged:
        # "25% (l)": letters alone in brackets behind a number.
        text = re.sub(r"(?<=[\d%] \()[OolISB]{1,2}(?=\))", lambda m: m[0].translate(LOOK_ALIKES), text)
    # A stroke between two numbers ("2/5") would hide the second.
    parted = re.sub(r"(?<=\d)(\s?)/(?=\s?[\dOlIS])", r"\1;", _BEFORE_SHARE.sub(";", text))
    found = find_numbers(parted, damaged=damaged)
    if len(found) == 1 and found[0].words and found[0].none and plain(text) == "no":
        # The answer to a question, not a nought.
        return ()
    return found


def _lone_letters(text: str) -> Number | None:
    """A whole cell of letters that look like digits ("S", "O", "I9"), or of marks typed with shift held down ("&$")."""
    bare = text.strip()
    start = text.index(bare) if bare else 0
    if (shifted := _SHIFTED.fullmatch(bare)) and shifted["marks"] not in ("%", "&", "£"):
        meant = shifted["marks"].translate(SHIFTED_KEYS)
        return Number(
            start=start, end=start + len(bare), text=bare, value=None, damaged=True,
            decimals=len(meant.partition(".")[2]), signed=bool(shifted["sign"]),
            proposed=-Decimal(meant) if shifted["sign"] else Decimal(meant),
        )  # fmt: skip
    if bare == "&":  # what was scanned so may have been a 4, a 6 or an 8: what stands beside it must tell
        return Number(start=start, end=start + 1, text=bare, value=None, damaged=True)
    if not _LETTERS_ONLY.fullmatch(bare) or bare.isdigit():
        return None
    read = find_numbers(bare.translate(LOOK_ALIKES))
    if len(read) != 1 or read[0].end - read[0].start != len(bare):
        return None
    return replace(
        read[0],
        start=start,
        end=start + len(bare),
        text=bare,
        damaged=not bare.strip("+-−–£% ").replace(".", "").replace(",", "").isdigit(),
    )


def _only_numbers(text: str, numbers: tuple[Number, ...]) -> bool:
    at = 0
    for number in numbers:
        if not _BETWEEN.fullmatch(text[at : number.start]):
            return False
        at = number.end
    return _BETWEEN.fullmatch(text[at:]) is not None


def _is_year(numbers: tuple[Number, ...]) -> bool:
    n = numbers[0]
    return len(numbers) == 1 and n.unit == "" and re.fullmatch(r"(?:19|20)\d\d", n.text) is not None


def _placed(text: str, numbers: tuple[Number, ...]) -> tuple[Part, ...]:
    parts: list[Part] = []
    for number in numbers:
        before = text[: number.start]
        over = re.search(r"(?:/|\bof)\s*$", before)
        if over and parts:
            place: Place = "over"
        elif before.count("(") > before.count(")") or before.count("[") > before.count("]"):
            place = "bracket" if parts else "main"
        else:
            place = "main" if not parts else "bracket"
        parts.append(Part(number=number, place=place))
    return tuple(parts)
