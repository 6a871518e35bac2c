"""What a cell of values holds: numbers with their places in it, a sign for nothing, or words."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from extractors.figures.table_words import plain, table_words
from extractors.language.numbers import LOOK_ALIKES, SHIFTED_KEYS, Number, find_numbers
from extractors.language.periods import find_periods

CellKind = Literal["numbers", "year", "empty", "suppressed", "words"]
Place = Literal["main", "bracket", "over"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A number of a cell and where it stands: the first, in brackets, or what another is out of ("2/5")."""

    number: Number
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class CellValue:
    """A cell as values. `parts` is empty unless `kind` is "numbers" or "year" (a lone number that may be a year)."""

    kind: CellKind
    parts: tuple[Part, ...] = ()
    falls: bool = False
    days: bool = False


_NOTE_MARKS = re.compile(r"(?<=[\d%)\]])\s*(?:[*†‡#¹²³⁴]+|\[\w\])\s*$")
_BETWEEN = re.compile(r"(?:[\s()\[\]/,;:%▲▼↑↓⬆⬇△▽|]|\b(?:of|out of|or|to|days?|working|weeks?|fte|people|p)\b)*", re.I)
_LETTERS_ONLY = re.compile(r"[+\-−–]?£?[OoIlSsBGZ|\d]{1,4}(?:[.,][OoIlSsBGZ|\d]{1,3})?\s?%?")
_SHIFTED = re.compile(r"[!\"£$%^&]{1,3}")
_DATE = re.compile(r"\b\d{1,2}([/.\-])\d{1,2}\1(?:\d\d){1,2}\b")
_FEW = re.compile(r"(?:<|≤|fewer than|less than|under)\s?\d+", re.I)


def read_value(text: str, *, damaged: bool = False) -> CellValue:
    """The value of a cell. `damaged` lets look-alike letters that stand alone count as digits."""
    bare = plain(text)
    words = table_words()
    if not bare and not text.strip(" .:*"):
        return CellValue(kind="suppressed" if "*" in text else "empty")
    if bare in words.dashes or text.strip() in words.dashes or bare in words.not_applicable:
        return CellValue(kind="empty")
    if _FEW.fullmatch(bare) or (bare in words.suppressed and not damaged):
        return CellValue(kind="suppressed")
    if any(m.kind != "date" and not _bare_year(text, m.start, m.end) for m in find_periods(text)):
        return CellValue(kind="words")
    if _DATE.search(text):
        return CellValue(kind="words")
    trimmed = _NOTE_MARKS.sub("", text)
    numbers = _numbers(trimmed, damaged)
    if not numbers or not _only_numbers(trimmed, numbers):
        return CellValue(kind="words")
    kind: CellKind = "year" if _is_year(numbers) else "numbers"
    return CellValue(
        kind=kind,
        parts=_placed(trimmed, numbers),
        falls=bool(re.search(r"[▼↓⬇▽]", text)),
        days=bool(re.search(r"\b(?:days?|weeks?)\b", text, re.I)),
    )


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
    found = find_numbers(re.sub(r"(?<=\d)(\s?)/(?=\s?[\dOlIS])", r"\1;", text), damaged=damaged)
    if len(found) == 1 and found[0].words and found[0].none and plain(text) == "no":
        # The answer to a question, not a nought.
        return ()
    return found


def _lone_letters(text: str) -> Number | None:
    """A whole cell of letters that look like digits ("S", "O", "I9"), or of marks typed with shift held down ("&$")."""
    bare = text.strip()
    start = text.index(bare) if bare else 0
    if _SHIFTED.fullmatch(bare) and bare not in ("%", "&", "£"):
        meant = bare.translate(SHIFTED_KEYS)
        return Number(
            start=start, end=start + len(bare), text=bare, value=None, damaged=True,
            proposed=Decimal(meant) if meant.isdigit() else None,
        )  # fmt: skip
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
