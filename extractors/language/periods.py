"""Periods in running text: years, halves, quarters, dated stocks, "last year"; and dates, which are no periods for figures.

`find_periods` says where they stand and what they state; `resolve` completes those that lean on the period of their sentence
or document ("Q3", "at 31 March", "the previous year").
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from extractors.language.dates import last_day, month_range
from extractors.language.period_rules import (
    MentionKind,
    PeriodMention,
    find_dated,
    find_parts,
    find_plain_years,
    find_relatives,
    find_years,
)
from schemas.periods import Period

__all__ = ["MentionKind", "PeriodMention", "find_periods", "narrowed", "resolve"]

_I = re.IGNORECASE
_LEADS_ON = re.compile(r"\s*(?:of|from|between|covering|for|in|,|:|\()?\s*")
_NEXT_STOCK = re.compile(r"[\s,;(]*(?:and|or|&|to|from|than|compared\s+(?:with|to))?\s*(?:the\s+)?", _I)


def find_periods(text: str) -> tuple[PeriodMention, ...]:
    """All periods and dates in `text`, in order, without overlap; where two readings overlap the longer is kept."""
    found = [*find_years(text), *find_parts(text), *find_dated(text), *find_relatives(text), *find_plain_years(text)]
    taken: list[PeriodMention] = []
    covered = bytearray(len(text))
    for mention in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        if not any(covered[mention.start : mention.end]):
            covered[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
            taken.append(mention)
    joined = _joined(text, sorted(taken, key=lambda m: m.start))
    return tuple(replace(m, kind=m.period.kind) if m.kind == "range" and m.period else m for m in joined)


def resolve(mention: PeriodMention, context: Period | None) -> Period | None:
    """The period of `mention`, completed by `context`, the period of its sentence or document. None for dates and misprints."""
    if mention.kind == "date" or mention.misprint:
        return None
    if mention.period is not None:
        if mention.same_part and context is not None:
            return _same_part(context, mention.period.financial_year)
        return mention.period
    if context is None:
        return None
    period: Period = context
    if mention.months is not None:
        period = month_range(context.financial_year, *mention.months)
    elif mention.day is not None:
        period = Period.day(_day_within(context, *mention.day))
    elif mention.quarters_back:
        period = _quarter_before(context)
    elif mention.kind == "half" and context.kind != "half":
        return None
    for _ in range(mention.years_back):
        period = period.previous()
    # "at the end of the year"
    return Period.day(period.end) if mention.kind == "day" else period


def narrowed(period: Period, document: Period | None) -> Period:
    """`period`, or the same part of it as `document` is of its year.

    In a report on April to September 2019/20 "2018/19" beside it means April to September too.
    """
    if document is None or period.kind != "year" or document.kind not in ("half", "quarter"):
        return period
    return _same_part(document, period.financial_year)


def _same_part(context: Period, year: int) -> Period:
    if context.start is None or context.kind == "calendar":
        return Period.financial(year)
    return month_range(year, context.start.month, context.end.month)


def _day_within(context: Period, month: int, day: int) -> date:
    """The day of the year that lies in `context`, else in its financial year."""
    for year in (context.end.year, context.end.year - 1):
        if context.start is not None and context.start <= (found := _clipped(year, month, day)) <= context.end:
            return found
    return _clipped(context.financial_year + (month < 4), month, day)


def _clipped(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, last_day(year, month).day))


def _quarter_before(context: Period) -> Period:
    """The quarter before a quarter; the last quarter of anything longer."""
    number, year = (context.end.month - 4) % 12 // 3 + 1, context.financial_year
    if context.kind != "quarter":
        return Period.quarter(year, number)
    return Period.quarter(year, number - 1) if number > 1 else Period.quarter(year - 1, 4)


def _joined(text: str, mentions: list[PeriodMention]) -> Iterator[PeriodMention]:
    """Mentions that belong together made one: "2018/19 (April to September)", "at 31 March 2014 and 31 March 2015"."""
    last: PeriodMention | None = None
    for mention in mentions:
        if last is not None:
            between = text[last.end : mention.start]
            states = mention.period is not None and mention.kind != "date"
            if last.kind == "relative" and not last.years_back and states and _LEADS_ON.fullmatch(between):
                last = mention
                continue
            months = mention.months if mention.kind == "range" and mention.period is None else None
            if last.kind == "year" and last.period and months and re.fullmatch(r"\s*[(,:–-]?\s*", between):
                period = month_range(last.period.financial_year, *months)
                last = replace(last, end=mention.end, kind="range", period=period)
                continue
            stock = mention.kind == "date" and mention.period is not None and mention.period.kind == "day"
            if (
                last.kind == "day"
                and stock
                and _NEXT_STOCK.fullmatch(between)
                and mention.period == _quarter_day(mention.period)
            ):
                mention = replace(mention, kind="day")
            yield last
        last = mention
    if last is not None:
        yield last


def _quarter_day(period: Period | None) -> Period | None:
    if period is None or period.end.month % 3 or period.end != last_day(period.end.year, period.end.month):
        return None
    return period
