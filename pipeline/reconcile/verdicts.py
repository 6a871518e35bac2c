"""Whether a relation holds for what is printed."""

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from pipeline.reconcile.equations import is_well_formed, result_role, solve, solve_all
from pipeline.reconcile.intervals import Interval, exactly, is_rounded, stated, unit_of
from pipeline.reconcile.power import grim_power, power
from pipeline.reconcile.texts import number_text
from schemas.figures import Figure
from schemas.relations import Alternative, Outcome, Relation, Verdict

_ZERO = Fraction(0)
_HUNDRED = Fraction(100)


def judge(relation: Relation, by_id: Mapping[str, Figure]) -> Verdict:
    """The verdict on one relation.

    It holds if some values that round to what is printed satisfy it; holds truncated if only values that were cut off instead
    of rounded do; holds under an alternative if another reading of the words, which is named, would make it right.
    """
    figures = [by_id[i] for i in relation.figure_ids if i in by_id]
    if len(figures) < len(relation.figure_ids):
        return _unchecked(relation, "one of its figures is not known")
    values = [v for f in figures if (v := stated(f)) is not None]
    if len(values) < len(figures):
        return _unchecked(relation, "one of its figures could not be read")
    if len(set(relation.figure_ids)) < len(figures):
        return _unchecked(relation, "a figure is held against itself")
    if relation.kind == "share" and sorted(relation.roles) == ["percent", "whole"]:
        return _judge_possible_share(relation, figures)
    if not is_well_formed(relation.kind, relation.roles):
        return _unchecked(relation, f"there is no check for a {relation.kind} of {', '.join(relation.roles)}")
    if relation.kind == "bound":
        return _judge_bound(relation, figures)
    if relation.kind == "sum" and not relation.complete:
        return _judge_incomplete(relation, values)
    return _judge_equation(relation, figures, values)


def _unchecked(relation: Relation, reason: str) -> Verdict:
    return Verdict(relation=relation, outcome="not_checkable", reason=reason)


def _judge_equation(relation: Relation, figures: Sequence[Figure], values: Sequence[Interval]) -> Verdict:
    place = result_role(relation.kind, relation.roles)
    others = solve_all(relation.kind, relation.roles, values)
    implied = others[place or 0]
    if implied is None and relation.kind != "equal":
        return _unchecked(relation, "the number to divide by may be nought")
    powers = tuple(power(f, own, other) for f, own, other in zip(figures, values, others, strict=True))
    if implied is not None and implied.meets(values[place or 0]):
        return Verdict(relation=relation, outcome="holds", powers=powers)
    outcome: Outcome = "fails"
    alternative: Alternative | None = None
    if place is not None and implied is not None and _is_cut_off(figures[place], implied):
        outcome = "holds_truncated"
    elif alternative := _alternative(relation, figures, values):
        outcome = "holds_alternative"
    if relation.kind == "sum" and place is None:
        place = len(figures) - 1
    expected = _expected(relation, figures, values, place) if place is not None else ""
    return Verdict(relation=relation, outcome=outcome, expected=expected, alternative=alternative, powers=powers)


def _is_cut_off(figure: Figure, implied: Interval) -> bool:
    """Whether `figure` is a value of `implied` whose further digits were cut off instead of rounded: 10 for 10.8, -10 for -10.8."""
    if not is_rounded(figure) or figure.value is None or figure.qualifier != "exact":
        return False
    value, unit = Fraction(figure.value), unit_of(figure)
    up = implied.high >= value and implied.low < value + unit
    down = implied.low <= value and implied.high > value - unit
    return (up and value >= 0) or (down and value <= 0)


def _alternative(relation: Relation, figures: Sequence[Figure], values: Sequence[Interval]) -> Alternative | None:
    """Another reading under which the relation holds."""
    of = dict(zip(relation.roles, values, strict=True))
    units = {f.unit for f in figures}
    hundred = exactly(100)
    try:
        if relation.kind == "share":
            rest = of["whole"] - of["part"]
            return "of_the_rest" if (hundred * of["part"] / rest).meets(of["percent"]) else None
        if relation.kind == "change":
            return "sign" if (of["prior"] - of["current"]).meets(of["difference"]) else None
        if relation.kind != "percent_change":
            return None
        difference = of["current"] - of["prior"]
        if units == {"percent"} and difference.meets(of["percent"]):
            return "percentage_points"
        if (-(hundred * of["current"] / of["prior"] - hundred)).meets(of["percent"]):
            return "sign"
        return "base_swapped" if (hundred - hundred * of["prior"] / of["current"]).meets(of["percent"]) else None
    except ZeroDivisionError:
        return None


def _expected(relation: Relation, figures: Sequence[Figure], values: Sequence[Interval], place: int) -> str:
    """What the printed numbers, taken as they stand, make of the figure at `place`, to one decimal more than a whole percentage."""
    printed = [exactly(f.value) for f in figures if f.value is not None]
    point = solve(relation.kind, relation.roles, printed, place)
    if point is None:
        return ""
    decimals = max(1, figures[place].decimals) if is_rounded(figures[place]) else figures[place].decimals
    span = solve(relation.kind, relation.roles, values, place)
    if span is None or span.low == span.high:
        return number_text(point.low, decimals)
    low, high = number_text(span.low, decimals), number_text(span.high, decimals)
    return low if low == high else f"{low} to {high}"


def _judge_possible_share(relation: Relation, figures: Sequence[Figure]) -> Verdict:
    """GRIM: whether some whole number of cases is the percentage of the whole."""
    percent, whole = (figures[relation.roles.index(role)] for role in ("percent", "whole"))
    size = whole.value
    if size is None or size <= 0 or size != int(size) or whole.unit != "count" or whole.qualifier != "exact":
        return _unchecked(relation, "the whole is not a number of cases")
    span = solve("share", ("part", "whole", "percent"), [exactly(0), exactly(size), _interval(percent)], 0)
    if span is None:
        return _unchecked(relation, "the percentage could not be read")
    possible = math.ceil(span.low) <= math.floor(span.high)
    chance = grim_power(int(size), percent.decimals)
    nearest = _HUNDRED * round((span.low + span.high) / 2) / Fraction(size)
    return Verdict(
        relation=relation,
        outcome="holds" if possible else "fails",
        expected=number_text(nearest, max(1, percent.decimals)),
        powers=(chance,) * len(figures),
    )


def _interval(figure: Figure) -> Interval:
    return stated(figure) or exactly(0)


def _judge_incomplete(relation: Relation, values: Sequence[Interval]) -> Verdict:
    """Parts that may overlap, or are not all: each is at most the whole."""
    if "whole" not in relation.roles:
        return _unchecked(relation, "the parts are not complete and there is no whole")
    whole = values[relation.roles.index("whole")]
    fits = all(v.low <= whole.high for v in values)
    return Verdict(relation=relation, outcome="holds" if fits else "fails", powers=(_ZERO,) * len(values))


def _judge_bound(relation: Relation, figures: Sequence[Figure]) -> Verdict:
    outcome: Outcome = "fails" if any(is_impossible(f) for f in figures) else "holds"
    return Verdict(relation=relation, outcome=outcome, powers=(_ZERO,) * len(figures))


def is_impossible(figure: Figure) -> bool:
    """Whether no such thing can have the printed value: a share outside 0 to 100, a count below 0, a fall by more than all."""
    return figure.value is not None and not can_be(figure, figure.value)


def can_be(figure: Figure, value: Decimal) -> bool:
    """Whether what `figure` counts or measures can have a value."""
    if figure.statistic == "percent_of":
        return 0 <= value <= 100
    if figure.statistic == "percent_change":
        return value >= -100
    return figure.statistic == "change" or value >= 0
