"""Relations that no sentence states, but that follow from what the figures of one document are.

They are few and cautious: a slip of the reader must not become a mistake of the report.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.reconcile.intervals import stated
from pipeline.reconcile.observations import Index, is_reliable, observation
from schemas.figures import Figure, Statistic
from schemas.relations import Relation, RelationKind

_PREFIX = "implied-"


def implied_relations(
    figures: Sequence[Figure], stated_relations: Sequence[Relation], index: Index
) -> Iterator[Relation]:
    """Changes between an observation and that of the year before, and observations that are stated twice."""
    explained = {
        figure_id
        for r in stated_relations
        for figure_id, role in zip(r.figure_ids, r.roles, strict=True)
        if role in ("percent", "difference")
    }
    for figure in figures:
        if figure.figure_id not in explained:
            yield from _change_of(figure, index)
    for same in index.values():
        yield from _conflict(same)


def is_implied(relation: Relation) -> bool:
    """Whether the relation was made here, not stated by the document."""
    return relation.relation_id.startswith(_PREFIX)


def _change_of(figure: Figure, index: Index) -> Iterator[Relation]:
    """“Up 7%” or “15 more” of an observation whose own value and last year's both stand, undisputed, in the document."""
    if not is_reliable(figure) or figure.period is None:
        return
    if figure.statistic == "percent_change":
        kind: RelationKind = "percent_change"
        role = "percent"
    elif figure.statistic == "change" and figure.unit == "count":
        kind, role = "change", "difference"
    else:
        return
    level = replace(figure, statistic="count", unit="count")
    current = undisputed(index.get(observation(level, figure.period), ()))
    prior = undisputed(index.get(observation(level, figure.period.previous()), ()))
    if current and prior:
        yield _relation(kind, (current, prior, figure), ("current", "prior", role))


def undisputed(statements: Iterable[Figure]) -> Figure | None:
    """The one exact value that all statements give, by the first of them; None when there is none or more than one."""
    found = [f for f in statements if is_reliable(f) and f.qualifier == "exact"]
    return found[0] if found and len({f.value for f in found}) == 1 else None


# Counts and shares are stated again and again; amounts of money and times are often those of single cases.
_COMPARABLE: tuple[Statistic, ...] = ("count", "percent_of", "percent_change", "change")


def _conflict(statements: Sequence[Figure]) -> Iterator[Relation]:
    """One observation with two values, which no rounding brings together.

    With three values or more it is likelier that the groups were not told apart than that the report says three things.
    """
    exact = [f for f in statements if is_reliable(f) and f.qualifier == "exact" and f.statistic in _COMPARABLE]
    by_value: dict[object, Figure] = {}
    for figure in exact:
        by_value.setdefault(figure.value, figure)
    if len(by_value) != 2:
        return
    one, other = by_value.values()
    first, second = stated(one), stated(other)
    if first and second and not first.meets(second):
        yield _relation("equal", (one, other), ("same", "same"))


def _relation(kind: RelationKind, figures: Sequence[Figure], roles: tuple[str, ...]) -> Relation:
    ids = tuple(f.figure_id for f in figures)
    digest = hashlib.sha256(f"{kind}|{'|'.join(ids)}".encode()).hexdigest()[:16]
    return Relation(relation_id=_PREFIX + digest, kind=kind, figure_ids=ids, roles=roles)
