"""Measures, sources, reports and statements: the pages that are lists. May import: `web`, `views`, `ledger`, `model`."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Query
from fastapi.responses import HTMLResponse

from selon.ledger import StatementQuestion
from selon.model import STANCES, Statement
from selon.model.fold import fold
from selon.model.incident import Measure
from selon.views.measures import on_day
from selon.web.overview import loosened
from selon.web.page import PageOf
from selon.web.site import Coverage, Site
from selon.web.state import Moment

PER_PAGE = 100
At = Annotated[int, Query(ge=1, le=100_000)]
Text = Annotated[str, Query(max_length=200)]


def add_routes(app: FastAPI, site: Site, coverage: Coverage) -> None:
    """The routes of the lists."""
    ledger = site.state.ledger

    @app.get("/measures", response_class=HTMLResponse)
    def measures(page: PageOf, territory: Text = "", day: Text = "", at: At = 1) -> HTMLResponse:
        moment = site.moment(page)
        found = moment.linked
        verdict = None
        try:
            listed = on_day(found.measures, day, territory) if day else [m for m in found.measures if fold(territory) in fold(m.territory)]
            if territory and day:
                verdict = coverage([found.readings[r] for r in moment.reports_at(territory)], found.measures, territory, day)
                listed = list(verdict.measures) or listed
        except ValueError as e:
            raise HTTPException(400, str(e)) from e
        listed.sort(key=lambda m: (m.phases[-1].day or "", m.territory), reverse=True)
        shown = listed[(at - 1) * PER_PAGE : at * PER_PAGE]
        points = [p for m in listed[:800] if (p := _point(m, moment, page.words.get("type", m.type), page.say(f"phase.{m.phase}")))]
        return site.show(
            page, "measures.html", "measures", listed=shown, total=len(listed), verdict=verdict, territory=territory, day=day, points=points,
            territories=moment.territories, at=at, pages=-(-len(listed) // PER_PAGE),
        )  # fmt: skip

    @app.get("/sources", response_class=HTMLResponse)
    def sources(page: PageOf, q: Text = "", at: At = 1) -> HTMLResponse:
        every = site.moment(page).sources
        table = [s for key, s in every.items() if fold(q) in key] if q else list(every.values())
        return site.show(page, "sources.html", "sources", table=table[(at - 1) * PER_PAGE : at * PER_PAGE], total=len(table), q_name=q, at=at,
                         pages=-(-len(table) // PER_PAGE))  # fmt: skip

    @app.get("/source", response_class=HTMLResponse)
    def source(page: PageOf, name: Annotated[str, Query(max_length=500)], at: At = 1) -> HTMLResponse:
        moment = site.moment(page)
        s = moment.sources.get(fold(name))
        if s is None:
            return site.show(page, "error.html", "sources", 404, problem=page.say("error.not_found"), code="", remedy="")
        said = sorted(s.statements, key=lambda x: (moment.linked.rows[x[0]].published_earliest or "", x), reverse=True)
        shown = [(r, _statement(moment, r, id)) for r, id in said[(at - 1) * PER_PAGE : at * PER_PAGE]]
        return site.show(page, "source.html", "sources", s=s, shown=shown, rows=moment.linked.rows, by_id=moment.linked.by_id,
                         at=at, pages=-(-len(said) // PER_PAGE))  # fmt: skip

    @app.get("/reports", response_class=HTMLResponse)
    def reports(page: PageOf, q: Text = "", at: At = 1) -> HTMLResponse:
        if q:
            rows = list(ledger.reports(q, page.moment))
        else:
            rows = list(site.moment(page).linked.rows.values())[::-1]
        rows.sort(key=lambda r: r.published_earliest or "", reverse=True)
        issues = list(ledger.issues(as_of=page.moment))[-50:]
        return site.show(page, "reports.html", "reports", rows=rows[(at - 1) * PER_PAGE : at * PER_PAGE], total=len(rows), issues=issues, q_text=q,
                         at=at, pages=-(-len(rows) // PER_PAGE))  # fmt: skip

    @app.get("/search", response_class=HTMLResponse)
    def search(page: PageOf, q: Text = "", source: Text = "", stance: Text = "") -> HTMLResponse:
        asked = StatementQuestion(search=q or None, source=source or None, stances=(stance,) if stance else (), limit=200)
        found: list[Any] = list(ledger.statements(asked, page.moment)) if q or source or stance else []
        loose = not found and bool(q) and (wider := loosened(q)) != q
        if loose:
            found = list(ledger.statements(replace(asked, search=wider), page.moment))
        return site.show(
            page,
            "search.html",
            "search",
            loose=loose and bool(found),
            q=q,
            source=source,
            stance=stance,
            stances=STANCES,
            found=found,
            most=200,
        )


def _statement(moment: Moment, report: str, id: str) -> Statement:
    return next(s for s in moment.linked.readings[report].statements if s.id == id)


def _point(m: Measure, moment: Moment, kind: str, phase: str) -> dict[str, Any] | None:
    """A measure on the map: where its newest evidence places it."""
    report, event = m.phases[-1].at
    place = next((e.place for e in moment.linked.readings[report].events if e.id == event), None)
    if place is None or place.lat is None or place.lon is None:
        return None
    return {"lat": place.lat, "lon": place.lon, "radius": place.radius_km or 0, "title": f"{kind} · {m.territory} · {phase}", "place": m.territory,
            "family": "protect", "disputed": False, "url": f"/report/{report}?mark={event}#{event}", "open": m.phase in ("lifted", "expired")}  # fmt: skip
