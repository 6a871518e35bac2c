"""The gate before every route: nobody passes who is not let in. What it does not know is refused, so a new route is guarded as it is made.

- Whoever is not logged in sees the log-in page, files of the design, and nothing else.
- A viewer changes nothing but their own password and where they are logged in. A request that changes something carries the token of its session, and comes from a page of ours.
- Single routes ask for more with `Depends(require("administrator"))`.
"""

import getpass
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, urlsplit

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.store.database import Store
from review.accounts.access import Access
from review.accounts.logins import Session, session_of
from review.accounts.people import any_account
from review.visitor import ROLES, Role, Visitor

PUBLIC = ("/login", "/login/elsewhere", "/login/elsewhere/back")
OWN = ("/logout", "/account/everywhere", "/account/password")
_PUBLIC_FOLDER = "/static/"
_SAFE = ("GET", "HEAD")
_LARGEST_BODY = 1 << 20
TOKEN_FIELD, TOKEN_HEADER = "csrf_token", "x-csrf-token"


@dataclass(frozen=True, slots=True)
class Gate:
    """The ASGI middleware. `local_token` is that of the forms of whoever sits at this machine."""

    app: ASGIApp
    store: Store
    access: Access
    local_token: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with a refusal."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["path"].startswith(_PUBLIC_FOLDER) and scope["method"] in _SAFE:
            await self.app(scope, receive, send)
            return
        session, visitor = await run_in_threadpool(self._visitor, scope)
        scope.setdefault("state", {}).update({"session": session, "visitor": visitor})
        refusal = self._refusal(scope, visitor)
        if refusal is None and scope["method"] not in _SAFE:
            body = await _read(receive)
            refusal = _refuse_body(scope, body, visitor)
            receive = _again(body)
        await (refusal or self.app)(scope, receive, send)

    def _visitor(self, scope: Scope) -> tuple[Session | None, Visitor | None]:
        secret = cookie_parser(Headers(scope=scope).get("cookie", "")).get(cookie_name(scope))
        session = session_of(self.store, secret) if secret else None
        if session is not None:
            return session, Visitor(name=session.account.name, role=session.account.role, token=session.token)
        if self.access.local:
            with self.store.reading() as connection:
                if not any_account(connection):
                    return None, Visitor(name=getpass.getuser(), role="administrator", token=self.local_token)
        return None, None

    def _refusal(self, scope: Scope, visitor: Visitor | None) -> Response | None:
        path, method, headers = scope["path"], scope["method"], Headers(scope=scope)
        if method not in _SAFE and _is_foreign(headers):
            return _refused(403, "The request comes from another site.")
        if path in PUBLIC:
            return None
        if visitor is None:
            wants_page = method in _SAFE and headers.get("sec-fetch-mode", "navigate") == "navigate"
            return _to_login(scope) if wants_page else _refused(401, "Nobody is logged in.")
        if method not in _SAFE and path not in OWN and visitor.role == "viewer":
            return _refused(403, "A viewer changes nothing.")
        return None


def require(role: Role) -> Callable[[Request], Visitor]:
    """A dependency: whoever asks has at least this role. Without it a route is for every account; changes are for auditors."""

    def required(request: Request) -> Visitor:
        visitor: Visitor | None = request.state.visitor
        if visitor is None or ROLES.index(visitor.role) < ROLES.index(role):
            raise HTTPException(403, f"This is for the role {role}.")
        return visitor

    return required


administrator = Depends(require("administrator"))


def cookie_name(scope: Scope) -> str:
    """The cookie of a session: over https with a name that no other site of the domain, and no plain connection, can set."""
    return "__Host-crossfoot" if scope["scheme"] == "https" else "crossfoot"


def local_path(address: str) -> str:
    """An address if it leads to a page of ours, else that of the overview."""
    parts = urlsplit(address)
    plain = address.startswith("/") and not address.startswith("//") and address.isprintable() and "\\" not in address
    return address if plain and not parts.scheme and not parts.netloc else "/"


def _to_login(scope: Scope) -> Response:
    query = scope["query_string"].decode("latin-1")
    wanted = scope["path"] + (f"?{query}" if query else "")
    return RedirectResponse(f"/login?next={quote(wanted, safe='')}" if wanted != "/" else "/login", status_code=303)


def _is_foreign(headers: Headers) -> bool:
    """Whether the browser says that the request was made by a page of another site. Other programs say nothing; they have no token either."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()


def _refuse_body(scope: Scope, body: bytes | None, visitor: Visitor | None) -> Response | None:
    if body is None:
        return _refused(413, "The request is too large.")
    if scope["path"] in PUBLIC:
        return None  # the log-in page has a token of its own
    headers = Headers(scope=scope)
    given = headers.get(TOKEN_HEADER, "") or _field(headers.get("content-type", ""), body)
    if visitor is None or not visitor.token or not secrets.compare_digest(given.encode(), visitor.token.encode()):
        return _refused(403, "The form is not of this session. Go back, load the page again and repeat what you did.")
    return None


def _field(content_type: str, body: bytes) -> str:
    if content_type.partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        return ""
    try:
        return dict(parse_qsl(body.decode("utf-8"), max_num_fields=200)).get(TOKEN_FIELD, "")
    except ValueError:
        return ""


async def _read(receive: Receive) -> bytes | None:
    """The body of a request, or None when it is too large."""
    body = b""
    while True:
        message = await receive()
        piece: bytes = message.get("body", b"")
        body += piece
        if len(body) > _LARGEST_BODY:
            return None
        if not message.get("more_body", False):
            return body


def _again(body: bytes | None) -> Receive:
    """The body once more, for the route."""
    messages: list[Message] = [{"type": "http.request", "body": body or b"", "more_body": False}]

    async def receive() -> Message:
        return messages.pop() if messages else {"type": "http.disconnect"}

    return receive


def _refused(status: int, message: str) -> Response:
    return PlainTextResponse(message + "\n", status_code=status)
