"""The benchmarks of agreement and of scale, over little."""

import json
from pathlib import Path

import pytest

from benchmarks import across, scale
from benchmarks.corpora import Corpus, read_corpus
from benchmarks.report import BEGIN, END

HEAD = "Leeds City Council\nChildren's Services: complaints annual report {year}\n\n"
LINE = {
    "council": "Leeds City Council",
    "measure": "complaints",
    "dims": {},
    "period": "2014/15",
    "later_document": "later.txt",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Two reports that differ on complaints and agree on compliments."""
    texts, gold = tmp_path / "texts", tmp_path / "gold"
    texts.mkdir()
    gold.mkdir()
    own = "In 2014/15 the council received 92 complaints.\n\nThere were 40 compliments in 2014/15.\n"
    later = "Complaints: 99 in 2015/16, compared with 94 in 2014/15.\n\nThere were 40 compliments in 2014/15 and 41 in 2015/16.\n"
    for name, year, text in (("own", "2014/15", own), ("later", "2015/16", later)):
        (texts / f"{name}.txt").write_text(HEAD.format(year=year) + text)
        head = {"document": f"{name}.txt", "authority": "Leeds City Council", "period": year, "type": "annual_report"}
        (gold / f"{name}.gold.jsonl").write_text(json.dumps(head) + "\n")
    lines = [
        LINE | {"own_report_value": 92, "later_report_value": 94, "agree": False},
        LINE | {"measure": "compliments", "own_report_value": 40, "later_report_value": 40, "agree": True},
        LINE | {"measure": "enquiries", "own_report_value": 5, "later_report_value": 6, "agree": False},
    ]
    (gold / across.LINES).write_text("".join(json.dumps(line) + "\n" for line in lines))
    return Corpus(name="two", gold=gold, documents=(texts,))


def test_agreement_across_two_reports(corpus: Corpus) -> None:
    scored = across.score_across(corpus, read_corpus(corpus, workers=0))
    assert [one.outcome for one in scored.lines] == ["found", "agreed", "not read"]
    assert scored.others == ()
    assert across.tables([scored])[0].rows[0][1:] == ("3", "1 of 2", "0", "1", "0 of 1", "1", "0", "0", "0")


def test_scale_of_a_small_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, plot = tmp_path / "page.md", tmp_path / "plot.svg"
    page.write_text(f"{BEGIN}{END}")
    assert scale.main(["300", "600", "--write", str(page), "--plot", str(plot)]) == 0
    printed = capsys.readouterr().out
    assert printed in page.read_text()
    assert len([line for line in printed.splitlines() if line.startswith("| ")]) == 3
    assert "figures in the store" in plot.read_text()
