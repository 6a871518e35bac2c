"""Why a relation may fail although its figures are right."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pipeline.reconcile.implied import is_inferred
from pipeline.reconcile.repair.costs import load_costs
from schemas.figures import Figure
from schemas.relations import Verdict


def excuse_of(verdict: Verdict, by_id: Mapping[str, Figure]) -> str:
    """The likeliest reason (a name of `costs.yaml`) to leave a relation as it is, from how it stands as printed."""
    if verdict.outcome == "holds_truncated":
        return "truncated"
    if verdict.alternative:
        return verdict.alternative
    gap, parts = sum_gap(verdict, by_id)
    if parts and 0 < gap < max(parts):
        return "omitted_part"
    if parts and -gap in parts:
        return "counted_twice"
    return "not_stated" if is_inferred(verdict.relation) else "misunderstood"


def excuse_text(verdict: Verdict, excuse: str, by_id: Mapping[str, Figure]) -> str:
    """The reason in a sentence."""
    gap, _ = sum_gap(verdict, by_id)
    return load_costs().excuses[excuse].says.format(gap=f"{abs(gap):f}")


def sum_gap(verdict: Verdict, by_id: Mapping[str, Figure]) -> tuple[Decimal, Sequence[Decimal]]:
    """By how much the whole of a sum of counts that fails is more than its parts, and the parts; no parts for all else."""
    relation = verdict.relation
    if relation.kind != "sum" or not relation.complete or verdict.outcome != "fails" or "whole" not in relation.roles:
        return Decimal(0), ()
    values = [by_id[i].value or Decimal(0) for i in relation.figure_ids]
    parts = [v for v, role in zip(values, relation.roles, strict=True) if role == "part"]
    return values[relation.roles.index("whole")] - sum(parts), parts
