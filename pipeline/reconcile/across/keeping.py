"""The reconciliation across documents over the whole store: read a council's documents in bulk, compare them, keep what came out."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import chain

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from pipeline.decisions.overlay import as_decided, decided_in
from pipeline.reconcile.across.agreement import Inside
from pipeline.reconcile.across.names import service_code
from pipeline.reconcile.across.stage import Outcome, compare_documents
from pipeline.reconcile.across.statements import Paper, Statement
from pipeline.spreading import spread
from pipeline.store.database import Store
from pipeline.store.queries import Found, documents_by_id, read_relations
from pipeline.store.rows import Row, compact, dims_text, figure_of, note_of
from pipeline.store.state import Waiting
from pipeline.store.tables import (
    figures,
    finding_documents,
    findings,
    notes,
    observations,
    reconciled,
)
from pipeline.store.tables import statements as statements_table
from pipeline.store.writing import insert_many, write_finding
from schemas.figures import Grade
from schemas.findings import FindingKind
from schemas.notes import Note
from schemas.periods import Period
from schemas.relations import Relation

# A database takes only so many parameters in one query.
_AT_ONCE = 500
# Rows that are fetched together, which is faster than one by one.
_ROWS = 5_000


def reconcile_scopes(store: Store, waiting: Mapping[str, Waiting], *, workers: int = 1) -> None:
    """Compare the documents of each of these councils; what is known of one without documents is removed."""
    parts = [(scope, tuple(document["id"] for document in council.documents)) for scope, council in waiting.items()]
    size = sum(len(numbers) for _, numbers in parts)
    for scope, outcome in spread(store, compare_scope, parts, size=size, workers=workers):
        with store.writing() as connection:
            _write(connection, scope, waiting[scope], outcome)


def compare_scope(store: Store, part: tuple[str, tuple[int, ...]]) -> tuple[str, Outcome]:
    """Compare the documents of one council: its scope, and their numbers."""
    scope, numbers = part
    with store.reading() as connection:
        statements = _read_statements(connection, numbers)
        inside = _inside(connection, numbers)
        return scope, compare_documents(scope, statements, _relations_reader(connection), inside)


def _read_statements(connection: Connection, numbers: Sequence[int]) -> list[Statement]:
    """All figures of documents, with their documents and notes."""
    noted = _notes(connection, numbers)
    papers = {d["id"]: _paper(d, noted.get(d["id"], ())) for d in documents_by_id(connection, numbers)}
    decided = decided_in(connection, numbers)
    found = []
    for ids in _batches(list(papers)):
        query = select(figures).where(figures.c.document_id.in_(ids))
        for row in chain.from_iterable(connection.execute(query).mappings().partitions(_ROWS)):
            paper = papers[row["document_id"]]
            for figure in as_decided([figure_of(row)], decided, paper.period):
                # What a person confirmed is as good as proved.
                grade: Grade = "proved" if figure.figure_id in decided else row["grade_alone"]
                found.append(Statement(paper=paper, position=row["position"], figure=figure, grade=grade))
    return found


def _batches(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


def _notes(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[Note, ...]]:
    found: dict[int, tuple[Note, ...]] = {}
    for some in _batches(ids):
        query = select(notes).where(notes.c.document_id.in_(some)).order_by(notes.c.document_id, notes.c.position)
        for row in connection.execute(query).mappings():
            found[row["document_id"]] = (*found.get(row["document_id"], ()), note_of(row))
    return found


def _paper(document: Found, noted: tuple[Note, ...]) -> Paper:
    return Paper(
        number=document["id"],
        key=document["key"],
        name=document["name"],
        type=document["type"],
        period=Period.parse(document["period"]) if document["period"] else None,
        service=service_code(document["service"]),
        notes=noted,
    )


def _relations_reader(connection: Connection) -> Callable[[int], Sequence[Relation]]:
    """Reads the relations of a document when they are first asked for."""

    @cache
    def relations(number: int) -> Sequence[Relation]:
        return read_relations(connection, number)

    return relations


def _inside(connection: Connection, numbers: Sequence[int]) -> Inside:
    """The findings within these documents, by figure."""
    found: dict[str, tuple[tuple[FindingKind, tuple[str, ...]], ...]] = {}
    for some in _batches(numbers):
        links = finding_documents.join(findings, findings.c.id == finding_documents.c.finding)
        chosen = (finding_documents.c.document_id.in_(some), findings.c.scope == "")
        query = select(findings.c.finding_id, findings.c.kind, findings.c.figure_ids).select_from(links).where(*chosen)
        for _, kind, figure_ids in sorted(map(tuple, connection.execute(query))):
            together = tuple(json.loads(figure_ids))
            for figure_id in together:
                found[figure_id] = (*found.get(figure_id, ()), (kind, together))
    return found


def _write(connection: Connection, scope: str, council: Waiting, outcome: Outcome) -> None:
    """Replace everything that is known across the documents of one council."""
    _forget(connection, scope)
    numbers = [document["id"] for document in council.documents]
    for some in _batches(numbers):
        changed = figures.c.document_id.in_(some), figures.c.grade != figures.c.grade_alone
        connection.execute(update(figures).where(*changed).values(grade=figures.c.grade_alone))
    _write_grades(connection, outcome)
    for some in _batches(numbers):
        changed = figures.c.document_id.in_(some), figures.c.grade != figures.c.grade_checked
        connection.execute(update(figures).where(*changed).values(grade_checked=figures.c.grade))
    for located in outcome.findings:
        write_finding(connection, located.finding, located.documents, scope=scope)
    _write_observations(connection, scope, outcome)
    if numbers:
        connection.execute(insert(reconciled).values(scope=scope, fingerprint=council.fingerprint))


def _forget(connection: Connection, scope: str) -> None:
    connection.execute(delete(findings).where(findings.c.scope == scope))
    connection.execute(delete(observations).where(observations.c.scope == scope))
    connection.execute(delete(reconciled).where(reconciled.c.scope == scope))


def _write_grades(connection: Connection, outcome: Outcome) -> None:
    if not outcome.grades:
        return
    place = (figures.c.document_id == bindparam("of"), figures.c.position == bindparam("at"))
    rows = [{"of": of, "at": at, "to": grade} for (of, at), grade in outcome.grades.items()]
    connection.execute(update(figures).where(*place).values(grade=bindparam("to")), rows)


def _write_observations(connection: Connection, scope: str, outcome: Outcome) -> None:
    first = (connection.scalar(select(func.max(observations.c.id))) or 0) + 1
    seen: list[Row] = []
    said: list[Row] = []
    for number, one in enumerate(outcome.observations, start=first):
        start = one.period.start
        seen.append(
            {
                "id": number,
                "scope": scope,
                "observation_id": one.observation_id,
                "series_id": one.series_id,
                "measure": one.measure,
                "statistic": one.statistic,
                "dims": dims_text(one.dims),
                "unit": one.unit,
                "service": one.service,
                "period": one.period.code,
                "period_start": start.isoformat() if start else None,
                "period_end": one.period.end.isoformat(),
                "status": one.status,
                "perhaps": compact([[link.series_id, link.why] for link in one.perhaps]) if one.perhaps else "[]",
            }
        )
        said += [
            {
                "observation": number,
                "position": position,
                "document_id": placed.document,
                "figure": placed.position,
                "vintage": placed.vintage,
                "agreement": placed.agreement,
            }
            for position, placed in enumerate(one.statements)
        ]
    insert_many(connection, observations, seen)
    insert_many(connection, statements_table, said)
