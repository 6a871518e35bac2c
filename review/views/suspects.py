"""The queue: which figures wait for a decision, in which order, and where one stands among them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select, tuple_

from pipeline.review_plan import read_plan
from pipeline.store.tables import standings, suspects
from review import labels
from review.views.documents import authority_filter, year_filter
from review.views.paging import Filter, Option

FILTERS = ("authority", "year", "kind", "grade", "severity", "state")
STATES: Mapping[str, str] = {
    "": "to decide",
    "waiting": "waiting for a second person",
    "stale": "decided on other evidence",
    "decided": "decided",
    "sample": "the random sample",
    "all": "all",
}

SAMPLE = "sample"
"""The state in which the queue shows figures that nothing speaks against, drawn at random."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a figure stands in the queue: `number` of `total` (0 if it is not in it), and the figures before and after."""

    number: int
    total: int
    before: str
    after: str


def first(connection: Connection, asked: Mapping[str, str]) -> str:
    """The figure to decide on first; "" when nothing is left."""
    if asked.get("state") == SAMPLE:
        return read_plan(connection).next_in_sample or ""
    query = select(suspects.c.figure_id).where(*_conditions(asked)).order_by(*_worst_first()).limit(1)
    return connection.scalar(query) or ""


def place_of(connection: Connection, figure_id: str, asked: Mapping[str, str]) -> Place:
    """Where a figure stands among those that `asked` lets through, whether it is still one of them or not."""
    if asked.get("state") == SAMPLE:
        return _place_in_sample(read_plan(connection).drawn, figure_id)
    where = list(_conditions(asked))
    rank = connection.execute(
        select(suspects.c.priority, suspects.c.figure_id).where(suspects.c.figure_id == figure_id).limit(1)
    ).one_or_none()  # fmt: skip
    if rank is None:
        total = connection.scalar(select(func.count()).select_from(suspects).where(*where)) or 0
        return Place(number=0, total=total, before="", after=first(connection, asked))
    key = tuple_(suspects.c.priority, suspects.c.figure_id)
    here = tuple_(rank.priority, rank.figure_id)
    ahead = func.sum(case((key > here, 1), else_=0))
    same = func.sum(case((suspects.c.figure_id == figure_id, 1), else_=0))
    total, before, listed = connection.execute(
        select(func.count(), ahead, same).select_from(suspects).where(*where)
    ).one()
    neighbour = select(suspects.c.figure_id).where(*where, suspects.c.figure_id != figure_id).limit(1)
    worse = neighbour.where(key > here).order_by(suspects.c.priority, suspects.c.figure_id)
    better = neighbour.where(key < here).order_by(*_worst_first())
    return Place(
        number=(before or 0) + 1 if listed else 0,
        total=total,
        before=connection.scalar(worse) or "",
        after=connection.scalar(better) or "",
    )


def _place_in_sample(drawn: Sequence[str], figure_id: str) -> Place:
    """Where a figure stands in the random sample, which is looked at in its order."""
    if figure_id not in drawn:
        return Place(number=0, total=len(drawn), before="", after=drawn[0] if drawn else "")
    at = drawn.index(figure_id)
    before = drawn[at - 1] if at else ""
    return Place(number=at + 1, total=len(drawn), before=before, after=drawn[at + 1] if at + 1 < len(drawn) else "")


def queue_filters(connection: Connection, asked: Mapping[str, str]) -> tuple[Filter, ...]:
    """The filters of the queue."""
    return (
        authority_filter(connection, asked.get("authority", "")),
        year_filter(connection, asked.get("year", "")),
        _fixed("kind", "Finding", asked, labels.KINDS),
        _fixed("grade", "Grade", asked, {grade: grade for grade in labels.GRADES}),
        _fixed("severity", "Severity", asked, {severity: severity for severity in labels.SEVERITIES}),
        _fixed("state", "State", asked, {code: label for code, label in STATES.items() if code}),
    )


def _fixed(name: str, label: str, asked: Mapping[str, str], choices: Mapping[str, str]) -> Filter:
    options = tuple(Option(code=code, label=text) for code, text in choices.items())
    return Filter(
        name=name,
        label=label,
        chosen=asked.get(name, ""),
        options=options,
        unset="to decide" if name == "state" else "any",
    )


def _worst_first() -> tuple[ColumnElement[object], ...]:
    return suspects.c.priority.desc(), suspects.c.figure_id.desc()


def _conditions(asked: Mapping[str, str]) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [_state(asked.get("state", ""))]
    for name, column in (("authority", suspects.c.scope), ("kind", suspects.c.kind), ("grade", suspects.c.grade), ("severity", suspects.c.severity)):  # fmt: skip
        if asked.get(name):
            where.append(column == asked[name])
    if asked.get("year"):
        where.append(suspects.c.period.startswith(asked["year"], autoescape=True))
    return where


def undecided() -> ColumnElement[bool]:
    """The condition on `suspects` that a figure waits for a decision."""
    return _state("")


def _state(state: str) -> ColumnElement[bool]:
    """Open figures wait; a decision on other evidence than there is now waits again."""
    mine = and_(standings.c.subject_kind == "figure", standings.c.subject_id == suspects.c.figure_id)
    settled = or_(standings.c.in_force.is_not(None), standings.c.pending.is_not(None))
    choices = {
        "": ~select(1).where(mine, settled, standings.c.stale == "").exists(),
        "waiting": select(1).where(mine, standings.c.pending.is_not(None)).exists(),
        "stale": select(1).where(mine, standings.c.stale != "").exists(),
        "decided": select(1).where(mine, settled).exists(),
    }
    return choices.get(state, and_(True))
