"""Dates as people write and scanners misread them: the pieces that periods are made of."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from schemas.periods import Period

_I = re.IGNORECASE
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
# Scanners read O for 0, l and I for 1, S for 5, B for 8, and rn for m.
_LOOKALIKES = str.maketrans("OoQIil|SsB", "0001111558")
_D = "[0-9OoIilSsB]"
_YEAR = rf"(?:2[0Oo]{_D}{{2}}|[1lI]9{_D}{{2}})"
_SPACED_YEAR = rf"(?:2\s?[0Oo]\s?{_D}\s?{_D}|[1lI]9{_D}{{2}})"
_DASH = "[-–—‐‑−]"

# A financial year: "2014/15", "2018 - 19", "2O15/I6", "2015/1 6", "2014 to 2015". Whether the years follow on one another is for
# `consecutive` to say.
FISCAL = (
    rf"(?<![0-9£.,])(?<![0-9]/)(?P<fy>{_SPACED_YEAR})"
    rf"(?:[ \u00a0]?(?:/|{_DASH})\s?|\s+to\s+(?=[12lI]))"
    rf"(?P<fz>{_YEAR}|{_D}\s?{_D})(?![0-9]|[/.]\d|{_DASH}\d\d?(?!\d))(?!['’]?[a-z]{{1,2}}\d)"
)
# The same in short, which says so only behind the name of a part of the year: "Apr-Sept 21/22", "Q2 21/22".
SHORT_FISCAL = r"(?P<sy>\d\d)[/-](?P<sz>\d\d)(?![\d/-]|[.,]\d)"
# “Complaints at Stage 1 may be divided” has no date: behind "may" in small letters a verb follows.
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|(?!(?-i:may) (?!to\b|and\b|of\b|in\b|for\b|at\b|by\b|on\b|with\b|last\b|the\b|was\b|were\b|had\b)(?-i:[a-z]))may|june?|july?|aug(?:ust)?|sept?(?:te(?:m|rn)ber|e(?:m|rn)ber)?"
    r"|oct(?:ober)?|nov(?:e(?:m|rn)ber)?|dec(?:e(?:m|rn)ber)?)(?![a-z])"
)
_DAY = r"(?=[a-z]?\d)[0-3OIl]?[0-9OIlS]"
_TH = r"(?:\s?(?:st|nd|rd|th)\b)?"
_POINT = re.compile(
    rf"(?:(?<![\w.,/£])(?:(?P<d0>{_DAY}){_TH}\s*(?:to|and|&|{_DASH})\s*)?(?P<d1>{_DAY}){_TH}\s*(?:of\s+)?|(?<![a-z]))"
    rf"(?P<m>{_MONTH})(?:\.(?=[\s,]{{0,3}}['’]?\d))?"
    rf"(?:\s+(?P<d2>[0-3]?\d){_TH}(?=,?\s+{_YEAR}(?!\w)))?"
    rf"(?:[,\s]*{FISCAL}|\s+{SHORT_FISCAL}|[,\s]*(?P<y>{_YEAR})(?![\w%]|[.,]\d)|[\s-]?['’](?P<yy>\d\d)(?!\w)|-(?P<yz>\d\d)(?!\w)"
    r"|\s+(?:of\s+)?(?P<past>last\s+year|(?:the\s+)?(?:previous|preceding|prior)\s+year)\b)?",
    _I,
)
_NUMERIC = re.compile(r"(?<![\w/.£-])([0-3]?\d)([/.-])([01]?\d)\2((?:19|20)?\d\d)(?![\w/-]|\.\d)")
_ISO = re.compile(r"(?<![\w/.£-])((?:19|20)\d\d)-([01]\d)-([0-3]\d)(?![\w-])")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePoint:
    """A month with what stands around it: day (`day_from` is the first of "6-30 March"), year or financial year (its first year)."""

    start: int
    end: int
    month: int
    day: int | None = None
    day_from: int | None = None
    year: int | None = None
    fiscal: int | None = None
    years_back: int = 0

    @property
    def ends_quarter(self) -> bool:
        """Whether the day is the last of March, June, September or December."""
        return self.month % 3 == 0 and self.day == last_day(2001, self.month).day

    def first(self, year: int) -> date | None:
        """The day, or the first of the month, in `year`."""
        return _made(year, self.month, self.day or 1)

    def last(self) -> date | None:
        """The day, or the last of the month; None without a year."""
        if self.year is None:
            return None
        return _made(self.year, self.month, self.day) if self.day else last_day(self.year, self.month)


def read_year(printed: str) -> int | None:
    """The year in "2O1 5", or None."""
    digits = re.sub(r"\s", "", printed).translate(_LOOKALIKES)
    return int(digits) if digits.isdigit() and len(digits) == 4 else None


def consecutive(match: re.Match[str]) -> int | None:
    """First year of a `FISCAL` match whose two years follow on one another, else None."""
    year = read_year(match["fy"])
    second = re.sub(r"\s", "", match["fz"]).translate(_LOOKALIKES)
    if year is None or not second.isdigit():
        return None
    follows = int(second) == year + 1 if len(second) == 4 else int(second) == (year + 1) % 100
    return year if follows and 1980 <= year <= 2060 else None


def consecutive_short(match: re.Match[str]) -> int | None:
    """First year of a `SHORT_FISCAL` match whose two years follow on one another, else None."""
    first, second = int(match["sy"]), int(match["sz"])
    return 2000 + first if (first + 1) % 100 == second and first <= 60 else None


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def month_range(year: int, first: int, last: int) -> Period:
    """Months `first` to `last` (1-12), both included, that begin in the financial year that starts in `year`."""
    start = date(year + (first < 4), first, 1)
    return Period.between(start, last_day(start.year + (last < first), last))


def find_points(text: str) -> list[DatePoint]:
    """Dates with the name of a month, in order. A bare month ("in May", "may") is one only for what is joined to it."""
    points: list[DatePoint] = []
    at = 0
    while match := _POINT.search(text, at):
        fiscal = consecutive(match) if match["fy"] else None
        # in "1 April 2016 - 31 March 2017" the 31 belongs to what follows
        at = end = match.end("fy") if match["fy"] and fiscal is None else match.end()
        if match["sy"]:
            fiscal = consecutive_short(match)
            end = at = match.end() if fiscal else len(text[: match.start("sy")].rstrip())
        full, short = match["y"] or (match["fy"] if fiscal is None else None), match["yy"] or match["yz"]
        year = read_year(full) if full else 2000 + int(short) if short else None
        day = _day(match["d1"] or match["d2"])
        if day == 0:
            continue
        points.append(
            DatePoint(
                start=match.start(),
                end=end,
                month=_MONTHS[match["m"][:3].lower()],
                day=day,
                day_from=_day(match["d0"]),
                year=year,
                fiscal=fiscal,
                years_back=1 if match["past"] else 0,
            )
        )
    return points


def numeric_dates(text: str) -> Iterator[DatePoint]:
    """Dates in numbers: 14/11/2022, 30.09.15, 2022-11-14."""
    for match in _NUMERIC.finditer(text):
        year = int(match[4]) if len(match[4]) == 4 else 2000 + int(match[4])
        if found := _made(year, int(match[3]), int(match[1])):
            yield DatePoint(start=match.start(), end=match.end(), month=found.month, day=found.day, year=year)
    for match in _ISO.finditer(text):
        if found := _made(int(match[1]), int(match[2]), int(match[3])):
            yield DatePoint(start=match.start(), end=match.end(), month=found.month, day=found.day, year=found.year)


def _day(printed: str | None) -> int | None:
    """A day of the month; 0 where the number is none."""
    if not printed:
        return None
    digits = printed.translate(_LOOKALIKES)
    return int(digits) if digits.isdigit() and 1 <= int(digits) <= 31 else 0


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
