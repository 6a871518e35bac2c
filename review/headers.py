"""The headers that every answer carries, refusals too."""

from dataclasses import dataclass

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
_FOR_EVER, _ASK_AGAIN = "public, max-age=31536000, immutable", "private, no-cache"


@dataclass(frozen=True, slots=True)
class SafeHeaders:
    """The ASGI middleware. A static file's address changes with its content, so browsers may keep it; anything else is asked for again."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add what the answer lacks."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        kept = _FOR_EVER if scope["path"].startswith("/static/") else _ASK_AGAIN

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", kept)
            await send(message)

        await self.app(scope, receive, send_safely)
