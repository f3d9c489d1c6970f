"""Headers and origin checks: report text is hostile, and so may be the page that sends a form. May import: nothing of Selon.

Reports are only ever put into pages as escaped text. The policy below forbids inline script and style, so that an escape that was
forgotten somewhere still does nothing; Trusted Types forbid scripts, ours included, to make HTML from strings, and no policy may be made.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.responses import PlainTextResponse

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:{tiles}; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "private, no-cache",
}
LIMIT = 60_000_000
"""Bytes of a request above which it is refused unread."""
_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
_LOCAL = frozenset(("127.0.0.1", "localhost", "::1", "testserver"))


def same_origin(request: Request) -> bool:
    """Whether a request that changes something comes from our own page (Fetch metadata, else Origin against Host)."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")


class Guard:
    """Refuses foreign hosts (DNS rebinding; with `any_host` a session stands in for that), foreign forms and huge bodies; sets the headers
    on every answer. `tiles` names the server from which map tiles may come.
    """

    def __init__(self, any_host: bool = False, tiles: str = "") -> None:
        self.any_host = any_host
        parts = urlsplit(tiles)
        self.policy = POLICY.format(tiles=f" {parts.scheme}://{parts.netloc}" if tiles else "")

    async def __call__(self, request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        try:
            host = urlsplit("//" + request.headers.get("host", "")).hostname or ""
        except ValueError:
            host = ""
        size = request.headers.get("content-length", "0")
        answer: Response
        if not self.any_host and host not in _LOCAL:
            answer = PlainTextResponse("SEL-W001: this server answers to this computer only.", 403)
        elif request.method not in _SAFE and not same_origin(request):
            answer = PlainTextResponse("SEL-W002: the form was not sent from a page of Selon.", 403)
        elif request.method not in _SAFE and "transfer-encoding" in request.headers:
            answer = PlainTextResponse("SEL-W007: a request must say how long it is.", 411)
        elif not size.isdigit() or int(size) > LIMIT:
            answer = PlainTextResponse(f"SEL-W003: more than {LIMIT} bytes at once. Send fewer files.", 413)
        else:
            answer = await call_next(request)
        answer.headers.setdefault("Content-Security-Policy", self.policy)
        if self.any_host:
            answer.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if request.url.path.startswith("/static/") and "v" in request.query_params:
            answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer
