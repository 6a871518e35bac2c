"""Explanations in plain sentences: what stands for what, by which slip, and what fits then."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.reconcile.repair.costs import load_costs
from pipeline.reconcile.repair.excuses import excuse_text
from pipeline.reconcile.repair.problem import Explanation, Problem, Solution
from pipeline.reconcile.texts import listed, moved, value_text
from schemas.figures import Figure
from schemas.relations import Relation, Verdict

_MOST_HYPOTHESES = 4
_UNSURE = "These figures hang together with too many others: there may be better explanations."

# More parts than these are counted instead of named, more relations than these are not told.
_MOST_PARTS = 5
_MOST_RELATIONS = 3


def hypotheses(
    problem: Problem,
    solution: Solution,
    of: tuple[Collection[int], Collection[int]],
    verdicts: Mapping[str, Verdict],
    by_id: Mapping[str, Figure],
) -> tuple[str, ...]:
    """What the explanations say of some variables and constraints (`of`, by their places), the best first.

    Each with the cost of what it says, in nats; the explanation that it is taken from may assume more of other figures.
    """
    told = [_sentence(problem, explanation, of, verdicts, by_id) for explanation in solution.explanations]
    found = list(dict.fromkeys(filter(None, told)))
    return (*found[:_MOST_HYPOTHESES], *(() if solution.complete else (_UNSURE,)))


def _sentence(
    problem: Problem,
    explanation: Explanation,
    of: tuple[Collection[int], Collection[int]],
    verdicts: Mapping[str, Verdict],
    by_id: Mapping[str, Figure],
) -> str:
    """What one explanation says, as in: “5 may stand for 15 (a lost digit): then 15 and 60 make 75, and 15 of 75 is 20%.”."""
    variables, constraints = of
    chosen = [(v.figure, v.options[o]) for v, o in zip(problem.variables, explanation.choice, strict=True)]
    meant = {f.figure_id: replace(f, value=o.value) if o.slip else f for f, o in chosen}
    changed = {place for place in variables if chosen[place][1].slip}
    left = sorted(explanation.left.intersection(constraints))
    changes = [
        f"{_printed(figure)} may stand for {value_text(meant[figure.figure_id])} ({load_costs().slips[option.slip].says})"
        for figure, option in (chosen[place] for place in sorted(changed))
    ]
    held = [
        c.relation
        for place, c in enumerate(problem.constraints)
        if place not in explanation.left and not changed.isdisjoint(c.members)
    ]
    excuses = [
        excuse_text(verdicts[c.relation.relation_id], c.excuse, by_id)
        for c in (problem.constraints[place] for place in left)
    ]
    parts = [f"{listed(changes)}{_then(held, meant)}."] if changes else []
    cost = sum(chosen[place][1].cost for place in changed) + sum(problem.constraints[place].cost for place in left)
    return " ".join((*parts, *dict.fromkeys(excuses), f"[cost {cost / 1000:.1f}]")) if cost else ""


def _printed(figure: Figure) -> str:
    return f"“{figure.evidence.printed}”" if figure.value is None else value_text(figure)


def _then(relations: Sequence[Relation], meant: Mapping[str, Figure]) -> str:
    """What holds with the values that are meant."""
    said = list(dict.fromkeys(text for r in relations if (text := _says(r, meant))))
    if not said:
        return ""
    rest = len(said) - _MOST_RELATIONS
    told = said[:_MOST_RELATIONS] + ([f"{rest} more fit"] if rest > 0 else [])
    return f": then {', and '.join(told)}"


def _says(relation: Relation, meant: Mapping[str, Figure]) -> str:
    """What a relation says of the values that are meant: “15 of 75 is 20%”."""
    figures = [meant[i] for i in relation.figure_ids]
    texts = {role: value_text(f) for role, f in zip(relation.roles, figures, strict=True)}
    if relation.kind == "share":
        if "part" not in texts:
            return f"{texts['percent']} is possible for {texts['whole']}"
        return f"{texts['part']} of {texts['whole']} is {texts['percent']}"
    if relation.kind in ("percent_change", "change"):
        change = next(f for f, role in zip(figures, relation.roles, strict=True) if role in ("percent", "difference"))
        size = value_text(change).replace("-", "")
        return f"{texts['prior']} to {texts['current']} is a {moved(change.value or Decimal(0))} of {size}"
    if relation.kind == "sum":
        parts = [value_text(f) for f, role in zip(figures, relation.roles, strict=True) if role == "part"]
        named = listed(parts) if len(parts) <= _MOST_PARTS else f"the {len(parts)} parts"
        return f"{named} make {texts.get('whole', '100%')}" if relation.complete else ""
    return f"both say {value_text(figures[0])}" if relation.kind == "equal" else ""
