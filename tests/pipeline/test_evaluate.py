"""Scores against gold, by the same definition as the corpus uses."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.evaluate import Score, evaluate, plain, read_gold
from schemas.errors import UsageError
from schemas.exports import FigureRow, FindingRow
from tests.schemas.test_exports import FIGURE

HEAD = {"document": "a.txt", "authority": "Leeds City Council", "period": "2014/15", "type": "minutes"}


def gold_line(**changes: Any) -> dict[str, Any]:
    line = {"measure": "complaints", "statistic": "count", "value": 7, "unit": "count", "period": "2014/15", "dims": {}}
    return {**line, **changes}


def found(**changes: Any) -> FigureRow:
    return FigureRow(**{**FIGURE, "value": 7, "dims": {}, **changes})


def score(tmp_path: Path, lines: list[dict[str, Any]], figures: list[FigureRow]) -> tuple[Score, Score]:
    """Core and full score of one document."""
    (tmp_path / "a.gold.jsonl").write_text("\n".join(json.dumps(line) for line in [HEAD, *lines]))
    (one,) = evaluate(read_gold(tmp_path), figures, [])
    return one.core, one.full


@pytest.mark.parametrize(
    ("lines", "figures", "core", "full"),
    [
        ([gold_line()], [found()], Score(1, 1, 1), Score(1, 1, 1)),
        ([gold_line()], [found(value=8)], Score(0, 1, 1), Score(0, 1, 1)),
        ([gold_line()], [found(), found()], Score(1, 1, 1), Score(1, 1, 1)),
        ([gold_line()], [found(dims={"team": "North"})], Score(1, 1, 1), Score(0, 1, 1)),
        ([gold_line(dims={"team": "North & East"})], [found(dims={"service": "north and east TEAM"})], Score(1, 1, 1), Score(1, 1, 1)),
        ([gold_line(dims={"stage": "1"})], [found(dims={"stage": "2"})], Score(0, 1, 1), Score(0, 1, 1)),
        ([gold_line(optional=True)], [found()], Score(0, 0, 0), Score(0, 0, 0)),
        ([gold_line(optional=True)], [], Score(0, 0, 0), Score(0, 0, 0)),
        ([gold_line(alt_dims=[{"stage": "1"}])], [found(dims={"stage": "1"})], Score(1, 1, 1), Score(1, 1, 1)),
        ([gold_line(garbled=True)], [found(value=None, proposed_value=7)], Score(1, 1, 1), Score(1, 1, 1)),
        ([gold_line()], [found(value=None, proposed_value=7)], Score(0, 1, 0), Score(0, 1, 0)),
        ([], [found()], Score(0, 0, 1), Score(0, 0, 1)),
    ],
    ids=["right", "wrong value", "repeated", "other breakdown", "same words", "other stage", "optional found", "optional missed",
         "alternative", "garbled", "proposed only", "invented"],
)  # fmt: skip
def test_scores(lines: list[Any], figures: list[Any], core: Score, full: Score, tmp_path: Path) -> None:
    assert score(tmp_path, lines, figures) == (core, full)


def test_precision_recall_and_f1() -> None:
    assert (Score(3, 4, 6).precision, Score(3, 4, 6).recall, round(Score(3, 4, 6).f1, 3)) == (0.5, 0.75, 0.6)
    assert (Score(0, 0, 0).precision, Score(0, 0, 0).recall, Score(0, 0, 0).f1) == (1.0, 1.0, 1.0)
    assert (Score(0, 0, 2).precision, Score(0, 2, 0).f1) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("document", "hit"),
    [("a.pdf", True), ("folder/a.txt", True), ("a-scan.pdf", True), ("ab.txt", False), ("z.zip/a.txt", True)],
)
def test_document_is_found_by_its_stem(document: str, hit: bool, tmp_path: Path) -> None:
    assert score(tmp_path, [gold_line()], [found(document=document)])[0].right == hit


def test_findings_share_two_values(tmp_path: Path) -> None:
    lines = [HEAD, {"finding": "sum_mismatch", "values": [75, 58, 17], "quote": "x"}]
    (tmp_path / "a.gold.jsonl").write_text("\n".join(map(json.dumps, lines)))
    for values, right in (([75, 58, 19], 1), ([75, 1], 0)):
        finding = FindingRow(
            finding_id="x", kind="sum_mismatch", severity="low", document="a.txt", documents=["a.txt"], values=values,
            expected="", message="", figure_ids=[], hypotheses=[], status="open",
        )  # fmt: skip
        (one,) = evaluate(read_gold(tmp_path), [], [finding])
        assert (one.findings.right, one.findings.required) == (right, 1)


@pytest.mark.parametrize(
    ("text", "same"), [("North & East Teams", "north and east"), ("Team", "team"), ("  A-B ", "a b")]
)
def test_free_text(text: str, same: str) -> None:
    assert plain(text) == same


@pytest.mark.parametrize("content", ["", "{", "[]", '{"no": "document"}'])
def test_file_that_is_no_gold_is_named(content: str, tmp_path: Path) -> None:
    (tmp_path / "bad.gold.jsonl").write_text(content)
    with pytest.raises(UsageError, match="bad.gold.jsonl is no gold file"):
        read_gold(tmp_path)
