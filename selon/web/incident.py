"""One incident: the matrix, toll curves, edges, origins, counting rules, and a slider through the days on which it was told.

May import: `web`, `views`, `linked`, `model`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from selon.linked import Linked, standings_in
from selon.model.incident import Incident
from selon.views.counting import RULES, count, count_label
from selon.views.edges import meetings
from selon.views.history import courses
from selon.views.incidents import group_label, row_label, value_text
from selon.views.matrix import build_matrix
from selon.views.replay import as_told, told_days
from selon.web import present
from selon.web.page import Page, PageOf
from selon.web.review import signature
from selon.web.site import Site, user_of

Rule = Literal["acled", "ucdp", "airwars", "latest"]
_CURVES, _EDGES = 8, 80


@dataclass(frozen=True)
class Copies:
    """Reports of one origin: the first, the others beneath it, and the agency to which one of them credits its text."""

    reports: list[str]
    agency: str | None


def add_routes(app: FastAPI, site: Site) -> None:
    """The page of an incident."""

    @app.get("/incident/{incident_id}", response_class=HTMLResponse)
    def incident(page: PageOf, incident_id: str, rule: Rule = "latest", until: str = "") -> HTMLResponse:
        moment = site.moment(page)
        found = moment.linked
        whole = found.by_id.get(incident_id)
        if whole is None:
            return site.show(page, "error.html", "incidents", 404, problem=page.say("error.not_found"), code="", remedy="")
        near = [present.row(x, page.words, page.say, page.query) for x in moment.index.near(whole)]
        user = user_of(page.request)
        may_judge = user.may("reviewer") and bool(signature(page))
        return site.show(page, "incident.html", "incidents", near=near, may_judge=may_judge, **values(whole, found, page, rule, until))


def values(whole: Incident, found: Linked, page: Page, rule: Rule, until: str) -> Mapping[str, Any]:
    """What the template of an incident needs."""
    told_on = told_days(whole, found.readings)
    until = until if until in told_on[:-1] else ""
    i = as_told(whole, found.readings, found.origins, until) if until else whole
    return {
        "i": i, "whole": whole, "row": present.row(i, page.words, page.say, page.query), "matrix": build_matrix(i, found.readings, found.withdrawn),
        "curves": curves(i, page), "origins": origins(i.reports, found), "rows": found.rows, "told_on": told_on, "until": until,
        "met": list(meetings(i, found.readings))[:_EDGES], "row_label": lambda r: row_label(r, page.words, page.say), "mains": set(i.main_of),
        "rules": RULES, "rule": rule, "counts_of": count(i, rule), "judged": present.judged(standings_in(i, found), page.words),
        "count_label": lambda c: count_label(c, page.words), "events": present.members_of(i, found, page),
    }  # fmt: skip


def curves(i: Incident, page: Page) -> list[dict[str, Any]]:
    """For each count told more than once: its courses by source, and the points of its plot."""
    by_label: dict[str, list[Any]] = {}
    for c in courses(i, page.words):
        by_label.setdefault(c.label, []).append(c)
    agree = {group_label(g, page.words): g.agree for g in i.figures}
    out: list[dict[str, Any]] = []
    for label, found in by_label.items():
        points = [
            {"by": c.by or page.say("incident.narration"), "day": v.published, "low": v.low, "high": v.high,
             "text": value_text(v, page.words), "revised": n > 0 and (v.low, v.high) != (c.values[n - 1].low, c.values[n - 1].high)}
            for c in found for n, v in enumerate(c.values)
        ]  # fmt: skip
        if len(points) > 1:
            out.append({"label": label, "agree": agree.get(label, True), "points": points, "courses": found,
                        "drawn": len({(p["by"], p["day"]) for p in points if p["day"]}) > 1})  # fmt: skip
    return sorted(out, key=lambda c: (c["agree"], -len(c["points"])))[:_CURVES]


def origins(reports: tuple[str, ...], found: Linked) -> list[Copies]:
    """The reports by origin, in the order in which they appeared."""
    groups: dict[int, list[str]] = {}
    for r in sorted(reports, key=lambda x: (found.rows[x].published_earliest or "9999", x)):
        groups.setdefault(found.origins.get(r, -1), []).append(r)
    credits = found.origins.credits
    return [Copies(g, next((credits[r].agency for r in g if r in credits), None)) for g in groups.values()]
