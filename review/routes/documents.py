"""The list of documents, and their pages."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy import Connection
from starlette.exceptions import HTTPException

from pipeline.decisions import added_figure
from review.desk import desk_of, render
from review.pictures import PageMissingError, PrintedLine
from review.routes.asking import chosen
from review.routes.deciding import DecidingVisitor, Typed, TypedForm, decide, field
from review.views.correcting import typed_facts, typed_into
from review.views.document import DocumentHead, box_of_edges, find_document, read_page, source_of
from review.views.documents import read_documents
from schemas.decisions import Place, content_of, facts_of
from schemas.errors import CrossfootError, UsageError

router = APIRouter()

DocumentId = Annotated[str, Path(pattern="^[0-9a-f]{8,64}$")]
PageNumber = Annotated[int, Path(ge=1, le=100_000)]


@router.get("/documents")
def documents(request: Request, page: int = 1) -> HTMLResponse:
    """All documents."""
    asked = chosen(request, "q", "authority", "year", "status")
    with desk_of(request).reading() as connection:
        shown = read_documents(connection, asked, page)
    return render(request, "documents.html", shown, current="documents")


@router.get("/documents/{document}")
def document(document: DocumentId) -> RedirectResponse:
    """A document begins with its first page."""
    return RedirectResponse(f"/documents/{document}/1")


@router.get("/documents/{document}/{page}")
def document_page(
    request: Request,
    document: DocumentId,
    page: PageNumber,
    figure: Annotated[str, Query(max_length=64)] = "",
    add: Annotated[str, Query(max_length=80)] = "",
) -> HTMLResponse:
    """A page with a box around every number. `add` is the box of a figure to add."""
    return _shown(request, document, page, figure, add)


@router.post("/documents/{document}/{page}/figures")
def add_figure(
    request: Request, document: DocumentId, page: PageNumber, form: TypedForm, visitor: DecidingVisitor
) -> Response:
    """Add a figure that was not read, where somebody drew its box."""
    edges = field(form, "box")
    with desk_of(request).reading() as connection:
        head = _found(connection, document)
    try:
        box, printed_words = box_of_edges(edges), field(form, "printed")
        if box is None:
            raise UsageError("An added figure needs its place.", advice="Draw a box around it.")
        place = Place(document_sha256=head.sha256, page=page, bbox=box, printed=printed_words)
        facts = typed_facts(form)
        subject = added_figure(place, content_of(facts))
        decide(request, visitor, "add", subject, form, facts_of(dict(facts) | dict(place.facts())))
    except CrossfootError as error:
        return _shown(request, document, page, "", edges or "new", problem=str(error), form=form)
    return RedirectResponse(f"/documents/{document}/{page}?figure={subject.id}#f-{subject.id}", status_code=303)


def _found(connection: Connection, document: str) -> DocumentHead:
    head = find_document(connection, document)
    if head is None:
        raise HTTPException(404, "There is no such document.")
    return head


def _shown(
    request: Request, document: str, page: int, figure: str, add: str, *, problem: str = "", form: Typed | None = None
) -> HTMLResponse:
    desk = desk_of(request)
    with desk.reading() as connection:
        head = _found(connection, document)
        lines, trouble = printed(request, connection, head, page)
        shown = read_page(connection, head, page, figure, lines, trouble, add)
    if shown is None:
        raise HTTPException(404, f"{head.name} has no page {page}.")
    typed = typed_into(shown.adding.form, form) if form and shown.adding else None
    status = 422 if problem else 200
    return render(request, "document.html", shown, status=status, current="documents", problem=problem, typed=typed)


def printed(
    request: Request, connection: Connection, document: DocumentHead, page: int
) -> tuple[tuple[PrintedLine, ...], str]:
    """The print of a page, or why it cannot be had. The text layer of a page that was not read from it says nothing."""
    source, reason = source_of(connection, document, page)
    if source == "none":
        return (), reason
    if source == "ocr":
        return desk_of(request).pictures.scanned_lines(document.rendition, page), ""
    try:
        return desk_of(request).pictures.lines(document.rendition, page), ""
    except PageMissingError as error:
        return (), str(error)
