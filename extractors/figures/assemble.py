"""Drafts become figures: each with its place on the page, an id from its content, and a grade; repeats are recognised."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.figures.drafts import Draft, TextReading
from extractors.figures.votes import vote
from schemas.documents import Identity
from schemas.figures import Evidence, Figure, Grade, NumberMark
from schemas.pages import BBox, MappedText, Page
from schemas.relations import Relation

_SNIPPET = 160


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
    known = {s.draft.value for s in statements if not s.draft.definite}
    figures: list[Figure] = []
    marks: list[NumberMark] = []
    for statement in statements:
        figure = _figure(statement, identity, digest, len(figures))
        if figure is None:
            continue
        if not _only_refers(statement, known):
            figures.append(figure)
        e = figure.evidence
        marks.append(NumberMark(kind="figure", printed=e.printed, page=e.page, bbox=e.bbox, snippet=e.snippet, figure_ids=(figure.figure_id,)))
    marks += _marks(placed)
    marks += _unread(pages, marks)
    return Assembled(figures=tuple(figures), relations=(), marks=tuple(marks))


def _voted(placed: Sequence[Placed]) -> list[_Statement]:
    """The drafts after the vote of their relations. The cells of a table are read together, and so are the items of a list."""
    groups: list[list[Placed]] = []
    for p in placed:
        if groups and p.together is not None and groups[-1][-1].together == p.together:
            groups[-1].append(p)
        else:
            groups.append([p])
    voted = vote([[_numbered(d, i) for i, p in enumerate(group) for d in p.reading.drafts] for group in groups])
    statements: list[_Statement] = []
    for group, drafts in zip(groups, voted, strict=True):
        owners = [p for p in group for _ in p.reading.drafts]
        statements += [_Statement(p, d) for p, d in zip(owners, drafts, strict=True)]
    return statements


def _numbered(draft: Draft, text: int) -> Draft:
    """The draft with its sentence and cluster told apart from those of the other texts that it is read together with."""
    if draft.cluster is None and draft.sentence is None:
        return draft
    shift = text * 10**9
    return replace(draft, cluster=shift + (draft.cluster or 0), sentence=shift + (draft.sentence or 0))


def _only_refers(statement: _Statement, known: set[Decimal | None]) -> bool:
    """Whether “of the 83 complaints” speaks of an 83 that is a figure already."""
    return statement.draft.definite and statement.draft.value in known


def _figure(statement: _Statement, identity: Identity, digest: str, number: int) -> Figure | None:
    draft, text = statement.draft, statement.placed.text
    at = text.locate(draft.start, draft.end)
    if at is None:
        return None
    page, bbox = at
    bbox = BBox(round(bbox.x0, 2), round(bbox.top, 2), round(bbox.x1, 2), round(bbox.bottom, 2))
    printed = text.printed(draft.start, draft.end)
    snippet = statement.placed.snippet or _around(text.text, draft.start, draft.end)
    key = f"{digest}|{page}|{bbox}|{printed}|{draft.start}|{draft.statistic}"
    comparative = draft.period is not None and identity.period is not None and draft.period.end < identity.period.end and (
        draft.period.start is None or identity.period.start is None or draft.period.start < identity.period.start
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
        grade=_grade(draft),
        confidence=draft.confidence,
        proposed=draft.proposed,
        evidence=Evidence(page=page, bbox=bbox, printed=printed, snippet=snippet, rule=draft.rule),
    )


def _grade(draft: Draft) -> Grade:
    if draft.value is None:
        return "unreadable"
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
                yield NumberMark(kind="unplaced", printed=word.text, page=page.number, bbox=word.bbox, reason="not read")


def _inside(inner: BBox, outer: BBox) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, inner.middle
    return outer.x0 - 0.1 <= x <= outer.x1 + 0.1 and outer.top - 0.1 <= y <= outer.bottom + 0.1


__all__ = ["Assembled", "Placed", "assemble", "replace"]
