"""The arithmetic of each kind of relation: what all its figures but one say that one to be.

Each value occurs once in each equation, so the interval that comes out is exact: a relation holds for some values that round to
what is printed if, and only if, what the others say of one figure meets what is printed for it.
"""

from collections.abc import Callable, Sequence
from functools import reduce

from pipeline.reconcile.intervals import Interval, exactly
from schemas.relations import RelationKind

Solver = Callable[[Sequence[str], Sequence[Interval], int], Interval | None]

_HUNDRED = exactly(100)


def solve(kind: RelationKind, roles: Sequence[str], values: Sequence[Interval], index: int) -> Interval | None:
    """What the other `values` say of the one at `index`; None when they do not settle it (a whole of nought).

    The value at `index` itself is not looked at.
    """
    solver = _SOLVERS.get(kind)
    try:
        return solver(roles, values, index) if solver else None
    except ZeroDivisionError:
        return None


def solve_all(kind: RelationKind, roles: Sequence[str], values: Sequence[Interval]) -> list[Interval | None]:
    """What the others say of each, in one pass over the parts of a sum: tables may have a thousand rows."""
    if kind != "sum":
        return [solve(kind, roles, values, i) for i in range(len(values))]
    whole = next((v for role, v in zip(roles, values, strict=True) if role == "whole"), _HUNDRED)
    parts = [v for role, v in zip(roles, values, strict=True) if role == "part"]
    total = reduce(Interval.__add__, parts, exactly(0))
    return [total if role == "whole" else whole - _without(total, v) for role, v in zip(roles, values, strict=True)]


def _without(total: Interval, part: Interval) -> Interval:
    """The sum of the other parts. Not `total - part`: that would count the rounding of the part twice."""
    return Interval(total.low - part.low, total.high - part.high)


def result_role(kind: RelationKind, roles: Sequence[str]) -> int | None:
    """The place of the figure that a writer works out from the others; None where there is no such figure."""
    name = {"share": "percent", "percent_change": "percent", "change": "difference", "sum": "whole"}.get(kind)
    return roles.index(name) if name in roles else None


def is_well_formed(kind: RelationKind, roles: Sequence[str]) -> bool:
    """Whether the roles are those of the kind, so that its equation can be solved."""
    wanted = {
        "share": ("part", "percent", "whole"),
        "percent_change": ("current", "percent", "prior"),
        "change": ("current", "difference", "prior"),
    }
    if kind in wanted:
        return tuple(sorted(roles)) == wanted[kind]
    if kind == "sum":
        return set(roles) <= {"whole", "part"} and roles.count("whole") <= 1 and "part" in roles
    return len(roles) > 1 if kind == "equal" else kind == "bound"


def _share(roles: Sequence[str], values: Sequence[Interval], index: int) -> Interval:
    of = dict(zip(roles, values, strict=True))
    if roles[index] == "percent":
        return _HUNDRED * of["part"] / of["whole"]
    if roles[index] == "part":
        return of["percent"] * of["whole"] / _HUNDRED
    return _HUNDRED * of["part"] / of["percent"]


def _percent_change(roles: Sequence[str], values: Sequence[Interval], index: int) -> Interval:
    of = dict(zip(roles, values, strict=True))
    if roles[index] == "percent":
        return _HUNDRED * of["current"] / of["prior"] - _HUNDRED
    if roles[index] == "current":
        return of["prior"] * (_HUNDRED + of["percent"]) / _HUNDRED
    return _HUNDRED * of["current"] / (_HUNDRED + of["percent"])


def _change(roles: Sequence[str], values: Sequence[Interval], index: int) -> Interval:
    of = dict(zip(roles, values, strict=True))
    if roles[index] == "difference":
        return of["current"] - of["prior"]
    return of["prior"] + of["difference"] if roles[index] == "current" else of["current"] - of["difference"]


def _sum(roles: Sequence[str], values: Sequence[Interval], index: int) -> Interval:
    """A whole, or percentages without a whole, which make up 100."""
    wholes = [v for role, v in zip(roles, values, strict=True) if role == "whole"]
    others = [v for i, (role, v) in enumerate(zip(roles, values, strict=True)) if role == "part" and i != index]
    total = reduce(Interval.__add__, others, exactly(0))
    return total if roles[index] == "whole" else (wholes[0] if wholes else _HUNDRED) - total


def _equal(roles: Sequence[str], values: Sequence[Interval], index: int) -> Interval | None:
    common: Interval | None = None
    for i, value in enumerate(values):
        if i != index:
            common = value if common is None else common.within(value)
            if common is None:
                return None
    return common


_SOLVERS: dict[RelationKind, Solver] = {
    "share": _share,
    "percent_change": _percent_change,
    "change": _change,
    "sum": _sum,
    "equal": _equal,
}
