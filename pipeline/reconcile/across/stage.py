"""The order of the work across the documents of one council, on one screen: pure, and independent of the order of documents."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.reconcile.across.agreement import Inside, compared, disagreements
from pipeline.reconcile.across.breaks import series_breaks
from pipeline.reconcile.across.carried import carried_forward
from pipeline.reconcile.across.explain import Archive
from pipeline.reconcile.across.findings import disagreement_findings
from pipeline.reconcile.across.grades import Place, changed_grades
from pipeline.reconcile.across.series import observations_of
from pipeline.reconcile.across.statements import Slots, Statement, slots_of
from schemas.figures import Figure, Grade
from schemas.findings import Finding
from schemas.relations import Relation
from schemas.series import Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A finding, and the numbers of its documents in the store."""

    finding: Finding
    documents: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What holding the documents of one council against each other gave; `grades` are those that it changes."""

    observations: tuple[Observation, ...]
    findings: tuple[Located, ...]
    grades: Mapping[Place, Grade]


def compare_documents(
    scope: str,
    statements: Sequence[Statement],
    relations: Callable[[int], Sequence[Relation]],
    inside: Inside,
) -> Outcome:
    """Compare all statements of one council.

    `relations` gives those of a document, by its number; `inside` the findings within one document.
    """
    archive = Archive(slots=slots_of(statements), figures=_figures(statements), relations=relations)
    differing = disagreements(archive)
    all_compared = tuple(compared(archive, differing, inside))
    findings = (
        *disagreement_findings(differing, archive.slots),
        *carried_forward(archive, inside),
        *series_breaks(archive.slots),
    )
    return Outcome(
        observations=tuple(observations_of(scope, all_compared)),
        findings=tuple(_located(findings, archive.slots)),
        grades=changed_grades(all_compared, differing),
    )


def _figures(statements: Iterable[Statement]) -> Callable[[int], Mapping[str, Figure]]:
    of_paper: dict[int, list[Statement]] = {}
    for statement in statements:
        of_paper.setdefault(statement.paper.number, []).append(statement)
    known: dict[int, Mapping[str, Figure]] = {}

    def figures(number: int) -> Mapping[str, Figure]:
        if number not in known:
            known[number] = {s.figure.figure_id: s.figure for s in of_paper[number]}
        return known[number]

    return figures


def _located(findings: Iterable[Finding], slots: Slots) -> Iterator[Located]:
    """Findings in the order of their ids, each once, with their documents in the order of their figures."""
    once = {finding.finding_id: finding for finding in findings}
    wanted = {figure_id for finding in once.values() for figure_id in finding.figure_ids}
    paper = {s.figure.figure_id: s.paper.number for of in slots.values() for s in of if s.figure.figure_id in wanted}
    for _, finding in sorted(once.items()):
        about = tuple(dict.fromkeys(paper[figure_id] for figure_id in finding.figure_ids))
        yield Located(finding=finding, documents=about)
