"""`crossfoot sample`: what it says, and that nothing is changed by what it cannot do. Papers come from stand-ins."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fixtures.sample.world import MOST_YEARS, candidates
from pipeline import cli
from pipeline.commands import sample
from pipeline.evaluate import read_gold
from tests.fixtures.sample.standins import INTERRUPTED, PRODUCERS

Run = Callable[..., tuple[int, str, str]]
ENGLISH_COUNCILS = len(candidates())


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run the command in this process, in an empty folder: exit code, standard output, standard error."""
    monkeypatch.setattr(sample, "load_producers", lambda: PRODUCERS)
    monkeypatch.chdir(tmp_path)

    def command(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["crossfoot", "sample", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return command


def test_an_archive_is_made_and_the_next_steps_are_told(run: Run) -> None:
    code, out, err = run("-o", "made", "--councils", 2, "--years", 2, "--seed", 5, "--workers", 0)
    assert (code, err) == (0, "")
    assert sorted(path.name for path in Path("made").iterdir()) == ["documents", "gold", "manifest.json"]
    assert out.startswith("8 documents in made/documents: ")
    assert "crossfoot import made/documents --store made-store\n  crossfoot evaluate made/gold" in out
    assert len(read_gold(Path("made/gold"))) == 8


def test_figures_and_findings_of_the_summary_are_those_of_the_gold(run: Run) -> None:
    _, out, _ = run("-o", "made", "--councils", 2, "--years", 2, "--slips", 2, "--workers", 0)
    gold = read_gold(Path("made/gold"))
    findings = sum(len(g.findings) for g in gold)
    lines = [line for path in Path("made/gold").glob("*.gold.jsonl") for line in path.read_text("utf-8").splitlines()]
    figures = sum('"measure"' in line for line in lines)
    slips = sum(len(path.read_text("utf-8").splitlines()) for path in Path("made/gold").glob("*.slips.jsonl"))
    assert f"{figures:,} figures, {slips:,} slips, {findings:,} findings" in out


def test_names_with_spaces_are_quoted_in_the_advice(run: Run) -> None:
    _, out, _ = run("-o", "my archive", "--councils", 1, "--years", 1, "--workers", 0)
    assert "crossfoot import 'my archive/documents' --store 'my archive-store'" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--councils", 0), "0 councils"),
        (("--councils", -3), "councils"),
        (("--councils", ENGLISH_COUNCILS + 1), f"Ask for 1 to {ENGLISH_COUNCILS} councils"),
        (("--councils", "many"), "integer"),
        (("--years", 0), "0 years"),
        (("--years", MOST_YEARS + 1), "Ask for 1 to 20 years"),
        (("--scans", 1.5), "share from 0 to 1"),
        (("--scans", -0.5), "share from 0 to 1"),
        (("--scans", "nan"), "share from 0 to 1"),
        (("--slips", -1), "rate from 0"),
        (("--slips", 100), "rate from 0"),
        (("--workers", -1), "workers"),
    ],
)
def test_arguments_that_make_no_sense_are_refused(run: Run, arguments: tuple[object, ...], said: str) -> None:
    code, out, err = run("-o", "made", *arguments)
    assert (code, out) == (2, "")
    assert said in " ".join(err.split())
    assert "Traceback" not in err
    assert list(Path().iterdir()) == []


def test_the_folder_must_be_named(run: Run) -> None:
    code, _, err = run()
    assert (code, "--output" in err) == (2, True)


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("full", "not empty"),
        ("file", "is a file"),
        ("no/where", "There is no folder no."),
        ("/proc/made", "cannot be written"),
    ],
)
def test_a_folder_that_cannot_be_used_is_left_alone(run: Run, output: str, said: str) -> None:
    Path("full").mkdir()
    Path("full/letter.txt").write_text("mine")
    Path("file").write_text("mine too")
    code, out, err = run("-o", output, "--councils", 1, "--years", 1, "--workers", 0)
    assert (code, out, said in err) == (2, "", True)
    assert sorted(str(path) for path in Path().rglob("*")) == ["file", "full", "full/letter.txt"]
    assert (Path("full/letter.txt").read_text(), Path("file").read_text()) == ("mine", "mine too")


def test_an_interrupted_run_says_so_and_leaves_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "load_producers", lambda: INTERRUPTED)
    code, _, err = run("-o", "made", "--councils", 1, "--years", 1, "--workers", 0)
    assert (code, err) == (1, "crossfoot: Interrupted; nothing was kept.\n")
    assert list(Path().iterdir()) == []


SLOW = """
import sys, time
from dataclasses import replace
from pipeline.commands import sample
from pipeline import cli
from tests.fixtures.sample import standins
sample.load_producers = lambda: replace(standins.PRODUCERS, render=standins.dawdles)
if __name__ == "__main__":
    sys.argv = ["crossfoot", "sample", "-o", "made", "--councils", "2", "--years", "2", "--workers", "2"]
    cli.main()
"""


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_a_run_with_processes_that_is_stopped_leaves_nothing(tmp_path: Path, asked: signal.Signals) -> None:
    script = tmp_path / "slow.py"
    script.write_text(SLOW)
    place = tmp_path / "place"
    place.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1])}
    process = subprocess.Popen(
        [sys.executable, script], cwd=place, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    until = time.monotonic() + 30
    while not list(place.glob(".made.*/documents/*/*")) and time.monotonic() < until:
        time.sleep(0.05)
    assert list(place.glob(".made.*"))
    os.killpg(process.pid, asked) if asked == signal.SIGINT else process.send_signal(asked)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (1, "crossfoot: Interrupted; nothing was kept.\n")
    assert list(place.iterdir()) == []
