"""Forms that record a decision."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from pipeline.decisions import record
from review.desk import desk_of, render
from review.views.deciding import decision_view
from review.visitor import Visitor, visitor_of
from schemas.decisions import Action, Asked, ConflictError, Decision, Facts, Subject

_LONGEST = 5_000
_MOST_FIELDS = 200

Typed = Mapping[str, Sequence[str]]


async def typed(request: Request) -> Typed:
    """The fields of a form, each with all its values."""
    found: dict[str, list[str]] = {}
    form = await request.form(max_fields=_MOST_FIELDS, max_files=0)
    for name, value in form.multi_items():
        if isinstance(value, str):
            found.setdefault(name, []).append(value[:_LONGEST].replace("\0", ""))
    return found


TypedForm = Annotated[Typed, Depends(typed)]


def field(form: Typed, name: str) -> str:
    """The first value of a field, "" if it is missing."""
    return next(iter(form.get(name, ())), "").strip()


def deciding_visitor(request: Request) -> Visitor:
    """Who is asking, if they may decide. Raises HTTPException 403 if not."""
    visitor = visitor_of(request)
    if not visitor.may_decide:
        raise HTTPException(403, "Viewers can look at everything and decide nothing.")
    return visitor


DecidingVisitor = Annotated[Visitor, Depends(deciding_visitor)]


def decide(
    request: Request, visitor: Visitor, action: Action, subject: Subject, form: Typed, after: Facts = (), why: str = ""
) -> Decision:
    """Record a decision of this visitor on what the form says they saw."""
    saw = field(form, "saw")
    asked = Asked(who=visitor.name, action=action, subject=subject, saw=saw, after=after, why=why or field(form, "why"))
    return record(desk_of(request).store, asked)


def conflict(request: Request, error: ConflictError, form: Typed, back: str) -> HTMLResponse:
    """The page that says that somebody was faster, and what both wanted."""
    page = {
        "message": str(error),
        "others": [decision_view(decision, error.standing) for decision in error.others],
        "action": field(form, "action"),
        "why": field(form, "why"),
        "value": field(form, "value"),
        "back": back,
    }
    return render(request, "conflict.html", page, status=409, current="")
