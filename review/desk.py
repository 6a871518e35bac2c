"""What every page is made from: the store, the pictures of pages, the templates, and who is asking."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from sqlalchemy import Connection

from pipeline.store.database import Store
from review import labels
from review.pictures import Pictures
from review.visitor import visitor_of

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The parts of the application that its routes share."""

    store: Store
    pictures: Pictures

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One state of the store, as long as a page is being made."""
        with self.store.reading() as connection:
            yield connection


def desk_of(request: Request) -> Desk:
    """The desk of the application that a request came to."""
    found: Desk = request.app.state.desk
    return found


@cache
def asset(name: str) -> str:
    """The address of a static file, which changes with its content, so that browsers may keep it for ever."""
    content = (HERE / "static" / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:10]}"


@cache
def _templates() -> Jinja2Templates:
    made = Jinja2Templates(HERE / "templates")
    made.env.trim_blocks = made.env.lstrip_blocks = True
    made.env.globals |= {"asset": asset, "say": labels}
    return made


def render(request: Request, template: str, page: object, *, status: int = 200, **more: Any) -> HTMLResponse:
    """A page: `page` is its one context object, beside which templates know only who is asking."""
    context = {"page": page, "visitor": visitor_of(request), **more}
    return _templates().TemplateResponse(request, template, context, status_code=status)
