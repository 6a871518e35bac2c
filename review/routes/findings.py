"""Findings, and decisions on them."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from review.desk import desk_of, render
from review.pictures import PrintedLine
from review.routes.asking import chosen
from review.routes.deciding import DecidingVisitor, TypedForm, conflict, decide, field
from review.routes.documents import printed
from review.views.document import DocumentHead
from review.views.finding import read_finding
from review.views.findings import FILTERS, read_findings
from schemas.decisions import Action, ConflictError, Subject

router = APIRouter()

FindingId = Annotated[str, Path(pattern="^[0-9a-f]{8,64}$")]
_ACTIONS: frozenset[Action] = frozenset({"accept", "dismiss", "comment", "undo"})


@router.get("/findings")
def findings(request: Request, page: int = 1) -> HTMLResponse:
    """All findings."""
    asked = chosen(request, *FILTERS)
    with desk_of(request).reading() as connection:
        shown = read_findings(connection, asked, page)
    return render(request, "findings.html", shown, current="findings")


@router.get("/findings/{finding}")
def finding(request: Request, finding: FindingId) -> HTMLResponse:
    """One finding with its evidence."""
    with desk_of(request).reading() as connection:

        def print_of(document: DocumentHead, page: int) -> tuple[tuple[PrintedLine, ...], str]:
            return printed(request, connection, document, page)

        shown = read_finding(connection, finding, print_of)
    if shown is None:
        raise HTTPException(404, "There is no such finding. It may have gone with the document that it was about.")
    return render(request, "finding.html", shown, current="findings")


@router.post("/findings/{finding}")
def decide_on_finding(request: Request, finding: FindingId, form: TypedForm, visitor: DecidingVisitor) -> Response:
    """Record that a finding is right, or wrong or of no matter."""
    action = field(form, "action")
    if action not in _ACTIONS:
        raise HTTPException(422, "There is no such decision.")
    back = f"/findings/{finding}"
    try:
        decide(request, visitor, action, Subject("finding", finding), form)
    except ConflictError as error:
        return conflict(request, error, form, back)
    return RedirectResponse(back, status_code=303)
