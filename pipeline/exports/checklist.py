"""The rows of the checklist: what each annual report states of what the law asks for."""

from collections.abc import Iterator

from sqlalchemy import Connection

from pipeline.decisions.overlay import as_decided, decided_in
from pipeline.reconcile.across.names import service_code
from pipeline.reconcile.checklist import Answer, check_report, is_held
from pipeline.store.queries import Found, imported, read_figures, rows_of_document
from pipeline.store.rows import note_of
from schemas.authorities import load_authorities
from schemas.checklist import load_checklist
from schemas.exports import ChecklistRow
from schemas.periods import Period


def checklist_rows(connection: Connection, document: str | None = None) -> Iterator[ChecklistRow]:
    """A row for each report and item; only of documents with `document` in their names, if it is given.

    A document that states no complaints is no report on them, whatever else it is.
    """
    checklist, register = load_checklist(), load_authorities()
    for found in imported(connection):
        if document is not None and document.casefold() not in found["name"].casefold():
            continue
        period = Period.parse(found["period"]) if found["period"] else None
        authority = register.by_name(found["authority"] or "")
        if not is_held(found["type"], authority, service_code(found["service"]), period, checklist.first_period):
            continue
        decided = as_decided(read_figures(connection, found["id"]), decided_in(connection, [found["id"]]), period)
        figures = [figure for figure in decided if figure.role == "current"]
        if not any(f.measure in ("complaints", "representations") for f in figures):
            continue
        notes = [note_of(row) for row in rows_of_document(connection, "notes", found["id"])]
        for answer in check_report(checklist.items, figures, notes):
            yield _row(found, answer)


def _row(document: Found, answer: Answer) -> ChecklistRow:
    pages = {f.evidence.page for f in answer.figures} | {n.page for n in answer.notes}
    return ChecklistRow(
        document=document["name"],
        document_sha256=document["sha256"],
        authority=document["authority"],
        authority_code=document["authority_code"],
        period=document["period"],
        item=answer.item.code,
        asks=answer.item.asks,
        source=answer.item.source,
        status=answer.status,
        figure_ids=[f.figure_id for f in answer.figures],
        pages=sorted(pages),
        words=[note.text for note in answer.notes],
    )
