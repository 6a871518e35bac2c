"""The documents with gold that a run is about, read into a store that is thrown away."""

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path, PurePath

from pipeline import stages
from pipeline.evaluate import Gold, owner, read_gold
from pipeline.exports.rows import figure_row, finding_rows
from pipeline.exports.series import series_rows
from pipeline.importing import import_paths
from pipeline.reading import Engine
from pipeline.store.database import Store, open_store
from pipeline.store.queries import imported, iterate_imported
from pipeline.store.repairs import read_repairs
from schemas.exports import FigureRow, FindingRow, SeriesRow
from schemas.repairs import Repair

ROOT = Path(__file__).parents[1]
# A development corpus that is not part of the repository: whoever has none measures on the sample archive.
SHARED = ROOT.parent / "shared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """A folder of gold, and where the documents are that it is about."""

    name: str
    gold: Path
    documents: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a gold file says of its document. `pages` are those labelled as a whole; empty: all of them.

    The rest is how a generated document was made, "" for others: `form` is pdf, html, docx, txt, scan or hybrid, `scan` how it was scanned.
    """

    stem: str
    document: str
    authority: str
    type: str
    pages: frozenset[int] = frozenset()
    period: str = ""
    kind: str = ""
    style: str = ""
    form: str = ""
    producer: str = ""
    scan: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A figure that was read, the rule that read it, and what the check makes of it if it does not fit."""

    row: FigureRow
    rule: str
    repair: Repair | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A corpus and everything that was read from it. `media` is by document name."""

    corpus: str
    gold: tuple[Gold, ...]
    heads: tuple[Head, ...]
    figures: tuple[Found, ...]
    findings: tuple[FindingRow, ...]
    media: tuple[tuple[str, str], ...]
    series: tuple[SeriesRow, ...] = ()


def known_corpora() -> tuple[Corpus, ...]:
    """The sample archive and the sets of papers; and the development corpus and real inspection reports where they are at hand."""
    found = [Corpus(name="sample archive", gold=ROOT / "fixtures/gold", documents=(ROOT / "fixtures/archive",))]
    for papers in sorted(path for path in (ROOT / "fixtures/papers").iterdir() if path.is_dir()):
        found.append(Corpus(name=f"papers {papers.name}", gold=papers / "gold", documents=(papers / "texts",)))
    if (SHARED / "corpus/gold").is_dir():
        texts = (SHARED / "corpus/texts", SHARED / "seeds")
        found.append(Corpus(name="development corpus", gold=SHARED / "corpus/gold", documents=texts))
    gold, reports = SHARED / "corpus/gold_inspections", SHARED / "data/inspections"
    if gold.is_dir() and reports.is_dir():
        labelled = tuple(reports / head.document for head in read_heads(gold))
        found.append(Corpus(name="inspection reports", gold=gold, documents=labelled))
    return tuple(found)


def read_heads(gold: Path) -> tuple[Head, ...]:
    """The first lines of the gold files of a folder, in the order of their names."""
    return tuple(_head(path) for path in sorted(gold.glob("*.gold.jsonl")))


def read_corpus(corpus: Corpus, *, workers: int) -> Reading:
    """Import the documents of a corpus as `crossfoot import` does, and take out what the store then holds."""
    gold = read_gold(corpus.gold)
    with tempfile.TemporaryDirectory(prefix="crossfoot-accuracy-") as folder:
        store = open_store(folder, create=True)
        try:
            engine = Engine(read=stages.read_document, workers=workers, preload=("pipeline.preload",))
            paths = [str(path) for path in corpus.documents]
            import_paths(store, paths, stages.Settings(), engine, lambda event: None)
            return _taken_out(store, corpus, gold)
        finally:
            store.close()


def _head(path: Path) -> Head:
    with path.open(encoding="utf-8") as lines:
        head = json.loads(next(lines))
    return Head(
        stem=PurePath(head["document"]).stem,
        document=head["document"],
        authority=head.get("authority") or "not known",
        type=head.get("type") or "not known",
        pages=frozenset(head.get("pages") or ()),
        **{name: head.get(name) or "" for name in ("period", "kind", "style", "form", "producer", "scan")},
    )


def _taken_out(store: Store, corpus: Corpus, gold: tuple[Gold, ...]) -> Reading:
    with store.reading() as connection:
        return Reading(
            corpus=corpus.name,
            gold=gold,
            heads=read_heads(corpus.gold),
            figures=tuple(
                Found(figure_row(document, figure, repair), figure["rule"] or "(none)", repair)
                for document, figures in iterate_imported(connection, "figures")
                for repairs in (read_repairs(connection, document["id"]),)
                for figure in figures
                for repair in (repairs.get(figure["figure_id"]),)
            ),
            findings=tuple(finding_rows(connection)),
            series=tuple(series_rows(connection)),
            media=tuple((document["name"], document["media"]) for document in imported(connection)),
        )


def part_of(reading: Reading, name: str, wanted: Callable[[Head], bool]) -> Reading:
    """The documents of a reading that are wanted, as a corpus called `name`; a finding belongs to its first document."""
    chosen = [(gold, head, figures) for gold, head, figures in by_stem(reading) if wanted(head)]
    stems, all_stems = {head.stem for _, head, _ in chosen}, [gold.stem for gold in reading.gold]
    return replace(
        reading,
        corpus=name,
        gold=tuple(gold for gold, _, _ in chosen),
        heads=tuple(head for _, head, _ in chosen),
        figures=tuple(chain.from_iterable(figures for _, _, figures in chosen)),
        findings=tuple(f for f in reading.findings if owner(f.document, all_stems) in stems),
    )


def by_stem(reading: Reading) -> Iterator[tuple[Gold, Head, tuple[Found, ...]]]:
    """Each gold file with its head and the figures read from its document."""
    stems = [gold.stem for gold in reading.gold]
    figures_of: dict[str, list[Found]] = {}
    for found in reading.figures:
        figures_of.setdefault(owner(found.row.document, stems), []).append(found)
    for gold, head in zip(reading.gold, reading.heads, strict=True):
        yield gold, head, tuple(figures_of.get(gold.stem, ()))
