"""The form that says what a figure is: filled in with what was read, and with what the vocabulary offers to complete it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import get_args

from sqlalchemy import Connection, select

from pipeline.store.queries import Found
from pipeline.store.rows import dims_of, scope_of
from pipeline.store.tables import documents, observations
from review import labels
from review.views.paging import Option
from schemas.decisions import Facts, facts_of
from schemas.errors import UsageError
from schemas.figures import Qualifier, Statistic
from schemas.periods import Period
from schemas.vocabulary import FREE_DIMENSIONS, load_vocabulary

_UNITS = (
    "count",
    "percent",
    "percentage_points",
    "working_days",
    "days",
    "GBP",
    "fte",
    "per_10000_children",
    "per_100000",
)
_SPARE_ROWS = 2
_PRINTED_NUMBER = re.compile(r"-?[\d,]*\d(\.\d+)?")
_NUMBER = str.maketrans({",": "", "−": "-", "£": "", "%": "", " ": ""})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the fields offer."""

    measures: tuple[Option, ...]
    statistics: tuple[Option, ...]
    units: tuple[Option, ...]
    qualifiers: tuple[Option, ...]
    dimensions: tuple[Option, ...]
    values: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureForm:
    """What stands in the fields; `dims` has empty rows for more."""

    value: str
    measure: str
    statistic: str
    unit: str
    qualifier: str
    period: str
    dims: tuple[tuple[str, str], ...]
    why: str
    cause: str
    choices: Choices
    periods: tuple[str, ...]


def figure_form(connection: Connection, row: Found, authority: str) -> FigureForm:
    """The form for a figure that was read."""
    return FigureForm(
        value=row["value"] or "",
        measure=row["measure"],
        statistic=row["statistic"],
        unit=row["unit"],
        qualifier=row["qualifier"],
        period=row["period"] or "",
        dims=_with_spare_rows(dims_of(row["dims"])),
        why="",
        cause="misread",
        choices=choices_of(connection, authority),
        periods=_periods(connection, authority),
    )


def empty_form(connection: Connection, printed: str, period: str, authority: str) -> FigureForm:
    """The form for a figure that was not read: most are counts of complaints of the document's own period."""
    number = _PRINTED_NUMBER.search(printed)
    value = number[0] if number else ""
    measure, statistic, unit = "complaints", "count", "count"
    if "%" in printed:
        statistic, unit = "percent_of", "percent"
    elif "£" in printed:
        measure, statistic, unit = "payments", "amount", "GBP"
    return FigureForm(
        value=value.replace(",", ""),
        measure=measure,
        statistic=statistic,
        unit=unit,
        qualifier="exact",
        period=period,
        dims=_with_spare_rows(()),
        why="",
        cause="",
        choices=choices_of(connection, authority),
        periods=_periods(connection, authority),
    )


def typed_into(form: FigureForm, typed: Mapping[str, Sequence[str]]) -> FigureForm:
    """The form with what somebody typed, to be shown again after a mistake."""
    one = {name: values[0] for name, values in typed.items() if values}
    known = {
        n: one[n] for n in ("value", "measure", "statistic", "unit", "qualifier", "period", "why", "cause") if n in one
    }
    dims = tuple(zip(typed.get("dimension", ()), typed.get("dimension_value", ()), strict=False))
    return replace(form, dims=_with_spare_rows([(n, v) for n, v in dims if n or v]), **known)  # type: ignore[arg-type]


def typed_facts(typed: Mapping[str, Sequence[str]]) -> Facts:
    """What was typed, as facts of a figure. Raises UsageError for a field that makes no sense."""
    one = {name: values[0].strip() for name, values in typed.items() if values}
    dims: dict[str, str] = {}
    for name, value in zip(typed.get("dimension", ()), typed.get("dimension_value", ()), strict=False):
        name, value = name.strip(), " ".join(value.split())
        if bool(name) != bool(value):
            raise UsageError("A breakdown needs both its dimension and its value.", advice="Fill in both, or neither.")
        if name in dims:
            raise UsageError(f"The dimension {name} is given twice.", advice="Leave one of them.")
        if name:
            dims[name] = value
    said: dict[str, str | None] = {
        "value": one.get("value", "").translate(_NUMBER) or None,
        "measure": one.get("measure"),
        "statistic": one.get("statistic"),
        "unit": one.get("unit"),
        "qualifier": one.get("qualifier") or "exact",
        "period": _period(one.get("period", "")),
    }
    return facts_of(said | {f"dims.{name}": value for name, value in dims.items()})


def _period(typed: str) -> str | None:
    if not typed:
        return None
    try:
        return Period.parse(typed.replace("-", "/") if len(typed) == 7 else typed).code
    except ValueError:
        message = f"“{typed}” is no period."
        raise UsageError(message, advice="Write 2014/15, 2019/20 H1, 2021/22 Q3, 2014, or a day: 2015-03-31.") from None


def _with_spare_rows(dims: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return (*dims, *(("", ""),) * _SPARE_ROWS)


@cache
def choices() -> Choices:
    """What the vocabulary offers."""
    vocabulary = load_vocabulary()
    controlled = {d.name: tuple(v.code for v in d.values) for d in vocabulary.dimensions}
    return Choices(
        measures=tuple(Option(code=m.code, label=labels.measure(m.code)) for m in vocabulary.measures if m.code),
        statistics=_options(get_args(Statistic)),
        units=_options(_UNITS),
        qualifiers=_options(get_args(Qualifier)),
        dimensions=_options((*controlled, *(name for name in FREE_DIMENSIONS if name not in controlled))),
        values=controlled,
    )


def choices_of(connection: Connection, authority: str) -> Choices:
    """What the vocabulary offers, and for dimensions that hold a council's own words (team, category, ...) those of its papers."""
    offered = choices()
    said = {name: set[str]() for name in FREE_DIMENSIONS if name not in offered.values}
    one = connection.execute(select(documents).where(documents.c.authority == authority).limit(1)).mappings().first()
    if one is not None:
        query = select(observations.c.dims).where(observations.c.scope == scope_of(one)).distinct()
        for dims in connection.scalars(query):
            for name, value in dims_of(dims):
                if name in said:
                    said[name].add(value)
    own = {name: tuple(sorted(values, key=str.casefold)) for name, values in said.items() if values}
    return replace(offered, values={**offered.values, **own})


def _options(codes: Sequence[str]) -> tuple[Option, ...]:
    return tuple(Option(code=code, label=labels.words(code)) for code in codes)


def _periods(connection: Connection, authority: str) -> tuple[str, ...]:
    """The periods of a council's documents and the years before them, to complete with."""
    query = (
        select(documents.c.period).where(documents.c.authority == authority, documents.c.period.is_not(None)).distinct()
    )
    found = {Period.parse(code) for code in connection.scalars(query)}
    return tuple(sorted({p.code for period in found for p in (period, period.previous())}, reverse=True))
