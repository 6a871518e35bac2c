"""`crossfoot tables`: what is written, in each format, and what bad input does."""

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import cli

Run = Callable[..., tuple[int, str, str]]

PAGE = """<html><body><h1>Complaints</h1>
<table><tr><th rowspan="2">Team</th><th colspan="2">Cases</th></tr>
<tr><th>2014/15</th><th>2015/16</th></tr>
<tr><td>=SUM(A1:A9)</td><td>12</td><td>-3</td></tr>
<tr><td>East &lt;script&gt;</td><td>7</td><td>11</td></tr></table></body></html>"""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run `crossfoot tables` in this process and in an empty folder: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    Path("paper.html").write_text(PAGE, encoding="utf-8")

    def command(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["crossfoot", "tables", "--workers", "0", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return command


def test_json_lines_hold_every_cell_with_its_spans_and_box(run: Run) -> None:
    code, out, _ = run("paper.html", "--format", "jsonl")
    (line,) = map(json.loads, out.splitlines())
    cells = {(c["row"], c["col"]): c for c in line["cells"]}
    assert code == 0
    assert (line["pdf"], line["page"], line["table"]) == ("paper.html", 1, 1)
    assert (cells[0, 0]["rowspan"], cells[0, 1]["colspan"]) == (2, 2)
    assert cells[3, 2]["text"] == "11"
    x0, top, x1, bottom = cells[3, 2]["bbox"]
    assert line["bbox"][0] <= x0 < x1 <= line["bbox"][2] and line["bbox"][1] <= top < bottom <= line["bbox"][3]


def test_csv_has_a_line_a_row_and_no_formulas(run: Run) -> None:
    _, out, _ = run("paper.html", "--format", "csv")
    rows = list(csv.reader(io.StringIO(out)))
    assert rows[0] == ["document", "page", "table", "row", "cell 1", "cell 2", "cell 3"]
    assert rows[3] == ["paper.html", "1", "1", "3", "'=SUM(A1:A9)", "12", "-3"]


def test_html_keeps_spans_and_escapes_what_was_printed(run: Run) -> None:
    _, out, _ = run("paper.html", "--format", "html")
    assert '<td rowspan="2">Team</td><td colspan="2">Cases</td>' in out
    assert "East &lt;script&gt;" in out and "<script>" not in out


def test_text_is_for_the_terminal_and_the_tally_for_standard_error(run: Run) -> None:
    code, out, err = run("paper.html")
    assert code == 0
    assert "paper.html, page 1, table 1" in out and "2015/16" in out
    assert err == "1 table in 1 document, 0 not read.\n"


@pytest.mark.parametrize(("pages", "tables"), [("1", 1), ("2-4", 0), ("3,1", 1)])
def test_pages_choose_tables(run: Run, pages: str, tables: int) -> None:
    _, out, _ = run("paper.html", "--pages", pages, "--format", "jsonl")
    assert len(out.splitlines()) == tables


@pytest.mark.parametrize("pages", ["", "0", "3-1", "x", "1,,2"])
def test_what_names_no_pages_is_a_usage_error(run: Run, pages: str) -> None:
    code, out, err = run("paper.html", "--pages", pages)
    assert (code, out) == (2, "")
    assert "names no pages" in err


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_shown(run: Run) -> None:
    Path("broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    Path("none.txt").write_bytes(b"")
    code, out, err = run("broken.pdf", "none.txt", "paper.html", "--format", "jsonl")
    assert code == 3
    assert len(out.splitlines()) == 1
    assert "not read broken.pdf: truncated." in err and "not read none.txt: empty." in err


def test_a_file_that_is_not_there_is_a_usage_error(run: Run) -> None:
    code, _, err = run("nothing.pdf")
    assert code == 2 and "There is no file or folder nothing.pdf" in err


def test_the_output_may_be_a_file(run: Run) -> None:
    run("paper.html", "-o", "out.csv", "--format", "csv", "-q")
    assert Path("out.csv").read_text(encoding="utf-8").count("\n") == 5
