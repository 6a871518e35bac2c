"""The queue, and decisions on figures."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from pipeline.decisions import standing_of
from pipeline.decisions.chain import decisions_by_number
from review.desk import desk_of, render
from review.routes.asking import chosen
from review.routes.deciding import DecidingVisitor, Typed, TypedForm, conflict, decide, field
from review.routes.documents import printed
from review.views.correcting import typed_facts, typed_into
from review.views.deciding import decision_view
from review.views.document import document_of
from review.views.figures import figure_view
from review.views.paging import address
from review.views.queue import find_figure, queue_address, read_queue
from review.views.suspects import FILTERS, first, place_of, queue_filters
from schemas.decisions import Action, ConflictError, Decision, Facts, Subject, content_of
from schemas.errors import CrossfootError

router = APIRouter()

FigureId = Annotated[str, Path(pattern="^[0-9a-zA-Z_-]{1,80}$")]
_ACTIONS: frozenset[str] = frozenset({"accept", "correct", "propose", "reject", "comment", "undo", "approve"})


@router.get("/queue")
def queue(request: Request) -> Response:
    """The figure to decide on first."""
    asked = chosen(request, *FILTERS)
    with desk_of(request).reading() as connection:
        worst = first(connection, asked)
        if not worst:
            page = {"filters": queue_filters(connection, asked), "asked": asked}
            return render(request, "queue_empty.html", page, current="queue", done=_done(request))
    done = chosen(request, "done")
    return RedirectResponse(address(f"/queue/{worst}", asked, **done), status_code=303)


@router.get("/queue/{figure}")
def queue_figure(request: Request, figure: FigureId) -> HTMLResponse:
    """One figure to decide on."""
    return _shown(request, figure, chosen(request, *FILTERS))


@router.post("/queue/{figure}")
def decide_on_figure(request: Request, figure: FigureId, form: TypedForm, visitor: DecidingVisitor) -> Response:
    """Record a decision on a figure, and go on to the next."""
    asked = chosen(request, *FILTERS)
    action = field(form, "action")
    if action not in _ACTIONS:
        raise HTTPException(422, "There is no such decision.")
    recorded: Action = "correct" if action == "propose" else action  # type: ignore[assignment]
    subject = Subject("figure", figure)
    with desk_of(request).reading() as connection:
        after_this = place_of(connection, figure, asked).after
        current = standing_of(connection, subject).now
    try:
        after = _after(action, form, current)
        why = field(form, "why") or field(form, "usual")
        decision = decide(request, visitor, recorded, subject, form, after, why)
    except ConflictError as error:
        return conflict(request, error, form, queue_address(figure, asked))
    except CrossfootError as error:
        return _shown(request, figure, asked, problem=str(error), form=form, status=422)
    stays = recorded in ("comment", "undo", "approve") or field(form, "stay")
    target = figure if stays else after_this
    return RedirectResponse(address(queue_address(target, asked), {}) + _done_mark(asked, decision), status_code=303)


def _done_mark(asked: dict[str, str], decision: Decision) -> str:
    return f"{'&' if asked else '?'}done={decision.number}"


def _after(action: str, form: Typed, current: Facts) -> Facts:
    """What is to hold. A proposal changes the value alone."""
    cause = field(form, "cause") or "misread"
    if action == "correct":
        return tuple(sorted((*typed_facts(form), ("cause", cause))))
    if action == "propose":
        content = dict(content_of(current).facts()) | {"value": field(form, "value"), "cause": cause}
        return tuple(sorted(content.items()))
    return ()


def _shown(
    request: Request,
    figure: str,
    asked: dict[str, str],
    *,
    problem: str = "",
    form: Typed | None = None,
    status: int = 200,
) -> HTMLResponse:
    desk = desk_of(request)
    with desk.reading() as connection:
        row = find_figure(connection, figure)
        if row is None:
            raise HTTPException(404, "There is no such figure.")
        lines, trouble = printed(request, connection, document_of(connection, row["document_id"]), row["page"])
        page = read_queue(connection, row, lines, trouble, asked)
    typed = typed_into(page.form, form) if form else page.form
    tried = field(form, "action") if form else ""
    more = {"problem": problem, "form": typed, "tried": tried, "done": _done(request)}
    return render(request, "queue.html", page, status=status, current="queue", **more)


def _done(request: Request) -> dict[str, object] | None:
    """What was decided last, to say so and to undo it: the number of the decision is in the address."""
    number = request.query_params.get("done", "")
    if not number.isdecimal() or len(number) > 9:
        return None
    with desk_of(request).reading() as connection:
        decision = decisions_by_number(connection, [int(number)]).get(int(number))
        if decision is None or decision.subject.kind != "figure":
            return None
        standing = standing_of(connection, decision.subject)
        row = find_figure(connection, decision.subject.id)
        about = figure_view(row, document_of(connection, row["document_id"]).sha256) if row else None
    counts = any(one and one.number == decision.number for one in (standing.in_force, standing.pending))
    return {
        "decision": decision_view(decision, standing),
        "figure": about,
        "id": decision.subject.id,
        "token": standing.token,
        "may_undo": counts,
        "waits": standing.pending is not None,
    }
