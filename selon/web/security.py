"""Headers and origin checks: report text is hostile, and so may be the page that sends a form. May import: nothing of Selon.

Reports are only ever put into pages as escaped text. The policy below forbids inline script and style, so that an escape that was
forgotten somewhere still does nothing; Trusted Types forbid scripts of ours to make HTML from strings.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.responses import PlainTextResponse

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
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


async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Refuses foreign hosts (DNS rebinding), foreign forms and huge bodies; sets the headers on every answer."""
    host = urlsplit("//" + request.headers.get("host", "")).hostname or ""
    size = request.headers.get("content-length", "0")
    answer: Response
    if host not in _LOCAL:
        answer = PlainTextResponse("SEL-W001: this server answers to this computer only.", 403)
    elif request.method not in _SAFE and not same_origin(request):
        answer = PlainTextResponse("SEL-W002: the form was not sent from a page of Selon.", 403)
    elif not size.isdigit() or int(size) > LIMIT:
        answer = PlainTextResponse(f"SEL-W003: more than {LIMIT} bytes at once. Send fewer files.", 413)
    else:
        answer = await call_next(request)
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    return answer
