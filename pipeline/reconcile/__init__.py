"""Reconcile: hold the figures against each other and keep what does not fit as findings."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.decisions.effects import restore_additions, settle
from pipeline.decisions.overlay import as_decided, decided_in
from pipeline.spreading import spread
from pipeline.store.checked import Checked, write_checked
from pipeline.store.database import Store
from pipeline.store.queries import imported, read_figures, read_misprints, read_relations
from pipeline.store.state import waiting_scopes
from schemas.figures import Figure
from schemas.periods import Period
from schemas.relations import Relation

if TYPE_CHECKING:
    from pipeline.reconcile.checks import CheckResult

# Documents that a process checks before it reports.
_AT_ONCE = 25


def reconcile(store: Store, *, only_new: bool = False, workers: int = 1) -> int:
    """Check every document that was read, or those not yet checked in this way, and each council's documents against each other.

    What was decided on figures is taken as decided; decisions are held against what there is now.
    Findings, repairs, grades and series are replaced. How many documents were checked. With many documents, `workers` processes do the work;
    what they find is the same.
    """
    from pipeline.versions import checking_version

    version = checking_version()
    restore_additions(store)
    with store.reading() as connection:
        waiting = [(d["id"], d["period"]) for d in imported(connection) if not (only_new and d["checked"] == version)]
    parts = [tuple(waiting[start : start + _AT_ONCE]) for start in range(0, len(waiting), _AT_ONCE)]
    for batch in spread(store, check_documents, parts, size=len(waiting), workers=workers):
        with store.writing() as connection:
            write_checked(connection, batch, version)
    compared = across_documents(store, only_new=only_new, workers=workers)
    settle(store)
    if waiting or compared:
        from pipeline.ranking import rank

        rank(store)
    return len(waiting)


def check_documents(store: Store, documents: Sequence[tuple[int, str | None]]) -> list[Checked]:
    """Check documents (number, period) by themselves.

    `pipeline.reconcile.checks.check` does the checking, from a document's figures, relations and period alone. A finding belongs to
    the document that it was found in: its `documents` are filled in when it is read from the store.
    """
    from pipeline.reconcile.confidence import confidence

    found = []
    for number, code in documents:
        with store.reading() as connection:
            read, relations = read_figures(connection, number), read_relations(connection, number)
            decided = decided_in(connection, [number])
            misprints = read_misprints(connection, number)
        period = Period.parse(code) if code else None
        figures = as_decided(read, decided, period) if decided else read
        checked = _check(figures, _among(relations, figures), period, misprints)
        as_read = {f.figure_id: f.grade for f in read}
        graded = [(f, checked.grade(f)) for f in figures]
        found.append(
            Checked(
                number=number,
                findings=checked.findings,
                repairs=checked.repairs,
                grades={f.figure_id: grade for f, grade in graded if grade != as_read[f.figure_id]},
                confidences={f.figure_id: confidence(f, grade) for f, grade in graded if f.evidence.readings},
            )
        )
    return found


def _among(relations: tuple[Relation, ...], figures: Sequence[Figure]) -> tuple[Relation, ...]:
    """The relations all of whose figures are there: one that somebody rejected takes its relations with it."""
    known = {figure.figure_id for figure in figures}
    return tuple(relation for relation in relations if known.issuperset(relation.figure_ids))


def across_documents(store: Store, *, only_new: bool = False, workers: int = 1) -> bool:
    """Hold the documents of each council against each other, where there is something new to compare; whether there was."""
    with store.reading() as connection:
        waiting = waiting_scopes(connection, only_new=only_new)
    if waiting:
        # Loaded only then: an import of nothing new should be done by the time that this takes.
        from pipeline.reconcile.across.keeping import reconcile_scopes

        reconcile_scopes(store, waiting, workers=workers)
    return bool(waiting)


def _check(
    figures: tuple[Figure, ...], relations: tuple[Relation, ...], period: Period | None, misprints: tuple[str, ...]
) -> "CheckResult":
    """Check one document. The checks are loaded only when something is to be checked."""
    from pipeline.reconcile.checks import check

    return check(figures, relations, period=period, misprints=misprints)
