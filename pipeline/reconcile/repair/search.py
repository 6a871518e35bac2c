"""All cheapest explanations of a small problem, by a search from conflict to conflict.

From the print as it stands, take a relation that does not hold: any explanation must leave it as it is, or change one of its
figures. Following each of these choices, the cheapest first, is the tree of hitting sets of Reiter (1987, "A theory of diagnosis
from first principles", Artificial Intelligence 32) with weights. It misses no explanation that assumes no more than it needs, and
meets them in the order of their cost. Most problems of a document take a few hundred steps; CP-SAT, which needs 10 ms and more for
any, gets the rest.
"""

import heapq
from collections.abc import Iterator

from pipeline.reconcile.repair.problem import Constraint, Explanation, Problem, Solution, ranked

_MOST_STEPS = 20_000
_UNCHOSEN = -1

_Choice = tuple[int, ...]
_State = tuple[_Choice, frozenset[int]]


def search(problem: Problem, *, gap: int, most_steps: int = _MOST_STEPS) -> Solution | None:
    """Every explanation of at most `gap` milli-nats more than the cheapest; None if that takes more than `most_steps`."""
    start: _State = (tuple(_UNCHOSEN if v.must_choose else 0 for v in problem.variables), frozenset())
    queue: list[tuple[int, _Choice, list[int]]] = [(0, start[0], [])]
    seen = {start}
    found: list[Explanation] = []
    limit = _dearest(problem) + gap
    steps = 0
    while queue:
        cost, choice, left_places = heapq.heappop(queue)
        if cost > limit:
            break
        left = frozenset(left_places)
        children = list(_children(problem, choice, left))
        if not children:
            limit = min(limit, cost + gap)
            found.append(Explanation(cost=cost, choice=choice, left=left))
        steps += max(1, len(children))
        if steps > most_steps:
            return None
        for extra, child in children:
            if cost + extra <= limit and child not in seen:
                seen.add(child)
                heapq.heappush(queue, (cost + extra, child[0], sorted(child[1])))
    return Solution(explanations=ranked(problem, found), complete=True)


def _dearest(problem: Problem) -> int:
    """What it costs to leave every relation as it is: no explanation need cost more."""
    return sum(c.cost for c in problem.constraints) + sum(v.options[0].cost for v in problem.variables)


def _children(problem: Problem, choice: _Choice, left: frozenset[int]) -> Iterator[tuple[int, _State]]:
    """What may follow, with its cost; nothing when all is explained."""
    unsettled: int | None = None
    for place, constraint in enumerate(problem.constraints):
        if place in left:
            continue
        waiting = [m for m in constraint.members if choice[m] == _UNCHOSEN]
        if waiting:
            unsettled = waiting[0] if unsettled is None else unsettled
        elif not problem.holds(constraint, choice):
            yield from _ways_out(problem, place, constraint, choice, left)
            return
    if unsettled is None:
        unsettled = next((m for m, option in enumerate(choice) if option == _UNCHOSEN), None)
    if unsettled is not None:
        for i, option in enumerate(problem.variables[unsettled].options):
            yield option.cost, (_with(choice, unsettled, i), left)


def _ways_out(
    problem: Problem, place: int, constraint: Constraint, choice: _Choice, left: frozenset[int]
) -> Iterator[tuple[int, _State]]:
    yield constraint.cost, (choice, left | {place})
    for member in constraint.members:
        variable = problem.variables[member]
        if choice[member] == 0 and not variable.must_choose:
            for i, option in enumerate(variable.options[1:], start=1):
                yield option.cost, (_with(choice, member, i), left)


def _with(choice: _Choice, place: int, option: int) -> _Choice:
    return (*choice[:place], option, *choice[place + 1 :])
