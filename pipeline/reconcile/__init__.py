"""Reconcile: hold the figures against each other and keep what does not fit as findings."""

from typing import TYPE_CHECKING

from pipeline.store.database import Store
from pipeline.store.queries import imported, read_figures, read_relations
from pipeline.store.state import waiting_scopes
from pipeline.store.writing import write_findings
from schemas.figures import Figure
from schemas.periods import Period
from schemas.relations import Relation

if TYPE_CHECKING:
    from pipeline.reconcile.checks import CheckResult


def reconcile(store: Store, *, only_new: bool = False) -> int:
    """Check every document that was read, or those not yet checked in this way, and each council's documents against each other.

    Findings, grades and series are replaced. How many documents were checked.

    `pipeline.reconcile.checks.check` does the checking, from a document's figures, relations and period alone. A finding belongs to
    the document that it was found in: its `documents` are filled in when it is read from the store.
    """
    from pipeline.versions import checking_version

    version = checking_version()
    with store.reading() as connection:
        waiting = [d for d in imported(connection) if not (only_new and d["checked"] == version)]
    for document in waiting:
        number = document["id"]
        period = Period.parse(document["period"]) if document["period"] else None
        with store.reading() as connection:
            figures, relations = read_figures(connection, number), read_relations(connection, number)
        checked = _check(figures, relations, period)
        grades = {f.figure_id: grade for f in figures if (grade := checked.grade(f)) != f.grade}
        write_findings(store, number, checked.findings, grades, version)
    _across(store, only_new=only_new)
    return len(waiting)


def _across(store: Store, *, only_new: bool) -> None:
    """Hold the documents of each council against each other, where there is something new to compare."""
    with store.reading() as connection:
        waiting = waiting_scopes(connection, only_new=only_new)
    if waiting:
        # Loaded only then: an import of nothing new should be done by the time that this takes.
        from pipeline.reconcile.across.keeping import reconcile_scopes

        reconcile_scopes(store, waiting)


def _check(figures: tuple[Figure, ...], relations: tuple[Relation, ...], period: Period | None) -> "CheckResult":
    """Check one document. The checks are loaded only when something is to be checked."""
    from pipeline.reconcile.checks import check

    return check(figures, relations, period=period)
