"""The search and CP-SAT against trying everything, on small problems of all kinds of relation."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.reconcile.repair.arithmetic import inequalities
from pipeline.reconcile.repair.problem import Constraint, Explanation, Option, Problem, Solution, Variable, ranked
from pipeline.reconcile.repair.proof import implied
from pipeline.reconcile.repair.search import search
from pipeline.reconcile.repair.solver import solve
from schemas.figures import Statistic
from schemas.relations import Relation, RelationKind
from tests.pipeline.reconcile.build import figure, relation

GAP = 3000

STATISTICS: tuple[Statistic, ...] = ("count", "count", "count", "percent_of", "percent_change", "change")


def variable(name: str, statistic: Statistic, values: list[int], costs: list[int], *, must_choose: bool) -> Variable:
    """A figure with these options, the first of which is its print unless it must choose. Percentages are whole: ±½."""
    rounded = statistic in ("percent_of", "percent_change")
    scale = 2 if rounded else 1
    options = [
        Option(
            value=Decimal(value),
            slip="" if i == 0 and not must_choose else "other_value",
            cost=0 if i == 0 and not must_choose else cost,
            bounds=(scale * value - rounded, scale * value + rounded),
        )
        for i, (value, cost) in enumerate(zip(values, costs, strict=False))
    ]
    of = figure(name, None if must_choose else str(values[0]), statistic)
    return Variable(figure=of, scale=scale, options=tuple(sorted(options, key=lambda o: o.cost)))


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Six figures, each with up to four options, and up to four relations among them: also cycles and contradictions."""
    variables = tuple(
        variable(
            f"f{i}",
            statistic,
            draw(st.lists(st.integers(0, 12), min_size=1, max_size=4, unique=True)),
            draw(st.lists(st.integers(1000, 9000), min_size=4, max_size=4)),
            must_choose=draw(st.integers(0, 5)) == 0,
        )
        for i, statistic in enumerate(STATISTICS)
    )
    return Problem(
        variables=variables,
        constraints=tuple(draw(constraints(variables)) for _ in range(draw(st.integers(1, 4)))),
    )


@st.composite
def constraints(draw: st.DrawFn, variables: tuple[Variable, ...]) -> Constraint:
    kind: RelationKind = draw(st.sampled_from(("sum", "equal", "share", "percent_change", "change", "bound")))
    counts = draw(st.permutations(range(3)))
    places = {
        "sum": counts,
        "equal": counts[:2],
        "share": [*counts[:2], 3],
        "percent_change": [*counts[:2], 4],
        "change": [*counts[:2], 5],
        "bound": counts[:1],
    }[kind]
    of: Relation = relation(kind, *(f"f{p}" for p in places), complete=draw(st.integers(0, 4)) > 0)
    allowed = frozenset((i,) for i in range(4) if draw(st.booleans())) if kind == "bound" else None
    return Constraint(
        relation=of,
        members=tuple(places),
        inequalities=inequalities(of, places, variables),
        allowed=allowed,
        cost=draw(st.integers(1000, 15000)),
        excuse="misunderstood",
    )


def tried(problem: Problem) -> tuple[Explanation, ...]:
    """All explanations near the cheapest, by trying every choice."""
    found = []
    for choice in product(*(range(len(v.options)) for v in problem.variables)):
        left = frozenset(i for i, c in enumerate(problem.constraints) if not problem.holds(c, choice))
        cost = sum(v.options[o].cost for v, o in zip(problem.variables, choice, strict=True))
        cost += sum(problem.constraints[i].cost for i in left)
        found.append(Explanation(cost=cost, choice=choice, left=left))
    least = min(e.cost for e in found)
    return ranked(problem, [e for e in found if e.cost <= least + GAP])


@given(problems())
@settings(deadline=None)
def test_the_search_finds_what_trying_everything_finds(problem: Problem) -> None:
    assert search(problem, gap=GAP) == Solution(explanations=tried(problem), complete=True)


@given(problems())
@settings(deadline=None, max_examples=40)
def test_cp_sat_finds_what_trying_everything_finds(problem: Problem) -> None:
    assert solve(problem, gap=GAP) == Solution(explanations=tried(problem), complete=True)


@given(problems())
@settings(deadline=None)
def test_what_is_implied_is_so_in_every_cheapest_explanation(problem: Problem) -> None:
    everything = tried(problem)
    cheapest = [e for e in everything if e.cost == everything[0].cost]
    solution = search(problem, gap=0)
    assert solution is not None
    for place, of in enumerate(problem.variables):
        options = {e.choice[place] for e in cheapest}
        only = options.pop() if len(options) == 1 else None
        expected = only if only is not None and of.options[only].slip else None
        assert implied(solution.explanations, problem, place) == expected


def wide(size: int) -> Problem:
    """A sum with so many parts that are as likely to be wrong that no one can say which."""
    parts = [variable(f"f{i}", "count", [5, 6, 7, 8], [0, 8000, 9000, 9500], must_choose=False) for i in range(size)]
    whole = variable("w", "count", [5 * size + 4, 5 * size + 9], [0, 20000], must_choose=False)
    variables = (whole, *parts)
    total = relation("sum", "w", *(f"f{i}" for i in range(size)))
    members = tuple(range(len(variables)))
    rows = inequalities(total, members, variables)
    return Problem(
        variables=variables,
        constraints=(
            Constraint(relation=total, members=members, inequalities=rows, cost=30000, excuse="misunderstood"),
        ),
    )


def test_the_search_gives_up_on_what_is_too_large() -> None:
    assert search(wide(200), gap=GAP, most_steps=1000) is None


def test_cp_sat_lists_no_more_than_it_is_asked_for() -> None:
    solution = solve(wide(20), gap=GAP, most=10)
    assert not solution.complete
    assert solution.explanations
    assert solution.explanations[0].cost == 17500


def test_cp_sat_without_time_says_that_it_does_not_know() -> None:
    assert not solve(wide(200), gap=GAP, work=1e-9).complete


def test_numbers_that_are_too_large_for_cp_sat_are_not_solved() -> None:
    huge = [variable(f"f{i}", "count", [10**17, 10**17 + 1], [0, 1000], must_choose=False) for i in range(2)]
    percent = variable("p", "percent_of", [7, 8], [0, 1000], must_choose=False)
    share = relation("share", "f0", "f1", "p")
    rows = inequalities(share, range(3), (*huge, percent))
    constraint = Constraint(relation=share, members=(0, 1, 2), inequalities=rows, cost=9000, excuse="misunderstood")
    problem = Problem(variables=(*huge, percent), constraints=(constraint,))
    assert solve(problem, gap=GAP) == Solution(explanations=(), complete=False)
    assert search(problem, gap=GAP) == Solution(explanations=tried(problem), complete=True)


@pytest.mark.parametrize("again", range(2))
def test_cp_sat_gives_the_same_each_time(again: int) -> None:
    assert solve(wide(20), gap=GAP, most=10) == solve(wide(20), gap=GAP, most=10), again
