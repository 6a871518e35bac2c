"""The checks of one document: hold its figures against each other, and say what is proved, what is doubtful, what is wrong."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pipeline.reconcile.carried_findings import carried_forward
from pipeline.reconcile.figure_findings import (
    implausible_periods,
    impossible_values,
    misprinted_years,
    unreadable_numbers,
)
from pipeline.reconcile.implied import implied_relations, speaks_against
from pipeline.reconcile.observations import index_of, is_guess, plain_dims
from pipeline.reconcile.relation_findings import finding_id, relation_finding
from pipeline.reconcile.repair import repair
from pipeline.reconcile.verdicts import is_impossible, judge
from schemas.figures import Figure, Grade
from schemas.findings import Finding
from schemas.periods import Period
from schemas.relations import Relation, Verdict
from schemas.repairs import Repair

# The power from which on a relation that holds proves its figures; and against a relation that fails.
_ENOUGH = Fraction(4, 5)
_STRONG = Fraction(19, 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """Findings, a verdict for every relation (stated or implied), repairs, and the ids of figures that are proved or in doubt."""

    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...]
    repairs: tuple[Repair, ...]
    proved: frozenset[str]
    doubtful: frozenset[str]

    def grade(self, figure: Figure) -> Grade:
        """The grade of a figure after the check. What cannot be read stays so, and what was doubtful needs proof."""
        if figure.grade == "unreadable" or figure.value is None:
            return "unreadable"
        if figure.figure_id in self.doubtful:
            return "doubtful"
        return "proved" if figure.figure_id in self.proved else figure.grade


def check(
    figures: Sequence[Figure],
    relations: Sequence[Relation],
    *,
    period: Period | None = None,
    misprints: Sequence[str] = (),
) -> CheckResult:
    """Check the figures and relations of one document, whose own period is `period`; `misprints` are years as printed that are none.

    Pure, and independent of the order of the relations but for the order of what it returns.
    """
    by_id = {f.figure_id: f for f in figures}
    index = index_of(figures)
    said = [judge(r, by_id) for r in relations]
    judged = [*said, *(judge(r, by_id) for r in implied_relations(figures, relations, index, _held(said, _ENOUGH)))]
    verdicts = tuple(v for v in judged if v.outcome == "holds" or speaks_against(v.relation))
    repaired = repair(by_id, verdicts, index)
    told = repaired.hypotheses
    failed = [
        (v, f) for v in verdicts if not _of_guesses(v, by_id) and (f := relation_finding(v, by_id, told)) is not None
    ]
    about_relations, carried = carried_forward(failed, by_id, index)
    about_figures = (
        *impossible_values(figures, repaired),
        *unreadable_numbers(figures, repaired),
        *implausible_periods(figures, period),
        *misprinted_years(misprints, figures, period),
    )
    doubtful = in_doubt(figures, verdicts) | {f.figure_id for f in figures if is_impossible(f)}
    return CheckResult(
        findings=tuple(_merged((*about_relations, *carried, *about_figures), by_id)),
        verdicts=verdicts,
        repairs=repaired.repairs,
        proved=proved(figures, verdicts) - doubtful,
        doubtful=doubtful,
    )


def _of_guesses(verdict: Verdict, by_id: Mapping[str, Figure]) -> bool:
    """Whether a relation holds together a figure of a text layer that is a mere guess."""
    return any(is_guess(by_id[i]) for i in verdict.relation.figure_ids if i in by_id)


def proved(figures: Iterable[Figure], verdicts: Iterable[Verdict]) -> frozenset[str]:
    """Ids of the figures that a relation proves: it holds, and would most likely fail if the figure were another number.

    A figure whose period is not known is never proved: the arithmetic says nothing of it.
    """
    dated = {f.figure_id for f in figures if f.period is not None}
    return frozenset(_held(verdicts, _ENOUGH) & dated)


def in_doubt(figures: Iterable[Figure], verdicts: Sequence[Verdict]) -> frozenset[str]:
    """Ids of the figures of relations that fail, but for those that other relations prove beyond doubt.

    Where all of a failing relation's figures are proved elsewhere, one of the proofs is wrong, and all are in doubt. Where two
    readers of a scan differ on some of them, it is those.
    """
    agreements = {f.figure_id: f.evidence.agreement for f in figures}
    known, differing = set(agreements), {i for i, a in agreements.items() if a not in (None, "agree")}
    safe = _held(verdicts, _STRONG)
    doubtful: set[str] = set()
    for verdict in verdicts:
        if verdict.outcome == "fails" or (verdict.alternative and verdict.alternative != "percentage_points"):
            members = set(verdict.relation.figure_ids)
            doubtful |= members & differing or members - safe or members
    return frozenset(doubtful & known)


def _held(verdicts: Iterable[Verdict], power: Fraction) -> set[str]:
    """Ids of figures in relations that hold with at least `power`."""
    return {
        figure_id
        for v in verdicts
        if v.outcome == "holds"
        for figure_id, of_figure in zip(v.relation.figure_ids, v.powers, strict=True)
        if of_figure >= power
    }


def _merged(findings: Iterable[Finding], by_id: Mapping[str, Figure]) -> Iterator[Finding]:
    """One finding for a contradiction that the document repeats: the same values, of the same thing."""
    merged: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        first = by_id[finding.figure_ids[0]]
        key = (finding.kind, finding.values, first.measure, plain_dims(first.dims), first.period)
        known = merged.get(key)
        if known is None:
            merged[key] = finding
        else:
            ids = tuple(dict.fromkeys((*known.figure_ids, *finding.figure_ids)))
            merged[key] = replace(known, figure_ids=ids, finding_id=finding_id(known.kind, ids))
    yield from merged.values()
