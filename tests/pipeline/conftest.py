"""Stores to test with: SQLite, and a PostgreSQL server started for the occasion.

The server needs the Debian package `postgresql` and the Python package `psycopg[binary]`; `make test` installs both. A test
never runs without: both databases are promised.
"""

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from pipeline.engine import Limits
from pipeline.importing import import_paths
from pipeline.reading import Engine, Reader
from pipeline.reporting import Event, Report
from pipeline.stages import Settings
from pipeline.store.database import Store, open_store
from tests.pipeline import fakes

Importer = Callable[..., Report]


@pytest.fixture(autouse=True)
def _steady_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extractors do not change while a test runs, whoever edits them meanwhile."""
    monkeypatch.setattr("pipeline.reading.reading_version", lambda: "fake")
    monkeypatch.setattr("pipeline.versions.reading_version", lambda: "fake")
    monkeypatch.setattr("pipeline.versions.checking_version", lambda: "fake")
    monkeypatch.setattr("pipeline.reconcile._check", fakes.find_nothing)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Address of a server that lives as long as the tests; it listens on no port, only in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="crossfoot-pg-"))
    # The server refuses to run as root.
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    folder.chmod(0o700)
    data, log = folder / "data", folder / "log"
    settings = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
    quiet = {"user": user, "cwd": folder, "check": True, "stdout": subprocess.DEVNULL}
    try:
        subprocess.run([_program("initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"], **quiet)
        subprocess.run([_program("pg_ctl"), "-D", data, "-l", log, "-o", settings, "-w", "start"], **quiet)
        yield f"postgresql://postgres@/{{database}}?host={folder}"
        subprocess.run([_program("pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop"], **quiet)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _program(name: str) -> str:
    """Debian keeps the server's programs off the path."""
    found = shutil.which(name) or next(map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), None)
    assert found, f"{name} is missing: apt-get install postgresql"
    return found


_numbers = itertools.count()


@pytest.fixture
def postgres_url(postgres: str) -> str:
    """A fresh database."""
    name = f"test{next(_numbers)}"
    engine = create_engine(
        postgres.format(database="postgres").replace(":", "+psycopg:", 1), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return postgres.format(database=name)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store, of each kind."""
    if request.param == "sqlite":
        opened = open_store(str(tmp_path / "store"), create=True)
    else:
        opened = open_store(request.getfixturevalue("postgres_url"), str(tmp_path / "blobs"), create=True)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a folder."""
    opened = open_store(str(tmp_path / "store"), create=True)
    yield opened
    opened.close()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An empty folder for documents."""
    folder = tmp_path / "archive"
    folder.mkdir()
    return folder


def run_import(
    store: Store,
    *paths: Path,
    read: Reader = fakes.read_numbers,
    workers: int = 0,
    seconds: float = 60.0,
    events: list[Event] | None = None,
    **settings: str,
) -> Report:
    """Import with a fake reader, in this process unless workers are asked for."""
    engine = Engine(read=read, workers=workers, limits=Limits(seconds=seconds), preload=("tests.pipeline.fakes",))
    watch = (lambda event: None) if events is None else events.append
    return import_paths(store, [str(path) for path in paths], Settings(**settings), engine, watch)
