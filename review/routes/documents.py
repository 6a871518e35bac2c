"""The list of documents, and their pages."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException

from review.desk import desk_of, render
from review.pictures import PageMissingError, PrintedLine
from review.routes.asking import chosen
from review.views.document import DocumentHead, find_document, read_page
from review.views.documents import read_documents

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
    request: Request, document: DocumentId, page: PageNumber, figure: Annotated[str, Query(max_length=64)] = ""
) -> HTMLResponse:
    """A page with a box around every number."""
    desk = desk_of(request)
    with desk.reading() as connection:
        head = find_document(connection, document)
        if head is None:
            raise HTTPException(404, "There is no such document.")
        lines, trouble = printed(request, head, page)
        shown = read_page(connection, head, page, figure, lines, trouble)
    if shown is None:
        raise HTTPException(404, f"{head.name} has no page {page}.")
    return render(request, "document.html", shown, current="documents")


def printed(request: Request, document: DocumentHead, page: int) -> tuple[tuple[PrintedLine, ...], str]:
    """The print of a page, or why it cannot be had."""
    try:
        return desk_of(request).pictures.lines(document.rendition, page), ""
    except PageMissingError as error:
        return (), str(error)
