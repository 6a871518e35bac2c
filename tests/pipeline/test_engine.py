"""The engine: whatever a document does to its process, the run goes on."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.engine import Failure, Limits, run
from pipeline.exports.rows import EXPORTS
from pipeline.store.database import Store, open_store
from pipeline.store.state import known_documents
from tests.pipeline import fakes
from tests.pipeline.conftest import run_import


def square(number: int) -> int:
    """Work that is easy to check."""
    return number * number


def test_every_task_gives_its_outcome() -> None:
    done = run(range(20), square, workers=2, limits=Limits())
    assert sorted(done) == [(n, n * n) for n in range(20)]


def test_no_tasks_start_no_workers() -> None:
    assert list(run([], square, workers=2, limits=Limits())) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("CRASH", "crashed"),
        ("HANG", "timed_out"),
        ("EAT", "out_of_memory"),
        ("BUG", "internal_error"),
    ],
)
def test_bad_document_is_quarantined_and_the_others_are_read(
    content: str, reason: str, sqlite_store: Store, archive: Path
) -> None:
    (archive / "bad.txt").write_text(content)
    for number in range(6):
        (archive / f"{number}.txt").write_text(str(number))
    report = run_import(sqlite_store, archive, read=fakes.read_or_fail, workers=2, seconds=2)
    assert report.imported == 6
    assert [(q.name, q.refusal.reason) for q in report.quarantined] == [("bad.txt", reason)]
    assert report.quarantined[0].refusal.advice


def test_native_code_that_holds_the_interpreter_is_ended(
    sqlite_store: Store, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (archive / "bad.txt").write_text("HANG NATIVE")
    (archive / "good.txt").write_text("1")
    report = run_import(sqlite_store, archive, read=fakes.read_or_fail, workers=2, seconds=1)
    assert [(q.name, q.refusal.reason) for q in report.quarantined] == [("bad.txt", "timed_out")]


def test_crash_is_tried_again_at_the_next_import(sqlite_store: Store, archive: Path) -> None:
    (archive / "a.txt").write_text("CRASH")
    run_import(sqlite_store, archive, read=fakes.read_or_fail, workers=1)
    report = run_import(sqlite_store, archive, read=fakes.read_numbers)
    assert (report.imported, report.quarantined) == (1, ())


def test_fault_of_ours_waits_for_a_new_version(
    sqlite_store: Store, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (archive / "a.txt").write_text("BUG")
    run_import(sqlite_store, archive, read=fakes.read_or_fail)
    assert len(run_import(sqlite_store, archive, read=fakes.read_numbers).quarantined) == 1
    monkeypatch.setattr("pipeline.reading.reading_version", lambda: "newer")
    assert run_import(sqlite_store, archive, read=fakes.read_numbers).quarantined == ()


def explode(number: int) -> int:
    """Work that always breaks its process."""
    fakes.read_or_fail(b"CRASH", name="", folder="", settings=fakes.Settings())
    return number


def test_many_crashes_are_each_given_up() -> None:
    outcomes = dict(run(range(4), explode, workers=2, limits=Limits()))
    assert set(outcomes) == {0, 1, 2, 3}
    assert all(isinstance(o, Failure) and o.reason == "crashed" for o in outcomes.values())


INTERRUPTED = """
import sys
from pathlib import Path
from pipeline.store.database import open_store
from tests.pipeline.conftest import run_import
from tests.pipeline import fakes
if __name__ == "__main__":
    run_import(open_store(sys.argv[1], create=True), Path(sys.argv[2]), read=fakes.read_slowly, workers=2)
"""


def test_interrupt_leaves_a_consistent_store_and_no_processes(tmp_path: Path, archive: Path) -> None:
    for number in range(200):
        (archive / f"{number}.txt").write_text(f"{number} {number} {number}")
    script, store_folder = tmp_path / "interrupted.py", tmp_path / "store"
    script.write_text(INTERRUPTED)
    command = [sys.executable, str(script), str(store_folder), str(archive)]
    started = subprocess.Popen(
        command, cwd=Path.cwd(), env={"PYTHONPATH": str(Path.cwd())}, stderr=subprocess.PIPE, start_new_session=True
    )
    _wait_for(lambda: _figures(store_folder) >= 15)
    started.send_signal(signal.SIGINT)
    _, errors = started.communicate(timeout=30)
    assert b"KeyboardInterrupt" in errors
    _wait_for(lambda: not _processes_in_session(started.pid))
    store = open_store(str(store_folder))
    with store.reading() as connection:
        documents = list(EXPORTS["documents"](connection))
    assert {d.status for d in documents} == {"imported", "pending"}
    assert all(d.figures == (3 if d.status == "imported" else 0) for d in documents)
    store.close()


@pytest.mark.parametrize("reading", [False, True])  # or while its workers start
def test_interrupting_twice_ends_the_command_with_a_message(tmp_path: Path, *, reading: bool) -> None:
    papers = Path(__file__).parents[2] / "fixtures" / "papers"
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "import", str(papers)]
    started = subprocess.Popen(
        [*command, "--store", str(tmp_path / "store")],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    _wait_for(lambda: _figures(tmp_path / "store") > 0 if reading else len(_processes_in_session(started.pid)) > 1)
    for _ in range(2):
        os.killpg(started.pid, signal.SIGINT)
        time.sleep(0.05)
    _, errors = started.communicate(timeout=30)
    assert started.returncode == 1
    assert b"Interrupted. What was read is kept" in errors
    assert b"Traceback" not in errors
    _wait_for(lambda: not _processes_in_session(started.pid))


def _figures(folder: Path) -> int:
    if not (folder / "crossfoot.db").exists():
        return 0
    store = open_store(str(folder))
    with store.reading() as connection:
        figures = sum(1 for _ in EXPORTS["figures"](connection))
    assert known_documents(store) is not None
    store.close()
    return figures


def _processes_in_session(session: int) -> list[str]:
    listed = subprocess.run(["ps", "-o", "pid=", "--sid", str(session)], capture_output=True, text=True, check=False)
    return listed.stdout.split()


def _wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)
