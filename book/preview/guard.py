"""Who may ask: a browser on this machine, at an address of ours, from our own page.

Anything that runs in a browser can reach 127.0.0.1. A page of a stranger's may send its requests here, or
have its own name lead here (DNS rebinding) and then read what comes back as its own. So every request must
name us as its host, and one that says where it comes from must come from us.
"""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS = ("127.0.0.1", "localhost")

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What our own page may load: files of ours, and nothing of anybody else's."""

BOOK_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
)
"""What a page of the book may do in its frame: be looked at. No script runs there, whoever wrote it."""

_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_FROM_US = {"same-origin", "none"}  # none: typed by somebody into the address line


class Guard:
    """Lets through what our own page asks for, and marks every answer so that it stays within it."""

    def __init__(self, app: ASGIApp, *, port: int) -> None:
        self._app = app
        self._hosts = frozenset(f"{host}:{port}" for host in HOSTS) | frozenset(HOSTS if port == 80 else ())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application around another."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] != "http":
            # Nothing of ours is a WebSocket, to which a browser lets every page connect.
            await send({"type": "websocket.close", "code": 1008})
        elif refusal := self._refusal(scope["method"], Headers(scope=scope)):
            await _marked(refusal)(scope, receive, send)
        else:
            await self._app(scope, receive, _marking(send))

    def _refusal(self, method: str, headers: Headers) -> Response | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return PlainTextResponse("This preview answers to its own address only.", 421)
        if method not in {"GET", "HEAD"}:
            return PlainTextResponse("A preview is only looked at.", 405, {"allow": "GET, HEAD"})
        origins = headers.getlist("origin")
        if any(origin.lower() != f"http://{hosts[0].lower()}" for origin in origins):
            return PlainTextResponse("Another page may not look at this preview.", 403)
        if headers.get("sec-fetch-site", "none") not in _FROM_US:
            return PlainTextResponse("Another page may not look at this preview.", 403)
        return None


def _marked(response: Response) -> Response:
    for name, value in _missing(response.headers.keys()):
        response.headers[name] = value
    return response


def _marking(send: Send) -> Send:
    """Sends an answer with what every one of ours has to say; its own policy counts before the page's."""

    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            names = {name.decode("latin-1").lower() for name, _ in message["headers"]}
            more = [(name.encode(), value.encode()) for name, value in _missing(names)]
            message = {**message, "headers": [*message["headers"], *more]}
        await send(message)

    return marked


def _missing(names: Iterable[str]) -> list[tuple[str, str]]:
    there = {name.lower() for name in names}
    wanted = {**_ALWAYS, "content-security-policy": PAGE_POLICY, "cache-control": "no-store"}
    return [(name, value) for name, value in wanted.items() if name not in there]
