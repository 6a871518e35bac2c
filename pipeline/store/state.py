"""What the store knows already, so that an import does only what is new."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from pipeline.store.database import Store
from pipeline.store.queries import Found, imported
from pipeline.store.rows import compact, scope_of
from pipeline.store.tables import documents, files, reconciled, sources


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFile:
    """A file as it was when it was last opened."""

    name: str
    folder: str
    stamp: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSource:
    """A place where a document was found."""

    key: str
    path: str
    name: str
    folder: str
    document_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDocument:
    """A document as far as an import needs to know it."""

    id: int
    sha256: str | None
    name: str
    status: str
    reason: str
    message: str
    advice: str
    read_as: str
    checked: str


def known_files(store: Store) -> dict[str, KnownFile]:
    """Files by their path."""
    with store.reading() as connection:
        rows = connection.execute(select(files)).all()
    return {row.path: KnownFile(name=row.name, folder=row.folder, stamp=row.stamp) for row in rows}


def known_sources(store: Store) -> list[KnownSource]:
    """All sources, in the order in which the first of a document gives it its name."""
    columns = [sources.c[name] for name in KnownSource.__dataclass_fields__]
    with store.reading() as connection:
        found = [KnownSource(**row) for row in connection.execute(select(*columns)).mappings()]
    return sorted(found, key=lambda s: (s.name, s.key))


def unread_paths(store: Store) -> set[str]:
    """Places where something lies, or lay, that could not be read."""
    query = select(sources.c.path).join(documents).where(documents.c.sha256.is_(None))
    with store.reading() as connection:
        return set(connection.scalars(query))


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The documents of a council that are to be held against each other anew, and the fingerprint to remember that by."""

    fingerprint: str
    documents: tuple[Found, ...]


def waiting_scopes(connection: Connection, *, only_new: bool) -> dict[str, Waiting]:
    """Councils (scopes) whose documents have changed since they were last reconciled, or all; those without documents too."""
    scopes: dict[str, list[Found]] = {}
    for document in imported(connection):
        scopes.setdefault(scope_of(document), []).append(document)
    known = {row.scope: row.fingerprint for row in connection.execute(select(reconciled))}
    found = {scope: Waiting(fingerprint=_fingerprint(of), documents=tuple(of)) for scope, of in sorted(scopes.items())}
    waiting = {scope: one for scope, one in found.items() if not only_new or known.get(scope) != one.fingerprint}
    return waiting | {scope: Waiting(fingerprint="", documents=()) for scope in sorted(known.keys() - found.keys())}


def _fingerprint(of: Iterable[Found]) -> str:
    """Of all that is compared but the figures: these change only when their document is read anew, which has it compared too."""
    parts = sorted([d[name] for name in ("key", "name", "checked", "period", "service", "type")] for d in of)
    return hashlib.sha256(compact(parts).encode()).hexdigest()[:16]


def known_documents(store: Store) -> dict[int, KnownDocument]:
    """Documents by their number."""
    columns = [documents.c[name] for name in KnownDocument.__dataclass_fields__]
    with store.reading() as connection:
        return {row["id"]: KnownDocument(**row) for row in connection.execute(select(*columns)).mappings()}
