"""The rules by which single periods and dates are found; `periods` chooses among what they find."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from extractors.language.dates import (
    FISCAL,
    SHORT_FISCAL,
    DatePoint,
    consecutive,
    consecutive_short,
    find_points,
    last_day,
    month_range,
    numeric_dates,
)
from schemas.periods import Period

MentionKind = Literal["year", "half", "quarter", "calendar", "day", "range", "relative", "date"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodMention:
    """Characters `start` to `end` name a period, or (kind `date`) a time that is none.

    `period` is set where the words state all of it; of a `date` it is the day, month or year, for whom it may help. The rest is
    for `resolve`: `months` (first, last) of some financial year; `day` (month, day) of some year; `years_back` from the
    context; `quarters_back`; `same_part`: the part of `period` that the context is of its own year. A `misprint` ("2021-21")
    reads as a year but is none.
    """

    start: int
    end: int
    kind: MentionKind
    period: Period | None = None
    months: tuple[int, int] | None = None
    day: tuple[int, int] | None = None
    years_back: int = 0
    quarters_back: int = 0
    same_part: bool = False
    misprint: bool = False


_I = re.IGNORECASE
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {w: n for n, w in enumerate(_WORDS)}
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4}
_ORDINALS["last"] = 4
_HALVES = {1: (4, 9), 2: (10, 3)}
_QUARTERS = {1: (4, 6), 2: (7, 9), 3: (10, 12), 4: (1, 3)}

_SORT = r"(?:(?:reporting|financial|municipal|fiscal|council|calendar|reported|full)\s+)?"
_COUNT = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen)"
_BACK = r"(?:last|previous|preceding|prior)"
_THIS_YEAR = rf"(?:(?:the|this|(?:the\s+)?current)\s+{_SORT}year)"
_LAST_YEAR = (
    rf"(?:{_BACK}\s+{_SORT}year|(?:the\s+)(?:previous|preceding|prior|last|past)\s+{_SORT}year|the\s+year\s+before)"
)

_FISCAL = re.compile(rf"(?:\bFY\s?)?{FISCAL}", _I)
_SHORT_FISCAL = re.compile(
    r"(?<![\d/.,£])(FY\s?)?(['’‘])?(\d\d)\s?([/\-–])\s?(\d\d)(?![\d/%.]\d|\d|%|/)(\s+(?:financial\s+|reporting\s+)?year\b(?![\s-]olds?))?",
    _I,
)
_PART_NAME = (
    r"(?P<{p}>\bH[12lI]\b|\bQ\s?[1-4lI](?!\w|\.\d)|\b(?:quarter|qtr\.?)\s*(?:[1-4lI](?![,.]\d)|(?:one|two|three|four)(?!\s+(?:was|were|had|came)\b))\b"
    r"|\b(?:first|second|third|fourth|final|last|1st|2nd|3rd|4th)\s+quarter\b"
    r"|\b(?:first|second|1st|2nd)\s+half(?:[\s-]year)?\b"
    r"|\b(?:first|second|last|final)\s+(?:six|6|three|3|nine|9)\s+months\b|\bhalf[\s-]year(?:\s+[12](?![\d,.]*\d))?\b)"
)
_PART = re.compile(
    _PART_NAME.format(p="part")
    + rf"(?:[\s,]*\(?(?:\s*\b(?:of|in|for|during)\b)?\s*(?:the\s+)?(?:year\s+)?(?:{FISCAL}|{SHORT_FISCAL})\)?"
    + rf"|\s+(?:of\s+|in\s+)?(?:(?P<past>{_LAST_YEAR})|(?P<this>{_THIS_YEAR}))\b)?",
    _I,
)
_YEAR_PART = re.compile(rf"{FISCAL}[\s:_(–-]{{0,3}}(?:,\s*(?!.{{1,15}}20\d\d))?{_PART_NAME.format(p='part')}", _I)
_QUARTERS_LIST = re.compile(r"\bquarters\s+([1-4]|one|two|three)\s*(?:and|to|-|–|&)\s*([2-4]|two|three|four)\b", _I)
_SAME_PART = re.compile(
    rf"\b(?:the\s+)?(?:same|equivalent|corresponding|comparable)\s+(?:reporting\s+)?(?:period|quarter|half|time|point|months|(?:six|three)\s+months)"
    rf"(?:\s+(?:of|in|during|for))?\s+(?:(?:the\s+)?(?:year\s+)?(?:{FISCAL}|(?P<cy>20\d\d)(?![\w%/–-]|[.,]\d))|(?P<past>{_LAST_YEAR}|a\s+year\s+(?:ago|earlier|before))\b)",
    _I,
)
_RELATIVE = re.compile(
    rf"""\b(?:
      (?P<end>(?:the\s+)?end\s+of\s+(?:(?P<end_past>{_LAST_YEAR})|(?:{_THIS_YEAR}|(?:the|this)\s+(?:reporting\s+)?(?:period|quarter)|year))\b
        |(?:the\s+)?(?:financial\s+)?year[\s-]end\b(?!\s+report)
        |at\s+the\s+(?:time|point)\s+of\s+(?:this|the|our)\s+(?:inspection|review)\b)
    | (?P<ago>(?P<n>{_COUNT}|a)\s+years?\s+(?:ago|earlier|before|previously)\b|the\s+year\s+before\s+last\b)
    | (?P<past>(?:this\s+time\s+)?{_BACK}\s+{_SORT}(?:year|period)\b|the\s+year\s+(?:before|prior|previous)\b
        |the\s+(?:previous|preceding|prior)\s+(?:12|twelve)\s+months\b
        |(?:12|twelve)\s+months\s+(?:ago|earlier|before|previously)\b)
    | (?P<lately>the\s+(?:past|last)\s+{_SORT}year\b)
    | (?P<quarter>(?:last|the\s+(?:previous|preceding|prior))\s+quarter\b)
    | (?P<future>(?:next|(?:the\s+)?(?:following|coming|forthcoming))\s+{_SORT}(?:year|quarter|period)\b)
    | (?P<span>(?:last|past|previous|preceding|next|coming|first)\s+{_COUNT}\s+(?:working\s+)?(?:days|weeks|months|years)\b
        |{_COUNT}\s+(?:days|weeks|months|years)(?:\s+(?:ago|earlier)\b|['’]\s+time\b))
    | (?P<now>(?:this|the\s+current)\s+{_SORT}(?:year|period|quarter)\b|the\s+same\s+(?:reporting\s+)?(?:period|year)\b
        |the\s+{_SORT}(?:year|period)\b(?!\s+groups?\b)(?:\s+(?:under\s+review|as\s+a\s+whole|in\s+question))?)
    )(?![-–]\w)""",
    _I | re.VERBOSE,
)
_PLAIN_YEAR = re.compile(r"(?<![\w£$€#.,/\-–'’])(?<!\d\s)(19[89]\d|20[0-4]\d)(?![\w%]|[.,]\d|[/\-–]\d)", _I)

# Words before a date that make it the day of a stock; "on" and "by" do so only for the last day of a quarter.
_STOCK_BEFORE = re.compile(r"(?:\bas\s+(?:at|of|on)|\bat)\s+(?:the\s+)?(?:close\s+(?:of|on)\s+)?$", _I)
_END_BEFORE = re.compile(r"\bend\s+(?:of\s+)?$", _I)
_ON_BEFORE = re.compile(
    r"(?<!ends )(?<!ended )(?<!expires )(?<!expired )(?<!begins )(?<!began )(?<!starts )\b(?:on|by)\s+(?:the\s+)?$", _I
)
_LENGTH_BEFORE = re.compile(
    r"\b(year|(?:12|twelve|six|6|three|3|nine|9)[\s-]months?(?:\s+period)?|quarter|half[\s-]year)\s+"
    r"(?:ended|ending|end|to|up\s+to|until)\s+(?:on\s+)?(?:the\s+)?$",
    _I,
)
_LENGTHS = {"year": 12, "twelve": 12, "12": 12, "half": 6, "six": 6, "6": 6, "quarter": 3, "three": 3, "3": 3}
_LENGTHS |= {"nine": 9, "9": 9}
_RANGE_WORD = re.compile(r"\s*(?:to|until|till|through|up\s+to|-|–|—|‐|(?P<and>and|&))\s*(?:the\s+|end\s+of\s+)?", _I)
_BETWEEN_BEFORE = re.compile(r"\bbetween\s+(?:the\s+)?$", _I)
_LAW_BEFORE = re.compile(
    r"(?:\b(?:Acts?|Regulations?|Order|Rules?|Code|Directive|Bill|Standards|Guidance)\)?|[A-Z]\w*['’)]*,?)\s*(?:of\s+)?\(?$"
)
_LAW_AFTER = re.compile(r"\s+(?:Act|Regulations?|Order|Rules|Code|Guidance|Directive|[Gg]uidance|[Rr]egulations)\b")
_YEAR_BEFORE = re.compile(r"\b(?:in|during|throughout|year|against|than|compared\s+(?:with|to))\s+$", _I)
_YEAR_FOR = re.compile(r"\bfor\s+$", _I)
_COUNTED = re.compile(r"\s+(?:[a-z]+s|children|people)\b")
_COMPARED = re.compile(
    r"\b(?:than|compared\s+(?:with|to)|(?:increase|decrease|rise|fall|reduction|up|down)\s+(?:on|over|from)|against|on)\s+(?:in\s+|that\s+of\s+)?$",
    _I,
)


def find_years(text: str) -> Iterator[PeriodMention]:
    """Financial years: "2014/15", "2018 - 19", "FY 22/23"."""
    for match in _FISCAL.finditer(text):
        years = consecutive(match)
        academic = re.search(r"\b(?:academic|school)\s+year\s+$", text[max(0, match.start() - 16) : match.start()], _I)
        if years is None:
            first, second = match["fy"], match["fz"]
            if not (first + second).isdigit() or second < first[-len(second) :] or " " in match[0]:
                continue
            # "2021-21" is a slip; "plan 2022-25" is a time, but none that figures are reported for
            misprint = first.endswith(second)
            kind: MentionKind = "year" if misprint else "date"
            yield PeriodMention(start=match.start(), end=match.end(), kind=kind, misprint=misprint)
        elif academic:
            period = Period.between(date(years, 9, 1), date(years + 1, 8, 31))
            yield PeriodMention(start=match.start(), end=match.end(), kind="range", period=period)
        else:
            yield PeriodMention(start=match.start(), end=match.end(), kind="year", period=Period.financial(years))
    for match in _SHORT_FISCAL.finditer(text):
        first, second = int(match[3]), int(match[5])
        spoken = match[1] or match[2] or match[6]
        if not spoken and match[4] == "/":
            spoken = re.search(
                r"\b(?:in|during|for|year|since)\s+$", text[max(0, match.start() - 12) : match.start()], _I
            )
        if spoken and (first + 1) % 100 == second and (first >= 90 or first <= 45):
            year = first + (1900 if first >= 90 else 2000)
            yield PeriodMention(start=match.start(), end=match.end(), kind="year", period=Period.financial(year))


def find_parts(text: str) -> Iterator[PeriodMention]:
    """Quarters, halves and "first nine months", with their year or without."""
    for match in (*_YEAR_PART.finditer(text), *_PART.finditer(text)):
        read = _read_part(match["part"])
        words = match.groupdict()
        short = consecutive_short(match) if words.get("sy") else None
        year = consecutive(match) if match["fy"] else short
        if read is None or year is None and match["fy"]:
            continue
        end = match.end("part") if words.get("sy") and short is None else match.end()
        kind, months = read
        if year is None and not words.get("past") and not words.get("this"):
            # "the second half of the meeting", "the first six months of the scheme" are no parts of a year
            if re.match(r"\s+of\b", text[end:]) and not re.match(r"[hq\s]*\d|quarter", match["part"], _I):
                continue
            if re.match(r"(?:last|final)\s+(?:six|6|three|3|nine|9)|last\s+quarter", match["part"], _I):
                continue
        if months is None:
            # a half-year report is about April to September; without a year it is the half that the context is
            period = None if year is None else Period.half(year, 1)
            yield PeriodMention(start=match.start(), end=end, kind="half", period=period)
            continue
        period = None if year is None else month_range(year, *months)
        back = 1 if words.get("past") else 0
        yield PeriodMention(start=match.start(), end=end, kind=kind, period=period, months=months, years_back=back)
    for match in _QUARTERS_LIST.finditer(text):
        first, last = (_number(match[n]) for n in (1, 2))
        if first < last:
            months = (_QUARTERS[first][0], _QUARTERS[last][1])
            yield PeriodMention(start=match.start(), end=match.end(), kind="range", months=months)


def _read_part(words: str) -> tuple[MentionKind, tuple[int, int] | None] | None:
    """Kind and months of "Q3", "second half", "first nine months"; no months for a bare "half year"."""
    parts = re.findall(r"[a-z]+|\d(?:st|nd|rd|th)?", words.lower().replace("-", " "))
    number = next((_number(p) for p in parts if p in _ORDINALS or p in _NUMBERS or p in "1234il"), 0)
    if "months" in parts:
        length = _number(parts[1])
        return ("half" if length == 6 else "quarter" if length == 3 else "range"), _months_span(length, parts[0])
    if parts[0][0] == "h" or "half" in parts:
        return ("half", _HALVES[number]) if number in _HALVES else ("half", None)
    return ("quarter", _QUARTERS[number]) if number in _QUARTERS else None


def _months_span(length: int, which: str) -> tuple[int, int] | None:
    if which == "first":
        return 4, (3 + length - 1) % 12 + 1
    return (3 - length) % 12 + 1, 3


def _number(word: str) -> int:
    word = word.lower()
    if word in "il":
        return 1
    return _ORDINALS.get(word) or _NUMBERS.get(word) or int(word)


def find_dated(text: str) -> Iterator[PeriodMention]:
    """Dates with month names, alone or in pairs, and dates in numbers."""
    points = find_points(text)
    at = 0
    while at < len(points):
        point, follower = points[at], points[at + 1] if at + 1 < len(points) else None
        joined = follower and _pair(text, point, follower)
        if joined:
            yield joined
            at += 2
            continue
        if point.day or point.year or point.fiscal:
            yield _single(text, point)
        at += 1
    for point in numeric_dates(text):
        yield _single(text, point)


def _pair(text: str, first: DatePoint, second: DatePoint) -> PeriodMention | None:
    word = _RANGE_WORD.fullmatch(text, first.end, second.start)
    before = text[max(0, first.start - 14) : first.start]
    if word is None or first.day_from or second.day_from or first.fiscal is not None:
        return None
    if word["and"] and not _BETWEEN_BEFORE.search(before):
        return None
    start, end = min(first.start, second.start), second.end
    if second.fiscal is not None:
        return PeriodMention(
            start=start, end=end, kind="range", period=month_range(second.fiscal, first.month, second.month)
        )
    if second.year is None:
        if first.year is not None or first.day not in (None, 1):
            return None
        return PeriodMention(start=start, end=end, kind="range", months=(first.month, second.month))
    closing = second.last()
    opening = first.first(first.year if first.year is not None else second.year - (first.month > second.month))
    if opening is None or closing is None or opening > closing:
        return None
    return PeriodMention(start=start, end=end, kind="range", period=Period.between(opening, closing))


def _single(text: str, point: DatePoint) -> PeriodMention:
    before, start = text[max(0, point.start - 40) : point.start], point.start
    if point.fiscal is not None:
        period = month_range(point.fiscal, point.month, point.month)
        return PeriodMention(start=start, end=point.end, kind="range", period=period)
    if point.day_from and (day := point.last()) is not None:
        period = Period.between(day.replace(day=min(point.day_from, day.day)), day)
        return PeriodMention(start=start, end=point.end, kind="range", period=period)
    if length := _LENGTH_BEFORE.search(before):
        months = _LENGTHS[re.split(r"[\s-]", length[1].lower())[0]]
        first = (point.month - months) % 12 + 1
        begin = start - len(before) + length.start()
        if (closing := point.last()) is not None and (
            point.day is None or closing == last_day(closing.year, closing.month)
        ):
            opening = date(closing.year - (first > point.month), first, 1)
            return PeriodMention(start=begin, end=point.end, kind="range", period=Period.between(opening, closing))
        if point.year is None and months <= 12:
            return PeriodMention(start=begin, end=point.end, kind="range", months=(first, point.month))
    if end_word := _END_BEFORE.search(before):
        start = start - len(before) + end_word.start()
    elif not _is_stock(text, point, before):
        dated = point.last()
        period_of_date = None
        if dated is not None:
            period_of_date = Period.day(dated) if point.day else Period.between(dated.replace(day=1), dated)
        return PeriodMention(start=start, end=point.end, kind="date", period=period_of_date)
    if (closing := point.last()) is not None:
        return PeriodMention(start=start, end=point.end, kind="day", period=Period.day(closing))
    return PeriodMention(
        start=start, end=point.end, kind="day", day=(point.month, point.day or 31), years_back=point.years_back
    )


def _is_stock(text: str, point: DatePoint, before: str) -> bool:
    if _STOCK_BEFORE.search(before):
        return True
    if not point.ends_quarter:
        return False
    alone = not before.strip() and not text[point.end :].strip()
    return bool(alone or _ON_BEFORE.search(before) or (before.endswith("(") and text[point.end : point.end + 1] == ")"))


def find_relatives(text: str) -> Iterator[PeriodMention]:
    """Find "last year", "the same period of 2018/19", "at the end of the year", "at the time of this inspection", "over the last 18 months"."""
    for match in _SAME_PART.finditer(text):
        year = consecutive(match) if match["fy"] else None
        if match["past"]:
            yield PeriodMention(start=match.start(), end=match.end(), kind="relative", years_back=1)
        elif year is not None or match["cy"] and not re.search(r"quarter|three", match[0], _I):
            # "the same half of 2021" is of the financial year that begins then
            period = Period.financial(year or int(match["cy"]))
            yield PeriodMention(start=match.start(), end=match.end(), kind="relative", period=period, same_part=True)
    for match in _RELATIVE.finditer(text):
        sort = match.lastgroup if match.lastgroup not in ("n", "end_past") else None
        kind: MentionKind = "relative"
        back = quarters = 0
        if match["end"]:
            kind, back = "day", 1 if match["end_past"] else 0
        elif match["ago"]:
            back = 2 if "last" in match["ago"].lower() else 1 if match["n"] in ("a", "A") else _number(match["n"])
        elif match["past"]:
            before = text[max(0, match.start() - 120) : match.start()].rpartition(". ")[2]
            then = any(m["past"] for m in _RELATIVE.finditer(before))
            # "55 last year and 61 the year before that"
            back = 2 if then and re.match(r"\s+that\b", text[match.end() :], _I) else 1
            if re.match(r"['’]s\s+(?:report|recommendation|action|committee|plan)", text[match.end() :], _I):
                kind = "date"
        elif match["lately"]:
            # "fewer than in the past year" is the year before; "over the past year we have" is this one
            back = 1 if _COMPARED.search(text[max(0, match.start() - 40) : match.start()]) else 0
        elif match["quarter"]:
            quarters = 1
        elif sort in ("future", "span"):
            kind = "date"
        yield PeriodMention(start=match.start(), end=match.end(), kind=kind, years_back=back, quarters_back=quarters)


def find_plain_years(text: str) -> Iterator[PeriodMention]:
    """Years alone: calendar years ("in 2014") and dates of laws and events ("Act 1989", "since 2011")."""
    listed, alone = -1, len(text) < 20 and text.strip()
    for match in _PLAIN_YEAR.finditer(text):
        before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 30]
        year = Period.calendar(int(match[1]))
        kind: MentionKind = "date"
        law = _LAW_BEFORE.search(before) or _LAW_AFTER.match(after)
        counted = _COUNTED.match(after)
        in_list = listed >= 0 and re.fullmatch(r"\s*(?:,|and|or|,\s*and)\s*", text[listed : match.start()])
        spoken = _YEAR_BEFORE.search(before) and not _LAW_AFTER.match(after)
        if spoken or (_YEAR_FOR.search(before) and not counted) or in_list or alone == match[1]:
            kind = "calendar"
        elif counted and not law:
            continue
        listed = match.end() if kind == "calendar" else -1
        yield PeriodMention(start=match.start(), end=match.end(), kind=kind, period=year)
