"""Papers that were written without sight of the rules: what their gold says is in them, and most of it is read."""

import json
import re
from pathlib import Path

import pytest

from benchmarks.corpora import ROOT, Corpus, read_corpus
from pipeline.evaluate import Score, evaluate
from schemas.vocabulary import load_vocabulary

SETS = sorted(path for path in (ROOT / "fixtures/papers").iterdir() if path.is_dir())


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("gold", sorted((ROOT / "fixtures/papers").rglob("*.gold.jsonl")), ids=lambda path: path.stem)
def test_gold_quotes_the_document_in_words_of_the_vocabulary(gold: Path) -> None:
    head, *lines = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    text = plain((gold.parents[1] / "texts" / head["document"]).read_text("utf-8"))
    assert head["synthetic"]
    assert [line["quote"] for line in lines if plain(line["quote"]) not in text] == []
    measures = {line["measure"] for line in lines if "measure" in line}
    assert measures <= {measure.code for measure in load_vocabulary().measures}


@pytest.mark.parametrize("papers", SETS, ids=lambda path: path.name)
def test_most_figures_are_read_and_none_invented(papers: Path) -> None:
    reading = read_corpus(Corpus(name=papers.name, gold=papers / "gold", documents=(papers / "texts",)), workers=2)
    scores = evaluate(reading.gold, [found.row for found in reading.figures], reading.findings)
    assert {score.name for score in scores if score.empty_gold and score.core.found} == set()
    assert sum((score.core for score in scores), Score()).f1 >= 0.85
    assert sum((score.full for score in scores), Score()).f1 >= 0.75
