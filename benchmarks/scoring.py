"""Hold what was read against gold: by document, by part, and figure by figure.

Scores are those of `pipeline.evaluate`, and so of `crossfoot evaluate`. A single figure is right when gold states its core
(measure, statistic, value, period, stage), and wholly right when gold also has its other dimensions; optional gold counts as
stated. Where gold labels only some pages of a document, a figure on another page that gold does not state is set aside.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from benchmarks.corpora import Found, Head, Reading, by_stem
from pipeline.evaluate import DocumentScore, Gold, Score, Statement, evaluate, statement_of
from schemas.exports import FigureRow

Part = Literal["measure", "statistic"]
Pair = tuple[Score, Score]
NO_PAIR: Pair = (Score(), Score())


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A figure, and whether its core, and all of it, is what gold states. `fault` says what is wrong with it, if anything."""

    row: FigureRow
    rule: str
    head: Head
    core: bool
    full: bool
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document with its scores."""

    corpus: str
    head: Head
    media: str
    score: DocumentScore


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A corpus that was held against its gold. `set_aside` figures are on pages that gold does not label."""

    corpus: str
    documents: tuple[Document, ...]
    figures: tuple[Judged, ...]
    set_aside: int
    missed: Mapping[str, int]
    parts: Mapping[Part, Mapping[str, Pair]]
    findings: Mapping[str, Score]


def score(reading: Reading) -> Scored:
    """Score everything that was read."""
    media = dict(reading.media)
    judged, media_of, missed, aside = list[Judged](), dict[str, str](), Counter[str](), 0
    for gold, head, figures in by_stem(reading):
        mine = [_judge(found, gold, head) for found in figures]
        judged += [one for one in mine if not _outside(one)]
        aside += sum(map(_outside, mine))
        media_of[head.stem] = next((media[f.row.document] for f in figures), _media_by_name(head, media))
        missed += Counter(_whys(gold, mine))
    rows = [one.row for one in judged]
    scores = evaluate(reading.gold, rows, reading.findings)
    documents = tuple(
        Document(corpus=reading.corpus, head=head, media=media_of[head.stem], score=scored)
        for head, scored in zip(reading.heads, scores, strict=True)
    )
    return Scored(
        corpus=reading.corpus,
        documents=documents,
        figures=tuple(judged),
        set_aside=aside,
        missed=missed,
        parts={"measure": _parts(reading.gold, rows, "measure"), "statistic": _parts(reading.gold, rows, "statistic")},
        findings=_findings(reading),
    )


def total(documents: Iterable[Document]) -> Pair:
    """Core and full score of documents together."""
    scores = [document.score for document in documents]
    return sum((s.core for s in scores), Score()), sum((s.full for s in scores), Score())


def joined(corpora: Iterable[Scored], part: Part) -> dict[str, Pair]:
    """The scores of each measure or statistic over several corpora."""
    sums: dict[str, Pair] = {}
    for scored in corpora:
        for name, (core, full) in scored.parts[part].items():
            before = sums.get(name, NO_PAIR)
            sums[name] = before[0] + core, before[1] + full
    return sums


def _parts(gold: Iterable[Gold], rows: Iterable[FigureRow], part: Part) -> dict[str, Pair]:
    gold, rows = tuple(gold), tuple(rows)
    names = {getattr(s, part) for g in gold for s in g.statements} | {getattr(row, part) for row in rows}
    parts = {}
    for name in sorted(names):
        of_gold = [
            replace(g, statements=tuple(s for s in g.statements if getattr(s, part) == name), findings=()) for g in gold
        ]
        scores = evaluate(of_gold, [row for row in rows if getattr(row, part) == name], ())
        parts[name] = sum((s.core for s in scores), Score()), sum((s.full for s in scores), Score())
    return parts


def _findings(reading: Reading) -> dict[str, Score]:
    """The findings of each kind; `found` counts all of that kind in documents with gold, right or not."""
    kinds = {line["finding"] for gold in reading.gold for line in gold.findings} | {f.kind for f in reading.findings}
    scores = {}
    for kind in sorted(kinds):
        gold = [
            replace(g, statements=(), findings=tuple(line for line in g.findings if line["finding"] == kind))
            for g in reading.gold
        ]
        of_kind = evaluate(gold, (), [found for found in reading.findings if found.kind == kind])
        scores[kind] = sum((s.findings for s in of_kind), Score())
    return scores


def _judge(found: Found, gold: Gold, head: Head) -> Judged:
    statement = _statement(found.row)
    stated = [replace(s, dims=dims) for s in gold.statements for dims in (s.dims, *s.alternatives)]
    same_core = [s for s in stated if s.core() == statement.core()]
    full = any(s.full() == statement.full() for s in same_core)
    fault = "" if full else _other_dimensions(statement, same_core) if same_core else _difference(statement, stated)
    return Judged(row=found.row, rule=found.rule, head=head, core=bool(same_core), full=full, fault=fault)


def _statement(row: FigureRow) -> Statement:
    return statement_of(row, row.proposed_value if row.value is None else row.value)


def _outside(judged: Judged) -> bool:
    pages = judged.head.pages
    return bool(pages) and judged.row.page not in pages and not judged.core


_CORE = ("measure", "statistic", "value", "period", "stage")


def _difference(one: Statement, others: Iterable[Statement]) -> str:
    """In what a statement differs from the most similar of the others that have the same value."""
    same = [other for other in others if other.value == one.value]
    if not same:
        return "no such value"
    unlike = ([n for n, a, b in zip(_CORE, one.core(), other.core(), strict=True) if a != b] for other in same)
    return ", ".join(_shortest(unlike)) or "nothing"


def _shortest(lists: Iterable[list[str]]) -> list[str]:
    return min(lists, key=lambda names: (len(names), names))


def _other_dimensions(one: Statement, others: Iterable[Statement]) -> str:
    """In what breakdowns a statement differs from the most similar of the others that have the same core."""
    return ", ".join(_shortest(_unlike(one, other) for other in others))


def _unlike(one: Statement, other: Statement) -> list[str]:
    names = sorted(name for name in {*one.dims, *other.dims} if one.dims.get(name) != other.dims.get(name))
    return [("+" if name not in other.dims else "-" if name not in one.dims else "") + name for name in names]


def _whys(gold: Gold, judged: Iterable[Judged]) -> list[str]:
    """For each required statement whose core was not read: what is wrong with what was read instead."""
    statements = [_statement(one.row) for one in judged]
    read = {statement.core() for statement in statements}
    missed = [
        s
        for s in gold.statements
        if not s.optional and not any(s.core(dims) in read for dims in (s.dims, *s.alternatives))
    ]
    return [_difference(statement, statements) for statement in missed]


def _media_by_name(head: Head, media: Mapping[str, str]) -> str:
    """The kind of file of a document without figures."""
    return next((kind for name, kind in media.items() if name.rpartition("/")[2] == head.document), "not read")
