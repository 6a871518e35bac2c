"""What a figure may stand for: each proposal is one key away."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pipeline.reconcile.equations import result_role
from pipeline.reconcile.texts import number_text, value_text
from pipeline.reconcile.verdicts import judge
from schemas.decisions import Cause
from schemas.figures import Figure
from schemas.relations import Relation
from schemas.repairs import Repair

# A hypothesis is kept as its sentence (pipeline/reconcile/repair/sentences.py): this is how it begins.
_MAY_STAND_FOR = re.compile(r"^“?(?P<printed>[^”]+?)”? may stand for (?P<value>\S+) \(")
_COST = re.compile(r" \[cost [\d.]+\]$")
_MOST = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A value with the reason for it; `cause` is who is taken to have slipped, the reader or the report."""

    value: str
    shown: str
    why: str
    cause: Cause
    proved: bool = False


def without_cost(hypothesis: str) -> str:
    """A hypothesis without what the search for it cost."""
    return _COST.sub("", hypothesis)


def proposals(
    figure: Figure, repair: Repair | None, relations: Sequence[Relation], by_id: dict[str, Figure], told: Iterable[str]
) -> tuple[Proposal, ...]:
    """What the repair, the hypotheses of findings (`told`), the reading and the arithmetic propose, the best first, each value once."""
    found: dict[Decimal, Proposal] = {}
    for value, why, proved in _all(figure, repair, relations, by_id, told):
        if value != figure.value and value not in found:
            found[value] = Proposal(
                value=str(value),
                shown=_shown(figure, value),
                why=why,
                cause=_cause(figure),
                proved=proved,
            )
    return tuple(found.values())[:_MOST]


def _cause(figure: Figure) -> Cause:
    """Whose slip it is likelier to be: where the print is clear, or both readers of a scan read the same, that of the report."""
    clear = figure.evidence.method == "text" or figure.evidence.agreement == "agree"
    return "misprint" if clear and figure.value is not None else "misread"


def _all(
    figure: Figure, repair: Repair | None, relations: Sequence[Relation], by_id: dict[str, Figure], told: Iterable[str]
) -> Iterable[tuple[Decimal, str, bool]]:
    if repair is not None:
        why = without_cost(repair.hypotheses[0]) if repair.hypotheses else "It makes the relations hold."
        yield repair.proposed, why, repair.proved
    for sentence in told:
        parsed = _MAY_STAND_FOR.match(sentence)
        if parsed and parsed["printed"] in (value_text(figure), figure.evidence.printed):
            value = _decimal(parsed["value"])
            if value is not None:
                yield value, without_cost(sentence), False
    for reading in figure.evidence.readings:
        if reading.value is not None:
            yield reading.value, f"{reading.engine} reads “{reading.text}”.", False
    if figure.proposed is not None:
        yield figure.proposed, "The reading proposes it.", False
    for relation in relations:
        verdict = judge(relation, by_id)
        place = result_role(relation.kind, relation.roles)
        if verdict.outcome == "fails" and place is not None and relation.figure_ids[place] == figure.figure_id:
            expected = _decimal(verdict.expected)
            if expected is not None:
                rounded = Decimal(number_text(expected, figure.decimals))
                yield (
                    rounded,
                    f"The other figures of the {relation.kind.replace('_', ' ')} make {verdict.expected}.",
                    False,
                )


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text.rstrip("%.").replace("£", "").replace(",", ""))
    except InvalidOperation:
        return None


def _shown(figure: Figure, value: Decimal) -> str:
    if figure.unit in ("percent", "percentage_points"):
        return f"{value}%"
    return f"£{value:,}" if figure.unit == "GBP" else f"{value:,}"
