"""What the explanations of a problem agree on, and whether that is proved.

A value is *implied* when it is the same in every cheapest explanation. It is *proved* when, besides, every explanation that is
not much dearer has it too, all relations of the figure hold with it, and two independent relations fix it: each of them would
most likely fail with any other value, has no figure but those that keep their print in every explanation, and knows something
that the other does not: a figure that is neither in the other nor a restatement of one that is. A number of cases
and its percentage, each with the whole of the sentence, are two such witnesses for the whole; the same sum printed
twice is one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from pipeline.reconcile.observations import observation
from pipeline.reconcile.repair.problem import Explanation, Problem, Solution
from pipeline.reconcile.verdicts import judge
from schemas.figures import Figure
from schemas.relations import Relation

# The probability at which a relation would fail, were the figure another number.
_POWER = Fraction(19, 20)


def implied(explanations: Sequence[Explanation], problem: Problem, place: int) -> int | None:
    """The option of a variable that all explanations share, if it is not the print."""
    options = {e.choice[place] for e in explanations}
    if len(options) != 1:
        return None
    (option,) = options
    return option if problem.variables[place].options[option].slip else None


def fixing_relations(problem: Problem, solution: Solution, place: int) -> list[Relation]:
    """The relations that hold with the implied value of a variable, and would most likely fail with another; all must hold."""
    best = solution.explanations[0]
    touching = [(i, c) for i, c in enumerate(problem.constraints) if place in c.members]
    if any(i in e.left for e in solution.explanations for i, _ in touching):
        return []
    steady = {p for p in range(len(problem.variables)) if _keeps_print(problem, solution, p)}
    meant = {v.figure.figure_id: v.figure for v in problem.variables}
    figure = problem.variables[place].figure
    meant[figure.figure_id] = replace(figure, value=problem.variables[place].options[best.choice[place]].value)
    fixing: list[Relation] = []
    for _, constraint in touching:
        if not set(constraint.members) <= steady | {place}:
            continue
        verdict = judge(constraint.relation, meant)
        if verdict.outcome == "holds" and verdict.powers[constraint.members.index(place)] >= _POWER:
            fixing.append(constraint.relation)
    return fixing


def _keeps_print(problem: Problem, solution: Solution, place: int) -> bool:
    return not any(problem.variables[place].options[e.choice[place]].slip for e in solution.explanations)


def independent(relations: Sequence[Relation], figure: Figure, by_id: Mapping[str, Figure]) -> tuple[Relation, ...]:
    """The first two relations that witness the value of `figure` independently of each other; none if there are no such two."""
    for one, other in combinations(relations, 2):
        first, second = (set(_witnesses(r, figure, by_id)) for r in (one, other))
        if first - second and second - first:
            return one, other
    return ()


def _witnesses(relation: Relation, figure: Figure, by_id: Mapping[str, Figure]) -> Iterator[object]:
    """The other figures of a relation, each by what it observes and its value, so that a restatement is the same witness."""
    for figure_id in relation.figure_ids:
        if figure_id != figure.figure_id:
            other = by_id[figure_id]
            yield (observation(other, other.period), other.value) if other.period else figure_id
