"""A page of a document: its picture with a box around every number, and the figures beside it."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection, func, select

from pipeline.decisions.overlay import decided_in
from pipeline.store.queries import Found, figures_by_id, rows_of_document
from pipeline.store.rows import box_of, figure_of, relation_of
from pipeline.store.tables import (
    documents,
    figures,
    finding_documents,
    findings,
    marks,
    pages,
    relation_members,
    relations,
)
from review import labels
from review.pictures import PrintedLine
from review.views.arithmetic import RelationView, relation_view
from review.views.correcting import FigureForm, empty_form
from review.views.figures import FigureView, document_address, figure_view
from schemas.figures import Figure
from schemas.pages import BBox
from schemas.relations import Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentHead:
    """What is known of a document as a whole. `id` is its number in the store and never leaves the server."""

    id: int
    sha256: str
    name: str
    title: str
    rendition: str
    authority: str
    authority_reason: str
    period: str
    period_reason: str
    type: str
    service: str
    source_url: str
    problems: tuple[str, ...]

    @property
    def address(self) -> str:
        """The address of its first page."""
        return document_address(self.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thumbnail:
    """A page of the document, small, with what is on it. `height` is for a width of 100."""

    number: int
    height: float
    figures: int
    doubtful: int
    unplaced: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkView:
    """A number that is no figure, or whose meaning nobody knows."""

    kind: str
    label: str
    printed: str
    box: BBox
    reason: str
    snippet: str

    @property
    def edges(self) -> str:
        """The box as an address has it."""
        return edges_text(self.box)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A line drawn between two figures of a relation."""

    path: str
    relation: str
    outcome: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLink:
    """A finding that a figure is in."""

    id: str
    severity: str
    kind: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """One page: size in points, its print, boxes and ties."""

    number: int
    width: float
    height: float
    picture: str
    trouble: str
    lines: tuple[PrintedLine, ...]
    figures: tuple[FigureView, ...]
    unplaced: tuple[MarkView, ...]
    others: tuple[MarkView, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adding:
    """A figure that is being added: its box (None before it is drawn), the print in it, and the form."""

    box: BBox | None
    printed: str
    form: FigureForm

    @property
    def edges(self) -> str:
        """The box as the address has it."""
        return edges_text(self.box) if self.box else "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """A page of a document with everything beside it. `chosen` is the figure that is looked at, with its relations and findings."""

    document: DocumentHead
    thumbnails: tuple[Thumbnail, ...]
    view: PageView
    chosen: FigureView | None
    relations: tuple[RelationView, ...]
    findings: tuple[FindingLink, ...]
    elsewhere: Mapping[str, str]
    adding: Adding | None


def find_document(connection: Connection, prefix: str) -> DocumentHead | None:
    """The document that was read whose hash begins so."""
    key = documents.c.key
    query = select(documents).where(key >= prefix, key < f"{prefix}g", documents.c.status == "imported").limit(2)
    rows = connection.execute(query).mappings().all()
    return _head(connection, rows[0]) if len(rows) == 1 else None


def source_of(connection: Connection, document: DocumentHead, page: int) -> tuple[str, str]:
    """Where the words of a page came from, and why from there; of a page that is not there, from nowhere."""
    query = select(pages.c.source, pages.c.source_reason)
    found = connection.execute(query.where(pages.c.document_id == document.id, pages.c.number == page)).one_or_none()
    return (found.source, found.source_reason) if found else ("none", "there is no such page")


def document_of(connection: Connection, number: int) -> DocumentHead:
    """The document with this number of the store."""
    row = connection.execute(select(documents).where(documents.c.id == number)).mappings().one()
    return _head(connection, row)


def _head(connection: Connection, row: Found) -> DocumentHead:
    problems = rows_of_document(connection, "problems", row["id"])
    return DocumentHead(
        id=row["id"],
        sha256=row["sha256"],
        name=row["name"],
        title=row["title"],
        rendition=row["rendition"],
        authority=row["authority"] or "Authority not known",
        authority_reason=row["authority_reason"],
        period=row["period"] or "period not known",
        period_reason=row["period_reason"],
        type=labels.words(row["type"]),
        service=row["service"],
        source_url=row["source_url"],
        problems=tuple(f"{'Page ' + str(p['page']) + ': ' if p['page'] else ''}{p['message']}" for p in problems),
    )


def read_page(
    connection: Connection,
    document: DocumentHead,
    number: int,
    chosen_id: str,
    lines: Sequence[PrintedLine],
    trouble: str,
    add: str = "",
) -> DocumentPage | None:
    """Page `number` of a document, with the figure `chosen_id` looked at; None where there is no such page.

    `add` is the box of a figure that is to be added, "new" before it is drawn, or "".
    """
    of = connection.execute(
        select(pages).where(pages.c.document_id == document.id, pages.c.number == number)
    ).mappings().one_or_none()  # fmt: skip
    if of is None:
        return None
    rows = _rows_on_page(connection, document, number)
    decided = decided_in(connection, [document.id])
    found = tuple(figure_view(row, document.sha256, decided.get(row["figure_id"])) for row in rows)
    chosen = next((figure for figure in found if figure.id == chosen_id), None)
    known, related = _relations_on_page(connection, document, rows)
    boxes = {figure.id: figure.box for figure in found}
    marked = [_mark(row) for row in _marks_on_page(connection, document, number)]
    of_chosen = tuple(r for r in related if chosen and any(m.figure_id == chosen.id for m in r.members))
    return DocumentPage(
        document=document,
        thumbnails=_thumbnails(connection, document),
        view=PageView(
            number=number,
            width=of["width"],
            height=of["height"],
            picture=f"{document.address}/{number}/picture",
            trouble=trouble,
            lines=tuple(lines),
            figures=found,
            unplaced=tuple(mark for mark in marked if mark.kind == "unplaced"),
            others=tuple(mark for mark in marked if mark.kind != "unplaced"),
            ties=tuple(ties(related, boxes, chosen_id)),
        ),
        chosen=chosen,
        relations=of_chosen,
        findings=tuple(map(finding_link, finding_rows_of(connection, document, chosen.id))) if chosen else (),
        adding=_adding(connection, document, add, lines) if add else None,
        elsewhere={i: f"{document.address}/{f.evidence.page}?figure={i}" for i, f in known.items() if i not in boxes},
    )


def edges_text(box: BBox) -> str:
    """A box as an address has it."""
    return ",".join(f"{edge:.1f}" for edge in (box.x0, box.top, box.x1, box.bottom))


def box_of_edges(text: str) -> BBox | None:
    """The box that an address has, put in order; None where it is none."""
    try:
        x0, top, x1, bottom = (min(max(float(edge), 0.0), 20_000.0) for edge in text.split(","))
    except ValueError:
        return None
    box = BBox(min(x0, x1), min(top, bottom), max(x0, x1), max(top, bottom))
    return box if box.width >= 1 and box.height >= 1 else None


def _adding(connection: Connection, document: DocumentHead, add: str, lines: Sequence[PrintedLine]) -> Adding:
    box = box_of_edges(add)
    printed = _printed_in(box, lines) if box else ""
    period = document.period if "/" in document.period else ""
    return Adding(box=box, printed=printed, form=empty_form(connection, printed, period, document.authority))


def _printed_in(box: BBox, lines: Sequence[PrintedLine]) -> str:
    """The words whose middles are in the box."""
    inside = (
        text
        for line in lines
        for text, of in line.words
        if box.x0 <= (of.x0 + of.x1) / 2 <= box.x1 and box.top <= of.middle <= box.bottom
    )
    return " ".join(inside)


def _rows_on_page(connection: Connection, document: DocumentHead, number: int) -> Sequence[Found]:
    where = (figures.c.document_id == document.id, figures.c.page == number)
    return connection.execute(select(figures).where(*where).order_by(figures.c.position)).mappings().all()


def _marks_on_page(connection: Connection, document: DocumentHead, number: int) -> Sequence[Found]:
    where = (marks.c.document_id == document.id, marks.c.page == number, marks.c.kind != "figure")
    return connection.execute(select(marks).where(*where).order_by(marks.c.position)).mappings().all()


def _mark(row: Found) -> MarkView:
    return MarkView(
        kind=row["kind"],
        label=labels.words(row["kind"]),
        printed=row["printed"],
        box=box_of(row),
        reason=row["reason"],
        snippet=row["snippet"],
    )


def relations_of(
    connection: Connection, document_id: int, figure_ids: Sequence[str]
) -> tuple[dict[str, Figure], tuple[RelationView, ...], tuple[Relation, ...]]:
    """The relations that any of these figures takes part in, written out and as they are, and all their figures."""
    mine = relation_members.c
    numbers = sorted(
        connection.scalars(
            select(mine.relation).where(mine.document_id == document_id, mine.figure_id.in_(figure_ids)).distinct()
        )
    )
    if not numbers:
        return {}, (), ()
    rows = connection.execute(
        select(relations).where(relations.c.document_id == document_id, relations.c.position.in_(numbers)).order_by(relations.c.position)
    ).mappings().all()  # fmt: skip
    members: dict[int, list[tuple[str, str]]] = {}
    query = select(mine.relation, mine.role, mine.figure_id).where(
        mine.document_id == document_id, mine.relation.in_(numbers)
    )
    for relation, role, figure_id in connection.execute(query.order_by(mine.relation, mine.position)):
        members.setdefault(relation, []).append((role, figure_id))
    ids = sorted({figure_id for of in members.values() for _, figure_id in of})
    known = {
        row["figure_id"]: figure_of(row) for row in figures_by_id(connection, ids) if row["document_id"] == document_id
    }
    stated = tuple(relation_of(row, members.get(row["position"], [])) for row in rows)
    return known, tuple(relation_view(relation, known) for relation in stated), stated


def _relations_on_page(
    connection: Connection, document: DocumentHead, rows: Sequence[Found]
) -> tuple[dict[str, Figure], tuple[RelationView, ...]]:
    known, related, _ = relations_of(connection, document.id, [row["figure_id"] for row in rows])
    return known, related


# How far an arc rises over the print, in points.
_RISE = 8.0
_HUBS = ("whole", "percent", "difference", "current", "same", "value")


def ties(related: Iterable[RelationView], boxes: Mapping[str, BBox], chosen: str) -> Iterable[Tie]:
    """From the figure that a relation turns on to each of its others on this page, a slightly bent line."""
    for relation in related:
        here = [m for m in relation.members if m.figure_id in boxes]
        if len(here) < 2:
            continue
        hub = min(here, key=lambda m: _HUBS.index(m.role) if m.role in _HUBS else len(_HUBS))
        looked_at = any(m.figure_id == chosen for m in here)
        for member in here:
            if member.figure_id != hub.figure_id:
                path = _bent(boxes[hub.figure_id], boxes[member.figure_id])
                yield Tie(path=path, relation=relation.id, outcome=relation.outcome, chosen=looked_at)


def _bent(one: BBox, other: BBox) -> str:
    """An arc between two boxes that leaves the print free: over it along a line, to the right of it down a column."""
    rise = _RISE + 0.1 * math.hypot(other.x0 - one.x0, other.top - one.top)
    if abs(other.middle - one.middle) > abs(other.x0 - one.x0):
        x0, y0, x1, y1 = one.x1 + 2, one.middle, other.x1 + 2, other.middle
        return f"M{x0:.1f} {y0:.1f} Q{max(x0, x1) + rise:.1f} {(y0 + y1) / 2:.1f} {x1:.1f} {y1:.1f}"
    x0, y0, x1, y1 = (one.x0 + one.x1) / 2, one.top - 1, (other.x0 + other.x1) / 2, other.top - 1
    return f"M{x0:.1f} {y0:.1f} Q{(x0 + x1) / 2:.1f} {min(y0, y1) - rise:.1f} {x1:.1f} {y1:.1f}"


def finding_rows_of(connection: Connection, document: DocumentHead, figure_id: str) -> Sequence[Found]:
    """The findings that a figure is in, the most severe first."""
    joined = finding_documents.join(findings, findings.c.id == finding_documents.c.finding)
    about = (
        finding_documents.c.document_id == document.id,
        findings.c.figure_ids.contains(f'"{figure_id}"', autoescape=True),
    )
    rows = connection.execute(select(findings).select_from(joined).where(*about)).mappings().all()
    return sorted(rows, key=lambda r: (labels.SEVERITIES.index(r["severity"]), r["finding_id"]))


def finding_link(row: Found) -> FindingLink:
    """A finding as a figure's page names it."""
    return FindingLink(
        id=row["finding_id"], severity=row["severity"], kind=labels.KINDS[row["kind"]], message=row["message"]
    )


def _thumbnails(connection: Connection, document: DocumentHead) -> tuple[Thumbnail, ...]:
    grades = _counts(connection, select(figures.c.page, figures.c.grade, func.count()).where(figures.c.document_id == document.id).group_by(figures.c.page, figures.c.grade))  # fmt: skip
    kinds = _counts(connection, select(marks.c.page, marks.c.kind, func.count()).where(marks.c.document_id == document.id, marks.c.kind == "unplaced").group_by(marks.c.page, marks.c.kind))  # fmt: skip
    query = select(pages.c.number, pages.c.width, pages.c.height).where(pages.c.document_id == document.id)
    return tuple(
        _thumbnail(number, height / width * 100, grades.get(number, {}), kinds.get(number, {}).get("unplaced", 0))
        for number, width, height in connection.execute(query.order_by(pages.c.number))
    )


def _thumbnail(number: int, height: float, grades: Mapping[str, int], unplaced: int) -> Thumbnail:
    doubtful = grades.get("doubtful", 0) + grades.get("unreadable", 0)
    parts = [labels.count(sum(grades.values()), "figure")]
    parts += [f"{doubtful} doubtful"] * bool(doubtful) + [f"{unplaced} unplaced"] * bool(unplaced)
    return Thumbnail(
        number=number,
        height=round(height, 1),
        figures=sum(grades.values()),
        doubtful=doubtful,
        unplaced=unplaced,
        text=f"Page {number}: {', '.join(parts)}",
    )


def _counts(connection: Connection, query: "object") -> dict[int, dict[str, int]]:
    rows = connection.execute(query).all()  # type: ignore[call-overload]
    return {page: {r[1]: r[2] for r in of} for page, of in groupby(sorted(rows), key=lambda r: r[0])}
