"""The period of a table cell, from what its row and its column say and the period of the document."""

from dataclasses import replace

from extractors.figures.bracketed import prior_in_brackets
from extractors.figures.drafts import Context
from extractors.figures.table_heads import Heads
from extractors.figures.table_labels import Label, month_of
from extractors.figures.when import STOCKS
from extractors.language.dates import month_range
from extractors.language.periods import PeriodMention, find_periods, narrowed, resolve
from schemas.periods import Period


def cell_period(row: Label, column: Label, measure: str, context: Context) -> Period | None:
    """The period of the cell where `row` and `column` meet.

    A part of a year ("Q2") is of the year that the other side names; what neither says is the document's.
    """
    document = context.heading.period or context.period
    years = [_stated(m, None, document, measure) for m in (*column.mentions, *row.mentions)]
    year = next((y for y in years if y is not None and y.kind in ("year", "calendar")), None)
    month = month_of(row.text) or month_of(column.text)
    base = year or document
    if month is not None and base is not None:
        return month_range(base.financial_year, month, month)
    parts = [_stated(m, base, document, measure) for m in (*row.mentions, *column.mentions) if m.kind != "relative"]
    finer = next((p for p in parts if p is not None and p.kind not in ("year", "calendar")), None)
    if finer is not None:
        return finer
    relative = [
        _stated(m, document, document, measure) for m in (*row.mentions, *column.mentions) if m.kind == "relative"
    ]
    return year or next((p for p in relative if p is not None), None) or document


def titled_period(heads: Heads, measure: str, context: Context) -> Period | None:
    """The one year that the title of a table names, where no head or label names a period."""
    if context.bracketed and prior_in_brackets(heads.title.text, context.period):
        return None
    labels = [*heads.columns.values(), *(r for r in heads.rows.values() if r is not None), heads.corner]
    if any(x.mentions or month_of(x.text) for x in labels) or len(heads.title.mentions) != 1:
        return None
    document = context.heading.period or context.period
    year = resolve(heads.title.mentions[0], document) if heads.title.mentions[0].kind != "date" else None
    return narrowed(year, document) if year is not None and year.kind == "year" else None


def under_dated_heading(title: str, context: Context) -> Context:
    """The context of a table without a caption, right under a heading that names one year: what its heads do not date is of that year."""
    years = [m for m in find_periods(title) if m.kind != "date"]
    year = resolve(years[0], context.period) if len(years) == 1 and years[0].kind == "year" else None
    if year is None or prior_in_brackets(title, context.period):
        return context
    return replace(context, heading=replace(context.heading, period=narrowed(year, context.period)))


def _stated(mention: PeriodMention, base: Period | None, document: Period | None, measure: str) -> Period | None:
    if mention.kind == "date":
        return mention.period if mention.period is not None and mention.period.start is not None else None
    period = resolve(mention, base)
    if period is None:
        return None
    if period.start is None and measure not in STOCKS:
        # "At 31 March 2015" over a count of what came in means the year that ended then.
        return Period.financial(period.financial_year)
    return narrowed(period, document)


def latest(periods: list[Period]) -> Period | None:
    """The period that ends last: a change is reported for it."""
    return max(periods, key=lambda p: p.end, default=None)
