"""Observations that one document states twice, with two values that differ by little, but by more than rounding.

A slip of the reader, who lost or added a word that tells a part from its whole, looks just like a slip of the report. What speaks for
the reader's: the document gives one of the values for the whole, or for a part, as well; or the two differ in more than one period.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from extractors.figures.misprints import are_exchanged, lost_a_digit
from pipeline.reconcile.intervals import stated
from pipeline.reconcile.observations import Index, Observation, is_reliable, named_together, observation
from schemas.figures import Dims, Figure, Statistic
from schemas.relations import Relation

# Shares, times and money are not compared: two shares of one thing are mostly those of two groups, as two payments are of two cases.
_COMPARABLE: tuple[Statistic, ...] = ("count", "percent_change", "change")

# Two statements of one thing are near each other; where they are not, the smaller is likelier to be a part of the larger. Numbers
# below `_SMALL` are near each other by accident, and are compared only where stated relations tie both to other figures.
_NEAR = Fraction(1, 8)
_SMALL = 10
# Wholes that differ by more are those of two groups.
_FAR = Decimal("0.2")
# A total that was worked out wrong is mostly off by this at most.
_OFF = 3

Kind = tuple[str, Statistic, str, str]
"""Measure, statistic, unit and period."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two figures of one observation, of which one must be wrong."""

    about: Observation
    one: Figure
    other: Figure


def conflicts(index: Index, relations: Iterable[Relation], proved: Set[str]) -> tuple[Conflict, ...]:
    """The conflicts of a document. `proved` are the figures that its own `relations` prove."""
    relations = tuple(relations)
    together, wholes = _sets_by_figure(relations), _counted_against(relations, index, _WHOLES)
    found = [c for about, same in index.items() if (c := _conflict(about, same, together, proved, index)) is not None]
    bases = _counted_against(relations, index, _BASES)
    found = [c for c in found if not _of_two_wholes(c, wholes, proved) and not _of_two_bases(c, bases)]
    if not found:
        return ()
    times = Counter(replace(c.about, period="") for c in found)
    told = _by_kind(index)
    return tuple(c for c in found if times[replace(c.about, period="")] == 1 and not _of_two_things(c, told, proved))


def _sets_by_figure(relations: Iterable[Relation]) -> dict[str, list[frozenset[str]]]:
    """The figures that stated relations hold together, by each of them."""
    sets: dict[str, list[frozenset[str]]] = {}
    for relation in relations:
        for figure_id in relation.figure_ids:
            sets.setdefault(figure_id, []).append(frozenset(relation.figure_ids))
    return sets


_WHOLES = (("share", "sum"), "whole", ("part",))
_BASES = (("change", "percent_change"), "prior", ("difference", "percent"))
"""Kinds of relations, the role of what figures are counted against there, and the roles of those figures."""


def _counted_against(
    relations: Iterable[Relation], index: Index, told: tuple[Sequence[str], str, Sequence[str]]
) -> dict[str, set[Decimal]]:
    """What the figures are parts of (`_WHOLES`) or changes from (`_BASES`), as the document states it, by figure."""
    kinds, base, roles = told
    values = {f.figure_id: f.value for same in index.values() for f in same}
    bases: dict[str, set[Decimal]] = {}
    for relation in relations:
        if relation.kind in kinds and base in relation.roles:
            value = values.get(relation.figure_ids[relation.roles.index(base)])
            for figure_id, role in zip(relation.figure_ids, relation.roles, strict=True):
                if role in roles and value is not None:
                    bases.setdefault(figure_id, set()).add(value)
    return bases


def _of_two_bases(conflict: Conflict, bases: Mapping[str, set[Decimal]]) -> bool:
    """Whether two changes are from different numbers: “48 down on the 486”, “47 fewer than the 444” of one stage."""
    one, other = (bases.get(f.figure_id, set()) for f in (conflict.one, conflict.other))
    return bool(one and other) and one.isdisjoint(other)


def _of_two_wholes(conflict: Conflict, wholes: Mapping[str, set[Decimal]], proved: Set[str]) -> bool:
    """Whether the two are parts of different wholes: those of two stages, say, which the words did not tell apart.

    The wholes are far from each other, or each part is proved to be one of its own.
    """
    figures = (conflict.one, conflict.other)
    one, other = (wholes.get(f.figure_id, set()) for f in figures)
    if not one or not other or one & other:
        return False
    return all(f.figure_id in proved for f in figures) or all(abs(a - b) > _FAR * max(a, b) for a in one for b in other)


def _conflict(
    about: Observation,
    statements: Sequence[Figure],
    together: Mapping[str, Sequence[frozenset[str]]],
    proved: Set[str],
    index: Index,
) -> Conflict | None:
    """One observation with two values.

    With three values or more it is likelier that the groups were not told apart than that the report says three things; and so
    where one sentence has both, or a relation that the document states (`together`, by figure) holds them together.
    """
    exact = [f for f in statements if is_reliable(f) and f.qualifier == "exact" and f.statistic in _COMPARABLE]
    by_value: dict[object, Figure] = {}
    for figure in exact:
        by_value.setdefault(figure.value, figure)
    if len(by_value) != 2:
        return None
    one, other = by_value.values()
    first, second = stated(one), stated(other)
    ties = [together.get(f.figure_id, ()) for f in (one, other)]
    told = _told_together(one, other, index) or _told_together(other, one, index)
    related = any(other.figure_id in ids for ids in ties[0]) or told
    if not first or not second or first.meets(second) or related:
        return None
    certain = {f.value for f in exact if f.figure_id in proved}
    mistyped = _lacks_a_digit(one, other) or _are_exchanged(one, other)
    if not _are_near(one, other) and not (len(certain) == 1 and mistyped):
        return None
    large = max(_size(one), _size(other)) >= _SMALL
    return Conflict(about, one, other) if large or all(ties) else None


def _told_together(one: Figure, other: Figure, index: Index) -> bool:
    """Whether one sentence gives both. In “from 92 last year to 81” the 92 is that of the year before, whatever else is 92."""
    if not named_together(one, other) or one.period is None:
        return False
    before = index.get(observation(one, one.period.previous()), ())
    return not any(
        f.value == other.value and f.evidence.page == one.evidence.page and named_together(f, one) for f in before
    )


def _by_kind(index: Index) -> dict[Kind, list[tuple[Dims, Decimal]]]:
    """The breakdowns and values of all that is observed, by measure, statistic, unit and period."""
    told: dict[Kind, list[tuple[Dims, Decimal]]] = {}
    for about, same in index.items():
        kind = about.measure, about.statistic, about.unit, about.period
        told.setdefault(kind, []).extend((about.dims, f.value) for f in same if f.value is not None)
    return told


def _of_two_things(conflict: Conflict, told: Mapping[Kind, Sequence[tuple[Dims, Decimal]]], proved: Set[str]) -> bool:
    """Whether the two are likelier to be of a whole and its part than of one thing."""
    both = (conflict.one, conflict.other)
    about = conflict.about
    kind = about.measure, about.statistic, about.unit, about.period
    elsewhere = {value for dims, value in told[kind] if is_narrower(dims, about.dims) or is_narrower(about.dims, dims)}
    echoed = [f for f in both if f.value in elsewhere]
    slight = abs(_size(conflict.one) - _size(conflict.other)) <= _OFF
    return any(f.figure_id in proved or not slight for f in echoed)


def is_narrower(one: Dims, other: Dims) -> bool:
    """Whether `one` says all that `other` says, and one thing more."""
    return len(one) == len(other) + 1 and set(other) < set(one)


def _size(figure: Figure) -> Fraction:
    return abs(Fraction(figure.value or 0))


def _lacks_a_digit(one: Figure, other: Figure) -> bool:
    """Whether the smaller of two numbers is the larger without one of its digits: 455 and 45. Of two digits, either may be that by accident."""
    fewer, more = sorted((str(int(_size(f))) for f in (one, other)), key=len)
    return 2 <= len(fewer) == len(more) - 1 and lost_a_digit(more, fewer)


def _are_exchanged(one: Figure, other: Figure) -> bool:
    """Whether two neighbouring digits of one number are those of the other the other way round: 48 and 84."""
    return are_exchanged(*(str(int(_size(f))) for f in (one, other)))


def _are_near(one: Figure, other: Figure) -> bool:
    difference = abs(Fraction(one.value or 0) - Fraction(other.value or 0))
    return difference <= max(Fraction(1), _NEAR * max(_size(one), _size(other)))


__all__ = ["Conflict", "conflicts", "is_narrower"]
