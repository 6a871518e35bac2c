"""Reconcile: hold the figures against each other and keep what does not fit as findings."""

from typing import TYPE_CHECKING

from pipeline.store.database import Store
from pipeline.store.queries import imported, read_figures, read_relations
from pipeline.store.writing import write_findings
from schemas.figures import Figure
from schemas.periods import Period
from schemas.relations import Relation

if TYPE_CHECKING:
    from pipeline.reconcile.checks import CheckResult


def reconcile(store: Store, *, only_new: bool = False) -> int:
    """Check every document that was read, or only those not yet checked in this way; replace findings, repairs and grades. How many documents.

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
        write_findings(store, number, checked.findings, checked.repairs, grades, version)
    return len(waiting)


def _check(figures: tuple[Figure, ...], relations: tuple[Relation, ...], period: Period | None) -> "CheckResult":
    """Check one document. The checks are loaded only when something is to be checked."""
    from pipeline.reconcile.checks import check

    return check(figures, relations, period=period)
