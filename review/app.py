"""The application: routes, static files, headers, and pages for what goes wrong."""

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
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
from review.pictures import Pictures
from review.routes import documents, findings, overview, pictures, queue, series
from schemas.errors import CrossfootError

# Nothing is loaded from anywhere else, nothing is run that is not a file of ours, and no other site may frame a page.
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "img-src 'self'",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

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
    app = FastAPI(title="Crossfoot", docs_url=None, redoc_url=None, openapi_url=None, telemetry=_NO_TELEMETRY)
    app.state.desk = Desk(store=store, pictures=Pictures(store.blobs, password))
    for routes in (overview, documents, pictures, queue, findings, series):
        app.include_router(routes.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    install_accounts(app, store, access or Access(), provider)
    app.middleware("http")(_with_headers)
    app.exception_handler(HTTPException)(_refused)
    app.exception_handler(RequestValidationError)(_misunderstood)
    app.exception_handler(CrossfootError)(_failed)
    return app


async def _with_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call_next(request)
    response.headers.update({name: value for name, value in _HEADERS.items() if name not in response.headers})
    kept = "public, max-age=31536000, immutable" if request.url.path.startswith("/static/") else "private, no-cache"
    response.headers.setdefault("Cache-Control", kept)
    return response


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
