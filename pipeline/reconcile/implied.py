"""Relations that no sentence states, but that follow from what the figures of one document are.

They are few and cautious: a slip of the reader must not become a mistake of the report.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from pipeline.reconcile.intervals import stated
from pipeline.reconcile.observations import Index, is_reliable, observation
from schemas.figures import Figure, Statistic
from schemas.relations import Relation, RelationKind

_PREFIX = "implied-"


def implied_relations(
    figures: Sequence[Figure], stated_relations: Sequence[Relation], index: Index
) -> Iterator[Relation]:
    """Changes between an observation and that of the year before, observations that are stated twice, and sums of all kinds."""
    explained = {
        figure_id
        for r in stated_relations
        for figure_id, role in zip(r.figure_ids, r.roles, strict=True)
        if role in ("percent", "difference")
    }
    for figure in figures:
        if figure.figure_id not in explained:
            yield from _change_of(figure, index)
        yield from _all_kinds(figure, index)
    together = _sets_by_figure(stated_relations)
    for same in index.values():
        yield from _conflict(same, together)


def _sets_by_figure(relations: Iterable[Relation]) -> dict[str, list[frozenset[str]]]:
    """The figures that stated relations hold together, by each of them."""
    sets: dict[str, list[frozenset[str]]] = {}
    for relation in relations:
        for figure_id in relation.figure_ids:
            sets.setdefault(figure_id, []).append(frozenset(relation.figure_ids))
    return sets


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
    change = undisputed(index.get(observation(figure, figure.period), ()))
    if current and prior and change:
        near = _names(figure, current) or _names(figure, prior)
        yield _relation(
            kind, (current, prior, figure), ("current", "prior", role), figure.evidence.snippet if near else ""
        )


def _names(figure: Figure, other: Figure) -> bool:
    """Whether the words around `figure` hold the print of `other`."""
    return re.search(rf"(?<!\w){re.escape(other.evidence.printed)}(?!\w)", figure.evidence.snippet) is not None


def speaks_against(relation: Relation) -> bool:
    """Whether it tells of a mistake if the relation fails.

    A relation across distant places may fail because they speak of different groups ("complaints were 8% fewer" of one service,
    "from 61 to 78" of another). That it holds, with power, is no accident even so.
    """
    return bool(relation.evidence) or not is_inferred(relation)


def is_inferred(relation: Relation) -> bool:
    """Whether no sentence or table of a document states the relation."""
    return relation.relation_id.startswith(_PREFIX)


def undisputed(statements: Iterable[Figure]) -> Figure | None:
    """The one exact value that all statements give, by the first of them; None when there is none or more than one."""
    found = [f for f in statements if is_reliable(f) and f.qualifier == "exact"]
    return found[0] if found and len({f.value for f in found}) == 1 else None


# The kinds of contact that “representations” counts together, and how each is broken down where no total is given.
_KINDS = (
    ("complaints", "stage", ("1", "2", "3")),
    ("compliments", "", ()),
    ("comments", "", ()),
    ("initial_feedback", "", ()),
    ("enquiries", "source", ("member", "mp", "mep")),
)
_FEWEST_KINDS = 3


def _all_kinds(figure: Figure, index: Index) -> Iterator[Relation]:
    """“91 representations” of a document that counts each kind apart. It may leave some out: the sum proves, and never speaks against."""
    if figure.measure != "representations" or figure.dims or not is_reliable(figure) or figure.period is None:
        return
    parts: list[list[Figure]] = []
    for measure, dimension, values in _KINDS:
        kind = observation(replace(figure, measure=measure), figure.period)
        # a part that was not told apart from its whole is the smaller
        levels = [f for f in index.get(kind, ()) if is_reliable(f) and f.qualifier == "exact"]
        total = max(levels, key=lambda f: f.value or 0, default=None)
        apart = [undisputed(index.get(replace(kind, dims=((dimension, value),)), ())) for value in values]
        broken_down = [f for f in apart if f is not None]
        # less than its own parts, it is no total
        whole = total is not None and (total.value or 0) >= sum(f.value or 0 for f in broken_down)
        parts.append([total] if whole and total is not None else broken_down)
    if sum(map(bool, parts)) >= _FEWEST_KINDS:
        members = [f for of_kind in parts for f in of_kind]
        yield _relation("sum", (figure, *members), ("whole", *("part" for _ in members)), "")


# Shares, times and money are not compared: two shares of one thing are mostly those of two groups, as two payments are of two cases.
_COMPARABLE: tuple[Statistic, ...] = ("count", "percent_change", "change")

# Two statements of one thing are near each other; where they are not, the smaller is likelier to be a part of the larger. Numbers
# below `_SMALL` are near each other by accident, and are compared only where stated relations tie both to other figures.
_NEAR = Fraction(1, 8)
_SMALL = 10


def _conflict(statements: Sequence[Figure], together: Mapping[str, Sequence[frozenset[str]]]) -> Iterator[Relation]:
    """One observation with two values that differ by little, but by more than rounding.

    With three values or more it is likelier that the groups were not told apart than that the report says three things; and so
    where one sentence has both, or a relation that the document states (`together`, by figure) holds them together.
    """
    exact = [f for f in statements if is_reliable(f) and f.qualifier == "exact" and f.statistic in _COMPARABLE]
    by_value: dict[object, Figure] = {}
    for figure in exact:
        by_value.setdefault(figure.value, figure)
    if len(by_value) != 2:
        return
    one, other = by_value.values()
    first, second = stated(one), stated(other)
    ties = [together.get(f.figure_id, ()) for f in (one, other)]
    related = any(other.figure_id in ids for ids in ties[0]) or _names(one, other) or _names(other, one)
    if not first or not second or first.meets(second) or related or not _are_near(one, other):
        return
    if max(_size(one), _size(other)) >= _SMALL or all(ties):
        yield _relation("equal", (one, other), ("same", "same"), f"{one.evidence.snippet} … {other.evidence.snippet}")


def _size(figure: Figure) -> Fraction:
    return abs(Fraction(figure.value or 0))


def _are_near(one: Figure, other: Figure) -> bool:
    difference = abs(Fraction(one.value or 0) - Fraction(other.value or 0))
    return difference <= max(Fraction(1), _NEAR * max(_size(one), _size(other)))


def _relation(kind: RelationKind, figures: Sequence[Figure], roles: tuple[str, ...], evidence: str) -> Relation:
    ids = tuple(f.figure_id for f in figures)
    digest = hashlib.sha256(f"{kind}|{'|'.join(ids)}".encode()).hexdigest()[:16]
    return Relation(relation_id=_PREFIX + digest, kind=kind, figure_ids=ids, roles=roles, evidence=evidence)
