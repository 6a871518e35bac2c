"""Drafts become figures: each with its place on the page, an id from its content, and a grade; repeats are recognised."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.figures.corrections import UNKNOWN, Told, corrected, restatements
from extractors.figures.drafts import Draft, DraftRelation, TextReading
from extractors.figures.list_totals import list_totals
from extractors.figures.relate import Passage, relate
from extractors.figures.relate_said import sentence_end
from extractors.figures.relate_shares import fits
from extractors.figures.subjects import GROUP_DIMENSIONS
from extractors.figures.twice_read import is_sure, readings_of
from extractors.figures.votes import vote
from schemas.documents import Identity
from schemas.figures import MISSING, Evidence, Figure, Grade, NumberMark, NumberReading, ReaderAgreement
from schemas.pages import BBox, MappedText, Page
from schemas.relations import Relation

_SNIPPET = 160
_ROWS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A text of the document and what was read from it. `snippet` overrides the words around (the row of a table).

    Texts with the same `together` in a row are read together: the cells of a table, the items of a list.
    """

    text: MappedText
    reading: TextReading
    snippet: str = ""
    together: int | None = None
    furniture: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """Figures, relations among them, and what became of every number of the document."""

    figures: tuple[Figure, ...]
    relations: tuple[Relation, ...]
    marks: tuple[NumberMark, ...]


@dataclass(frozen=True, slots=True)
class _Statement:
    """A draft with the text that it was read from."""

    placed: Placed
    draft: Draft


def assemble(placed: Sequence[Placed], pages: Sequence[Page], identity: Identity, *, digest: str) -> Assembled:
    """Figures in reading order; what the text takes for known and says elsewhere in full is no figure of its own."""
    statements = _voted(placed)
    told, of_tables = _told(statements), tuple(_of_tables(placed, statements))
    summed = {key for r in of_tables if r.kind == "sum" for key in r.keys}
    lists = tuple(list_totals(told, summed))
    drafted = (*of_tables, *relate(tuple(_passages(placed, statements))), *lists, *restatements(told))
    needed = set(_doubtful_wholes(drafted, statements)) | {key for r in lists for key in r.keys}
    values = {s.draft.value for s in statements if not s.draft.definite}
    known = defaultdict[_Counted, list[_Statement]](list)
    for s in statements:
        if not s.draft.definite:
            known[_counted(s.draft)].append(s)
    figures: list[Figure] = []
    marks: list[NumberMark] = []
    stated: dict[int, Figure] = {}
    referring: list[tuple[_Statement, Figure]] = []
    for statement in statements:
        figure = _figure(statement, identity, digest, len(figures))
        if figure is None or (statement.draft.rule == MISSING and statement.draft.key not in needed):
            continue
        if statement.draft.definite and statement.draft.value is not None:
            said_elsewhere = statement.draft.value in values and statement.draft.key not in needed
            if said_elsewhere or _only_refers(statement, known):
                referring.append((statement, figure))
                continue
            known[_counted(statement.draft)].append(statement)
        figures.append(figure)
        stated[statement.draft.key] = figure
        marks.append(_figure_mark(figure.evidence, figure))
    for statement, figure in referring:
        meant = _referred(statement, statements, stated) or next(f for f in figures if f.value == figure.value)
        marks.append(_figure_mark(figure.evidence, meant))
    marks += _marks(placed)
    marks += _unread(pages, marks)
    relations = _relations(drafted, statements, stated)
    return Assembled(figures=tuple(figures), relations=relations, marks=tuple(marks))


def _voted(placed: Sequence[Placed]) -> list[_Statement]:
    """The drafts after the vote of their relations, with keys in reading order. The cells of a table are read together, and so are the items of a list."""
    groups: list[list[Placed]] = []
    for p in placed:
        if groups and p.together is not None and groups[-1][-1].together == p.together:
            groups[-1].append(p)
        else:
            groups.append([p])
    voted = vote([[_numbered(d, i) for i, p in enumerate(group) for d in p.reading.drafts] for group in groups])
    statements: list[_Statement] = []
    for group, drafts in zip(groups, voted, strict=True):
        read = [(p, d) for p in group for d in p.reading.drafts]
        for (owner, before), draft in zip(read, drafts, strict=True):
            place = replace(draft, key=len(statements), cluster=before.cluster, sentence=before.sentence)
            statements.append(_Statement(owner, place))
    return [_Statement(s.placed, draft) for s, draft in zip(statements, corrected(_told(statements)), strict=True)]


def _told(statements: Sequence[_Statement]) -> list[Told]:
    return [
        Told(s.draft, _words(s), s.placed.together if s.placed.snippet else None, s.placed.text.text)
        for s in statements
    ]


def _numbered(draft: Draft, text: int) -> Draft:
    """The draft with its sentence and cluster told apart from those of the other texts that it is read together with."""
    if draft.cluster is None and draft.sentence is None:
        return draft
    shift = text * 10**9
    return replace(draft, cluster=shift + (draft.cluster or 0), sentence=shift + (draft.sentence or 0))


_Counted = tuple[str, str, Decimal | None, str]
"""Measure, unit, value and period."""
_SHORTLY = 8
"""How many numbers before a whole that is referred to, at most, the part of a group stands that it may be."""


def _counted(draft: Draft) -> _Counted:
    return draft.measure, draft.unit, draft.value, draft.period.code if draft.period else ""


def _only_refers(statement: _Statement, known: Mapping[_Counted, Sequence[_Statement]]) -> bool:
    """Whether “of the 83 complaints” speaks of 83 complaints that another sentence or a table states.

    Where none does and something is said to be a part of it, it is a figure of its own: a whole that is misprinted stands nowhere else.
    """
    return any(_is_meant(same, statement) for same in known.get(_counted(statement.draft), ()))


def _doubtful_wholes(drafted: Iterable[DraftRelation], statements: Sequence[_Statement]) -> Iterator[int]:
    """The wholes of shares that do not fit: they may be misprinted. Others only say again what stands elsewhere."""
    for relation in drafted:
        if relation.kind == "share" and set(relation.roles) == {"part", "whole", "percent"}:
            by_role = dict(zip(relation.roles, (statements[key].draft for key in relation.keys), strict=True))
            if not fits(by_role["part"], by_role["whole"], by_role["percent"]):
                yield by_role["whole"].key


def _is_meant(said: _Statement, referring: _Statement) -> bool:
    """Whether the same number, elsewhere, may be of the group that is referred to: nothing tells the two apart, but for what was said just before."""
    elsewhere = said.placed is not referring.placed or said.draft.sentence != referring.draft.sentence
    ours, theirs = referring.draft.dims, said.draft.dims
    agree = all(theirs.get(name, value) == value for name, value in ours.items())
    as_wide = theirs.keys() - ours.keys() <= set(GROUP_DIMENSIONS)
    return elsewhere and agree and (as_wide or 0 < referring.draft.key - said.draft.key <= _SHORTLY)


def _relations(
    drafted: Iterable[DraftRelation], statements: Sequence[_Statement], stated: Mapping[int, Figure]
) -> tuple[Relation, ...]:
    """The relations of tables and prose among figures; a number that only refers back stands for the figure that it refers to."""
    found: dict[str, Relation] = {}
    for relation in drafted:
        members = [statements[key] for key in relation.keys]
        figures = [stated.get(m.draft.key) or _referred(m, statements, stated) for m in members]
        known = [f for f in figures if f is not None]
        if len({f.figure_id for f in known}) < len(members):
            continue
        ids = tuple(f.figure_id for f in known)
        key = "|".join((relation.kind, *(f"{r}={i}" for r, i in zip(relation.roles, ids, strict=True))))
        found.setdefault(
            key,
            Relation(
                relation_id=hashlib.sha256(key.encode()).hexdigest()[:16], kind=relation.kind, figure_ids=ids, roles=relation.roles,
                complete=relation.complete, evidence=_evidence(members),
            ),
        )  # fmt: skip
    return tuple(found.values())


def _of_tables(placed: Sequence[Placed], statements: Sequence[_Statement]) -> Iterator[DraftRelation]:
    """The relations that the readers of tables found, whose keys tell the drafts of one table apart."""
    keys: dict[int | None, dict[int, int]] = {}
    left = iter(statements)
    for p in placed:
        of_table = keys.setdefault(p.together, {}) if p.snippet else {}
        of_table |= {d.key: next(left).draft.key for d in p.reading.drafts}
    for p in placed:
        for relation in p.reading.relations:
            of_table = keys.get(p.together, {})
            if all(key in of_table for key in relation.keys):
                yield replace(relation, keys=tuple(of_table[key] for key in relation.keys))


def _passages(placed: Sequence[Placed], statements: Sequence[_Statement]) -> Iterator[Passage]:
    """The texts with their drafts; the cells of tables without, and no bullets, page numbers or running heads."""
    left = iter(statements)
    for p in placed:
        drafts = tuple(next(left).draft for _ in p.reading.drafts)
        if not p.furniture and re.search(r"[^\W\d_]{2}", p.text.text):
            cell = bool(p.snippet)
            yield Passage(text=p.text.text, drafts=() if cell else drafts, item=p.together is not None and not cell)


def _referred(statement: _Statement, statements: Sequence[_Statement], stated: Mapping[int, Figure]) -> Figure | None:
    """The figure that “of the 83 complaints” speaks of: the same number of the same thing, in the same period, said before or else after."""
    draft = statement.draft
    meant = [
        s.draft for s in statements
        if s.draft.key in stated and s.draft.value == draft.value and s.draft.measure == draft.measure and s.draft.unit == draft.unit
        and s.draft.period == draft.period and (s.placed is not statement.placed or s.draft.sentence != draft.sentence)
    ]  # fmt: skip
    if not meant:
        return None
    return stated[min(meant, key=lambda d: (len(d.dims.items() ^ draft.dims.items()), d.key > draft.key, -d.key)).key]


def _evidence(members: Sequence[_Statement]) -> str:
    """The sentences or rows that state a relation, in reading order; of many rows the first and the last."""
    said = list(dict.fromkeys(_words(m) for m in sorted(members, key=lambda m: m.draft.key)))
    return " … ".join(said if len(said) <= _ROWS else (*said[: _ROWS - 1], said[-1]))


def _words(statement: _Statement) -> str:
    """The row of a table, or the sentence, that states a figure."""
    if statement.placed.snippet or statement.draft.sentence is None:
        return statement.placed.snippet or statement.placed.text.text
    text = statement.placed.text.text
    return text[statement.draft.sentence : sentence_end(text, statement.draft.end)].strip()


def _figure(statement: _Statement, identity: Identity, digest: str, number: int) -> Figure | None:
    draft, text = statement.draft, statement.placed.text
    at = text.locate(draft.start, draft.end)
    if at is None or draft.measure == UNKNOWN:
        return None
    page, bbox = at
    bbox = BBox(round(bbox.x0, 2), round(bbox.top, 2), round(bbox.x1, 2), round(bbox.bottom, 2))
    printed = text.printed(draft.start, draft.end)
    snippet = statement.placed.snippet or _around(text.text, draft.start, draft.end)
    key = f"{digest}|{page}|{bbox}|{printed}|{draft.start}|{draft.statistic}"
    readings, agreement = readings_of([w.word for w in text.between(draft.start, draft.end)], draft)
    comparative = (
        draft.period is not None
        and identity.period is not None
        and draft.period.end < identity.period.end
        and (draft.period.start is None or identity.period.start is None or draft.period.start < identity.period.start)
    )
    return Figure(
        figure_id=hashlib.sha256(key.encode()).hexdigest()[:16],
        measure=draft.measure,
        statistic=draft.statistic,
        dims=tuple(sorted(draft.dims.items())),
        value=draft.value,
        unit=draft.unit,
        decimals=draft.decimals,
        period=draft.period,
        role="comparative" if comparative else "current",
        qualifier=draft.qualifier,
        grade=_grade(draft, readings, agreement),
        confidence=draft.confidence,
        proposed=draft.proposed,
        evidence=Evidence(
            page=page,
            bbox=bbox,
            printed=printed,
            snippet=snippet,
            method="ocr" if text.recognised(draft.start, draft.end) else "text",
            rule=draft.rule,
            readings=readings,
            agreement=agreement,
        ),
    )


def _figure_mark(evidence: Evidence, figure: Figure) -> NumberMark:
    """The mark of a number that is `figure`, or that only refers to it."""
    return NumberMark(
        kind="figure", printed=evidence.printed, page=evidence.page, bbox=evidence.bbox, snippet=evidence.snippet,
        figure_ids=(figure.figure_id,),
    )  # fmt: skip


def _grade(draft: Draft, readings: Sequence[NumberReading], agreement: ReaderAgreement | None) -> Grade:
    if draft.value is None:
        return "unreadable"
    if agreement is not None and (agreement != "agree" or not is_sure(readings)):
        return "doubtful"
    return "doubtful" if draft.damaged or draft.period is None or draft.confidence < 0.5 else "read"


def _around(text: str, start: int, end: int) -> str:
    """The words around a stretch of text, cut at word ends."""
    left, right = max(0, start - _SNIPPET // 2), min(len(text), end + _SNIPPET // 2)
    while left > 0 and not text[left - 1].isspace():
        left -= 1
    while right < len(text) and not text[right].isspace():
        right += 1
    return text[left:right].strip()


def _marks(placed: Iterable[Placed]) -> Iterator[NumberMark]:
    for p in placed:
        for mark in p.reading.marks:
            at = p.text.locate(mark.start, mark.end)
            if at is not None:
                page, bbox = at
                yield NumberMark(
                    kind=mark.kind, printed=p.text.printed(mark.start, mark.end), page=page, bbox=bbox,
                    snippet=p.snippet or _around(p.text.text, mark.start, mark.end), reason=mark.reason,
                )  # fmt: skip


def _unread(pages: Sequence[Page], marks: Sequence[NumberMark]) -> Iterator[NumberMark]:
    """Words with a digit that no reader accounted for: listed, so that nothing is silent."""
    by_page: dict[int, list[BBox]] = {}
    for mark in marks:
        by_page.setdefault(mark.page, []).append(mark.bbox)
    for page in pages:
        boxes = by_page.get(page.number, [])
        for word in page.words:
            if re.search(r"\d", word.text) and not any(_inside(word.bbox, b) for b in boxes):
                yield NumberMark(
                    kind="unplaced", printed=word.text, page=page.number, bbox=word.bbox, reason="not read"
                )


def _inside(inner: BBox, outer: BBox) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, inner.middle
    return outer.x0 - 0.1 <= x <= outer.x1 + 0.1 and outer.top - 0.1 <= y <= outer.bottom + 0.1


__all__ = ["Assembled", "Placed", "assemble"]
