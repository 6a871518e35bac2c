"""The store: migrations, exact values, blobs, and what goes wrong with databases."""

from decimal import Decimal
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from pipeline.naming import unique_names
from pipeline.store.blobs import Blobs
from pipeline.store.database import Store, open_store
from pipeline.store.migrations import config
from pipeline.store.queries import imported, read_figures, read_relations
from pipeline.store.rows import decimal_of, storable
from pipeline.store.tables import SCHEMA_VERSION, metadata
from schemas.errors import CrossfootError, UsageError
from tests.pipeline import fakes
from tests.pipeline.conftest import run_import


def test_migrations_make_the_tables(store: Store) -> None:
    with store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_newest_migration_is_the_one_that_opening_looks_for() -> None:
    assert ScriptDirectory.from_config(config()).get_current_head() == SCHEMA_VERSION


def test_store_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'crossfoot.db'}")
    command.upgrade(config(engine), "0001")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO documents (id, key, size, status) VALUES (1, 'k', 1, 'imported')"))
        columns = "document_id, position, figure_id, decimals, grade, confidence, page, x0, top, x1, bottom"
        connection.execute(text(f"INSERT INTO figures ({columns}) VALUES (1, 0, 'f', 0, 'proved', 1, 1, 0, 0, 1, 1)"))
    engine.dispose()
    store = open_store(str(tmp_path))
    with store.reading() as connection:
        assert connection.execute(text("SELECT grade, grade_alone FROM figures")).one() == ("proved", "proved")
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    store.close()


def test_store_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    store = open_store(str(tmp_path), create=True)
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'later'"))
    store.close()
    with pytest.raises(CrossfootError, match="newer Crossfoot"):
        open_store(str(tmp_path))


def test_what_was_read_comes_back_the_same(store: Store, archive: Path) -> None:
    (archive / "a.txt").write_text("75 58 17 13.0 0.10 007")
    run_import(store, archive)
    settings = fakes.Settings()
    reading = fakes.read_numbers(b"75 58 17 13.0 0.10 007", name="a.txt", folder="archive", settings=settings).reading
    with store.reading() as connection:
        (document,) = imported(connection)
        figures = read_figures(connection, document["id"])
        relations = read_relations(connection, document["id"])
    assert [str(f.value) for f in figures] == ["75", "58", "17", "13.0", "0.10", "7"]
    assert [(f.figure_id, f.dims, f.period, f.decimals) for f in figures] == [
        (f.figure_id, f.dims, f.period, f.decimals) for f in reading.figures
    ]
    assert relations == reading.relations


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_values_are_exact(value: Decimal) -> None:
    back = decimal_of(str(value))
    assert back is not None
    assert (back, back.as_tuple()) == (value, value.as_tuple())


@given(st.text())
def test_any_text_can_be_stored(words: str) -> None:
    kept = storable({"words": words})["words"]
    assert "\0" not in kept
    assert kept.encode("utf-8").decode("utf-8") == kept


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=4), unique_by=tuple, min_size=1))
def test_names_are_unique_and_do_not_depend_on_the_order(paths: list[list[str]]) -> None:
    keys = [f"/{i % 2}/" + "/".join(path) for i, path in enumerate(paths)]
    named = {number: (key.rpartition("/")[2], key) for number, key in enumerate(keys)}
    names = unique_names(named)
    assert len(set(names.values())) == len(names)
    assert unique_names(dict(reversed(named.items()))) == names
    assert all(key.endswith(names[number]) for number, (_, key) in named.items())


def test_blob_is_kept_once_and_mended_when_cut_off(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    sha256 = blobs.put(b"content")
    assert blobs.path(sha256) == tmp_path / sha256[:2] / sha256
    blobs.path(sha256).write_bytes(b"cont")
    assert blobs.put(b"content") == sha256
    assert blobs.get(sha256) == b"content"
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [sha256]


@pytest.mark.parametrize(
    ("location", "blobs", "words"),
    [
        ("postgresql://u@/d", None, "--blobs"),
        ("nosuch://u@/d", "blobs", "not understood"),
        ("postgresql://nobody@127.0.0.1:1/none", "blobs", "cannot be used"),
        ("/proc/none", None, "cannot be a store"),
    ],
)
def test_place_that_cannot_be_a_store_is_refused(
    location: str, blobs: str | None, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CrossfootError, match=words) as caught:
        open_store(location, blobs, create=True)
    assert caught.value.advice


def test_store_that_is_not_there_is_not_made_by_looking(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no store"):
        open_store(str(tmp_path / "none"))
    assert not (tmp_path / "none").exists()


def test_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "crossfoot.db").write_bytes(b"not a database" * 100)
    with pytest.raises(CrossfootError, match="cannot be used"):
        open_store(str(tmp_path))
