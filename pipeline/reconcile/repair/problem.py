"""The repair of a few figures as a problem in integers: what each may stand for, what must hold, and what each departure costs.

It is a weighted constraint satisfaction problem: the repair of numbers under aggregate constraints of Flesca, Furfaro and Parisi
(2010, "Querying and repairing inconsistent numerical databases", ACM TODS 35(2)) with the localisation of errors by reliability
weights of Fellegi and Holt (1976, JASA 71). Nothing is rounded: a printed number is an interval whose two ends are integers in
units of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from schemas.figures import Figure
from schemas.relations import Relation

Side = Literal[0, 1]
LOW: Side = 0
HIGH: Side = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A value that a figure may stand for. `slip` is "" for what is printed; `bounds` are its interval's ends, times the scale."""

    value: Decimal
    slip: str
    cost: int
    bounds: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A figure and what it may stand for, the cheapest first. `scale` is what its bounds are multiplied by.

    The first option is the print, at no cost, unless the figure has no value or one that cannot be.
    """

    figure: Figure
    scale: int
    options: tuple[Option, ...]

    @property
    def must_choose(self) -> bool:
        """Whether its print cannot stand."""
        return bool(self.options[0].slip)


@dataclass(frozen=True, slots=True)
class Term:
    """`factor` times one bound, or the product of two; each is (place of the variable in the problem, side)."""

    factor: int
    bounds: tuple[tuple[int, Side], ...]


@dataclass(frozen=True, slots=True)
class Inequality:
    """The terms and the constant add up to nought or more."""

    terms: tuple[Term, ...]
    constant: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """A relation: it holds when all its inequalities do, and its options are among those allowed (None: all are).

    `members` are places of variables. It may be left as it is at `cost`, for the reason that `excuse` says.
    """

    relation: Relation
    members: tuple[int, ...]
    inequalities: tuple[Inequality, ...] = ()
    allowed: frozenset[tuple[int, ...]] | None = None
    cost: int
    excuse: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Figures that hang together by relations, at least one of which does not hold or has a figure without a value."""

    variables: tuple[Variable, ...]
    constraints: tuple[Constraint, ...]

    def holds(self, constraint: Constraint, choice: Sequence[int]) -> bool:
        """Whether a relation holds for a choice of options, one for each of its members at least."""
        if constraint.allowed is not None and tuple(choice[m] for m in constraint.members) not in constraint.allowed:
            return False
        return all(self._holds(inequality, choice) for inequality in constraint.inequalities)

    def holding(self, constraint: Constraint, member: int, choice: Sequence[int]) -> int:
        """The options of one member for which a relation holds, if its other members are as chosen: a bit for each option.

        Much faster than to ask for one after the other: as each figure occurs once in each term, all terms but its own are the same.
        """
        options = self.variables[member].options
        held = (1 << len(options)) - 1
        if constraint.allowed is not None:
            for i in range(len(options)):
                if tuple(i if m == member else choice[m] for m in constraint.members) not in constraint.allowed:
                    held &= ~(1 << i)
        for inequality in constraint.inequalities:
            constant, per_bound = inequality.constant, [0, 0]
            for term in inequality.terms:
                amount, own = term.factor, None
                for place, side in term.bounds:
                    if place == member:
                        own = side
                    else:
                        amount *= self.variables[place].options[choice[place]].bounds[side]
                if own is None:
                    constant += amount
                else:
                    per_bound[own] += amount
            low, high = per_bound
            held &= sum(
                1 << i for i, o in enumerate(options) if constant + low * o.bounds[LOW] + high * o.bounds[HIGH] >= 0
            )
        return held

    def _holds(self, inequality: Inequality, choice: Sequence[int]) -> bool:
        total = inequality.constant
        for term in inequality.terms:
            amount = term.factor
            for place, side in term.bounds:
                amount *= self.variables[place].options[choice[place]].bounds[side]
            total += amount
        return total >= 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One way to make sense of a problem: the option of each variable, and the places of the constraints left as they are."""

    cost: int
    choice: tuple[int, ...]
    left: frozenset[int]

    def departures(self, problem: Problem) -> frozenset[tuple[str, int, int]]:
        """What it assumes: each option that is not the print, and each relation that is left."""
        changed = {
            ("stands for", place, option)
            for place, option in enumerate(self.choice)
            if problem.variables[place].options[option].slip
        }
        return frozenset(changed | {("left", place, 0) for place in self.left})


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """The explanations of least cost and those not much dearer, the cheapest first.

    `complete` is False where the work was stopped: then there may be others, even better ones.
    """

    explanations: tuple[Explanation, ...]
    complete: bool


def ranked(problem: Problem, found: Sequence[Explanation]) -> tuple[Explanation, ...]:
    """Explanations by cost, without those that assume what a cheaper one does and more besides."""
    kept: list[tuple[frozenset[tuple[str, int, int]], Explanation]] = []
    for explanation in sorted(set(found), key=lambda e: (e.cost, e.choice, sorted(e.left))):
        assumed = explanation.departures(problem)
        if not any(fewer < assumed for fewer, _ in kept):
            kept.append((assumed, explanation))
    return tuple(explanation for _, explanation in kept)
