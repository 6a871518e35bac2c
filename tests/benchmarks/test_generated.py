"""The benchmark on generated archives: a tiny one as a whole, and what it makes of slips and findings."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from benchmarks import generated
from benchmarks.corpora import Found, Head, Reading
from benchmarks.planted import Mended, Planted, mended, planted, reported
from benchmarks.report import BEGIN, END
from benchmarks.scoring import Judged, score
from fixtures.sample.archive import Order, load_producers, make_archive
from pipeline.evaluate import Gold
from schemas.exports import FigureRow, FindingRow
from schemas.repairs import Repair
from tests.schemas.test_exports import FIGURE


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny") / "archive"
    make_archive(folder, Order(councils=1, years=1, seed=2, scans=0.3, slips=1.0), load_producers(), workers=0)
    return folder


def test_a_tiny_archive_is_measured(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, plot = archive.parent / "page.md", archive.parent / "plot.png"
    page.write_text(f"{BEGIN}{END}")
    assert generated.main(["--archive", str(archive), "--write", str(page), "--plot", str(plot)]) == 0
    printed = capsys.readouterr().out
    documents = json.loads((archive / "manifest.json").read_text("utf-8"))["documents"]
    assert f"{len(documents)} documents by `crossfoot sample --councils 1 --years 1 --seed 2" in printed
    titles = [line.removeprefix("### ") for line in printed.splitlines() if line.startswith("### ")]
    assert titles[:7] == [
        "Overall", "By measure", "By statistic", "By format and producer", "By house style, PDF", "By kind of paper", "By year",
    ]  # fmt: skip
    assert {"Slips", "Findings", "By rule"} <= set(titles)
    assert printed in page.read_text("utf-8")
    assert plot.read_bytes().startswith(b"\x89PNG")


def test_scanned_documents_are_kept_apart(archive: Path) -> None:
    found = generated.measure(archive, workers=0)
    documents = json.loads((archive / "manifest.json").read_text("utf-8"))["documents"]
    scanned = {Path(document["path"]).stem for document in documents if "scan" in document}
    assert {document.head.stem for document in found.scanned.documents} == scanned != set()
    assert len(found.text.documents) == len(documents) - len(scanned)
    assert {figure.head.stem for figure in found.text.figures}.isdisjoint(scanned)


def test_a_folder_that_is_no_archive_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generated.main(["--archive", str(tmp_path)]) == 2
    assert "no generated archive" in capsys.readouterr().err


def figure(key: str, **changes: Any) -> Found:
    row = {**FIGURE, "figure_id": key, "document": "a.pdf", "dims": {}, "measure": "complaints", "period": "2014/15"}
    return Found(FigureRow(**{**row, "statistic": "count", **changes}), "level")


def finding(kind: str, values: list[float | str], *figures: str) -> FindingRow:
    return FindingRow(
        finding_id="x", kind=kind, severity="low", document="a.pdf", documents=["a.pdf"], values=values, expected="",
        message="", figure_ids=list(figures), hypotheses=[], status="open",
    )  # fmt: skip


def reading(*findings: FindingRow, figures: tuple[Found, ...] = ()) -> Reading:
    head = Head(stem="a", document="a.pdf", authority="Leeds City Council", type="minutes")
    gold = (Gold(stem="a", statements=(), findings=()),)
    return Reading(
        corpus="test", gold=gold, heads=(head,), figures=figures, findings=findings, media=(("a.pdf", "pdf"),)
    )


def write(path: Path, *lines: dict[str, Any]) -> None:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")


def slip(folder: Path, kind: str | None, *values: int, **changes: Any) -> None:
    stated = {"measure": "complaints", "period": "2014/15"}
    figures = [{**stated, "value": value, "printed": str(value), **changes} for value in values]
    write(folder / "_cross_year.jsonl")
    write(folder / "a.gold.jsonl", {"document": "a.pdf"})
    line = {
        "slip": "lost_digit",
        "finding": kind,
        "provable": True,
        "provable_across": True,
        "right": 19,
        "figures": figures,
    }
    write(folder / "a.slips.jsonl", line)


@pytest.mark.parametrize(
    ("found", "figures", "named", "noticed"),
    [
        (finding("sum_mismatch", [9, 90]), (), True, False),
        (finding("sum_mismatch", [9, 8], "1"), (figure("1", value=9),), False, True),
        (finding("share_mismatch", [9, 90], "1"), (figure("1", value=9),), False, True),
        (finding("share_mismatch", [9, 90], "1"), (figure("1", value=9, period="2013/14"),), False, False),
    ],
)
def test_a_slip_is_named_or_noticed(
    tmp_path: Path, found: FindingRow, figures: tuple[Found, ...], named: bool, noticed: bool
) -> None:
    slip(tmp_path, "sum_mismatch", 9, 90)
    (one,) = planted(reading(found, figures=figures), tmp_path)
    assert one == Planted(slip="lost_digit", provable=True, across=False, named=named, noticed=noticed)


def test_a_number_that_cannot_be_read_is_noticed_by_its_print(tmp_path: Path) -> None:
    slip(tmp_path, "unreadable_number", 18, printed="!*")
    unreadable = figure("1", value=None, grade="unreadable", raw_text="(!*),")
    (one,) = planted(reading(finding("unreadable_number", ["(!*),"], "1"), figures=(unreadable,)), tmp_path)
    assert (one.named, one.noticed) == (False, True)


@pytest.mark.parametrize(
    ("value", "proposed", "full", "expected"),
    [
        (9, "19", False, Mended(of="slip", right=True, proved=True)),
        (9, "90", False, Mended(of="slip", right=False, proved=True)),
        (31, "13", True, Mended(of="sound", right=False, proved=True)),
        (31, "13", False, Mended(of="misread", right=False, proved=True)),
    ],
)
def test_a_repair_is_right_where_it_is_what_was_meant(
    tmp_path: Path, value: int, proposed: str, full: bool, expected: Mended
) -> None:
    slip(tmp_path, "sum_mismatch", 9, 90)
    repair = Repair(
        figure_id="1", printed=str(value), proposed=Decimal(proposed), cost=1, slips=("lost_digit",), proved=True,
        relation_ids=("a", "b"), hypotheses=(),
    )  # fmt: skip
    found = replace(figure("1", value=value), repair=repair)
    read = reading(figures=(found,))
    judged = Judged(row=found.row, rule="level", head=read.heads[0], core=full, full=full, fault="")
    assert mended(read, [judged], tmp_path) == (expected,)


@pytest.mark.parametrize(
    ("found", "origin"),
    [
        (finding("sum_mismatch", [9, 90]), "planted"),
        (finding("share_mismatch", [9, 90]), "other kind"),
        (finding("share_mismatch", [7, 50]), "consequence"),
        (finding("restated_figure", [31, 33]), "consequence"),
        (finding("restated_figure", [41, 43]), "false alarm"),
        (finding("sum_mismatch", [5, 6]), "false alarm"),
    ],
)
def test_where_a_finding_comes_from(tmp_path: Path, found: FindingRow, origin: str) -> None:
    across = [
        {"later_document": "a.pdf", "own_report_value": own, "later_report_value": own + 2, "agree": agree}
        for own, agree in ((31, False), (41, True))
    ]
    write(tmp_path / "_cross_year.jsonl", *across)
    slipped = {"finding": "sum_mismatch", "values": [9, 90], "slip": "lost_digit"}
    write(tmp_path / "a.gold.jsonl", {}, slipped, {"finding": "share_mismatch", "values": [7, 50], "optional": True})
    (one,) = reported(reading(found), (), tmp_path)
    assert (one.kind, one.origin, one.misread) == (found.kind, origin, False)


@pytest.mark.parametrize(
    ("kind", "other", "in_gold", "origin"),
    [
        ("conflicting_statement", {"value": 6}, True, "consequence"),
        ("conflicting_statement", {"value": 6}, False, "false alarm"),  # one of them was not read as gold has it
        ("conflicting_statement", {"value": 6, "period": "2013/14"}, True, "false alarm"),
        ("conflicting_statement", {"value": 6, "dims": {"stage": "1"}}, True, "false alarm"),
        ("conflicting_statement", {"value": 5}, True, "false alarm"),
        ("sum_mismatch", {"value": 6}, True, "false alarm"),
    ],
)
def test_two_values_that_are_both_printed_of_one_thing_are_no_false_alarm(
    tmp_path: Path, kind: str, other: dict[str, Any], in_gold: bool, origin: str
) -> None:
    write(tmp_path / "_cross_year.jsonl")
    write(tmp_path / "a.gold.jsonl", {})
    one = reading(finding(kind, [5, 6], "1", "2"), figures=(figure("1", value=5), figure("2", **other)))
    judged = score(one).figures
    assert not any(figure.full for figure in judged)
    right = [replace(figure, full=in_gold or figure.row.figure_id == "1") for figure in judged]
    assert reported(one, right, tmp_path)[0].origin == origin


def test_a_finding_about_a_figure_that_was_read_wrongly_says_so(tmp_path: Path) -> None:
    write(tmp_path / "_cross_year.jsonl")
    write(tmp_path / "a.gold.jsonl", {})
    one = reading(finding("sum_mismatch", [5, 6], "1"), figures=(figure("1", value=5),))
    assert reported(one, score(one).figures, tmp_path)[0].misread
