"""Figures of scans whose two readings differ: the relations of the document speak for one of them.

Nothing that was read is lost: both readings stay in the evidence, and the figure is doubtful until a check proves it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product
from math import prod

from pipeline.reconcile.verdicts import can_be, judge
from schemas.figures import Figure
from schemas.relations import Relation, Verdict

# What a reader thinks less likely than this is left to the repair engine.
_LIKELY = 0.05
# Combinations of readings of figures that hang together; where there are more, each figure is settled by itself.
_MOST = 256


def settle(figures: Sequence[Figure], relations: Sequence[Relation]) -> tuple[Figure, ...]:
    """The figures, with the readings that make more of the stated relations hold in the place of those that make fewer.

    A figure whose readings agree keeps its value, and so does one of which the relations say nothing.
    """
    by_id = {f.figure_id: f for f in figures}
    choices = {f.figure_id: values for f in figures if (values := readings_of(f)) and values != (f.value,)}
    touching = [r for r in relations if any(i in choices for i in r.figure_ids)]
    for group in _groups(list(choices), touching):
        of_group = [r for r in touching if any(i in group for i in r.figure_ids)]
        fewer = [group] if prod(len(choices[i]) for i in group) <= _MOST else [(i,) for i in group]
        for ids in fewer:
            by_id |= _best(ids, choices, of_group, by_id)
    return tuple(by_id[f.figure_id] for f in figures)


def readings_of(figure: Figure) -> tuple[Decimal, ...]:
    """The values that the readers of a figure take it for and that can be, the one that is used first; only that where they agree."""
    if figure.value is None or figure.evidence.agreement in (None, "agree"):
        return () if figure.value is None else (figure.value,)
    read = [r.value for r in figure.evidence.readings if r.value is not None]
    likely = [v for r in figure.evidence.readings for v, chance in r.alternatives if chance >= _LIKELY]
    return tuple(v for v in dict.fromkeys((figure.value, *read, *likely)) if can_be(figure, v))


def _groups(ids: Sequence[str], relations: Sequence[Relation]) -> Iterator[tuple[str, ...]]:
    """The figures with a choice, those together that a relation holds together."""
    left = dict.fromkeys(ids)
    while left:
        group = [next(iter(left))]
        for member in group:
            left.pop(member, None)
            found = (i for r in relations if member in r.figure_ids for i in r.figure_ids if i in left)
            group += [i for i in dict.fromkeys(found) if i not in group]
        yield tuple(group)


def _best(
    ids: Sequence[str],
    choices: Mapping[str, Sequence[Decimal]],
    relations: Sequence[Relation],
    by_id: Mapping[str, Figure],
) -> dict[str, Figure]:
    """The choice under which the relations hold best; of equal ones that nearest to how the figures were read."""
    if not relations:
        return {}
    tried: list[tuple[float, int, int, dict[str, Figure]]] = []
    for values in product(*(choices[i] for i in ids)):
        chosen = {i: as_read(by_id[i], value) for i, value in zip(ids, values, strict=True)}
        changed = sum(chosen[i].value != by_id[i].value for i in ids)
        tried.append((-sum(_weight(judge(r, {**by_id, **chosen})) for r in relations), changed, len(tried), chosen))
    return min(tried, key=lambda t: t[:3])[3]


def as_read(figure: Figure, value: Decimal) -> Figure:
    """The figure with another of its readings as its value."""
    if value == figure.value:
        return figure
    exponent = value.as_tuple().exponent
    return replace(figure, value=value, decimals=max(0, -exponent) if isinstance(exponent, int) else 0)


def _weight(verdict: Verdict) -> float:
    """What a relation says for the values: as much as it could have said against others."""
    if verdict.outcome == "holds":
        return float(min(verdict.powers, default=0))
    return -1.0 if verdict.outcome == "fails" else 0.0
