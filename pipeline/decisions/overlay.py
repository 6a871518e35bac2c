"""Figures as decided: what was read, with what people decided in its place. The rows of the store stay as they were read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Label, RowMapping, and_, select

from pipeline.decisions.chain import decision_of
from pipeline.store.queries import Found
from pipeline.store.rows import decimal_of, dims_of
from pipeline.store.tables import decisions, figures, standings
from schemas.decisions import Cause, Content, Decision, Stale, Status, content_of
from schemas.figures import Figure, Grade, Role
from schemas.periods import Period

_AT_ONCE = 500
_PREFIX = "decided_"

CLEAN: tuple[Grade, ...] = ("read", "proved")
"""Grades of a reading that nothing speaks against: that a person confirms it is nothing new to the checks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided on a figure. `content` is None when it is rejected, or only commented on or waited for."""

    status: Status
    stale: Stale
    decision: Decision
    content: Content | None

    @property
    def cause(self) -> Cause | None:
        """Why it was corrected, if it was."""
        found = dict(self.decision.after).get("cause")
        return "misprint" if found == "misprint" else "misread" if found == "misread" else None


def decided_in(connection: Connection, document_ids: Sequence[int]) -> dict[str, Decided]:
    """What was decided on figures of these documents, by figure id."""
    on_figure = and_(standings.c.subject_kind == "figure", standings.c.subject_id == figures.c.figure_id)
    joined = figures.join(standings, on_figure).join(decisions, decisions.c.number == standings.c.in_force)
    columns = (standings.c.status, standings.c.stale, *decisions.c)
    found: dict[str, Decided] = {}
    for start in range(0, len(document_ids), _AT_ONCE):
        some = figures.c.document_id.in_(document_ids[start : start + _AT_ONCE])
        for row in connection.execute(select(*columns).select_from(joined).where(some)).mappings():
            found[row["subject_id"]] = decided(row["status"], row["stale"], decision_of(row))
    return found


def with_decided(joined: FromClause) -> tuple[FromClause, tuple[Label[Any], ...]]:
    """A join that has `figures`, with what was decided on them, and the columns from which `decided_of` makes it again."""
    on_figure = and_(standings.c.subject_kind == "figure", standings.c.subject_id == figures.c.figure_id)
    outer = joined.outerjoin(standings, on_figure).outerjoin(decisions, decisions.c.number == standings.c.in_force)
    columns = (standings.c.status, standings.c.stale, *decisions.c)
    return outer, tuple(column.label(f"{_PREFIX}{column.name}") for column in columns)


def decided_of(row: RowMapping) -> Decided | None:
    """What was decided on a figure, from a row of such a join."""
    if row[f"{_PREFIX}number"] is None:
        return None
    of_decision = {column.name: row[f"{_PREFIX}{column.name}"] for column in decisions.c}
    return decided(row[f"{_PREFIX}status"], row[f"{_PREFIX}stale"], decision_of(of_decision))


def decided(status: Status, stale: Stale, decision: Decision) -> Decided:
    """What a decision in force on a figure comes to."""
    content = None if decision.action == "reject" else content_of(decision.after)
    return Decided(status=status, stale=stale, decision=decision, content=content)


def as_decided(figures: Iterable[Figure], decided: Mapping[str, Decided], own: Period | None) -> tuple[Figure, ...]:
    """Figures of a document whose period is `own`, as they are to be checked: rejected ones are left out, and of a misprint the value is as printed."""
    found = []
    for figure in figures:
        one = decided.get(figure.figure_id)
        if one is None:
            found.append(figure)
        elif one.content is not None:
            found.append(_as_decided(figure, one, one.content, own))
    return tuple(found)


def _as_decided(figure: Figure, one: Decided, content: Content, own: Period | None) -> Figure:
    value = figure.value if one.cause == "misprint" else content.value
    period = Period.parse(content.period) if content.period else None
    if figure.grade in CLEAN and content == content_of_figure(figure):
        return figure
    return replace(
        figure,
        value=value,
        decimals=figure.decimals if value == figure.value else decimals_of(value),
        measure=content.measure,
        statistic=content.statistic,
        dims=content.dims,
        unit=content.unit,
        period=period,
        qualifier=content.qualifier,
        role=figure.role if period == figure.period else role_of(period, own),
        grade="unreadable" if value is None else "read",
        confidence=1.0,
        proposed=None,
        # A person read it: what two programs made of the print says nothing more.
        evidence=replace(figure.evidence, readings=(), agreement=None),
    )


def content_of_figure(figure: Figure) -> Content:
    """What a figure says."""
    return Content(
        value=figure.value,
        measure=figure.measure,
        statistic=figure.statistic,
        dims=figure.dims,
        unit=figure.unit,
        period=figure.period.code if figure.period else None,
        qualifier=figure.qualifier,
    )


def content_of_row(row: Found) -> Content:
    """What a figure's row says."""
    return Content(
        value=decimal_of(row["value"]),
        measure=row["measure"],
        statistic=row["statistic"],
        dims=dims_of(row["dims"]),
        unit=row["unit"],
        period=row["period"],
        qualifier=row["qualifier"],
    )


def not_rejected() -> ColumnElement[bool]:
    """The condition on `figures` that nobody rejected them."""
    rejected = select(standings.c.subject_id).where(
        standings.c.subject_kind == "figure", standings.c.status == "rejected"
    )
    return figures.c.figure_id.not_in(rejected)


def decimals_of(value: Decimal | None) -> int:
    """How many decimals a value is written with."""
    return 0 if value is None else max(0, -int(value.as_tuple().exponent))


def role_of(period: Period | None, own: Period | None) -> Role:
    """Whether a figure is about the period of its document, or an earlier one quoted for comparison."""
    return "comparative" if period is not None and own is not None and period.end < own.end else "current"
