"""What the store knows already, so that an import does only what is new."""

from dataclasses import dataclass

from sqlalchemy import select

from pipeline.store.database import Store
from pipeline.store.tables import documents, files, sources


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


def known_documents(store: Store) -> dict[int, KnownDocument]:
    """Documents by their number."""
    columns = [documents.c[name] for name in KnownDocument.__dataclass_fields__]
    with store.reading() as connection:
        return {row["id"]: KnownDocument(**row) for row in connection.execute(select(*columns)).mappings()}
