"""Who may do what. On this computer everybody is its owner; elsewhere people log in. May import: `web`, `ledger`, `errors`.

A session is a random token in a cookie that only this host gets over TLS (`__Host-`); the ledger keeps its SHA-256. Forms carry a second
token that is made from the first, which another site can neither read nor guess.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from fastapi import HTTPException, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from selon.ledger import Ledger
from selon.ledger.accounts import Account, Role, begin_session, end_session, note_act, whose_session
from selon.web.limits import Limits

COOKIE = "__Host-selon"
LASTS = timedelta(hours=12)
_OPEN = ("/static/", "/login")
_RANK: tuple[Role, ...] = ("reader", "reviewer", "owner")


@dataclass(frozen=True, slots=True)
class User:
    """Who asks: a name (empty on this computer, where nobody logs in), a role, and the token that forms must carry."""

    name: str = ""
    role: Role = "owner"
    token: str = ""

    def may(self, role: Role) -> bool:
        """Whether this user has at least a role."""
        return _RANK.index(self.role) >= _RANK.index(role)


LOCAL = User()


def web_failure(code: str, problem: str, status: int) -> HTTPException:
    """A refusal with its code, for whoever answers it in words."""
    return HTTPException(status, f"{code}: {problem}")


def form_token(session: str) -> str:
    """The token of forms that belongs to the token of a session."""
    return hmac.new(session.encode(), b"form", hashlib.sha256).hexdigest()


def _kept(session: str) -> str:
    return hashlib.sha256(session.encode()).hexdigest()


def address_of(request: Request) -> str:
    """The network address that asks."""
    return request.client.host if request.client else ""


def log_in(ledger: Ledger, who: Account, response: Response) -> None:
    """Begins a session and puts its token into a cookie."""
    session = secrets.token_urlsafe(32)
    begin_session(ledger, _kept(session), who, datetime.now(UTC) + LASTS)
    response.set_cookie(COOKIE, session, max_age=int(LASTS.total_seconds()), path="/", secure=True, httponly=True, samesite="strict")


def log_out(ledger: Ledger, request: Request, response: Response) -> None:
    """Ends the session of a request."""
    if session := request.cookies.get(COOKIE):
        end_session(ledger, _kept(session))
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="strict")


def gate(ledger: Ledger, limits: Limits) -> Callable[[Request, Callable[[Request], Awaitable[Response]]], Awaitable[Response]]:
    """Middleware that lets only people with a session in, and each only as often as the limits allow."""

    async def check(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        path = request.url.path
        request.state.user = LOCAL
        if path.startswith(_OPEN):
            request.state.user = User(role="reader")
            return await call_next(request)
        session = request.cookies.get(COOKIE, "")
        found = await run_in_threadpool(whose_session, ledger, _kept(session)) if session else None
        if found is None:
            if path.startswith("/api/"):
                refusal = web_failure("SEL-W004", "log in first", 401)
                code, _, problem = str(refusal.detail).partition(": ")
                return JSONResponse({"code": code, "problem": problem, "place": path, "remedy": "POST name and password to /login"}, 401)
            return RedirectResponse(f"/login?next={quote(path)}", 303)
        if not limits.request(found.name):
            return PlainTextResponse("SEL-W005: too many requests. Wait a minute.", 429, {"Retry-After": "60"})
        request.state.user = User(found.name, found.role, form_token(session))
        return await call_next(request)

    return check


async def local(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Middleware for this computer, where nobody logs in."""
    request.state.user = LOCAL
    return await call_next(request)


def needs(role: Role) -> Callable[[Request], Awaitable[User]]:
    """A dependency: this route needs a role, and where it changes something, the token of forms."""

    async def check(request: Request) -> User:
        user: User = request.state.user
        if not user.may(role):
            raise web_failure("SEL-W006", f"this needs the role {role}", 403)
        if request.method == "POST" and user.token:
            given = (await request.form()).get("token")
            if not isinstance(given, str) or not hmac.compare_digest(given.encode("utf-8", "replace"), user.token.encode()):
                raise web_failure("SEL-W002", "the form was not sent from a page of Selon.", 403)
        return user

    return check


def told(ledger: Ledger, user: User, request: Request, act: str, what: str = "") -> None:
    """Puts what a user of a shared workbench did into the audit log; on this computer nobody keeps one."""
    if user.name:
        note_act(ledger, user.name, act, what, address_of(request))
