"""The overview, and how far an import is."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pipeline.reconcile import reconcile
from review.desk import desk_of, render
from review.views.overview import read_overview, read_progress

router = APIRouter()


@router.get("/")
def overview(request: Request) -> HTMLResponse:
    """What is in the store and what is left to do."""
    with desk_of(request).reading() as connection:
        page = read_overview(connection)
    return render(request, "overview.html", page, current="overview")


@router.get("/progress")
def progress(request: Request) -> HTMLResponse:
    """The piece of the overview that an import changes, to be fetched again and again."""
    with desk_of(request).reading() as connection:
        found = read_progress(connection)
    return render(request, "progress.html", found)


@router.get("/help")
def help_page(request: Request) -> HTMLResponse:
    """The shortcuts, and what the signs mean."""
    return render(request, "help.html", None, current="help")


@router.post("/reconcile")
def work_in(request: Request) -> Response:
    """Check the documents again whose figures were decided on: findings, series and the queue then know of the decisions."""
    reconcile(desk_of(request).store, only_new=True)
    return RedirectResponse("/", status_code=303)
