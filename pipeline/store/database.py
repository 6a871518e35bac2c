"""Open a store: a folder with a SQLite file and blobs, or a database by URL with blobs elsewhere."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import ArgumentError, DatabaseError, InterfaceError, NoSuchModuleError

from pipeline.store.blobs import Blobs
from pipeline.store.tables import SCHEMA_VERSION
from schemas.errors import CrossfootError, UsageError

DEFAULT_STORE = "crossfoot-data"

# Any number will do, as long as every Crossfoot takes the same: it keeps two writers on one PostgreSQL store apart.
_WRITER_LOCK = 6_018_201_511


@dataclass(frozen=True, slots=True)
class Store:
    """An open store."""

    engine: Engine
    blobs: Blobs

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads: it sees one state of the store throughout."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes, the only one at that moment; all of it happens or nothing."""
        with self.engine.connect().execution_options(crossfoot_writes=True) as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITER_LOCK})
            yield connection

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def open_store(location: str, blobs: str | None = None, *, create: bool = False) -> Store:
    """The store at `location`, a folder or a database URL; `create` makes what is missing."""
    if "://" in location:
        if not blobs:
            raise UsageError("A store in a database needs a place for its files.", advice="Add --blobs FOLDER.")
        url, root = _with_driver(location), Path(blobs)
    else:
        folder = Path(location)
        url, root = f"sqlite:///{folder.absolute() / 'crossfoot.db'}", Path(blobs) if blobs else folder / "blobs"
        if not create and not (folder / "crossfoot.db").exists():
            raise UsageError(f"There is no store at {location}.", advice="`crossfoot import PATH...` makes one.")
        _make_folder(folder)
    _make_folder(root)
    store = Store(_engine(url), Blobs(root.absolute()))
    try:
        _bring_up_to_date(store.engine)
    except (DatabaseError, InterfaceError) as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise CrossfootError(
            f"The database cannot be used: {reason}.", advice="`crossfoot doctor` looks closer."
        ) from None
    return store


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder} cannot be a store: {error.strerror}.", advice="Choose another --store.") from None
    if not os.access(folder, os.W_OK):
        raise UsageError(f"{folder} cannot be written to.", advice="Choose another --store.")


def _with_driver(url: str) -> str:
    """People write postgresql://; SQLAlchemy would look for a driver that we do not ship."""
    scheme, rest = url.split("://", 1)
    return f"postgresql+psycopg://{rest}" if scheme in ("postgresql", "postgres") else url


def _engine(url: str) -> Engine:
    try:
        # Closing the last connection to a SQLite file makes it tidy up its log: the pool keeps one open until the end.
        engine = create_engine(url)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        advice = "Use a folder, or postgresql://USER@HOST/NAME (which needs the psycopg package)."
        raise UsageError(f"The store's address is not understood: {error}.", advice=advice) from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transactions begin too late for a read that a write depends on: `_begin_sqlite` begins them instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "busy_timeout=60000",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "cache_size=-65536",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("crossfoot_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _bring_up_to_date(engine: Engine) -> None:
    """Run the migrations that the store lacks. Alembic is slow to load, so it is only asked when there are any."""
    if _version(engine) == SCHEMA_VERSION:
        return
    from pipeline.store.migrations import upgrade

    upgrade(engine)


def _version(engine: Engine) -> str | None:
    with engine.connect() as connection, connection.begin():
        if not engine.dialect.has_table(connection, "alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
