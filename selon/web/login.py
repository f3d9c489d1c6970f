"""Logging in and out, the accounts, and the audit log. May import: `web`, `ledger`, `errors`."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, FastAPI, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from selon.errors import UsageError
from selon.ledger.accounts import ROLES, account, accounts, acts, note_act
from selon.web.access import User, address_of, log_in, log_out, needs, told
from selon.web.limits import Limits
from selon.web.page import PageOf
from selon.web.passwords import is_right
from selon.web.people import change_account
from selon.web.site import Site


def add_routes(app: FastAPI, site: Site, limits: Limits) -> None:
    """The routes of people; they are there only where people log in."""
    ledger = site.state.ledger

    @app.get("/login", response_class=HTMLResponse)
    def login(page: PageOf, next: str = "/") -> HTMLResponse:
        return site.show(page, "login.html", "", next=next, problem="", tried="")

    @app.post("/login", response_class=HTMLResponse)
    def logged_in(
        page: PageOf, request: Request, name: Annotated[str, Form(max_length=200)] = "", password: Annotated[str, Form(max_length=2000)] = "",
        next: Annotated[str, Form(max_length=2000)] = "/",
    ) -> Response:  # fmt: skip
        if not limits.login(address_of(request), name):
            note_act(ledger, name, "login_limited", "", address_of(request))
            return site.show(page, "login.html", "", 429, next=next, problem=page.say("login.often"), tried=name)
        who = account(ledger, name)
        if not is_right(password, who.password if who and who.role != "closed" else None) or who is None:
            note_act(ledger, name, "login_failed", "", address_of(request))
            return site.show(page, "login.html", "", 401, next=next, problem=page.say("login.wrong"), tried=name)
        # Only a path of ours: "//host", "/\\host" and schemes lead elsewhere.
        inside = next.startswith("/") and not next.startswith(("//", "/\\")) and "\\" not in next
        answer = RedirectResponse(next if inside else "/", 303)
        log_in(ledger, who, answer)
        note_act(ledger, name, "login", "", address_of(request))
        return answer

    @app.post("/logout")
    def logged_out(request: Request, user: Annotated[User, Depends(needs("reader"))]) -> Response:
        answer = RedirectResponse("/login", 303)
        log_out(ledger, request, answer)
        told(ledger, user, request, "logout")
        return answer

    @app.get("/accounts", response_class=HTMLResponse, dependencies=[Depends(needs("owner"))])
    def people(page: PageOf) -> HTMLResponse:
        return site.show(page, "accounts.html", "accounts", people=accounts(ledger), roles=ROLES, problem="")

    @app.post("/accounts", response_class=HTMLResponse)
    def changed(
        page: PageOf, request: Request, user: Annotated[User, Depends(needs("owner"))], name: Annotated[str, Form(max_length=200)] = "",
        role: Annotated[str, Form(max_length=20)] = "reader", password: Annotated[str, Form(max_length=2000)] = "",
    ) -> Response:  # fmt: skip
        try:
            change_account(ledger, user.name, name, role, password)
        except UsageError as e:
            return site.show(
                page, "accounts.html", "accounts", 400, people=accounts(ledger), roles=ROLES, problem=f"{e.problem}. {e.remedy}"
            )
        told(ledger, user, request, "account", f"{name}: {role}{', new password' if password else ''}")
        return RedirectResponse("/accounts", 303)

    @app.get("/audit", response_class=HTMLResponse, dependencies=[Depends(needs("owner"))])
    def audit(page: PageOf, before: Annotated[int | None, Query(ge=0)] = None) -> HTMLResponse:
        listed = acts(ledger, before)
        return site.show(
            page, "audit.html", "audit", listed=listed, acts=page.say.texts["act"], last=listed[-1].key if len(listed) == 100 else None
        )
