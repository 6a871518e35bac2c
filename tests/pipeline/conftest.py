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
    folder = Path(tempfile.mkdtemp(prefix="crossfoot-pg-", dir=_in_memory()))
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


def _in_memory() -> Path | None:
    """A place in memory, where there is one with room: a server of tests makes and removes thousands of files."""
    place = Path("/dev/shm")
    return place if place.is_dir() and shutil.disk_usage(place).free > 2 << 30 else None


def _program(name: str) -> str:
    """Debian keeps the server's programs off the path."""
    found = shutil.which(name) or next(map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), None)
    assert found, f"{name} is missing: apt-get install postgresql"
    return found


_numbers = itertools.count()


@pytest.fixture
def postgres_url(postgres: str) -> str:
    """A fresh database."""
    return _database(postgres, f"test{next(_numbers)}")


def _database(postgres: str, name: str, template: str = "template1") -> str:
    engine = create_engine(
        postgres.format(database="postgres").replace(":", "+psycopg:", 1), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    engine.dispose()
    return postgres.format(database=name)


@pytest.fixture(scope="session")
def empty_database(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database with the tables of a store: copying it is quicker than making them."""
    name = "empty"
    open_store(_database(postgres, name), str(tmp_path_factory.mktemp("blobs")), create=True).close()
    return name


@pytest.fixture(scope="session")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an empty store."""
    folder = tmp_path_factory.mktemp("empty") / "store"
    open_store(str(folder), create=True).close()
    return folder


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store, of each kind."""
    if request.param == "sqlite":
        shutil.copytree(request.getfixturevalue("empty_folder"), tmp_path / "store")
        opened = open_store(str(tmp_path / "store"))
    else:
        template = request.getfixturevalue("empty_database")
        url = _database(request.getfixturevalue("postgres"), f"test{next(_numbers)}", template)
        opened = open_store(url, str(tmp_path / "blobs"), create=True)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(empty_folder: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty store in a folder."""
    shutil.copytree(empty_folder, tmp_path / "store")
    opened = open_store(str(tmp_path / "store"))
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
