"""Exports: formats, order, and cells that must not become formulas."""

import csv
import io
import json
from pathlib import Path

import jsonschema
import pandas as pd
import pytest

from pipeline.exports.rows import EXPORTS
from pipeline.exports.writers import WRITERS, _cell, opened, write_csv, write_jsonl
from pipeline.store.database import Store
from schemas.errors import UsageError
from schemas.exports import ROWS, json_schema
from tests.pipeline.conftest import run_import


@pytest.fixture
def filled(sqlite_store: Store, archive: Path) -> Store:
    """A store with two documents and one in quarantine."""
    (archive / "b.txt").write_text("75 58 17")
    (archive / "a.txt").write_text("=1+2 and 13.0")
    (archive / "empty.txt").touch()
    run_import(sqlite_store, archive)
    return sqlite_store


def exported(store: Store, what: str, form: str) -> io.BytesIO:
    """What `crossfoot export` writes."""
    made = io.BytesIO()
    with store.reading() as connection:
        WRITERS[form](EXPORTS[what](connection), ROWS[what], made)
    return made


@pytest.mark.parametrize("what", list(EXPORTS))
def test_every_line_fits_the_schema(what: str, filled: Store) -> None:
    made = io.BytesIO()
    with filled.reading() as connection:
        written = write_jsonl(EXPORTS[what](connection), ROWS[what], made)
    lines = [json.loads(line) for line in made.getvalue().splitlines()]
    assert len(lines) == written
    definition = ROWS[what].__name__
    schema = {"$ref": f"#/$defs/{definition}", "$defs": json_schema()["$defs"]}
    for line in lines:
        jsonschema.validate(line, schema)


def test_documents_are_in_the_order_of_their_names(filled: Store) -> None:
    with filled.reading() as connection:
        rows = list(EXPORTS["documents"](connection))
    described = [(r.document, r.status, r.reason, r.figures) for r in rows]
    assert described == [
        ("a.txt", "imported", "", 3),
        ("b.txt", "imported", "", 3),
        ("empty.txt", "quarantined", "empty", 0),
    ]


def test_csv_reads_back(filled: Store) -> None:
    made = io.BytesIO()
    with filled.reading() as connection:
        write_csv(EXPORTS["figures"](connection), ROWS["figures"], made)
    rows = list(csv.DictReader(io.StringIO(made.getvalue().decode())))
    assert [row["value"] for row in rows] == ["1", "2", "13.0", "75", "58", "17"]
    assert rows[0]["snippet"] == "'=1+2 and 13.0"
    assert json.loads(rows[3]["bbox"]) == [72.0, 72.0, 90.12, 84.0]


def test_workbook_reads_back_with_numbers_as_numbers_and_text_as_text(filled: Store) -> None:
    rows = pd.read_excel(exported(filled, "figures", "xlsx"), engine="openpyxl")
    assert list(rows.columns) == list(ROWS["figures"].model_fields)
    assert list(rows["value"]) == [1, 2, 13, 75, 58, 17]
    assert rows["snippet"][0] == "=1+2 and 13.0"


def test_parquet_reads_back(filled: Store) -> None:
    rows = pd.read_parquet(exported(filled, "figures", "parquet"))
    assert list(rows["value"]) == [1, 2, 13, 75, 58, 17]
    assert rows["page"].dtype == "Int64"
    assert json.loads(rows["bbox"][3]) == [72.0, 72.0, 90.12, 84.0]


@pytest.mark.parametrize("what", list(EXPORTS))
@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_files_of_one_store_are_the_same_bytes_and_have_a_row_each(what: str, form: str, filled: Store) -> None:
    first, second = exported(filled, what, form), exported(filled, what, form)
    assert first.getvalue() == second.getvalue()
    read = pd.read_excel if form == "xlsx" else pd.read_parquet
    with filled.reading() as connection:
        assert len(read(first)) == len(list(EXPORTS[what](connection)))


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=cmd()", "'=cmd()"),
        ("+1 more", "'+1 more"),
        ("-", "'-"),
        ("@sum", "'@sum"),
        ("\t=1", "'\t=1"),
        ("-15.3", "-15.3"),
        (-15.3, "-15.3"),
        ("+4", "+4"),
        (None, ""),
        (True, "true"),
        ({"team": "=x"}, '{"team": "=x"}'),
        ("plain", "plain"),
    ],
)
def test_cells_do_not_become_formulas(value: object, cell: str) -> None:
    assert _cell(value) == cell


def test_file_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("before")
    with pytest.raises(KeyError), opened(str(target)) as file:
        file.write(b"half")
        raise KeyError
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("out.jsonl", "before")]


def test_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"), opened(str(tmp_path / "no" / "out.jsonl")):
        pass
