"""Reconcile: hold the figures against each other and keep what does not fit as findings."""

from collections.abc import Callable

from pipeline.store.database import Store
from pipeline.store.queries import imported, read_figures, read_relations
from pipeline.store.writing import write_findings
from schemas.figures import Figure
from schemas.findings import Finding
from schemas.periods import Period
from schemas.relations import Relation

Check = Callable[[tuple[Figure, ...], tuple[Relation, ...], Period | None], tuple[Finding, ...]]


def reconcile(store: Store, *, only_new: bool = False) -> int:
    """Check every document that was read, or only those not yet checked in this way, and replace its findings; how many documents.

    `pipeline.reconcile.checks.check` does the checking, from a document's figures, relations and period alone. A finding belongs to
    the document that it was found in; its `documents` are filled in here.
    """
    from pipeline.versions import checking_version

    version = checking_version()
    with store.reading() as connection:
        waiting = [d for d in imported(connection) if not (only_new and d["checked"] == version)]
    check = _check()
    for document in waiting:
        number = document["id"]
        with store.reading() as connection:
            figures, relations = read_figures(connection, number), read_relations(connection, number)
        period = Period.parse(document["period"]) if document["period"] else None
        write_findings(store, number, check(figures, relations, period), version)
    return len(waiting)


def _check() -> Check:
    """The checks, loaded only when something is to be checked."""
    from pipeline.reconcile.checks import check

    return lambda figures, relations, period: check(figures, relations, period=period).findings
