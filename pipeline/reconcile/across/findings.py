"""Findings about two papers that differ, in words that a person understands."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pipeline.reconcile.across.agreement import Disagreement
from pipeline.reconcile.across.statements import Slot, Slots, Statement
from pipeline.reconcile.relation_findings import finding_id
from pipeline.reconcile.texts import listed, period_text, subject_text, value_text
from schemas.findings import Finding, FindingKind, Severity
from schemas.series import Agreement

_KINDS: dict[Agreement, FindingKind] = {
    "restated": "restated_figure",
    "restated_silently": "restated_figure",
    "definition_changed": "restated_figure",
    "carried_forward": "carried_forward",
    "misread": "conflicting_statement",
    "slip": "conflicting_statement",
    "conflicts": "conflicting_statement",
}
_ENDINGS: dict[Agreement, str] = {
    "restated": ", and says that it was restated",
    "restated_silently": ", without saying so",
    "definition_changed": "; what is counted may have changed",
    "carried_forward": ", which is another year's value",
    "misread": "; one of them is likely to be misread",
    "slip": "; the second is likely to be a slip",
}


def disagreement_findings(found: Iterable[Disagreement], slots: Slots) -> Iterator[Finding]:
    """One finding for each observation and each value that differs; none where it is we who may be in the wrong year."""
    for one in found:
        pair, explanation = one.pair, one.explanation
        kind = _KINDS.get(explanation.agreement)
        if kind is None:
            continue
        involved = (pair.other, pair.one, *one.again, *explanation.witnesses)
        ids = tuple(dict.fromkeys(statement.figure.figure_id for statement in involved))
        right = explanation.right
        yield Finding(
            finding_id=finding_id(kind, ids),
            kind=kind,
            severity=_severity(one, slots),
            documents=tuple(dict.fromkeys(statement.paper.name for statement in involved)),
            values=tuple(f.value for f in (pair.other.figure, pair.one.figure) if f.value is not None),
            expected="" if right is None else value_text(right.figure).strip("%£"),
            message=_message(one),
            figure_ids=ids,
            hypotheses=explanation.why,
        )


def _message(one: Disagreement) -> str:
    """As in: For complaints in 2014/15, a.pdf (page 3) gives 176 and b.pdf (page 1) gives 177, without saying so."""
    first, second = one.pair.one, one.pair.other
    agreement = one.explanation.agreement
    ending = _ENDINGS.get(agreement, "")
    if agreement == "slip" and one.explanation.right is second:
        ending = "; the first is likely to be a slip"
    about = f"{subject_text(first.figure)} {period_text(first.figure)}"
    repeated = f" So does {listed(map(said_where, one.again))}." if one.again else ""
    values = f"{said_where(first)} gives {value_text(first.figure)} and {said_where(second)} gives {value_text(second.figure)}"
    return f"For {about}, {values}{ending}.{repeated}"


def said_where(statement: Statement) -> str:
    """Document and page: "leeds_2014-15.pdf (page 3)"."""
    return f"{statement.paper.name} (page {statement.figure.evidence.page})"


def _severity(one: Disagreement, slots: Slots) -> Severity:
    """High where it turns a rise into a fall; low where it is said, or likelier our reading; else medium."""
    if one.explanation.agreement == "misread":
        return "low"
    if _turns(one, slots):
        return "high"
    return "low" if one.explanation.agreement == "restated" else "medium"


def _turns(one: Disagreement, slots: Slots) -> bool:
    """Whether the change from or to a neighbouring year goes the other way with the other value."""
    subject, period = one.slot
    values = (one.pair.one.figure.value, one.pair.other.figure.value)
    for year in (period.previous(), period.next()):
        neighbour = _only_value(slots, (subject, year))
        if neighbour is None or None in values:
            continue
        if len({(value > neighbour) - (value < neighbour) for value in values if value is not None}) > 1:
            return True
    return False


def _only_value(slots: Slots, slot: Slot) -> Decimal | None:
    values = {s.figure.value for s in slots.get(slot, ())}
    return values.pop() if len(values) == 1 else None
