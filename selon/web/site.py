"""What all routes share: the linked ledger, templates, who is asking. May import: `web`, `views`, `errors`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from selon.model import Reading
from selon.model.incident import Measure
from selon.views.incidents import edge_kind, edge_reason, group_label, value_text
from selon.views.labels import LANGUAGES
from selon.views.notes import days, grouped
from selon.web import present
from selon.web.access import User
from selon.web.page import Page
from selon.web.state import Moment, State
from selon.web.svg import toll_svg


class Verdict(Protocol):
    """What is known of measures in a territory on a day."""

    @property
    def verdict(self) -> str: ...

    @property
    def measures(self) -> tuple[Measure, ...]: ...

    @property
    def reports(self) -> int: ...


Coverage = Callable[[Sequence[Reading], Sequence[Measure], str, str], Verdict]

REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"description": "A value that makes no sense: code, problem, place and remedy say which"},
    401: {"description": "Nobody has logged in, where people log in"},
    404: {"description": "There is no such thing"},
    429: {"description": "Too many requests in a minute"},
    503: {"description": "The ledger is being linked: ask again"},
}
"""What every question to the API may be answered with instead."""
HERE = Path(__file__).parent


def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals.update(
        asset=asset, link_to=present.link_to, days=days, edge_kind=edge_kind, edge_reason=edge_reason, group_label=group_label,
        value_text=value_text, toll_svg=toll_svg, lower=str.lower,
    )  # fmt: skip
    made.filters["anchor"] = anchor
    return made


@cache
def asset(name: str) -> str:
    """The address of a static file, with its content's hash so that browsers keep it for good."""
    return f"/static/{name}?v={hashlib.sha256((HERE / 'static' / name).read_bytes()).hexdigest()[:12]}"


def anchor(report: str) -> str:
    """A report's key as the beginning of an anchor."""
    return "r" + hashlib.sha256(report.encode("utf-8", "surrogatepass")).hexdigest()[:10]


@dataclass(frozen=True)
class Site:
    """The pages over one ledger. `accounts`: people log in; `tiles`: address of background tiles with {z}, {x}, {y}, or nothing."""

    state: State
    accounts: bool = False
    tiles: str = ""
    formats: tuple[str, ...] = ()
    examples: int = 0
    templates: Environment = field(default_factory=_templates)

    def moment(self, page: Page) -> Moment:
        """The linked ledger that a page shows."""
        return self.state.moment(page.moment)

    def render(self, page: Page, name: str, values: Mapping[str, Any]) -> str:
        """A template in the language of a page."""
        return self.templates.get_template(name).render(
            say=page.say,
            words=page.words,
            lang=page.lang,
            as_of=page.as_of,
            query=page.query,
            formats=self.formats,
            num=lambda n: grouped(n, page.lang),
            user=user_of(page.request),
            **values,
        )

    def show(self, page: Page, name: str, here: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A whole page. `here` is the part of the site it belongs to."""
        other = next(x for x in LANGUAGES if x != page.lang)
        url = page.request.url
        frame = {
            "other": other, "other_url": str(url.include_query_params(lang=other)).split(url.netloc, 1)[-1], "here": here,
            "here_now": str(url.remove_query_params("as_of")).split(url.netloc, 1)[-1], "accounts": self.accounts, "examples": self.examples, "behind": self.state.linking(), "tiles": self.tiles,
        }  # fmt: skip
        answer = HTMLResponse(self.render(page, name, {**frame, **values}), status)
        if "lang" in page.request.query_params:
            answer.set_cookie("lang", page.lang, samesite="lax", httponly=True, secure=self.accounts, max_age=31536000)
        return answer


def user_of(request: Request) -> User:
    """Who asks, as the guard at the door found."""
    found: User = request.state.user
    return found
