"""One figure to decide on: the print enlarged, what it is taken for, what speaks against it, and what may be decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from pipeline.decisions import history, standing_of
from pipeline.store.queries import Found, figures_by_id, finding_list
from pipeline.store.repairs import read_repairs
from pipeline.store.rows import figure_of
from pipeline.store.tables import figures, pages
from review.pictures import PrintedLine
from review.views.arithmetic import RelationView
from review.views.correcting import FigureForm, figure_form
from review.views.crop import Crop, crop_around
from review.views.deciding import StandingView, standing_view
from review.views.document import (
    DocumentHead,
    FindingLink,
    Tie,
    document_of,
    finding_link,
    finding_rows_of,
    relations_of,
    ties,
)
from review.views.figures import FigureView, document_address, figure_view
from review.views.paging import Filter, address
from review.views.proposals import Proposal, proposals, without_cost
from review.views.suspects import FILTERS, Place, place_of, queue_filters
from schemas.decisions import Subject

# Relations that are shown at once.
_SHOWN = 4

REJECTIONS = (
    "not a figure: a date, a reference or a heading",
    "a target, a limit or an example",
    "of another body or service",
    "counted twice: it stands elsewhere",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The page that a figure stands on, as far as the picture of it needs."""

    width: float
    height: float
    picture: str
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """One figure of the queue. `related` are the other figures of its relations that stand on the same page."""

    figure: FigureView
    document: DocumentHead
    sheet: Sheet
    crop: Crop
    lines_shown: tuple[PrintedLine, ...]
    related: tuple[FigureView, ...]
    ties: tuple[Tie, ...]
    relations: tuple[RelationView, ...]
    more_relations: tuple[RelationView, ...]
    elsewhere: tuple[FigureView, ...]
    findings: tuple[FindingLink, ...]
    hypotheses: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    standing: StandingView
    form: FigureForm
    rejections: tuple[str, ...]
    place: Place
    filters: tuple[Filter, ...]
    asked: Mapping[str, str]
    skip: str
    back: str
    here: str


def queue_address(figure_id: str, asked: Mapping[str, str]) -> str:
    """The address of a figure in the queue."""
    return address(f"/queue/{figure_id}" if figure_id else "/queue", {n: asked[n] for n in FILTERS if n in asked})


def find_figure(connection: Connection, figure_id: str) -> Found | None:
    """The row of a figure; of copies in several documents, the first."""
    rows = figures_by_id(connection, [figure_id])
    return min(rows, key=lambda row: int(row["document_id"])) if rows else None


def read_queue(
    connection: Connection, row: Found, lines: Sequence[PrintedLine], trouble: str, asked: Mapping[str, str]
) -> QueuePage:
    """The page of one figure."""
    document = document_of(connection, row["document_id"])
    view = figure_view(row, document.sha256)
    sheet = _sheet(connection, document, view.page, trouble)
    crop = crop_around(view.box, sheet.width, sheet.height, lines, in_table=row["rule"].startswith("table"))
    by_id, related, stated = relations_of(connection, document.id, [view.id])
    others = _others(connection, document, set(by_id) - {view.id})
    here = tuple(other for other in others if other.page == view.page)
    found = finding_rows_of(connection, document, view.id)
    told = [sentence for finding in found for sentence in finding_list(finding["hypotheses"])]
    figure = figure_of(row)
    repair = read_repairs(connection, document.id).get(view.id)
    proposed = proposals(figure, repair, stated, {**by_id, view.id: figure}, told)
    perhaps = map(without_cost, (*(repair.hypotheses if repair else ()), *told))
    # What does not fit comes first, and what says most before what says less.
    ordered = tuple(sorted(related, key=lambda r: (r.outcome != "fails", -len(r.members))))
    place = place_of(connection, view.id, asked)
    subject = Subject("figure", view.id)
    return QueuePage(
        figure=view,
        document=document,
        sheet=sheet,
        crop=crop,
        lines_shown=tuple(n for n in lines if any(n.bbox.meets(pane.shown) for pane in crop.panes)),
        related=here,
        ties=tuple(ties(ordered[:1], {o.id: o.box for o in (*here, view)}, view.id)),
        relations=ordered[:_SHOWN],
        more_relations=ordered[_SHOWN:],
        elsewhere=tuple(other for other in others if other.page != view.page),
        findings=tuple(map(finding_link, found)),
        hypotheses=tuple(dict.fromkeys(h for h in perhaps if h not in {p.why for p in proposed})),
        proposals=proposed,
        standing=standing_view(standing_of(connection, subject), history(connection, subject)),
        form=figure_form(connection, row, document.authority),
        rejections=REJECTIONS,
        place=place,
        filters=queue_filters(connection, asked),
        asked=asked,
        skip=queue_address(place.after, asked) if place.after else "",
        back=queue_address(place.before, asked) if place.before else "",
        here=queue_address(view.id, asked),
    )


def _sheet(connection: Connection, document: DocumentHead, number: int, trouble: str) -> Sheet:
    query = select(pages.c.width, pages.c.height).where(pages.c.document_id == document.id, pages.c.number == number)
    width, height = connection.execute(query).one()
    picture = f"{document_address(document.sha256)}/{number}/picture"
    return Sheet(width=width, height=height, picture=picture, trouble=trouble)


def _others(connection: Connection, document: DocumentHead, ids: set[str]) -> tuple[FigureView, ...]:
    where = (figures.c.document_id == document.id, figures.c.figure_id.in_(sorted(ids)))
    rows = connection.execute(select(figures).where(*where).order_by(figures.c.position)).mappings() if ids else ()
    return tuple(figure_view(row, document.sha256) for row in rows)
