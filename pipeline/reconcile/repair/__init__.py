"""Repair: what the figures that do not fit, or cannot be read, most likely stand for.

    figures and verdicts ── problems ──▶ explanations ──▶ repairs and hypotheses
                            (graph)      (search, or CP-SAT   (proof, sentences)
                                         for large ones)

The repairs are proposals: nothing printed is overwritten.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.reconcile.observations import Index
from pipeline.reconcile.repair.excuses import excuse_text
from pipeline.reconcile.repair.graph import problems
from pipeline.reconcile.repair.problem import Explanation, Problem, Solution
from pipeline.reconcile.repair.proof import fixing_relations, implied, independent
from pipeline.reconcile.repair.search import search
from pipeline.reconcile.repair.sentences import hypotheses
from schemas.figures import Figure
from schemas.relations import Verdict
from schemas.repairs import Repair

# Explanations that are more than e³ (20) times less likely than the best are not told.
_GAP = 3000
# A number that can be read is proposed to be another only if nothing else is nearly as likely (at most e times less).
_CLEARLY = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """Repairs, and the ranked hypotheses about each relation that fails, by its id, and each figure without a value, by its own."""

    repairs: tuple[Repair, ...]
    hypotheses: Mapping[str, tuple[str, ...]]

    def proposal(self, figure: Figure) -> Decimal | None:
        """What a figure is proposed to be: by its repair, or else by how it was read."""
        return next((r.proposed for r in self.repairs if r.figure_id == figure.figure_id), figure.proposed)


def repair(by_id: Mapping[str, Figure], verdicts: Sequence[Verdict], index: Index) -> Repaired:
    """Explain what does not fit.

    The figures may be of several documents, with `equal` relations among them. Independent of the order of the verdicts.
    """
    by_relation = {v.relation.relation_id: v for v in verdicts}
    repairs: list[Repair] = []
    told: dict[str, tuple[str, ...]] = {}
    for problem in problems(by_id, verdicts, index):
        solution = explained(problem)
        for place, constraint in enumerate(problem.constraints):
            told[constraint.relation.relation_id] = hypotheses(
                problem, solution, (constraint.members, [place]), by_relation, by_id
            )
        for place, variable in enumerate(problem.variables):
            found = _repair_of(problem, solution, place, by_id)
            if found is None and not variable.must_choose:
                continue
            touching = [i for i, c in enumerate(problem.constraints) if place in c.members]
            texts = hypotheses(problem, solution, ([place], touching), by_relation, by_id)
            if variable.must_choose:
                told[variable.figure.figure_id] = texts
            repairs += [replace(found, hypotheses=texts)] if found is not None else []
    for verdict in verdicts:
        if verdict.outcome == "holds_truncated":
            told.setdefault(verdict.relation.relation_id, (excuse_text(verdict, "truncated", by_id),))
    return Repaired(repairs=tuple(repairs), hypotheses=told)


def _repair_of(problem: Problem, solution: Solution, place: int, by_id: Mapping[str, Figure]) -> Repair | None:
    """The repair of one variable, if the best explanations agree that its print is wrong, and on what it stands for."""
    variable = problem.variables[place]
    rivals = _near(solution, 0 if variable.must_choose else _CLEARLY)
    option = implied(rivals, problem, place)
    if option is None:
        return None
    chosen = variable.options[option]
    relations = fixing_relations(problem, solution, place)
    agreed = solution.complete and implied(solution.explanations, problem, place) == option
    witnesses = independent(relations, variable.figure, by_id) if agreed else ()
    return Repair(
        figure_id=variable.figure.figure_id,
        printed=variable.figure.evidence.printed,
        proposed=chosen.value,
        cost=solution.explanations[0].cost,
        slips=(chosen.slip,),
        proved=bool(witnesses),
        relation_ids=tuple(r.relation_id for r in witnesses or relations),
        hypotheses=(),
    )


def _near(solution: Solution, gap: int) -> list[Explanation]:
    """The explanations that cost at most so much more than the cheapest."""
    return [e for e in solution.explanations if e.cost <= solution.explanations[0].cost + gap]


def explained(problem: Problem) -> Solution:
    """The cheapest explanations and those near them."""
    solution = search(problem, gap=_GAP)
    if solution is None:
        from pipeline.reconcile.repair.solver import (
            solve,
        )  # OR-tools takes most of a second to load, and is seldom needed

        solution = solve(problem, gap=_GAP)
    return solution
