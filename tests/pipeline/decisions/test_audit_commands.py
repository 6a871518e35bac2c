"""`crossfoot audit`, `crossfoot export decisions` and `crossfoot plan`: what they print, and their exit codes."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from pipeline import cli
from pipeline.store.database import Store
from tests.pipeline.conftest import run_import
from tests.pipeline.decisions.deciding import corrected, decide, figure

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def council(sqlite_store: Store, archive: Path) -> Store:
    (archive / "a.txt").write_text("75 58 17")
    run_import(sqlite_store, archive)
    return sqlite_store


@pytest.fixture
def run(council: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run a command over the store: exit code, standard output, standard error."""
    monkeypatch.setenv("CROSSFOOT_STORE", str(tmp_path / "store"))

    def command(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["crossfoot", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return command


def test_before_the_first_decision(run: Run) -> None:
    assert run("audit", "verify") == (0, "No decision has been made yet.\n", "")
    assert run("audit", "log")[:2] == (0, "0 of 0 decisions.\n")


def test_a_whole_record_is_told_with_what_to_note_down(run: Run, council: Store) -> None:
    made = decide(council, "ann", "accept", figure(council, "75"))
    code, out, _ = run("audit", "verify")
    assert (code, out.splitlines()[0]) == (0, f"1 decision, each as it was made. The last: 1:{made.hash}")
    decide(council, "ann", "accept", figure(council, "58"))
    assert run("audit", "verify", "--expect", f"1:{made.hash}")[0] == 0
    code, out, _ = run("audit", "verify", "--expect", "1:" + "0" * 64)
    assert (code, "at record 1" in out) == (1, True)
    assert run("audit", "verify", "--expect", "nonsense")[0] == 2


def test_the_first_bad_record_is_named(run: Run, council: Store) -> None:
    for printed in ("75", "58", "17"):
        decide(council, "ann", "accept", figure(council, printed))
    with council.writing() as connection:
        connection.execute(text("DROP TRIGGER decisions_no_update"))
        connection.execute(text("UPDATE decisions SET who = 'bob' WHERE number = 2"))
    code, out, _ = run("audit", "verify")
    assert (code, "does not hold at record 2" in out, "1 record up to 1:" in out) == (1, True, True)


def test_the_log_tells_who_decided_what(run: Run, council: Store) -> None:
    subject = figure(council, "75")
    decide(council, "ann", "correct", subject, corrected(council, subject, value="57"), why="[red]The page says 57.")
    decide(council, "bob", "comment", figure(council, "58"), why="Faint.")
    _, out, _ = run("audit", "log")
    assert "value 75 → 57" in out
    assert "[red]The page says 57." in out
    assert out.rstrip().endswith("2 of 2 decisions.")
    assert "Faint" not in run("audit", "log", "--who", "ann")[1]
    assert "Faint" not in run("audit", "log", subject.id)[1]
    assert "1 of 2 decisions; --limit 0 shows all." in run("audit", "log", "--limit", "1")[1]


def test_second_approval_is_switched_by_a_decision(run: Run, council: Store) -> None:
    assert run("audit", "approval", "on", "--why", "Policy.")[:2] == (0, "Second approval is on.\n")
    assert run("audit", "approval", "on", "--why", "Policy.")[0] == 2
    assert "second_approval" in run("audit", "log")[1]
    decide(council, "ann", "reject", figure(council, "75"))
    rows = [json.loads(line) for line in run("export", "decisions", "-o", "-")[1].splitlines()]
    assert [(row["number"], row["action"], row["in_force"], row["pending"]) for row in rows] == [
        (1, "set", True, False),
        (2, "reject", False, True),
    ]
    assert rows[1]["previous"] == rows[0]["hash"]


def test_show_tells_what_was_decided(run: Run, council: Store) -> None:
    subject = figure(council, "75")
    decide(council, "ann", "correct", subject, corrected(council, subject, value="57"), why="The page says 57.")
    _, out, _ = run("show", subject.id)
    assert "decided" in out
    assert "corrected by ann" in out
    assert "The page says 57." in out


def test_plan_tells_what_is_left(run: Run) -> None:
    code, out, _ = run("plan")
    assert (code, "3 figures of the sample to look at" in out) == (0, True)
    assert run("plan", "--target", "0")[0] == 2


def test_every_audit_command_is_described(run: Run) -> None:
    listed = run("audit", "--help")[1]
    assert all(name in listed for name in ("verify", "log", "approval"))
    assert all("--store" in run("audit", name, "--help")[1] for name in ("verify", "log", "approval"))
