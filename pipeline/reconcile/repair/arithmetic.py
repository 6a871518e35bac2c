"""What each kind of relation demands, as inequalities among the ends of its figures' intervals.

Each figure occurs once in each equation, so that a relation holds for some values that round to what is printed if, and only if,
the least that one side can be is at most the greatest of the other. Products are not divided out: a whole of nought divides nothing.
The inequalities with products are exact for figures that are not below nought, as counts and shares are.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from pipeline.reconcile.repair.problem import HIGH, LOW, Inequality, Side, Term, Variable
from schemas.relations import Relation

_Bound = tuple[int, Side]
_Row = tuple[list[tuple[int, tuple[_Bound, ...]]], int]
"""Terms (factor, bounds by place in the relation) and a constant that add up to nought or more."""


def inequalities(relation: Relation, members: Sequence[int], variables: Sequence[Variable]) -> tuple[Inequality, ...]:
    """The inequalities of a well-formed relation; `members` are the places of its figures among the variables."""
    rows = _ROWS[relation.kind](relation.roles, relation.complete)
    return tuple(_scaled(row, members, [variables[m].scale for m in members]) for row in rows)


def _scaled(row: _Row, members: Sequence[int], scales: Sequence[int]) -> Inequality:
    """A row over the bounds as they are kept: integers in units of their own."""
    terms, constant = row
    shares = [Fraction(factor, math.prod(scales[place] for place, _ in bounds)) for factor, bounds in terms]
    common = math.lcm(*(share.denominator for share in shares))
    return Inequality(
        terms=tuple(
            Term(int(share * common), tuple((members[place], side) for place, side in bounds))
            for share, (_, bounds) in zip(shares, terms, strict=True)
        ),
        constant=constant * common,
    )


def _places(roles: Sequence[str]) -> Mapping[str, int]:
    return {role: place for place, role in enumerate(roles)}


def _share(roles: Sequence[str], _complete: bool) -> Iterator[_Row]:
    """100 · part = percent · whole."""
    of = _places(roles)
    for side, sign in ((HIGH, 1), (LOW, -1)):
        yield (
            [
                (sign, ((of["percent"], side), (of["whole"], side))),
                (-100 * sign, ((of["part"], _other(side)),)),
            ],
            0,
        )


def _percent_change(roles: Sequence[str], _complete: bool) -> Iterator[_Row]:
    """100 · current = prior · (100 + percent)."""
    of = _places(roles)
    for side, sign in ((HIGH, 1), (LOW, -1)):
        yield (
            [
                (100 * sign, ((of["prior"], side),)),
                (sign, ((of["prior"], side), (of["percent"], side))),
                (-100 * sign, ((of["current"], _other(side)),)),
            ],
            0,
        )


def _change(roles: Sequence[str], _complete: bool) -> Iterator[_Row]:
    """The current number is the prior one and the difference."""
    of = _places(roles)
    for side, sign in ((HIGH, 1), (LOW, -1)):
        yield (
            [
                (sign, ((of["prior"], side),)),
                (sign, ((of["difference"], side),)),
                (-sign, ((of["current"], _other(side)),)),
            ],
            0,
        )


def _sum(roles: Sequence[str], complete: bool) -> Iterator[_Row]:
    """The parts add up to the whole, or else to 100; parts that are not complete are each at most the whole."""
    parts = [place for place, role in enumerate(roles) if role == "part"]
    wholes = [place for place, role in enumerate(roles) if role == "whole"]
    if not complete:
        for part in parts if wholes else ():
            yield [(1, ((wholes[0], HIGH),)), (-1, ((part, LOW),))], 0
        return
    for side, sign in ((HIGH, 1), (LOW, -1)):
        terms: list[tuple[int, tuple[_Bound, ...]]] = [(-sign, ((part, _other(side)),)) for part in parts]
        terms += [(sign, ((whole, side),)) for whole in wholes]
        yield terms, 0 if wholes else 100 * sign


def _equal(roles: Sequence[str], _complete: bool) -> Iterator[_Row]:
    """Any two have a value in common; then all have, as intervals do (Helly)."""
    for one in range(len(roles)):
        for other in range(len(roles)):
            if one != other:
                yield [(1, ((one, HIGH),)), (-1, ((other, LOW),))], 0


def _none(_roles: Sequence[str], _complete: bool) -> Iterator[_Row]:
    """What is possible is told by the options that are allowed."""
    return iter(())


def _other(side: Side) -> Side:
    return LOW if side == HIGH else HIGH


_ROWS: Mapping[str, Callable[[Sequence[str], bool], Iterator[_Row]]] = {
    "share": _share,
    "percent_change": _percent_change,
    "change": _change,
    "sum": _sum,
    "equal": _equal,
    "bound": _none,
}
