"""One finding: the pages that contradict each other side by side, their arithmetic, and the series around them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection, select

from pipeline.decisions import history, standing_of
from pipeline.store.queries import Found, figures_by_id, finding_list
from pipeline.store.tables import finding_documents, findings, observations, pages, statements
from review import labels
from review.pictures import PrintedLine
from review.views.arithmetic import RelationView
from review.views.deciding import StandingView, standing_view
from review.views.document import DocumentHead, document_of, relations_of
from review.views.figures import FigureView, document_address, figure_view
from review.views.proposals import without_cost
from review.views.series import ObservationView, SeriesPage, rows_around, series_page
from schemas.decisions import Subject
from schemas.pages import BBox

Printed = Callable[[DocumentHead, int], tuple[tuple[PrintedLine, ...], str]]
"""Gives the print of a page of a document, or why it cannot be had."""

# Points above and below the figures, and the least height of what is shown of a page.
_AROUND, _LEAST_HEIGHT = 70.0, 240.0
_MOST_SHEETS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSheet:
    """The part of a page on which figures of the finding stand, over its whole width."""

    document: DocumentHead
    page: int
    width: float
    height: float
    shown: BBox
    picture: str
    trouble: str
    lines: tuple[PrintedLine, ...]
    figures: tuple[FigureView, ...]
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingPage:
    """One finding. `observation` is the one that it is about, if documents disagree about one; `series` is around it."""

    id: str
    kind: str
    severity: str
    message: str
    expected: str
    status: str
    hypotheses: tuple[str, ...]
    sheets: tuple[EvidenceSheet, ...]
    relations: tuple[RelationView, ...]
    standing: StandingView
    series: SeriesPage | None
    observation: ObservationView | None


def read_finding(connection: Connection, finding_id: str, printed: Printed) -> FindingPage | None:
    """A finding; None where there is none. Of the same finding in copies of a document, the first."""
    query = select(findings).where(findings.c.finding_id == finding_id).order_by(findings.c.id).limit(1)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        return None
    about = connection.scalars(
        select(finding_documents.c.document_id).where(finding_documents.c.finding == row["id"]).order_by(finding_documents.c.position)
    ).all()  # fmt: skip
    heads = {
        head.id: head for head in sorted((document_of(connection, n) for n in about), key=lambda h: (h.period, h.name))
    }
    ids = finding_list(row["figure_ids"])
    rows = [r for r in figures_by_id(connection, ids) if r["document_id"] in heads]
    subject = Subject("finding", finding_id)
    around = _observation_of(connection, rows) if len(heads) > 1 else ""
    series_rows = rows_around(connection, around) if around else []
    series = series_page(connection, series_rows) if series_rows else None
    return FindingPage(
        id=finding_id,
        kind=labels.KINDS[row["kind"]],
        severity=row["severity"],
        message=row["message"],
        expected=row["expected"],
        status=row["status"],
        hypotheses=tuple(without_cost(sentence) for sentence in finding_list(row["hypotheses"])),
        sheets=tuple(_sheets(connection, heads, rows, printed)),
        relations=_relations(connection, rows, set(ids)),
        standing=standing_view(standing_of(connection, subject), history(connection, subject)),
        series=series,
        observation=next((o for o in series.observations if o.id == around), None) if series else None,
    )


def _sheets(
    connection: Connection, heads: Mapping[int, DocumentHead], rows: Sequence[Found], printed: Printed
) -> list[EvidenceSheet]:
    """A sheet for each page on which figures of the finding stand, in the order of its documents."""
    order = list(heads)
    placed = sorted(rows, key=lambda r: (order.index(r["document_id"]), r["page"], r["position"]))
    found = []
    for (number, page), of in groupby(placed, key=lambda r: (r["document_id"], r["page"])):
        head = heads[number]
        views = tuple(figure_view(row, head.sha256) for row in of)
        size = select(pages.c.width, pages.c.height).where(pages.c.document_id == number, pages.c.number == page)
        width, height = connection.execute(size).one()
        lines, trouble = printed(head, page)
        shown = _shown(BBox.around(view.box for view in views), width, height)
        found.append(
            EvidenceSheet(
                document=head,
                page=page,
                width=width,
                height=height,
                shown=shown,
                picture=f"{document_address(head.sha256)}/{page}/picture",
                trouble=trouble,
                lines=tuple(n for n in lines if n.bbox.top < shown.bottom and n.bbox.bottom > shown.top),
                figures=views,
                address=views[0].address,
            )
        )
    return found[:_MOST_SHEETS]


def _shown(box: BBox, width: float, height: float) -> BBox:
    lacking = max(0.0, _LEAST_HEIGHT - box.height - 2 * _AROUND) / 2
    return BBox(0.0, max(0.0, box.top - _AROUND - lacking), width, min(height, box.bottom + _AROUND + lacking))


def _relations(connection: Connection, rows: Sequence[Found], ids: set[str]) -> tuple[RelationView, ...]:
    """The relations among the figures of the finding alone."""
    found: list[RelationView] = []
    for number, of in groupby(sorted(rows, key=lambda r: int(r["document_id"])), key=lambda r: int(r["document_id"])):
        _, related, _ = relations_of(connection, number, [row["figure_id"] for row in of])
        found += [relation for relation in related if {m.figure_id for m in relation.members} <= ids]
    return tuple(sorted(found, key=lambda r: r.outcome != "fails"))


def _observation_of(connection: Connection, rows: Sequence[Found]) -> str:
    """The observation that most of these figures are statements of."""
    times: dict[str, int] = {}
    for row in rows:
        joined = statements.join(observations, observations.c.id == statements.c.observation)
        where = (statements.c.document_id == row["document_id"], statements.c.figure == row["position"])
        for observation_id in connection.scalars(
            select(observations.c.observation_id).select_from(joined).where(*where)
        ):
            times[observation_id] = times.get(observation_id, 0) + 1
    return max(sorted(times), key=lambda observation_id: times[observation_id], default="")
