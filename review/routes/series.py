"""Series, their downloads, and decisions on observations."""

import io
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from pipeline.exports.series import SeriesFilter, series_rows
from pipeline.exports.writers import WRITERS
from review.desk import desk_of, render
from review.routes.asking import chosen
from review.routes.deciding import DecidingVisitor, TypedForm, conflict, decide, field
from review.views.series import FILTERS, read_series, read_table
from schemas.decisions import Action, ConflictError, Subject, facts_of
from schemas.exports import SeriesRow

router = APIRouter()

Id = Annotated[str, Path(pattern="^[0-9a-f]{8,64}$")]
_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson",
}
_ACTIONS: frozenset[Action] = frozenset({"decide", "comment", "undo", "approve"})


@router.get("/series")
def series(request: Request, page: int = 1) -> HTMLResponse:
    """The series of a council and a measure."""
    asked = chosen(request, *FILTERS)
    with desk_of(request).reading() as connection:
        shown = read_table(connection, asked, max(1, min(page, 10_000)))
    return render(request, "series.html", shown, current="series")


@router.get("/series/download/{form}")
def download(request: Request, form: Literal["csv", "xlsx", "jsonl"]) -> Response:
    """Series as a file: those of a council and a measure, or one."""
    asked = chosen(request, "authority", "measure", "status", "series")
    one = asked.get("series")
    wanted = SeriesFilter(
        authority=asked.get("authority"),
        measure=asked.get("measure"),
        status=asked.get("status"),
        series=(one,) if one else None,
    )
    made = io.BytesIO()
    with desk_of(request).reading() as connection:
        WRITERS[form](series_rows(connection, chosen=wanted), SeriesRow, made)
    name = "-".join(["series", *(v for v in asked.values() if v.isascii() and v.replace("_", "").isalnum())])
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return Response(made.getvalue(), media_type=_MEDIA[form], headers=headers)


@router.get("/series/{series}")
def one_series(request: Request, series: Id) -> HTMLResponse:
    """One series with all that was said."""
    with desk_of(request).reading() as connection:
        page = read_series(connection, series)
    if page is None:
        raise HTTPException(404, "There is no such series.")
    return render(request, "one_series.html", page, current="series")


@router.post("/observations/{observation}")
def decide_on_observation(request: Request, observation: Id, form: TypedForm, visitor: DecidingVisitor) -> Response:
    """Record which value is right."""
    action = field(form, "action")
    if action not in _ACTIONS:
        raise HTTPException(422, "There is no such decision.")
    back = _back(field(form, "back"), observation)
    value = (field(form, "other") or field(form, "value")).replace(",", "").replace("%", "").replace("£", "")
    after = facts_of({"value": value}) if action == "decide" else ()
    try:
        decide(request, visitor, action, Subject("observation", observation), form, after)
    except ConflictError as error:
        return conflict(request, error, form, back)
    return RedirectResponse(back, status_code=303)


def _back(named: str, observation: str) -> str:
    """Where to go on: the finding or the series that the form was on. Only ids are taken, never addresses."""
    kind, _, id = named.partition(":")
    if kind in ("findings", "series") and id.isalnum() and id.isascii():
        return f"/{kind}/{id}#o-{observation}"
    return "/series"
