"""The application: its routes, and pages for what goes wrong."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from fastapi.telemetry import TelemetryConfig
from starlette.exceptions import HTTPException

from pipeline.store.database import Store
from review.accounts.access import Access
from review.accounts.elsewhere import Provider
from review.accounts.install import install_accounts
from review.desk import HERE, Desk, render
from review.headers import SafeHeaders
from review.pictures import Pictures
from review.routes import documents, findings, overview, pictures, queue, series
from schemas.errors import CrossfootError

# Nothing is told to anybody, whatever the environment says.
_NO_TELEMETRY: TelemetryConfig = {
    "auto_configure": False, "tracing": False, "metrics": False, "logs": False, "operation_spans": False,
}  # fmt: skip
_TITLES = {403: "Not allowed", 404: "Not found", 405: "Not found", 422: "Not understood"}


def create_app(
    store: Store, *, access: Access | None = None, provider: Provider | None = None, password: str | None = None
) -> FastAPI:
    """The web application over a store.

    `access` says who is let in, only whoever sits at this machine if it is not given; `provider` is another place to log in at;
    `password` opens protected documents.
    """
    app = FastAPI(
        title="Crossfoot",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_frozen_programs,
        telemetry=_NO_TELEMETRY,
    )
    app.state.desk = Desk(store=store, pictures=Pictures(store.blobs, password))
    for routes in (overview, documents, pictures, queue, findings, series):
        app.include_router(routes.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    install_accounts(app, store, access or Access(), provider)
    app.add_middleware(SafeHeaders)
    app.exception_handler(HTTPException)(_refused)
    app.exception_handler(RequestValidationError)(_misunderstood)
    app.exception_handler(CrossfootError)(_failed)
    return app


@asynccontextmanager
async def _frozen_programs(_app: FastAPI) -> AsyncIterator[None]:
    """Take what was loaded out of the garbage collector's sight: a full collection over all libraries takes 50 to 100 ms of a request."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


async def _refused(request: Request, error: Exception) -> HTMLResponse:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = error.detail if isinstance(error, HTTPException) else ""
    title = _TITLES.get(status, "That did not work")
    return render(request, "error.html", {"title": title, "message": detail, "advice": ""}, status=status)


async def _misunderstood(request: Request, _error: Exception) -> HTMLResponse:
    """What was asked is not repeated: it may be anything."""
    page = {"title": _TITLES[422], "message": "The address or the form holds something that cannot be.", "advice": ""}
    return render(request, "error.html", page, status=422)


async def _failed(request: Request, error: Exception) -> HTMLResponse:
    message, advice = (error.message, error.advice) if isinstance(error, CrossfootError) else (str(error), "")
    page = {"title": "That did not work", "message": message, "advice": advice}
    return render(request, "error.html", page, status=400)
