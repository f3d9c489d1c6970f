"""The application: the guard at the door, errors in words, and the routes of all pages. May import: `web`, `link`, `ledger`, `errors`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles

from selon.errors import LedgerError, SelonError
from selon.link import coverage
from selon.web import api, dropin, incident, lists, login, overview, report, review, share
from selon.web.access import LOCAL, gate, local
from selon.web.limits import Limits
from selon.web.page import Page
from selon.web.security import Guard
from selon.web.share import Formats
from selon.web.site import HERE, Site
from selon.web.state import State, StillLinkingError

_GONE = frozenset(("SEL-L010", "SEL-L012"))


def create_app(
    address: str,
    *,
    accounts: bool = False,
    tiles: str = "",
    formats: Formats | None = None,
    examples: Sequence[Path] = (),
    limits: Limits | None = None,
) -> FastAPI:
    """The application over the ledger at an address (file or `postgresql://…`).

    `accounts`: people log in, and the host may have any name; `tiles`: address of background tiles with {z}, {x} and {y}; `formats`: what
    the ledger can be saved as beside what the pages know themselves; `examples`: reports that an empty ledger offers to read.
    """
    state = State(address)
    formats = formats or Formats()
    site = Site(state, accounts, tiles, formats.names, len(examples))
    limits = limits or Limits()

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        yield
        state.close()

    app = FastAPI(title="Selon", version="1", lifespan=life, docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json")
    app.middleware("http")(gate(state.ledger, limits) if accounts else local)
    app.middleware("http")(Guard(any_host=accounts, tiles=tiles))
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    _errors(app, site)
    overview.add_routes(app, site)
    app.include_router(api.router(site), prefix="/api/v1")
    incident.add_routes(app, site)
    report.add_routes(app, site)
    lists.add_routes(app, site, coverage)
    share.add_routes(app, site, formats)
    dropin.add_routes(app, site, examples)
    review.add_routes(app, site)
    if accounts:
        login.add_routes(app, site, limits)
    return app


def _errors(app: FastAPI, site: Site) -> None:
    def said(request: Request, status: int, problem: str, code: str = "", remedy: str = "", place: str = "") -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"code": code, "problem": problem, "place": place, "remedy": remedy}, status)
        if not hasattr(request.state, "user"):
            request.state.user = LOCAL
        return site.show(Page(request), "error.html", "", status, problem=problem, code=code, remedy=remedy)

    @app.exception_handler(SelonError)
    def told(request: Request, error: Exception) -> Response:
        assert isinstance(error, SelonError)
        status = 404 if isinstance(error, LedgerError) and error.code in _GONE else 400
        return said(request, status, error.problem, error.code, error.remedy, error.place)

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        code, _, problem = str(error.detail).partition(": ") if str(error.detail).startswith("SEL-") else ("", "", str(error.detail))
        words = Page(request).say.texts["refusal"].get(code, problem)
        return said(request, error.status_code, words, code)

    @app.exception_handler(RequestValidationError)
    def misasked(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        where = "; ".join(f"{'.'.join(str(x) for x in e['loc'])}: {e['msg']}" for e in error.errors()[:5])
        return said(request, 422, where)

    @app.exception_handler(StillLinkingError)
    def linking(request: Request, error: Exception) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse(
                {"code": "", "problem": "the ledger is being linked", "place": "", "remedy": "ask again"}, 503, {"Retry-After": "3"}
            )
        answer = site.show(Page(request), "linking.html", "", 503)
        answer.headers["Refresh"] = "3"
        return answer
