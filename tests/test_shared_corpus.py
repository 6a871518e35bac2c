"""The development corpus and real inspection reports, where they are at hand. They are not part of the repository.

What is printed here are sums over all documents: they are a yardstick, not something to fit rules to.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.corpora import SHARED, Corpus, known_corpora, read_corpus
from pipeline.evaluate import DocumentScore, Score, evaluate

pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"there is no {SHARED}: the corpus is not part of the repository"
)


def scores_of(name: str) -> tuple[DocumentScore, ...]:
    """Import the documents of a corpus and hold them against its gold."""
    found: dict[str, Corpus] = {corpus.name: corpus for corpus in known_corpora()}
    reading = read_corpus(found[name], workers=2)
    return evaluate(reading.gold, [figure.row for figure in reading.figures], reading.findings)


@pytest.fixture(scope="module")
def corpus() -> Iterator[tuple[DocumentScore, ...]]:
    yield scores_of("development corpus")


def test_core_f1(corpus: tuple[DocumentScore, ...]) -> None:
    assert sum((score.core for score in corpus), Score()).f1 >= 0.92


def test_full_f1(corpus: tuple[DocumentScore, ...]) -> None:
    assert sum((score.full for score in corpus), Score()).f1 >= 0.85


def test_every_document_was_read(corpus: tuple[DocumentScore, ...]) -> None:
    assert [score.name for score in corpus if not score.seen and not score.empty_gold] == []


def test_documents_without_figures_give_at_most_one(corpus: tuple[DocumentScore, ...]) -> None:
    assert sum(score.core.found for score in corpus if score.empty_gold) <= 1


@pytest.mark.parametrize("seed", sorted((SHARED / "seeds").glob("*.txt")), ids=lambda path: path.stem[:3])
def test_core_f1_of_the_seeds(corpus: tuple[DocumentScore, ...], seed: Path) -> None:
    """004 was scrambled by a scanner."""
    (score,) = (score for score in corpus if score.name == seed.stem)
    assert score.core.f1 >= (0.60 if seed.stem.startswith("004") else 0.85)


def test_recall_in_inspection_reports() -> None:
    """Of each report only some figures are labelled, so that what else is found cannot be held against it."""
    assert sum((score.core for score in scores_of("inspection reports")), Score()).recall >= 0.90
