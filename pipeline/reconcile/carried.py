"""Percentages that fit last year's numbers: the words were kept from the last report, and only some numbers were renewed."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from pipeline.reconcile.observations import Index, observation, undisputed
from pipeline.reconcile.verdicts import judge
from schemas.figures import Figure
from schemas.relations import Relation, Verdict

# How sure it must be that the fit is no accident.
_POWER = Fraction(17, 20)


def prior_whole(verdict: Verdict, by_id: Mapping[str, Figure], index: Index) -> Figure | None:
    """Last year's whole, if the percentage of a share that fails is one of it, and seldom would be by chance (GRIM).

    Where the part and the percentage are both of last year's whole, or there are more cases than the whole has, it is the whole that is wrong.
    """
    relation = verdict.relation
    if relation.kind != "share" or verdict.outcome not in ("fails", "holds_alternative"):
        return None
    percent, whole = (by_id[relation.figure_ids[relation.roles.index(role)]] for role in ("percent", "whole"))
    if whole.period is None:
        return None
    part = by_id[relation.figure_ids[relation.roles.index("part")]] if "part" in relation.roles else None
    if part is not None and (part.value or 0) > (whole.value or 0):
        return None
    prior = undisputed(index.get(observation(whole, whole.period.previous()), ()))
    if prior is None:
        return None
    if part is not None:
        both = replace(
            relation, figure_ids=tuple(prior.figure_id if i == whole.figure_id else i for i in relation.figure_ids)
        )
        if judge(both, by_id).outcome == "holds":
            return None
    trial = Relation(
        relation_id="", kind="share", figure_ids=(prior.figure_id, percent.figure_id), roles=("whole", "percent")
    )
    fit = judge(trial, by_id)
    return prior if fit.outcome == "holds" and min(fit.powers) >= _POWER else None
