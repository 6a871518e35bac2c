"""The figures of a document that need explaining, in groups that hang together: each group is a problem of its own.

Figures whose relations all hold are never touched, and stand fixed at the edge of a problem. So the work grows with what is wrong,
not with the number of figures.
"""

from collections.abc import Iterator, Mapping, Sequence

from pipeline.reconcile.equations import is_well_formed
from pipeline.reconcile.observations import Index
from pipeline.reconcile.repair.arithmetic import inequalities
from pipeline.reconcile.repair.costs import excuse_cost
from pipeline.reconcile.repair.excuses import excuse_of
from pipeline.reconcile.repair.options import Surroundings, fixed, has_to_choose, open_variable
from pipeline.reconcile.repair.problem import Constraint, Problem, Variable
from pipeline.reconcile.verdicts import can_be
from schemas.figures import Figure
from schemas.relations import Relation, Verdict


def problems(by_id: Mapping[str, Figure], verdicts: Sequence[Verdict], index: Index) -> Iterator[Problem]:
    """The problems of a document (or of several, with `equal` relations among them), in the order of their first figures."""
    unsettled = {i for v in verdicts if _fails(v) for i in v.relation.figure_ids}
    unsettled |= {f.figure_id for f in by_id.values() if has_to_choose(f)}
    if not unsettled:
        return
    usable = [v for v in verdicts if not unsettled.isdisjoint(v.relation.figure_ids) and _is_usable(v, by_id)]
    for figure_ids, of_group in _groups([i for i in by_id if i in unsettled], usable):
        problem = _problem(figure_ids, of_group, by_id, index)
        if problem is not None:
            yield problem


def _fails(verdict: Verdict) -> bool:
    if verdict.outcome == "holds_alternative":
        return verdict.alternative != "percentage_points"
    return verdict.outcome == "fails"


def _is_usable(verdict: Verdict, by_id: Mapping[str, Figure]) -> bool:
    """Whether a relation can be put into inequalities. One that could not be checked for want of a value can."""
    relation = verdict.relation
    known = all(i in by_id for i in relation.figure_ids) and len(set(relation.figure_ids)) == len(relation.figure_ids)
    if not known or (
        verdict.outcome == "not_checkable" and all(by_id[i].value is not None for i in relation.figure_ids)
    ):
        return False
    return is_well_formed(relation.kind, relation.roles) or _asks_whether_possible(relation)


def _asks_whether_possible(relation: Relation) -> bool:
    return relation.kind == "share" and sorted(relation.roles) == ["percent", "whole"]


def _groups(unsettled: Sequence[str], verdicts: Sequence[Verdict]) -> Iterator[tuple[list[str], list[Verdict]]]:
    """Connected components: figures to be explained that relations hold together, and these relations."""
    root = {i: i for i in unsettled}

    def find(figure_id: str) -> str:
        while root[figure_id] != figure_id:
            root[figure_id] = root[root[figure_id]]
            figure_id = root[figure_id]
        return figure_id

    anchors = [[i for i in v.relation.figure_ids if i in root] for v in verdicts]
    for members in anchors:
        for other in members[1:]:
            root[find(other)] = find(members[0])
    groups: dict[str, tuple[list[str], list[Verdict]]] = {}
    for figure_id in unsettled:
        groups.setdefault(find(figure_id), ([], []))[0].append(figure_id)
    for verdict, members in zip(verdicts, anchors, strict=True):
        groups[find(members[0])][1].append(verdict)
    yield from groups.values()


def _problem(
    figure_ids: Sequence[str], verdicts: Sequence[Verdict], by_id: Mapping[str, Figure], index: Index
) -> Problem | None:
    touching: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        for figure_id in verdict.relation.figure_ids:
            touching.setdefault(figure_id, []).append(verdict)
    around = Surroundings(by_id=by_id, index=index, verdicts=touching)
    variables: list[Variable] = []
    places: dict[str, int] = {}
    for figure_id in (*figure_ids, *(i for i in touching if i not in set(figure_ids))):
        figure = by_id[figure_id]
        variable = open_variable(figure, around) if figure_id in figure_ids else fixed(figure)
        if variable is not None:
            places[figure_id] = len(variables)
            variables.append(variable)
    usable = [v for v in verdicts if all(i in places for i in v.relation.figure_ids)]
    constraints = tuple(_constraint(v, [places[i] for i in v.relation.figure_ids], variables, by_id) for v in usable)
    return Problem(variables=tuple(variables), constraints=constraints) if variables else None


def _constraint(
    verdict: Verdict, members: Sequence[int], variables: Sequence[Variable], by_id: Mapping[str, Figure]
) -> Constraint:
    relation = verdict.relation
    excuse = excuse_of(verdict, by_id)
    well_formed = is_well_formed(relation.kind, relation.roles)
    return Constraint(
        relation=relation,
        members=tuple(members),
        inequalities=inequalities(relation, members, variables) if well_formed else (),
        allowed=_allowed(relation, [variables[m] for m in members]),
        cost=excuse_cost(excuse),
        excuse=excuse,
    )


def _allowed(relation: Relation, variables: Sequence[Variable]) -> frozenset[tuple[int, ...]] | None:
    """The options for which a bound is kept, or a percentage possible for its whole (GRIM); None where inequalities tell."""
    if relation.kind == "bound":
        (variable,) = variables
        return frozenset((i,) for i, option in enumerate(variable.options) if can_be(variable.figure, option.value))
    if not _asks_whether_possible(relation):
        return None
    whole, percent = (relation.roles.index(role) for role in ("whole", "percent"))
    divisor = 100 * variables[percent].scale
    pairs: set[tuple[int, ...]] = set()
    for i, size in enumerate(variables[whole].options):
        cases = int(size.value)
        for j, share in enumerate(variables[percent].options):
            low, high = share.bounds
            if high * cases // divisor >= -(-low * cases // divisor):
                pairs.add((i, j) if whole < percent else (j, i))
    return frozenset(pairs)
