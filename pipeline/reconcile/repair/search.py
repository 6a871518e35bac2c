"""All cheapest explanations of a small problem, by a search from conflict to conflict.

From the print as it stands, take a relation that does not hold: any explanation must leave it as it is, or change one of its
figures. Following each of these choices, the cheapest first, is the tree of hitting sets of Reiter (1987, "A theory of diagnosis
from first principles", Artificial Intelligence 32) with weights. It misses no explanation that assumes no more than it needs, and
meets them in the order of their cost. Most problems of a document take a few hundred steps; CP-SAT, which needs 10 ms and more for
any, gets the rest.
"""

import heapq
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.reconcile.repair.problem import Explanation, Problem, Solution, ranked

_MOST_STEPS = 20_000
_UNCHOSEN = -1
_NEVER = 10**9


class _Node(NamedTuple):
    """Some departures from the print, and what is still wrong. `bound` is their cost with the least that must come on top."""

    bound: int
    choice: tuple[int, ...]
    left: tuple[int, ...]
    cost: int
    wrong: tuple[int, ...]


def search(problem: Problem, *, gap: int, most_steps: int = _MOST_STEPS) -> Solution | None:
    """Every explanation of at most `gap` milli-nats more than the cheapest; None if that takes more than `most_steps`."""
    tree = _Tree(problem, gap)
    queue = [tree.root()]
    seen = {(queue[0].choice, queue[0].left)}
    found: list[Explanation] = []
    steps = 0
    while queue and queue[0].bound <= tree.limit:
        node = heapq.heappop(queue)
        if tree.is_explained(node):
            found.append(Explanation(cost=node.cost, choice=node.choice, left=frozenset(node.left)))
            continue
        for child in tree.children(node):
            steps += 1
            if tree.is_explained(child):
                tree.limit = min(tree.limit, child.cost + gap)
            if (child.choice, child.left) not in seen:
                seen.add((child.choice, child.left))
                heapq.heappush(queue, child)
        if steps > most_steps:
            return None
    return Solution(explanations=ranked(problem, found), complete=True)


class _Tree:
    """What follows from what. Only relations that a change touches are looked at again; what costs more than `limit` is left out."""

    def __init__(self, problem: Problem, gap: int) -> None:
        self.limit = sum(c.cost for c in problem.constraints) + sum(v.options[0].cost for v in problem.variables) + gap
        self._problem = problem
        self._touching: list[list[int]] = [[] for _ in problem.variables]
        for place, constraint in enumerate(problem.constraints):
            for member in constraint.members:
                self._touching[member].append(place)
        self._held: dict[tuple[int, int, tuple[int, ...]], int] = {}
        self._cheapest = [v.options[1].cost if len(v.options) > 1 else _NEVER for v in problem.variables]
        self._choices = [sum(len(problem.variables[m].options) for m in c.members) for c in problem.constraints]
        self._least = [min([c.cost, *(self._cheapest[m] for m in c.members)]) for c in problem.constraints]

    def root(self) -> _Node:
        """The print as it stands."""
        choice = tuple(_UNCHOSEN if v.must_choose else 0 for v in self._problem.variables)
        return self._node(
            0, choice, (), tuple(p for p in range(len(self._problem.constraints)) if self._fails(p, choice))
        )

    def is_explained(self, node: _Node) -> bool:
        """Whether nothing is wrong any more, and all that must be chosen is."""
        return not node.wrong and _UNCHOSEN not in node.choice

    def children(self, node: _Node) -> Iterator[_Node]:
        """All ways to go on: what to do about the first relation that is wrong, or else about the first figure without a value."""
        if not node.wrong:
            yield from self._changed(node, node.choice.index(_UNCHOSEN))
            return
        place = min(node.wrong, key=self._choices.__getitem__)
        others = [p for p in node.wrong if p != place]
        constraint = self._problem.constraints[place]
        yield self._node(node.cost + constraint.cost, node.choice, tuple(sorted((*node.left, place))), tuple(others))
        for member in constraint.members:
            if node.choice[member] == 0 and not self._problem.variables[member].must_choose:
                yield from self._changed(node, member)

    def _changed(self, node: _Node, member: int) -> Iterator[_Node]:
        touching = self._touching[member]
        elsewhere = [p for p in node.wrong if p not in touching]
        touched = [(p, self._holding(p, member, node.choice)) for p in touching if p not in node.left]
        before, after = node.choice[:member], node.choice[member + 1 :]
        # Of a hundred options most leave the same relations wrong, and what that costs at least does not depend on the value.
        known: dict[tuple[bool | int, ...], tuple[tuple[int, ...], int]] = {}
        for i, option in enumerate(self._problem.variables[member].options):
            cost = node.cost + option.cost
            if cost > self.limit:
                return  # the others cost even more
            if i == node.choice[member]:
                continue
            choice = (*before, i, *after)
            alike = (i == 0, *[held >> i & 1 for _, held in touched])
            if alike not in known:
                wrong = tuple(sorted([*elsewhere, *[p for p, held in touched if not held >> i & 1]]))
                known[alike] = wrong, self._least_of(wrong, choice)
            wrong, least = known[alike]
            if cost + least <= self.limit:
                yield _Node(cost + least, choice, node.left, cost, wrong)

    def _holding(self, place: int, member: int, choice: tuple[int, ...]) -> int:
        """The options of a figure for which a relation does not fail, as far as its other figures have values: a bit for each."""
        constraint = self._problem.constraints[place]
        others = tuple(choice[m] for m in constraint.members if m != member)
        key = place, member, others
        if key not in self._held:
            waits = _UNCHOSEN in others
            self._held[key] = -1 if waits else self._problem.holding(constraint, member, choice)
        return self._held[key]

    def _fails(self, place: int, choice: tuple[int, ...]) -> bool:
        """Whether a relation fails, as far as its figures have values."""
        constraint = self._problem.constraints[place]
        waits = any(choice[m] == _UNCHOSEN for m in constraint.members)
        return not waits and not self._problem.holds(constraint, choice)

    def _node(self, cost: int, choice: tuple[int, ...], left: tuple[int, ...], wrong: tuple[int, ...]) -> _Node:
        return _Node(cost + self._least_of(wrong, choice), choice, left, cost, wrong)

    def _least_of(self, wrong: tuple[int, ...], choice: tuple[int, ...]) -> int:
        """What must come on top, and never too much: wrong relations that no one figure could put right each cost something."""
        least, used = 0, set[int]()
        for place in wrong:
            constraint = self._problem.constraints[place]
            if used.isdisjoint(constraint.members):
                untouched = [self._cheapest[m] for m in constraint.members if not choice[m]]
                same = len(untouched) == len(constraint.members)
                least += self._least[place] if same else min([constraint.cost, *untouched])
                used.update(constraint.members)
        return least
