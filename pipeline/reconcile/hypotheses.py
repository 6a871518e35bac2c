"""What may have happened where a relation fails, in plain sentences: the slips that would make it hold."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.reconcile.equations import is_well_formed, result_role, solve_all
from pipeline.reconcile.intervals import stated
from pipeline.reconcile.texts import number_text, value_text
from schemas.figures import Figure
from schemas.relations import Verdict

_MOST = 4
_ALTERNATIVES = {
    "base_swapped": "The change was worked out from the later number instead of the earlier one.",
    "percentage_points": "The change is in percentage points, not in per cent.",
    "sign": "The direction is the wrong way round.",
    "of_the_rest": "The percentage is of the others, not of all.",
}


def hypotheses(verdict: Verdict, figures: Sequence[Figure]) -> tuple[str, ...]:
    """Likely explanations of a verdict, best first; none for a relation that holds."""
    if verdict.outcome == "holds_truncated":
        return ("The further digits were cut off instead of rounded.",)
    if verdict.alternative:
        return (_ALTERNATIVES[verdict.alternative],)
    relation = verdict.relation
    if verdict.outcome != "fails" or not relation.complete or result_role(relation.kind, relation.roles) is None:
        return ()
    if not is_well_formed(relation.kind, relation.roles):
        return ()
    return tuple(_slips(verdict, figures))[:_MOST]


def _slips(verdict: Verdict, figures: Sequence[Figure]) -> Iterator[str]:
    """Single slips of one number that make the relation hold."""
    relation = verdict.relation
    values = [v for f in figures if (v := stated(f)) is not None]
    for figure, implied in zip(figures, solve_all(relation.kind, relation.roles, values), strict=True):
        if implied is None:
            continue
        for value, what in slipped(figure):
            meant = replace(figure, value=value)
            span = stated(meant)
            if span is not None and span.meets(implied):
                yield f"{value_text(figure)} may stand for {value_text(meant)} ({what}): then it fits."


def slipped(figure: Figure) -> Iterator[tuple[Decimal, str]]:
    """Values from which one slip of the pen makes the printed one: two neighbouring digits changed places, a place too many or few."""
    if figure.value is None or not figure.value:
        return
    sign = -1 if figure.value < 0 else 1
    digits = number_text(abs(figure.value), figure.decimals)
    places = [i for i, c in enumerate(digits) if c.isdigit()]
    for left, right in zip(places, places[1:], strict=False):
        if digits[left] != digits[right] and not (left == 0 and digits[right] == "0"):
            swapped = [*digits]
            swapped[left], swapped[right] = digits[right], digits[left]
            yield sign * Decimal("".join(swapped)), "two digits changed places"
    yield figure.value * 10, "ten times as much"
    tenth = figure.value / 10
    if figure.decimals > 0 or tenth == int(tenth):
        yield tenth, "a tenth of it"
