"""Hold what two papers say of one observation against each other: equal, alike but for rounding, different, or not to be compared."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from pipeline.reconcile.across.statements import Statement
from pipeline.reconcile.intervals import stated
from pipeline.reconcile.observations import is_reliable
from pipeline.reconcile.texts import number_text
from schemas.figures import Statistic

Likeness = Literal["agrees", "rounds_alike", "differs", "unlike"]

# A difference is claimed only where both may well be about the same thing: the two values are this near, or one slip apart.
_NEAR = Fraction(1, 8)
_NEAR_IF_PROVED = Fraction(1, 2)

# Changes are said of many bases; two of them are not held against each other.
_COMPARED: tuple[Statistic, ...] = ("count", "percent_of", "median", "mean", "rate", "amount")
# Of these a report states several, of as many groups, that no words tell apart.
_SINGLE_ONLY: tuple[Statistic, ...] = ("percent_of", "median", "mean", "rate", "amount")


@dataclass(frozen=True)
class Said:
    """All that one paper says of one observation."""

    statements: tuple[Statement, ...]

    @cached_property
    def principal(self) -> Statement | None:
        """The statement that stands for the paper, the best proved of its value; None where it says several things.

        Where it gives one number and others less than half of it, or says that number more often, the others are parts that were not
        told apart.
        """
        exact = [s for s in self.statements if is_reliable(s.figure) and s.figure.qualifier == "exact"]
        if not exact:
            return None
        if not self.several:
            return min(exact, key=lambda s: (s.grade != "proved", s.position))
        largest = max(map(size_of, exact))
        near = [s for s in exact if 2 * size_of(s) >= largest]
        if exact[0].figure.statistic in _SINGLE_ONLY:
            return None
        times = Counter(size_of(s) for s in near)
        if len(times) > 1 and any(times[size] >= times[largest] for size in times if size != largest):
            return None
        return min((s for s in near if size_of(s) == largest), key=lambda s: (s.grade != "proved", s.position))

    @cached_property
    def several(self) -> bool:
        """Whether more than one value is given."""
        return len({s.figure.value for s in self.statements if s.figure.value is not None}) > 1


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements of one observation that differ: `one` is held to be right until something speaks against it."""

    one: Statement
    other: Statement


def compare(one: Said, other: Said) -> tuple[Likeness, Pair | None]:
    """How two papers agree on an observation; where they differ, by which statements."""
    if _share_a_value(one.statements, other.statements):
        return "agrees", None
    if any(_meet(a, b) for a in one.statements for b in other.statements):
        return "rounds_alike", None
    first, second = one.principal, other.principal
    if first is None or second is None or not _may_be_the_same(first, second):
        return "unlike", None
    # No words tell a part from the whole in a paper that gives both: its principal is likely, but not certain.
    if (one.several or other.several) and not (first.grade == second.grade == "proved" or near(first, second)):
        return "unlike", None
    return "differs", Pair(first, second)


def _share_a_value(one: Sequence[Statement], other: Sequence[Statement]) -> bool:
    return not _values(one).isdisjoint(_values(other))


def _values(statements: Iterable[Statement]) -> set[object]:
    return {s.figure.value for s in statements if s.figure.value is not None}


def size_of(statement: Statement) -> Decimal:
    """The value without its sign; nought where there is none."""
    return abs(statement.figure.value or Decimal(0))


def meet(one: Statement, other: Statement) -> Literal["agrees", "rounds_alike"] | None:
    """How two single statements agree; None where they do not, or one has no value."""
    if one.figure.value is None or other.figure.value is None:
        return None
    if one.figure.value == other.figure.value:
        return "agrees"
    return "rounds_alike" if _meet(one, other) else None


def _meet(one: Statement, other: Statement) -> bool:
    first, second = stated(one.figure), stated(other.figure)
    return first is not None and second is not None and first.meets(second)


def _may_be_the_same(one: Statement, other: Statement) -> bool:
    """Whether two numbers that differ are near enough, or a slip of the pen apart, to be meant for the same."""
    statistic = one.figure.statistic
    if statistic not in _COMPARED or (statistic == "percent_of" and not _names_its_part(one)):
        return False
    if one.grade == other.grade == "proved" and near(one, other, _NEAR_IF_PROVED):
        return True
    return near(one, other) or one_slip_apart(one, other) is not None


# Breakdowns that say of which whole a share is, and not which part it counts.
_OF_THE_WHOLE = frozenset(("stage", "regime", "service", "cohort"))


def _names_its_part(statement: Statement) -> bool:
    """A bare “24% of complaints at Stage 1” says which of them only in words that were not read."""
    figure = statement.figure
    return figure.measure == "responses_on_time" or any(name not in _OF_THE_WHOLE for name, _ in figure.dims)


def near(one: Statement, other: Statement, share: Fraction = _NEAR) -> bool:
    """Whether two numbers differ by no more than `share` of the larger, or by one."""
    first, second = Fraction(one.figure.value or 0), Fraction(other.figure.value or 0)
    return abs(first - second) <= max(Fraction(1), share * max(abs(first), abs(second)))


def one_slip_apart(one: Statement, other: Statement) -> str | None:
    """The slip of the pen between two numbers of two or more digits, if there is one: "two digits changed places"."""
    first, second = sorted((size_of(one), size_of(other)))
    if first < 1 or second < 10:
        return None
    if second == 10 * first:
        return "one is ten times the other"
    digits, others = (number_text(size, max(one.figure.decimals, other.figure.decimals)) for size in (first, second))
    unlike = [i for i, (a, b) in enumerate(zip(digits, others, strict=False)) if a != b]
    if len(digits) != len(others) or len(unlike) != 2 or unlike[1] != unlike[0] + 1:
        return None
    left, right = unlike
    return "two digits changed places" if digits[left] == others[right] and digits[right] == others[left] else None
