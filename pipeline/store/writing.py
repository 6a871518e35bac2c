"""Write to the store: what was found, what was read, what was refused. Each call is one transaction."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, insert, select, update

from pipeline.sources import FoundFile, Refusal, Source
from pipeline.store.database import Store
from pipeline.store.rows import Row, finding_row, scope_of
from pipeline.store.tables import (
    READ_FROM_DOCUMENT,
    documents,
    files,
    finding_documents,
    findings,
    metadata,
    reconciled,
    sources,
    statements,
)
from schemas.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A source whose bytes are in the blob store under `sha256`, or could not be read (None)."""

    source: Source
    sha256: str | None
    size: int

    @property
    def document_key(self) -> str:
        """What makes it one document: its content, or else the place where something unreadable lies."""
        return self.sha256 or "unread:" + hashlib.sha256(self.source.key.encode()).hexdigest()


def register(store: Store, file: FoundFile | None, path: str, found: Sequence[Registered]) -> bool:
    """Note the sources at `path`: new content becomes a pending document, content that has gone from all sources leaves.

    `file` is None for a place that could not be read. What was imported from there before is then kept, and False returned.
    """
    with store.writing() as connection:
        before = set(connection.scalars(select(sources.c.document_id).where(sources.c.path == path)))
        if file is None and _was_read(connection, before):
            return False
        connection.execute(delete(sources).where(sources.c.path == path))
        for one in found:
            row = {"key": one.source.key, "path": path, "name": one.source.name, "folder": one.source.folder}
            connection.execute(insert(sources).values(row | {"document_id": _document(connection, one)}))
        _remove_orphans(connection, before)
        connection.execute(delete(files).where(files.c.path == path))
        if file is not None:
            connection.execute(insert(files).values(path=path, name=file.name, folder=file.folder, stamp=file.stamp))
    return True


def forget(store: Store, path: str) -> None:
    """Remove the sources at a path, and documents that no other leads to."""
    with store.writing() as connection:
        before = set(connection.scalars(select(sources.c.document_id).where(sources.c.path == path)))
        connection.execute(delete(sources).where(sources.c.path == path))
        _remove_orphans(connection, before)


def _was_read(connection: Connection, ids: set[int]) -> bool:
    query = select(documents.c.id).where(documents.c.id.in_(ids), documents.c.sha256.is_not(None)).limit(1)
    return connection.scalar(query) is not None


def _document(connection: Connection, one: Registered) -> int:
    """The number of the document with this content, made if it is new."""
    refusal = one.source.refusal
    row: Row = {"name": one.source.name, "size": one.size, "sha256": one.sha256}
    known = connection.execute(
        select(documents.c.id, documents.c.read_as).where(documents.c.key == one.document_key)
    ).one_or_none()
    if known is None:
        row |= {"key": one.document_key, "status": "pending"} | (_refused(refusal) if refusal else {})
        return int(connection.execute(insert(documents).values(row).returning(documents.c.id)).scalar_one())
    if refusal and (known.read_as == REFUSED_AT_INTAKE or one.sha256 is None):
        connection.execute(update(documents).where(documents.c.id == known.id).values(_refused(refusal)))
    return int(known.id)


# A document that intake refused is not for the extractors: only opening its file again can change what became of it.
REFUSED_AT_INTAKE = "refused at intake"


def _refused(refusal: Refusal) -> Row:
    return _quarantined(refusal) | {"read_as": REFUSED_AT_INTAKE}


def _quarantined(refusal: Refusal) -> Row:
    return {
        "status": "quarantined",
        "reason": refusal.reason,
        "message": refusal.message,
        "advice": refusal.advice,
    }


def _remove_orphans(connection: Connection, candidates: Iterable[int]) -> None:
    """Remove documents that no source leads to any more, because the file there has changed. Their bytes are kept."""
    for document_id in candidates:
        if connection.scalar(select(sources.c.key).where(sources.c.document_id == document_id).limit(1)) is None:
            _clear(connection, document_id)
            connection.execute(delete(documents).where(documents.c.id == document_id))


def _clear(connection: Connection, document_id: int) -> None:
    """Remove everything that was read from a document, and the findings about it."""
    outdate(connection, [document_id])
    clear_findings(connection, [document_id])
    connection.execute(delete(statements).where(statements.c.document_id == document_id))
    for table in READ_FROM_DOCUMENT:
        connection.execute(delete(table).where(table.c.document_id == document_id))


def clear_findings(connection: Connection, document_ids: Sequence[int], *, scope: str | None = None) -> None:
    """Remove the findings about these documents: all, or those of one scope."""
    about = select(finding_documents.c.finding).where(finding_documents.c.document_id.in_(document_ids))
    chosen = delete(findings).where(findings.c.id.in_(about))
    connection.execute(chosen if scope is None else chosen.where(findings.c.scope == scope))


def outdate(connection: Connection, document_ids: Sequence[int]) -> None:
    """Have the councils of documents reconciled across documents anew."""
    columns = (documents.c.key, documents.c.authority, documents.c.authority_code)
    chosen = connection.execute(select(*columns).where(documents.c.id.in_(document_ids))).mappings()
    scopes = {scope_of(document) for document in chosen}
    # The row stays: when the council's last document goes, it tells that there is something to remove.
    connection.execute(update(reconciled).where(reconciled.c.scope.in_(sorted(scopes))).values(fingerprint=""))


def write_document(store: Store, document_id: int, facts: Row, rows: dict[str, list[Row]]) -> None:
    """Replace what is known of a document by what was just read: facts about it, and rows by table."""
    with store.writing() as connection:
        _clear(connection, document_id)
        clean: Row = {"status": "imported", "reason": "", "message": "", "advice": "", "checked": ""}
        connection.execute(update(documents).where(documents.c.id == document_id).values(clean | facts))
        for table, of_table in rows.items():
            insert_many(connection, metadata.tables[table], of_table)


def insert_many(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns. The driver gets them as they are: three times as fast as one by one."""
    if not rows:
        return
    compiled = insert(table).compile(dialect=connection.dialect, column_keys=list(rows[0]))
    order = compiled.positiontup
    connection.exec_driver_sql(str(compiled), [tuple(row[c] for c in order) for row in rows] if order else list(rows))


def write_quarantine(store: Store, document_id: int, refusal: Refusal, facts: Row) -> None:
    """Replace what is known of a document by the reason why it could not be read."""
    with store.writing() as connection:
        _clear(connection, document_id)
        values = _quarantined(refusal) | {"checked": ""} | facts
        connection.execute(update(documents).where(documents.c.id == document_id).values(values))


def write_names(store: Store, names: dict[int, str]) -> None:
    """Give documents the names that they are exported under."""
    with store.writing() as connection:
        for document_id, name in names.items():
            connection.execute(update(documents).where(documents.c.id == document_id).values(name=name))


def write_finding(connection: Connection, finding: Finding, about: Sequence[int], *, scope: str = "") -> None:
    """Add a finding about documents; `scope` is that of documents which are held against each other."""
    added = insert(findings).values(finding_row(finding) | {"scope": scope}).returning(findings.c.id)
    number = connection.execute(added).scalar_one()
    links = [{"finding": number, "position": i, "document_id": of} for i, of in enumerate(about)]
    connection.execute(insert(finding_documents), links)
