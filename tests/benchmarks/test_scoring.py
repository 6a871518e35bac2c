"""What the accuracy benchmark makes of figures and gold, without reading any document."""

from typing import Any

import pytest

from benchmarks.corpora import Found, Head, Reading
from benchmarks.score_tables import accuracy
from benchmarks.scoring import Scored, joined, score, total
from pipeline.evaluate import Gold, Score, Statement
from schemas.exports import FigureRow, FindingRow
from tests.schemas.test_exports import FIGURE


def stated(**changes: Any) -> Statement:
    line = {"measure": "complaints", "statistic": "count", "value": 7.0, "period": "2014/15", "dims": {}}
    return Statement(**{**line, **changes})


def found(rule: str = "level", **changes: Any) -> Found:
    return Found(FigureRow(**{**FIGURE, "document": "a.txt", "value": 7, "dims": {}, "page": 1, **changes}), rule)


def scored(statements: list[Statement], figures: list[Found], *, pages: tuple[int, ...] = (), **changes: Any) -> Scored:
    """One document of one council."""
    head = Head(stem="a", document="a.txt", authority="Leeds City Council", type="minutes", pages=frozenset(pages))
    gold = Gold(stem="a", statements=tuple(statements), findings=changes.pop("gold_findings", ()))
    reading = {"corpus": "test", "gold": (gold,), "heads": (head,), "figures": tuple(figures), "findings": ()}
    return score(Reading(**{**reading, "media": (("a.txt", "text"),), **changes}))


@pytest.mark.parametrize(
    ("figure", "fault"),
    [
        (found(), ""),
        (found(value=8), "no such value"),
        (found(measure="compliments"), "measure"),
        (found(period="2013/14", dims={"stage": "1"}), "period, stage"),
        (found(dims={"team": "North"}), "+team"),
        (found(value=None, proposed_value=7), ""),
    ],
)
def test_the_fault_of_a_figure_is_named(figure: Found, fault: str) -> None:
    (judged,) = scored([stated()], [figure]).figures
    assert (judged.fault, judged.full) == (fault, not fault)
    assert judged.core == (fault in ("", "+team"))


def test_figures_on_pages_without_labels_are_set_aside() -> None:
    one = scored([stated()], [found(page=2), found(page=3, value=9), found(page=2, value=9)], pages=(2,))
    assert (total(one.documents)[0], one.set_aside) == (Score(1, 1, 2), 1)


def test_gold_on_another_page_still_counts() -> None:
    one = scored([stated()], [found(page=5)], pages=(2,))
    assert (total(one.documents)[0], one.set_aside) == (Score(1, 1, 1), 0)


def test_parts_add_up_to_the_whole() -> None:
    gold = [stated(), stated(measure="compliments"), stated(statistic="percent_of", value=9.0)]
    one = scored(gold, [found(), found(measure="enquiries"), found(statistic="percent_of", value=9)])
    whole = total(one.documents)
    assert whole[0] == Score(2, 3, 3)
    for part in ("measure", "statistic"):
        parts = joined([one], part)  # type: ignore[arg-type]
        assert sum((core for core, _ in parts.values()), Score()) == whole[0]
        assert sum((full for _, full in parts.values()), Score()) == whole[1]


def test_missed_gold_says_what_was_read_instead() -> None:
    one = scored([stated(), stated(value=3.0), stated(value=4.0, optional=True)], [found(dims={"stage": "2"})])
    assert one.missed == {"stage": 1, "no such value": 1}


def test_findings_are_counted_by_kind() -> None:
    finding = FindingRow(
        finding_id="x", kind="sum_mismatch", severity="low", document="a.txt", documents=["a.txt"], values=[75, 58],
        expected="", message="", figure_ids=[], hypotheses=[], status="open",
    )  # fmt: skip
    gold = ({"finding": "sum_mismatch", "values": [75, 58]}, {"finding": "series_break", "values": [1]})
    one = scored([], [], gold_findings=gold, findings=(finding,))
    assert one.findings == {"series_break": Score(0, 1, 0), "sum_mismatch": Score(1, 1, 1)}


def test_tables_show_rules_grades_and_councils() -> None:
    one = scored([stated()], [found(), found("table", value=8, grade="doubtful", confidence=0.4)])
    tables = {made.title: made for made in accuracy([one])}
    assert tables["By rule"].rows == (
        ("level", "1", "1", "1.000", "1", "1.000", "1", "0"),
        ("table", "1", "0", "0.000", "0", "0.000", "1", "1"),
    )
    assert [row[:2] for row in tables["By grade"].rows][2] == ("doubtful", "1")
    assert tables["Calibration of the confidence"].rows[0][:4] == ("0.00 to 0.50", "1", "0.400", "0")
    assert tables["By council"].rows[0][:4] == ("Leeds City Council", "1", "1", "0.667")
