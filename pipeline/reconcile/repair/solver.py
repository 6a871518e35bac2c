"""The explanations of a problem by CP-SAT (OR-tools), for problems that are too large to search.

Deterministic: one worker, a fixed seed, and a limit on work done instead of on time.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from ortools.sat.python import cp_model

from pipeline.reconcile.repair.problem import Constraint, Explanation, Problem, Side, Solution, ranked

# In OR-tools' deterministic time, of which one is about a second; and how many explanations are worth listing.
_WORK = 1.0
_MOST = 200
# CP-SAT's integers have 64 bits, and its sums must keep well within them.
_LARGEST = 2**58


def solve(problem: Problem, *, gap: int, work: float = _WORK, most: int = _MOST) -> Solution:
    """Every explanation of at most `gap` milli-nats more than the cheapest, or as many as the limits allow.

    Where they were too tight to tell which is the cheapest, the best that was found is returned, or nothing.
    """
    modelled = _modelled(problem)
    solver = _solver(work)
    status = cp_model.UNKNOWN if modelled is None else solver.solve(modelled.model)
    if modelled is None or status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Solution(explanations=(), complete=False)
    best = modelled.explanation(solver.value)
    if status != cp_model.OPTIMAL:
        return Solution(explanations=(best,), complete=False)
    modelled.model.clear_objective()  # type: ignore[no-untyped-call]
    modelled.model.add(modelled.cost <= best.cost + gap)
    near = _Collector(modelled, most)
    lister = _solver(work)
    lister.parameters.enumerate_all_solutions = True
    status = lister.solve(modelled.model, near)
    return Solution(explanations=ranked(problem, [best, *near.found]), complete=status == cp_model.OPTIMAL)


def _solver(work: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = work
    return solver


@dataclass(frozen=True, slots=True)
class _Modelled:
    """A problem in CP-SAT's terms: a literal for each option of a figure, and for each relation that is left as it is."""

    model: cp_model.CpModel
    chosen: list[list[cp_model.IntVar]]
    left: list[cp_model.IntVar]
    cost: cp_model.LinearExprT

    def explanation(self, value: Callable[[cp_model.LinearExprT], int]) -> Explanation:
        """The explanation that a solution, which gives variables their values, stands for."""
        choice = tuple(next(i for i, x in enumerate(options) if value(x)) for options in self.chosen)
        left = frozenset(i for i, x in enumerate(self.left) if value(x))
        return Explanation(cost=value(self.cost), choice=choice, left=left)


class _Collector(cp_model.CpSolverSolutionCallback):
    """Keeps the explanations that the solver comes upon, up to a number."""

    def __init__(self, modelled: _Modelled, most: int) -> None:
        super().__init__()
        self._modelled = modelled
        self._most = most
        self.found: list[Explanation] = []

    def on_solution_callback(self) -> None:
        """Called by the solver for each solution."""
        if len(self.found) == self._most:
            self.stop_search()
        else:
            self.found.append(self._modelled.explanation(self.value))


def _modelled(problem: Problem) -> _Modelled | None:
    """The model of a problem; None if its numbers are too large for the solver."""
    if any(_reach(problem, constraint) > _LARGEST for constraint in problem.constraints):
        return None
    model = cp_model.CpModel()
    chosen = [[model.new_bool_var("") for _ in v.options] for v in problem.variables]
    left = [model.new_bool_var("") for _ in problem.constraints]
    for literals in chosen:
        model.add_exactly_one(literals)
    bounds = _Bounds(model, problem, chosen)
    for constraint, is_left in zip(problem.constraints, left, strict=True):
        _add(model, problem, constraint, is_left, chosen, bounds)
    costs = [*(o.cost for v in problem.variables for o in v.options), *(c.cost for c in problem.constraints)]
    cost = cp_model.LinearExpr.weighted_sum([*(x for literals in chosen for x in literals), *left], costs)
    model.minimize(cost)
    return _Modelled(model, chosen, left, cost)


def _add(
    model: cp_model.CpModel,
    problem: Problem,
    constraint: Constraint,
    is_left: cp_model.IntVar,
    chosen: list[list[cp_model.IntVar]],
    bounds: "_Bounds",
) -> None:
    """The relation holds unless it is left."""
    for inequality in constraint.inequalities:
        terms = [bounds.product(term.bounds) for term in inequality.terms]
        total = cp_model.LinearExpr.weighted_sum(terms, [term.factor for term in inequality.terms])
        model.add(total + inequality.constant >= 0).only_enforce_if(~is_left)
    if constraint.allowed is not None:
        everything = product(*(range(len(problem.variables[m].options)) for m in constraint.members))
        for options in everything:
            if options not in constraint.allowed:
                refused = [~chosen[m][i] for m, i in zip(constraint.members, options, strict=True)]
                model.add_bool_or([*refused, is_left])


class _Bounds:
    """The ends of the figures' intervals, and products of two, as variables made when they are first needed."""

    def __init__(self, model: cp_model.CpModel, problem: Problem, chosen: list[list[cp_model.IntVar]]) -> None:
        self._model = model
        self._problem = problem
        self._chosen = chosen
        self._made: dict[tuple[tuple[int, Side], ...], cp_model.IntVar] = {}

    def product(self, bounds: tuple[tuple[int, Side], ...]) -> cp_model.IntVar:
        """One bound, or the product of two."""
        if bounds not in self._made:
            self._made[bounds] = self._one(*bounds[0]) if len(bounds) == 1 else self._two(bounds)
        return self._made[bounds]

    def _one(self, place: int, side: Side) -> cp_model.IntVar:
        values = [o.bounds[side] for o in self._problem.variables[place].options]
        end = self._model.new_int_var_from_domain(cp_model.Domain.from_values(values), "")
        self._model.add(end == cp_model.LinearExpr.weighted_sum(self._chosen[place], values))
        return end

    def _two(self, bounds: tuple[tuple[int, Side], ...]) -> cp_model.IntVar:
        size = math.prod(_largest(self._problem, *bound) for bound in bounds)
        result = self._model.new_int_var(-size, size, "")
        self._model.add_multiplication_equality(result, [self.product((bound,)) for bound in bounds])
        return result


def _largest(problem: Problem, place: int, side: Side) -> int:
    return max(abs(o.bounds[side]) for o in problem.variables[place].options)


def _reach(problem: Problem, constraint: Constraint) -> int:
    """How far from nought the terms of a constraint may get."""
    return max(
        (
            abs(row.constant)
            + sum(abs(t.factor) * math.prod(_largest(problem, *bound) for bound in t.bounds) for t in row.terms)
            for row in constraint.inequalities
        ),
        default=0,
    )
