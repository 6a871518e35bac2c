"""What a figure may stand for: its print, what slips lead away from, other years' numbers, and what the other figures make of it."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from pipeline.reconcile.carried import prior_whole
from pipeline.reconcile.equations import is_well_formed, result_role, solve
from pipeline.reconcile.intervals import Interval, exactly, is_rounded, stated, unit_of
from pipeline.reconcile.observations import Index, observation, undisputed
from pipeline.reconcile.repair.costs import slip_cost
from pipeline.reconcile.repair.problem import Option, Variable
from pipeline.reconcile.repair.slips import Slipped, slips_of
from pipeline.reconcile.verdicts import can_be, is_impossible
from schemas.figures import Figure
from schemas.relations import Relation, Verdict

# A relation that leaves more values open than this does not tell what a figure is.
_MOST_WORKED_OUT = 64
# Below this, two years have the same number by accident.
_LARGE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The figures of a document by id and by observation, and the verdicts that a figure to be repaired has part in."""

    by_id: Mapping[str, Figure]
    index: Index
    verdicts: Mapping[str, Sequence[Verdict]]


def has_to_choose(figure: Figure) -> bool:
    """Whether the print of a figure cannot stand: it is no number, or one that cannot be."""
    return figure.value is None or is_impossible(figure)


def fixed(figure: Figure) -> Variable | None:
    """A figure that stands for what is printed; None for one without a value."""
    return _variable(figure, ()) if figure.value is not None else None


def open_variable(figure: Figure, around: Surroundings) -> Variable | None:
    """A figure with all that it may stand for; None when there is nothing."""
    candidates = [*slips_of(figure), *_other_years(figure, around.index)]
    candidates += _worked_out(figure, around)
    return _variable(figure, candidates)


def _variable(figure: Figure, candidates: Iterable[Slipped]) -> Variable | None:
    cheapest: dict[Decimal, tuple[int, str]] = {}
    for value, slip in candidates:
        cost = (slip_cost(slip), slip)
        if value != figure.value and _is_printable(figure, value):
            cheapest[value] = min(cheapest.get(value, cost), cost)
    chosen = [(cost, slip, value) for value, (cost, slip) in cheapest.items()]
    if figure.value is not None and (not is_impossible(figure) or not chosen):
        chosen.append((0, "", figure.value))
    if not chosen:
        return None
    chosen.sort(key=lambda c: (c[0], c[2]))
    scale, bounds = _bounds(figure, [value for _, _, value in chosen])
    options = tuple(
        Option(value=value, slip=slip, cost=cost, bounds=ends)
        for (cost, slip, value), ends in zip(chosen, bounds, strict=True)
    )
    return Variable(figure=figure, scale=scale, options=options)


def _is_printable(figure: Figure, value: Decimal) -> bool:
    """Whether a value could be true, and printed with the figure's decimals."""
    scaled = value.scaleb(figure.decimals)
    return can_be(figure, value) and scaled == scaled.to_integral_value()


def _bounds(figure: Figure, values: Sequence[Decimal]) -> tuple[int, list[tuple[int, int]]]:
    """The ends of what each value stands for, times a scale that makes them integers.

    A share or count that was rounded to nought is not below it, and no fall is of more than all.
    """
    if figure.qualifier == "exact" and figure.decimals >= 0:
        scale, ends = _bounds_of_exact(figure, values)
    else:
        spans = [stated(replace(figure, value=value)) or exactly(value) for value in values]
        scale = math.lcm(*(end.denominator for span in spans for end in (span.low, span.high)))
        ends = [(int(span.low * scale), int(span.high * scale)) for span in spans]
    if figure.statistic == "change":
        return scale, ends
    least = -100 * scale if figure.statistic == "percent_change" else 0
    # What is wholly below it cannot be, and stays as it is.
    return scale, [(max(low, least) if high >= least else low, high) for low, high in ends]


def _bounds_of_exact(figure: Figure, values: Sequence[Decimal]) -> tuple[int, list[tuple[int, int]]]:
    """What `stated` says of plain printed numbers, in integers from the start: there are a hundred candidates for each figure."""
    units = [int(value.scaleb(figure.decimals)) for value in values]
    if is_rounded(figure):
        return 2 * 10**figure.decimals, [(2 * n - 1, 2 * n + 1) for n in units]
    return 10**figure.decimals, [(n, n) for n in units]


def _other_years(figure: Figure, index: Index) -> Iterator[Slipped]:
    """The same observation of the year before."""
    if figure.period is None or figure.value is None:
        return
    before = undisputed(index.get(observation(figure, figure.period.previous()), ()))
    if before is not None and before.value is not None:
        yield before.value, "other_year"


def _worked_out(figure: Figure, around: Surroundings) -> Iterator[Slipped]:
    """What the figure's relations make of it if all others are as printed, or as their own print suggests."""
    common: Interval | None = None
    for verdict in around.verdicts.get(figure.figure_id, ()):
        slip = _slip(figure, verdict, around)
        for span in _implied(figure, verdict.relation, around):
            yield from ((value, slip) for value in _values(figure, span))
            common = span if common is None else common.within(span) or common
    if common is not None and has_to_choose(figure):
        yield from ((value, "worked_out") for value in _values(figure, common))


def _slip(figure: Figure, verdict: Verdict, around: Surroundings) -> str:
    """How another value than those of known slips came to be printed."""
    relation = verdict.relation
    place = relation.figure_ids.index(figure.figure_id)
    if has_to_choose(figure):
        return "worked_out"
    if _is_stale(figure, around.index):
        return "stale"
    if place != result_role(relation.kind, relation.roles):
        return "other_value"
    return "stale" if prior_whole(verdict, around.by_id, around.index) is not None else "miscalculated"


def _is_stale(figure: Figure, index: Index) -> bool:
    """Whether last year's number stands in the place of this year's."""
    if figure.period is None or figure.value is None or figure.value < _LARGE:
        return False
    before = undisputed(index.get(observation(figure, figure.period.previous()), ()))
    return before is not None and before.figure_id != figure.figure_id and before.value == figure.value


def _implied(figure: Figure, relation: Relation, around: Surroundings) -> Iterator[Interval]:
    """What one relation says of `figure`: once, or for each suggestion of the one other figure that cannot be read."""
    place = relation.figure_ids.index(figure.figure_id)
    others = [around.by_id[i] for i in relation.figure_ids]
    unread = [f for i, f in enumerate(others) if i != place and f.value is None]
    if len(unread) > 1 or not relation.complete:
        return
    for value in {v for f in unread for v, _ in slips_of(f)} if unread else {None}:
        values = [exactly(0) if i == place else _stated(f, value) for i, f in enumerate(others)]
        if is_well_formed(relation.kind, relation.roles):
            span = solve(relation.kind, relation.roles, values, place)
        else:
            span = _nearest_share(relation, others, place)
        if span is not None:
            yield span


def _stated(figure: Figure, otherwise: Decimal | None) -> Interval:
    meant = figure if figure.value is not None else replace(figure, value=otherwise)
    return stated(meant) or exactly(0)


def _nearest_share(relation: Relation, figures: Sequence[Figure], place: int) -> Interval | None:
    """The percentage nearest to the printed one that a whole number of cases can be, where no part is stated."""
    if relation.kind != "share" or relation.roles[place] != "percent":
        return None
    whole, percent = figures[relation.roles.index("whole")].value, figures[place].value
    if not whole or percent is None:
        return None
    return exactly(100 * Fraction(round(Fraction(percent) * Fraction(whole) / 100)) / Fraction(whole))


def _values(figure: Figure, span: Interval) -> Iterator[Decimal]:
    """The printable values that agree with `span`, if they are not too many."""
    unit = unit_of(figure)
    half = unit / 2 if is_rounded(figure) else Fraction(0)
    first, last = math.ceil((span.low - half) / unit), math.floor((span.high + half) / unit)
    if last - first < _MOST_WORKED_OUT:
        yield from (Decimal(n).scaleb(-figure.decimals) for n in range(first, last + 1))
