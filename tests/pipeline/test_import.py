"""Import and export, with a reader that stands in for the extractors."""

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.exports.rows import EXPORTS
from pipeline.exports.writers import write_jsonl
from pipeline.store.database import Store, open_store
from pipeline.store.state import known_documents
from schemas.errors import UsageError
from schemas.exports import ROWS
from tests.pipeline import fakes
from tests.pipeline.conftest import run_import
from tests.pipeline.samples import zip_of


def exported(store: Store) -> bytes:
    """All exports as one text."""
    made = io.BytesIO()
    with store.reading() as connection:
        for name, rows in EXPORTS.items():
            write_jsonl(rows(connection), ROWS[name], made)
    return made.getvalue()


def fill(archive: Path) -> None:
    """Files of every fate: read, duplicate, refused, skipped, in an archive."""
    (archive / "leeds").mkdir()
    (archive / "leeds" / "a.txt").write_text("75 of 58 and 17, 13.0%")
    (archive / "leeds" / "b.txt").write_text("12 complaints")
    (archive / "copy of b.txt").write_text("12 complaints")
    (archive / "empty.txt").touch()
    (archive / ".hidden").write_text("1")
    (archive / "papers.zip").write_bytes(zip_of({"x/c.txt": b"3 of 4", "inner.zip": zip_of({"d.txt": b"1 2 3"})}))


def test_import_keeps_everything_that_was_read(store: Store, archive: Path) -> None:
    fill(archive)
    report = run_import(store, archive)
    assert (report.imported, report.unchanged, report.figures) == (4, 0, 10)
    assert [(d.name, d.of) for d in report.duplicates] == [("leeds/b.txt", "copy of b.txt")]
    assert [(q.name, q.refusal.reason) for q in report.quarantined] == [("empty.txt", "empty")]
    assert [(s.name, s.why) for s in report.skipped] == [(".hidden", "hidden")]
    with store.reading() as connection:
        figures = list(EXPORTS["figures"](connection))
        relations = list(EXPORTS["relations"](connection))
    percent = next(f for f in figures if f.raw_text == "13.0")
    assert (percent.document, percent.value, percent.page) == ("leeds/a.txt", 13.0, 1)
    assert percent.bbox == (72.0, 108.0, 90.12, 120.0)
    assert [r.roles for r in relations] == [["whole", "part", "part"]] * 2


def test_original_and_rendition_are_kept(sqlite_store: Store, archive: Path) -> None:
    (archive / "a.txt").write_bytes(b"7\r\n")
    run_import(sqlite_store, archive)
    (document,) = known_documents(sqlite_store).values()
    assert document.sha256 is not None
    assert sqlite_store.blobs.get(document.sha256) == b"7\r\n"
    kept = [path.read_bytes() for path in sqlite_store.blobs.root.rglob("*") if path.is_file()]
    assert sorted(kept) == [b"%PDF-fake 7\r\n", b"7\r\n"]


def test_second_import_reads_nothing(store: Store, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(archive)
    run_import(store, archive)
    before = exported(store)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} was read"))
    report = run_import(store, archive, read=lambda *_args, **_named: pytest.fail("a document was read"))
    assert (report.imported, report.unchanged) == (0, 4)
    assert [q.name for q in report.quarantined] == ["empty.txt"]
    assert exported(store) == before


def test_touched_file_is_not_read_again(sqlite_store: Store, archive: Path) -> None:
    (archive / "a.txt").write_text("7")
    run_import(sqlite_store, archive)
    os.utime(archive / "a.txt", (1, 1))
    assert run_import(sqlite_store, archive, read=fakes.read_or_fail).unchanged == 1


@pytest.mark.parametrize("workers", [0, 2])
def test_two_stores_export_the_same_bytes(workers: int, tmp_path: Path, archive: Path) -> None:
    fill(archive)
    exports = []
    for name in ("one", "two"):
        store = open_store(str(tmp_path / name), create=True)
        run_import(store, archive, workers=workers)
        exports.append(exported(store))
        store.close()
    assert exports[0] == exports[1]


def test_both_databases_export_the_same_bytes(
    sqlite_store: Store, postgres_url: str, tmp_path: Path, archive: Path
) -> None:
    fill(archive)
    (archive / "Ähnlich \N{GREEK SMALL LETTER OMEGA}.txt").write_text("\N{FULLWIDTH DIGIT ONE} 5")
    (archive / "_b.txt").write_bytes(b"nul \x00 and \xed\xa0\x80 6")
    other = open_store(postgres_url, str(tmp_path / "blobs"), create=True)
    for store in (sqlite_store, other):
        run_import(store, archive)
    assert exported(sqlite_store) == exported(other)
    other.close()


def test_order_of_imports_does_not_matter(tmp_path: Path, archive: Path) -> None:
    fill(archive)
    (archive / "other").mkdir()
    (archive / "other" / "a.txt").write_text("99")
    steps = [archive / "papers.zip", archive / "leeds", archive, archive / "other" / "a.txt"]
    exports = []
    for name, order in (("one", steps), ("two", steps[::-1])):
        store = open_store(str(tmp_path / name), create=True)
        for path in order:
            run_import(store, path)
        exports.append(exported(store))
        store.close()
    assert exports[0] == exports[1]


def test_documents_of_one_name_get_longer_names(store: Store, archive: Path) -> None:
    for folder in ("2014", "2015"):
        (archive / folder).mkdir()
        (archive / folder / "report.txt").write_text(folder)
    run_import(store, archive / "2014", archive / "2015")
    assert sorted(d.name for d in known_documents(store).values()) == ["2014/report.txt", "2015/report.txt"]


def test_changed_file_replaces_what_it_was(store: Store, archive: Path) -> None:
    (archive / "a.txt").write_text("1 2 3 4")
    run_import(store, archive)
    (archive / "a.txt").write_text("5")
    report = run_import(store, archive)
    assert (report.imported, report.figures) == (1, 1)
    (document,) = known_documents(store).values()
    assert document.name == "a.txt"


def test_changed_archive_loses_only_what_has_gone(store: Store, archive: Path) -> None:
    (archive / "z.zip").write_bytes(zip_of({"a.txt": b"1", "b.txt": b"2"}))
    run_import(store, archive)
    (archive / "z.zip").write_bytes(zip_of({"b.txt": b"2", "c.txt": b"3"}))
    report = run_import(store, archive)
    assert (report.imported, report.unchanged) == (1, 1)
    assert sorted(d.name for d in known_documents(store).values()) == ["z.zip/b.txt", "z.zip/c.txt"]


def test_file_that_has_gone_from_disk_stays_in_the_store(store: Store, archive: Path) -> None:
    fill(archive)
    run_import(store, archive)
    before = exported(store)
    (archive / "leeds" / "a.txt").unlink()
    run_import(store, archive)
    assert exported(store) == before


def test_other_settings_read_again(store: Store, archive: Path) -> None:
    (archive / "a.txt").write_text("1")
    run_import(store, archive)
    assert run_import(store, archive, authority="Leeds City Council").imported == 1
    with store.reading() as connection:
        assert [d.authority for d in EXPORTS["documents"](connection)] == ["Leeds City Council"]


def test_new_extractors_read_again(store: Store, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (archive / "a.txt").write_text("1")
    run_import(store, archive)
    monkeypatch.setattr("pipeline.reading.reading_version", lambda: "newer")
    assert run_import(store, archive).imported == 1


def test_password_opens_what_was_locked(store: Store, archive: Path) -> None:
    (archive / "a.txt").write_bytes(b"LOCKED 5")
    assert [q.refusal.reason for q in run_import(store, archive).quarantined] == ["encrypted"]
    report = run_import(store, archive, password="sesame")
    assert (report.imported, report.quarantined) == (1, ())
    assert run_import(store, archive).unchanged == 1


def test_path_that_does_not_exist_changes_nothing(store: Store, archive: Path) -> None:
    (archive / "a.txt").write_text("1")
    with pytest.raises(UsageError, match="no file or folder"):
        run_import(store, archive, archive / "nothing")
    assert known_documents(store) == {}


KILLED = """
import os, signal, sys
from pathlib import Path
import pipeline.reading, pipeline.reconcile, pipeline.versions
from pipeline.store.database import open_store
from tests.pipeline.conftest import run_import
from tests.pipeline import fakes

class Deadly(list):
    def append(self, event):
        super().append(event)
        if len(self) == int(sys.argv[3]):
            os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    pipeline.reading.reading_version = lambda: "fake"
    pipeline.versions.reading_version = pipeline.versions.checking_version = lambda: "fake"
    pipeline.reconcile._check = fakes.find_nothing
    store = open_store(sys.argv[1], create=True)
    run_import(store, Path(sys.argv[2]), read=fakes.read_slowly, workers=2, events=Deadly())
"""


# 12 files give 26 events: two passes, each with its start and an event per document.
@pytest.mark.parametrize("event", [1, 2, 8, 13, 14, 15, 20, 26])
def test_killed_import_goes_on_to_the_same_end(event: int, sqlite_store: Store, tmp_path: Path, archive: Path) -> None:
    for number in range(12):
        (archive / f"{number}.txt").write_text(f"{number} {number + 1} {number + 2}")
    run_import(sqlite_store, archive, read=fakes.read_slowly)
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    broken = tmp_path / "broken"
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    command = [sys.executable, str(script), str(broken), str(archive), str(event)]
    assert subprocess.run(command, env=environment, check=False).returncode == -signal.SIGKILL
    store = open_store(str(broken))
    assert exported(store) != exported(sqlite_store) or event == 26
    run_import(store, archive, read=fakes.read_slowly)
    assert exported(store) == exported(sqlite_store)
    store.close()
