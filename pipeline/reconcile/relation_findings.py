"""Findings about relations that do not hold."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from pipeline.reconcile.equations import result_role, solve
from pipeline.reconcile.intervals import Interval, stated, unit_of
from pipeline.reconcile.texts import listed, period_text, subject_text, value_text
from schemas.figures import Figure
from schemas.findings import Finding, FindingKind, Severity
from schemas.relations import RelationKind, Verdict

_KINDS: dict[RelationKind, FindingKind] = {
    "share": "share_mismatch",
    "percent_change": "percent_change_mismatch",
    "change": "change_mismatch",
    "sum": "sum_mismatch",
    "equal": "conflicting_statement",
    "bound": "impossible_value",
}
_ORDER = ("current", "prior", "difference", "part", "whole", "percent")
_ORDER_OF_SUM = ("whole", "part")
_IMPOSSIBLE_SHARE = ("percent", "whole")


def finding_id(kind: FindingKind, figure_ids: Iterable[str]) -> str:
    """An id that the same contradiction has again after the next import: from its kind and its figures."""
    return hashlib.sha256(f"{kind}|{'|'.join(sorted(figure_ids))}".encode()).hexdigest()[:16]


def relation_finding(
    verdict: Verdict, by_id: Mapping[str, Figure], hypotheses: Mapping[str, tuple[str, ...]]
) -> Finding | None:
    """The finding that a verdict gives; None when the relation holds, could not be checked, or speaks of percentage points.

    `hypotheses` are the explanations of each relation that fails, by its id.
    """
    kind = _KINDS.get(verdict.relation.kind)
    if kind is None or verdict.outcome in ("holds", "not_checkable") or verdict.alternative == "percentage_points":
        return None
    figures = [by_id[i] for i in verdict.relation.figure_ids]
    if kind == "conflicting_statement" and all(f.role == "comparative" for f in figures):
        kind = "restated_figure"
    figure_ids = tuple(dict.fromkeys(f.figure_id for f in figures))
    return Finding(
        finding_id=finding_id(kind, figure_ids),
        kind=kind,
        severity=_severity(verdict, figures),
        documents=(),
        values=tuple(f.value for f in _in_order(verdict, figures) if f.value is not None),
        expected=verdict.expected,
        message=_message(verdict, figures),
        figure_ids=figure_ids,
        hypotheses=hypotheses.get(verdict.relation.relation_id, ()),
    )


def _in_order(verdict: Verdict, figures: Sequence[Figure]) -> list[Figure]:
    """As the values of a finding are written: [current, prior, percent], [part, whole, percent], [whole, part, …], [percent, whole]."""
    roles = verdict.relation.roles
    if verdict.relation.kind == "sum":
        order: tuple[str, ...] = _ORDER_OF_SUM
    else:
        order = _IMPOSSIBLE_SHARE if _is_possibility(verdict) else _ORDER
    ranked = sorted(range(len(roles)), key=lambda i: order.index(roles[i]) if roles[i] in order else 0)
    return [figures[i] for i in ranked]


def _is_possibility(verdict: Verdict) -> bool:
    """Whether the relation is a share of which no part is given."""
    return verdict.relation.kind == "share" and "part" not in verdict.relation.roles


def _severity(verdict: Verdict, figures: Sequence[Figure]) -> Severity:
    """By consequence: a total or a direction that is wrong, a wrong number, a last digit."""
    relation = verdict.relation
    if verdict.outcome == "holds_truncated":
        return "low"
    if relation.kind in ("sum", "bound") or verdict.alternative == "sign":
        return "high"
    if relation.kind == "equal":
        return "medium" if any(f.dims for f in figures) else "high"
    place = result_role(relation.kind, relation.roles)
    values = [v for f in figures if (v := stated(f)) is not None]
    implied = None if place is None or _is_possibility(verdict) else solve(relation.kind, relation.roles, values, place)
    if place is None or implied is None:
        return "medium"
    if relation.kind in ("percent_change", "change") and _opposite(implied, values[place]):
        return "high"
    gap = max(implied.low - values[place].high, values[place].low - implied.high)
    return "low" if relation.kind != "change" and gap < unit_of(figures[place]) / 2 else "medium"


def _opposite(one: Interval, other: Interval) -> bool:
    return (one.high < 0 < other.low) or (other.high < 0 < one.low)


def _message(verdict: Verdict, figures: Sequence[Figure]) -> str:
    by_role = {role: figure for role, figure in zip(verdict.relation.roles, figures, strict=True)}
    kind = verdict.relation.kind
    if kind in ("percent_change", "change"):
        return _change_message(verdict, by_role)
    if kind == "share":
        return _share_message(verdict, by_role)
    if kind == "sum":
        return _sum_message(verdict, figures)
    if kind == "bound":
        return f"The report says {value_text(figures[0])} for {subject_text(figures[0])}, which cannot be."
    stated_values = listed(f"{value_text(f)} (page {f.evidence.page})" for f in figures)
    says = f"The report gives {subject_text(figures[0])} {period_text(figures[0])} as {stated_values}"
    earlier = all(f.role == "comparative" for f in figures)
    return f"{says}: an earlier figure that was restated, or one of them is wrong." if earlier else f"{says}."


def _change_message(verdict: Verdict, by_role: Mapping[str, Figure]) -> str:
    """As in: The report says complaints rose by 7% from 102 to 117; 102 to 117 is a rise of 14.7%."""
    current, prior = by_role["current"], by_role["prior"]
    change = by_role.get("percent") or by_role["difference"]
    direction = "fell" if (change.value or 0) < 0 else "rose"
    size = value_text(change).replace("-", "")
    start, end = value_text(prior), value_text(current)
    return (
        f"The report says {subject_text(change)} {direction} by {size} from {start} to {end}; "
        f"{start} to {end} is {_movement(verdict.expected, change)}."
    )


def _movement(expected: str, change: Figure) -> str:
    """A rise or a fall of what is expected: "a rise of 14.7%"."""
    mark = "%" if change.unit in ("percent", "percentage_points") else ""
    if " to " in expected:
        return f"a change of {expected}{mark}"
    if not Decimal(expected or 0):
        return "no change"
    return f"a {'fall' if expected.startswith('-') else 'rise'} of {expected.lstrip('-')}{mark}"


def _share_message(verdict: Verdict, by_role: Mapping[str, Figure]) -> str:
    percent, whole = by_role["percent"], by_role["whole"]
    about = f"{subject_text(percent)} {period_text(percent)}"
    if _is_possibility(verdict):
        return (
            f"The report says {value_text(percent)} of {value_text(whole)} for {about}; no whole number of "
            f"{value_text(whole)} is {value_text(percent)}: the nearest is {verdict.expected}%."
        )
    pair = f"{value_text(by_role['part'])} of {value_text(whole)}"
    return f"The report says that {pair} is {value_text(percent)} for {about}; {pair} is {verdict.expected}%."


def _sum_message(verdict: Verdict, figures: Sequence[Figure]) -> str:
    relation = verdict.relation
    parts = [f for f, role in zip(figures, relation.roles, strict=True) if role == "part"]
    wholes = [f for f, role in zip(figures, relation.roles, strict=True) if role == "whole"]
    named = listed(value_text(f) for f in parts)
    if not wholes:
        return f"The report gives the shares {named} for {subject_text(parts[0])}, which do not make up 100%."
    about = f"{subject_text(wholes[0])} {period_text(wholes[0])}"
    if not relation.complete:
        return f"The report gives {value_text(wholes[0])} for {about}, and a part of it that is more: {named}."
    return f"The report gives {value_text(wholes[0])} for {about}, and its parts as {named}, which make {verdict.expected}."
