"""Relations with their arithmetic written out: “17 of 75 is 22.7%; the report says 13.0%”."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pipeline.reconcile.equations import result_role, solve
from pipeline.reconcile.intervals import exactly
from pipeline.reconcile.texts import listed, number_text, value_text
from pipeline.reconcile.verdicts import judge
from schemas.figures import Figure
from schemas.relations import Relation, Verdict

_OUTCOMES = {
    "holds": "fits",
    "holds_truncated": "fits if the rest was cut off",
    "holds_alternative": "fits in another reading",
    "fails": "does not fit",
    "not_checkable": "cannot be checked",
}
_ALTERNATIVES = {
    "base_swapped": "it fits if the two are swapped",
    "percentage_points": "it fits in percentage points",
    "sign": "it fits with the other sign",
    "of_the_rest": "it fits as a share of the rest",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A figure of a relation: its part in it, its id and its print."""

    role: str
    figure_id: str
    printed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationView:
    """A relation written out. `outcome` is a code (holds, fails, …), `verdict` the same in words; `said` is what the document says."""

    id: str
    kind: str
    text: str
    outcome: str
    verdict: str
    said: str
    members: tuple[Member, ...]


def relation_view(relation: Relation, by_id: Mapping[str, Figure]) -> RelationView:
    """A relation among figures, all of them known or not."""
    verdict = judge(relation, by_id)
    figures = [by_id.get(figure_id) for figure_id in relation.figure_ids]
    known = [figure for figure in figures if figure is not None]
    text = _text(verdict, known) if len(known) == len(figures) else "One of its figures is not known."
    if verdict.alternative:
        text = f"{text.rstrip('.')}; {_ALTERNATIVES[verdict.alternative]}."
    return RelationView(
        id=relation.relation_id,
        kind=relation.kind.replace("_", " "),
        text=text,
        outcome="fails" if verdict.outcome == "holds_alternative" else verdict.outcome,
        verdict=_OUTCOMES[verdict.outcome],
        said=relation.evidence,
        members=tuple(
            Member(role=role, figure_id=figure_id, printed=figure.evidence.printed if figure else "?")
            for role, figure_id, figure in zip(relation.roles, relation.figure_ids, figures, strict=True)
        ),
    )


def _text(verdict: Verdict, figures: Sequence[Figure]) -> str:
    relation = verdict.relation
    if verdict.outcome == "not_checkable":
        return f"{listed(value_text(f) for f in figures)}: {verdict.reason}."
    of = dict(zip(relation.roles, figures, strict=True))
    made = verdict.expected or _made(relation, figures)
    if relation.kind == "share":
        return _share(verdict, of, made)
    if relation.kind in ("percent_change", "change"):
        return _change(verdict, of, made)
    if relation.kind == "sum":
        return _sum(verdict, figures)
    values = listed(value_text(f) for f in figures)
    if relation.kind == "equal":
        return f"{values}, stated for the same thing, {'are alike' if verdict.outcome == 'holds' else 'differ'}."
    return f"{values} {'can be' if verdict.outcome == 'holds' else 'cannot be'}."


def _made(relation: Relation, figures: Sequence[Figure]) -> str:
    """What the other figures, as they are printed, make of the one that a writer works out from them."""
    place = result_role(relation.kind, relation.roles)
    values = [exactly(f.value) for f in figures if f.value is not None]
    if place is None or len(values) < len(figures):
        return ""
    made = solve(relation.kind, relation.roles, values, place)
    decimals = (
        max(1, figures[place].decimals) if relation.kind in ("share", "percent_change") else figures[place].decimals
    )
    return number_text(made.low, decimals) if made else ""


def _says(verdict: Verdict, stated: Figure) -> str:
    return "as the report says" if verdict.outcome == "holds" else f"the report says {value_text(stated)}"


def _share(verdict: Verdict, of: Mapping[str, Figure], made: str) -> str:
    percent, whole = of["percent"], of["whole"]
    if "part" not in of:
        possible = "is a whole number" if verdict.outcome == "holds" else "is no whole number"
        return f"{value_text(percent)} of {value_text(whole)} {possible} of cases; the nearest share is {made}%."
    pair = f"{value_text(of['part'])} of {value_text(whole)} is {_marked(made, percent)}"
    return f"{pair}; {_says(verdict, percent)}."


def _change(verdict: Verdict, of: Mapping[str, Figure], made: str) -> str:
    stated = of.get("percent") or of["difference"]
    way = f"{value_text(of['prior'])} to {value_text(of['current'])}"
    if " to " in made or not made:
        return f"{way} is a change of {_marked(made, stated)}; {_says(verdict, stated)}."
    size = Decimal(made)
    moved = "no change" if not size else f"a {'fall' if size < 0 else 'rise'} of {_marked(str(abs(size)), stated)}"
    said = value_text(stated).replace("-", "")
    direction = "a fall" if (stated.value or 0) < 0 else "a rise"
    says = "as the report says" if verdict.outcome == "holds" else f"the report says {direction} of {said}"
    return f"{way} is {moved}; {says}."


def _marked(expected: str, figure: Figure) -> str:
    return f"{expected}%" if figure.unit in ("percent", "percentage_points") else expected


def _sum(verdict: Verdict, figures: Sequence[Figure]) -> str:
    relation = verdict.relation
    parts = [f for f, role in zip(figures, relation.roles, strict=True) if role == "part"]
    whole = next((f for f, role in zip(figures, relation.roles, strict=True) if role == "whole"), None)
    if not relation.complete and whole is not None:
        fits = "none is more than" if verdict.outcome == "holds" else "one is more than"
        return f"Of {listed(value_text(f) for f in parts)}, {fits} the whole, {value_text(whole)}."
    exact = sum((Fraction(f.value) for f in parts if f.value is not None), Fraction(0))
    decimals = max(f.decimals for f in parts)
    total = _marked(number_text(exact, decimals), parts[0])
    added = f"{' + '.join(value_text(f) for f in parts)} = {total}"
    if whole is None:
        return f"{added}; shares of one whole make up 100%."
    return f"{added}; {_says(verdict, whole)}."
