"""The benchmarks as they are run, over two small documents. Nothing here looks at a clock."""

import json
from pathlib import Path

import pytest

from benchmarks import accuracy, profiling, speed
from benchmarks.corpora import known_corpora
from benchmarks.report import BEGIN, END
from benchmarks.samples import make_pdfs

COUNCIL = "Leeds City Council\nChildren's Services: complaints annual report 2014/15\n\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A document with one figure, and one whose gold states another than it has."""
    texts, gold = tmp_path / "texts", tmp_path / "gold"
    texts.mkdir()
    gold.mkdir()
    for name, printed, value in (("right", 74, 74), ("wrong", 35, 36)):
        (texts / f"{name}.txt").write_text(f"{COUNCIL}In 2014/15 the council received {printed} complaints.\n")
        head = {"document": f"{name}.txt", "authority": "Leeds City Council", "period": "2014/15", "type": "minutes"}
        line = {"measure": "complaints", "value": value, "unit": "count", "period": "2014/15", "dims": {}}
        (gold / f"{name}.gold.jsonl").write_text(f"{json.dumps(head)}\n{json.dumps(line)}\n")
    return tmp_path


def test_accuracy_of_two_documents(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target, output = archive / "page.md", archive / "out.json"
    target.write_text(f"{BEGIN}{END}")
    arguments = ["--gold", archive / "gold", "--texts", archive / "texts", "--write", target, "-o", output]
    assert accuracy.main([str(argument) for argument in arguments]) == 0
    printed = capsys.readouterr().out
    tables = {made["title"]: made for made in json.loads(output.read_text())["tables"]}
    assert tables["Overall"]["rows"][0][:6] == ["gold", "2", "2", "0.500", "0.500", "0.500"]
    assert tables["By format"]["rows"][0][:2] == ["text", "2"]
    assert [row[0] for row in tables["What is wrong"]["rows"]] == ["no such value"]
    assert printed in target.read_text()


def test_accuracy_without_gold_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert accuracy.main(["--gold", str(tmp_path), "--texts", str(tmp_path)]) == 2
    assert "There are no .gold.jsonl files" in capsys.readouterr().err


def test_the_sample_archive_is_always_measured() -> None:
    assert known_corpora()[0].name == "sample archive"
    assert all(path.exists() for corpus in known_corpora() for path in (corpus.gold, *corpus.documents))


def test_speed_of_two_documents(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdfs, output = make_pdfs(archive / "texts", archive / "pdfs", copies=2), archive / "out.json"
    assert speed.main([str(pdfs), "--workers", "0", "1", "--every", "2", "-o", str(output)]) == 0
    assert "4 PDFs (pdfs), 4 pages, 4 of them read" in capsys.readouterr().out
    measured = json.loads(output.read_text())["speed"]
    assert (measured["documents"], measured["text_pages"], measured["plumber_pages"]) == (4, 4, 2)
    assert [one["workers"] for one in measured["imports"]] == [0, 1]
    assert all(one["first"] > 0 and one["again"] > 0 for one in measured["imports"])


def test_speed_without_pdfs_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert speed.main([str(tmp_path)]) == 2
    assert "There are no PDFs" in capsys.readouterr().err


def test_profile_names_our_functions(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert profiling.main([str(archive / "texts"), "--top", "5"]) == 0
    assert "import_paths" in capsys.readouterr().out
