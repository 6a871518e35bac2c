"""Whether a relation holds for what is printed."""

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from pipeline.reconcile.equations import is_well_formed, result_role, solve, solve_all
from pipeline.reconcile.intervals import Interval, Printed, Quantity, exactly, is_rounded, printed, stated, unit_of
from pipeline.reconcile.power import grim_power, power
from pipeline.reconcile.texts import number_text
from schemas.figures import Figure
from schemas.relations import Alternative, Outcome, Relation, RelationKind, Verdict

_ZERO = Fraction(0)
_HUNDRED = Fraction(100)


class Judgement(NamedTuple):
    """What a verdict says of its relation."""

    outcome: Outcome
    expected: str = ""
    alternative: Alternative | None = None
    reason: str = ""
    powers: tuple[Fraction, ...] = ()


def judge(relation: Relation, by_id: Mapping[str, Figure]) -> Verdict:
    """The verdict on one relation.

    It holds if some values that round to what is printed satisfy it; holds truncated if only values that were cut off instead
    of rounded do; holds under an alternative if another reading of the words, which is named, would make it right.
    """
    figures = [by_id[i] for i in relation.figure_ids if i in by_id]
    if len(figures) < len(relation.figure_ids):
        judgement = _unchecked("one of its figures is not known")
    elif any(f.value is None for f in figures):
        judgement = _unchecked("one of its figures could not be read")
    elif len(set(relation.figure_ids)) < len(figures):
        judgement = _unchecked("a figure is held against itself")
    else:
        # The parts of a sum are hardly ever those of another; other relations come again and again, with small numbers.
        judged = _judged.__wrapped__ if relation.kind == "sum" else _judged
        judgement = judged(relation.kind, relation.roles, relation.complete, tuple(map(printed, figures)))
    outcome, expected, alternative, reason, powers = judgement
    return Verdict(
        relation=relation, outcome=outcome, expected=expected, alternative=alternative, reason=reason, powers=powers
    )


@lru_cache(maxsize=20_000)
def _judged(kind: RelationKind, roles: tuple[str, ...], complete: bool, figures: tuple[Printed, ...]) -> Judgement:
    if kind == "share" and sorted(roles) == ["percent", "whole"]:
        return _judge_possible_share(roles, figures)
    if not is_well_formed(kind, roles):
        return _unchecked(f"there is no check for a {kind} of {', '.join(roles)}")
    if kind == "bound":
        return _judge_bound(figures)
    values = [v for f in figures if (v := stated(f)) is not None]
    if kind == "sum" and not complete:
        return _judge_incomplete(roles, values)
    return _judge_equation(kind, roles, figures, values)


def _unchecked(reason: str) -> Judgement:
    return Judgement("not_checkable", reason=reason)


def _judge_equation(
    kind: RelationKind, roles: Sequence[str], figures: Sequence[Printed], values: Sequence[Interval]
) -> Judgement:
    place = result_role(kind, roles)
    others = solve_all(kind, roles, values)
    implied = others[place or 0]
    if implied is None and kind != "equal":
        return _unchecked("the number to divide by may be nought")
    powers = tuple(power(f, own, other) for f, own, other in zip(figures, values, others, strict=True))
    if implied is not None and implied.meets(values[place or 0]):
        return Judgement("holds", powers=powers)
    outcome: Outcome = "fails"
    alternative: Alternative | None = None
    if place is not None and implied is not None and _is_cut_off(figures[place], implied):
        outcome = "holds_truncated"
    elif alternative := _alternative(kind, roles, figures, values):
        outcome = "holds_alternative"
    if kind == "sum" and place is None:
        place = len(figures) - 1
    expected = _expected(kind, roles, figures, values, place) if place is not None else ""
    return Judgement(outcome, expected=expected, alternative=alternative, powers=powers)


def _is_cut_off(figure: Printed, implied: Interval) -> bool:
    """Whether `figure` is a value of `implied` whose further digits were cut off instead of rounded: 10 for 10.8, -10 for -10.8."""
    if not is_rounded(figure) or figure.value is None or figure.qualifier != "exact":
        return False
    value, unit = Fraction(figure.value), unit_of(figure)
    up = implied.high >= value and implied.low < value + unit
    down = implied.low <= value and implied.high > value - unit
    return (up and value >= 0) or (down and value <= 0)


def _alternative(
    kind: RelationKind, roles: Sequence[str], figures: Sequence[Printed], values: Sequence[Interval]
) -> Alternative | None:
    """Another reading under which the relation holds."""
    of = dict(zip(roles, values, strict=True))
    units = {f.unit for f in figures}
    hundred = exactly(100)
    try:
        if kind == "share":
            rest = of["whole"] - of["part"]
            return "of_the_rest" if (hundred * of["part"] / rest).meets(of["percent"]) else None
        if kind == "change":
            return "sign" if (of["prior"] - of["current"]).meets(of["difference"]) else None
        if kind != "percent_change":
            return None
        difference = of["current"] - of["prior"]
        if units == {"percent"} and difference.meets(of["percent"]):
            return "percentage_points"
        if (-(hundred * of["current"] / of["prior"] - hundred)).meets(of["percent"]):
            return "sign"
        return "base_swapped" if (hundred - hundred * of["prior"] / of["current"]).meets(of["percent"]) else None
    except ZeroDivisionError:
        return None


def _expected(
    kind: RelationKind, roles: Sequence[str], figures: Sequence[Printed], values: Sequence[Interval], place: int
) -> str:
    """What the printed numbers, taken as they stand, make of the figure at `place`, to one decimal more than a whole percentage."""
    points = [exactly(f.value) for f in figures if f.value is not None]
    point = solve(kind, roles, points, place)
    if point is None:
        return ""
    decimals = max(1, figures[place].decimals) if is_rounded(figures[place]) else figures[place].decimals
    span = solve(kind, roles, values, place)
    if span is None or span.low == span.high:
        return number_text(point.low, decimals)
    low, high = number_text(span.low, decimals), number_text(span.high, decimals)
    return low if low == high else f"{low} to {high}"


def _judge_possible_share(roles: Sequence[str], figures: Sequence[Printed]) -> Judgement:
    """GRIM: whether some whole number of cases is the percentage of the whole."""
    percent, whole = (figures[roles.index(role)] for role in ("percent", "whole"))
    size = whole.value
    if size is None or size <= 0 or size != int(size) or whole.unit != "count" or whole.qualifier != "exact":
        return _unchecked("the whole is not a number of cases")
    span = solve("share", ("part", "whole", "percent"), [exactly(0), exactly(size), _interval(percent)], 0)
    if span is None:
        return _unchecked("the percentage could not be read")
    possible = math.ceil(span.low) <= math.floor(span.high)
    chance = grim_power(int(size), percent.decimals)
    nearest = _HUNDRED * round((span.low + span.high) / 2) / Fraction(size)
    return Judgement(
        "holds" if possible else "fails",
        expected=number_text(nearest, max(1, percent.decimals)),
        powers=(chance,) * len(figures),
    )


def _interval(figure: Printed) -> Interval:
    return stated(figure) or exactly(0)


def _judge_incomplete(roles: Sequence[str], values: Sequence[Interval]) -> Judgement:
    """Parts that may overlap, or are not all: each is at most the whole."""
    if "whole" not in roles:
        return _unchecked("the parts are not complete and there is no whole")
    whole = values[roles.index("whole")]
    fits = all(v.low <= whole.high for v in values)
    return Judgement("holds" if fits else "fails", powers=(_ZERO,) * len(values))


def _judge_bound(figures: Sequence[Printed]) -> Judgement:
    outcome: Outcome = "fails" if any(is_impossible(f) for f in figures) else "holds"
    return Judgement(outcome, powers=(_ZERO,) * len(figures))


def is_impossible(figure: Quantity) -> bool:
    """Whether no such thing can have the printed value: a share outside 0 to 100, a count below 0, a fall by more than all."""
    return figure.value is not None and not can_be(figure, figure.value)


def can_be(figure: Quantity, value: Decimal) -> bool:
    """Whether what `figure` counts or measures can have a value."""
    if figure.statistic == "percent_of":
        return 0 <= value <= 100
    if figure.statistic == "percent_change":
        return value >= -100
    return figure.statistic == "change" or value >= 0
