"""Periods: a reporting year, a half, a quarter, a calendar year, or the day of a stock."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

PeriodKind = Literal["year", "half", "quarter", "calendar", "day", "range"]

# A financial year runs from 1 April to 31 March.
_FIRST_MONTH = 4
_ONE_DAY = timedelta(days=1)

_YEAR = re.compile(r"(\d{4})/(\d{2})")
_PART = re.compile(r"(\d{4})/(\d{2}) ([HQ])([1-4])")
_CALENDAR = re.compile(r"\d{4}")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTHS = re.compile(r"(\d{4})-(\d{2})(?:/(\d{4})-(\d{2}))?")
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, or one day (then `start` is None), with the code that the exports use.

    Codes: "2014/15", "2019/20 H1", "2021/22 Q3", "2014", "2015-03-31"; and for what is none of these "2019-04/2019-12" (whole
    months), "2019-04" (one month) or "2017-03-06/2017-03-30" (days). Use the constructors: they keep code and dates in step.
    """

    code: str
    start: date | None
    end: date

    def __post_init__(self) -> None:
        if self.start is not None and self.start > self.end:
            raise ValueError(f"a period ends after it starts: {self.start} to {self.end}")

    @classmethod
    def financial(cls, year: int) -> "Period":
        """The financial year that starts on 1 April of `year`."""
        return cls(_year_code(year), date(year, 4, 1), date(year + 1, 3, 31))

    @classmethod
    def half(cls, year: int, number: int) -> "Period":
        """Half 1 (April to September) or 2 of the financial year that starts in `year`."""
        if number not in (1, 2):
            raise ValueError(f"a year has halves 1 and 2, not {number}")
        return cls(f"{_year_code(year)} H{number}", *_months_of(year, 6 * (number - 1), 6))

    @classmethod
    def quarter(cls, year: int, number: int) -> "Period":
        """Quarter 1 (April to June) to 4 of the financial year that starts in `year`."""
        if number not in (1, 2, 3, 4):
            raise ValueError(f"a year has quarters 1 to 4, not {number}")
        return cls(f"{_year_code(year)} Q{number}", *_months_of(year, 3 * (number - 1), 3))

    @classmethod
    def calendar(cls, year: int) -> "Period":
        """January to December of `year`."""
        return cls(f"{year:04d}", date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def day(cls, end: date) -> "Period":
        """The day on which a stock was counted."""
        return cls(end.isoformat(), None, end)

    @classmethod
    def between(cls, start: date, end: date) -> "Period":
        """The period from `start` to `end`, both included, under the name that it has: 1 April to 30 September is a half."""
        year, number = start.year, (start.month - _FIRST_MONTH) % 12
        if start.month < _FIRST_MONTH:
            year -= 1
        named = [cls.financial(year), cls.half(year, number // 6 + 1), cls.quarter(year, number // 3 + 1)]
        for period in (*named, cls.calendar(start.year)):
            if (period.start, period.end) == (start, end):
                return period
        if start.day != 1 or (end + _ONE_DAY).day != 1:
            return cls(f"{start.isoformat()}/{end.isoformat()}", start, end)
        first, last = f"{start:%Y-%m}", f"{end:%Y-%m}"
        return cls(first if first == last else f"{first}/{last}", start, end)

    @classmethod
    def parse(cls, code: str) -> "Period":
        """The period whose code is `code`. Raises ValueError when it is no code, or not the code of that period."""
        period = _parsed(code)
        if period is None or period.code != code:
            raise ValueError(f"not the code of a period: {code!r}")
        return period

    @property
    def kind(self) -> PeriodKind:
        """What sort of period this is."""
        if self.start is None:
            return "day"
        if match := _PART.fullmatch(self.code):
            return "half" if match[3] == "H" else "quarter"
        if _YEAR.fullmatch(self.code):
            return "year"
        return "calendar" if _CALENDAR.fullmatch(self.code) else "range"

    @property
    def financial_year(self) -> int:
        """The calendar year in which the financial year that this period ends in began."""
        return self.end.year if self.end.month >= _FIRST_MONTH else self.end.year - 1

    def previous(self) -> "Period":
        """The same period one year before."""
        end = _year_before(self.end)
        return Period.day(end) if self.start is None else Period.between(_year_before(self.start), end)

    def next(self) -> "Period":
        """The same period one year after."""
        end = _year_after(self.end)
        return Period.day(end) if self.start is None else Period.between(_year_after(self.start), end)

    def __str__(self) -> str:
        return self.code


def _year_code(year: int) -> str:
    return f"{year:04d}/{(year + 1) % 100:02d}"


def _months_of(year: int, after: int, count: int) -> tuple[date, date]:
    """First and last day of `count` months that begin `after` months into the financial year `year`."""
    return _month_start(year, _FIRST_MONTH + after), _month_start(year, _FIRST_MONTH + after + count) - _ONE_DAY


def _month_start(year: int, month: int) -> date:
    """The first of a month; months over 12 run on into the next year."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _year_before(day: date) -> date:
    """The same day a year earlier; the last of February stays the last of February."""
    return _in_year(day, day.year - 1)


def _year_after(day: date) -> date:
    """The same day a year later; the last of February stays the last of February."""
    return _in_year(day, day.year + 1)


def _in_year(day: date, year: int) -> date:
    last = (day + _ONE_DAY).day == 1
    days = monthrange(year, day.month)[1]
    return date(year, day.month, days if last else min(day.day, days))


def _parsed(code: str) -> Period | None:
    """The period of `code`; its own code may differ from a code that contradicts itself (2014/16)."""
    if match := _YEAR.fullmatch(code):
        return Period.financial(int(match[1]))
    if match := _PART.fullmatch(code):
        return (Period.half if match[3] == "H" else Period.quarter)(int(match[1]), int(match[4]))
    if _CALENDAR.fullmatch(code):
        return Period.calendar(int(code))
    if _DAY.fullmatch(code):
        return Period.day(date.fromisoformat(code))
    if match := _MONTHS.fullmatch(code):
        start = date(int(match[1]), int(match[2]), 1)
        end = _month_start(int(match[3] or match[1]), int(match[4] or match[2]) + 1) - _ONE_DAY
        return Period.between(start, end)
    if match := _DAYS.fullmatch(code):
        return Period.between(date.fromisoformat(match[1]), date.fromisoformat(match[2]))
    return None
