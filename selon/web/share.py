"""What leaves the pages: CSV, GeoJSON, JSON, and an incident as one HTML file that opens offline with its evidence.

Formats of other programs are given to the application by who starts it. Names of private persons are replaced, unless `names=1` asks
for them. May import: `web`, `views`, `linked`, `model`.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse

from selon.ledger import StatementQuestion
from selon.linked import Linked
from selon.model import Reading
from selon.model.incident import Incident, incident_json
from selon.model.judged import items
from selon.model.reading import to_json
from selon.views.csv_text import csv_line
from selon.views.incidents import row_label
from selon.views.matrix import COLUMNS, build_matrix, matrix_rows
from selon.web import incident as one
from selon.web import present
from selon.web.access import User
from selon.web.overview import WantedOf, find, rows_of
from selon.web.page import Page, PageOf
from selon.web.site import HERE, Site
from selon.web.state import State
from selon.web.svg import toll_svg

Text = Annotated[str, Query(max_length=200)]
Mask = Callable[[str | None], str | None]
_MEDIA = {"csv": "text/csv; charset=utf-8", "geojson": "application/geo+json"}


def _as_it_is(readings: Iterable[Reading]) -> Mask:
    return lambda text: text


@dataclass(frozen=True)
class Formats:
    """What a linked ledger can be saved as (names of formats; lines of text by format and whether names are kept), and what replaces the
    names of private persons.
    """

    names: tuple[str, ...] = ()
    lines: Callable[[Linked, str, bool], Iterator[str]] = field(default=lambda linked, format, names: iter(()))
    private: Callable[[Iterable[Reading]], Mask] = _as_it_is


def add_routes(app: FastAPI, site: Site, formats: Formats) -> None:
    """The routes of exports. What an incident holds is asked of the ledger as the page shows it."""
    _lists(app, site, formats)

    def whole(page: Page, incident_id: str) -> tuple[Incident, Linked]:
        found = site.moment(page).linked
        i = found.by_id.get(incident_id)
        if i is None:
            raise HTTPException(404, page.say("error.not_found"))
        return i, found

    def saved(linked: Linked, format: str, names: bool, file: str) -> Response:
        if format not in formats.names:
            raise HTTPException(404, f"there is no format {format[:20]!r} here")
        body = (line + "\n" for line in formats.lines(linked, format, names))
        return StreamingResponse(
            body, media_type=_MEDIA.get(format, _MEDIA["csv"]), headers=_attached(f"{file}.{'geojson' if format == 'geojson' else 'csv'}")
        )

    @app.get("/save/incidents.{format}")
    def incidents(page: PageOf, w: WantedOf, format: str, names: bool = False) -> Response:
        """All incidents that fit a question, in a format."""
        moment = site.moment(page)
        found = rows_of(moment, find(site, page, moment, w))
        return saved(replace(moment.linked, incidents=found), format, names, f"selon-incidents-{format}")

    @app.get("/save/incident/{incident_id}.html", response_class=HTMLResponse)
    def file(page: PageOf, incident_id: str, names: bool = False) -> Response:
        i, found = whole(page, incident_id)
        mask = _as_it_is(()) if names else formats.private(found.readings[r] for r in i.reports)
        text = _offline(site, page, i, found, mask)
        # Kept from the policy of pages: the file stands alone, and says itself that nothing may be loaded.
        return HTMLResponse(text, headers=_attached(f"selon-{i.id}.html"))

    @app.get("/save/incident/{incident_id}.json")
    def as_json(page: PageOf, incident_id: str) -> Response:
        return JSONResponse(incident_json(whole(page, incident_id)[0]), headers=_attached(f"selon-{incident_id}.json"))

    @app.get("/save/incident/{incident_id}/matrix.csv")
    def matrix(page: PageOf, incident_id: str, names: bool = False) -> Response:
        """The claim matrix, a line an entry."""
        i, found = whole(page, incident_id)
        mask = _as_it_is(()) if names else formats.private(found.readings[r] for r in i.reports)
        rows = matrix_rows(build_matrix(i, found.readings, found.withdrawn), lambda r: row_label(r, page.words, page.say), mask)
        return PlainTextResponse(
            _csv((COLUMNS, *rows)),
            media_type=_MEDIA["csv"],
            headers=_attached(f"selon-{i.id}-matrix.csv"),
        )

    @app.get("/save/incident/{incident_id}.{format}")
    def incident(page: PageOf, incident_id: str, format: str, names: bool = False) -> Response:
        i, found = whole(page, incident_id)
        return saved(replace(found, incidents=(i,)), format, names, f"selon-{i.id}-{format}")

    @app.get("/save/report/{report_id}.json")
    def report(page: PageOf, report_id: str) -> Response:
        return JSONResponse(to_json(site.state.ledger.reading(report_id, page.moment)), headers=_attached("selon-report.json"))

    @app.get("/save/sources.csv")
    def sources(page: PageOf) -> Response:
        rows: list[list[Any]] = [
            ["source", "kind", "country", "statements", "reports", "contradicts", "corroborates", "denies", "updates", "revisions"]
        ]
        rows += [[s.name, s.kind, s.country, len(s.statements), len(s.reports), s.met("contradicts"), s.met("corroborates"), s.met("denies"),
                  s.met("updates"), len(s.revisions)] for s in site.moment(page).sources.values()]  # fmt: skip
        return PlainTextResponse(_csv(rows), media_type=_MEDIA["csv"], headers=_attached("selon-sources.csv"))

    @app.get("/save/measures.csv")
    def measures(page: PageOf) -> Response:
        rows: list[list[Any]] = [
            ["measure", "type", "territory", "country", "target", "authority", "day", "phase", "until", "report", "event"]
        ]
        for m in site.moment(page).linked.measures:
            rows += [[m.id, m.type, m.territory, m.country, m.target, m.authority, p.day, p.phase, p.until, *p.at] for p in m.phases]
        return PlainTextResponse(_csv(rows), media_type=_MEDIA["csv"], headers=_attached("selon-measures.csv"))


def _lists(app: FastAPI, site: Site, formats: Formats) -> None:
    ledger = site.state.ledger

    @app.get("/save/statements.csv")
    def statements(page: PageOf, q: Text = "", source: Text = "", stance: Text = "", names: bool = False) -> Response:
        """Statements by words, source and stance, as the page of the search finds them, but all of them."""
        found = site.moment(page)
        mask = _as_it_is(()) if names else formats.private(found.linked.readings.values())
        asked = StatementQuestion(search=q or None, source=source or None, stances=(stance,) if stance else (), limit=100_000)
        rows: list[list[Any]] = [
            ["report", "statement", "published", "source", "source_kind", "source_country", "stance", "content", "sentence"]
        ]
        rows += [[s.report, s.id, s.published_earliest, mask(s.source_name), s.source_kind, s.source_country, s.stance, mask(s.content), mask(s.sentence)]
                 for s in ledger.statements(asked, page.moment)]  # fmt: skip
        return PlainTextResponse(_csv(rows), media_type=_MEDIA["csv"], headers=_attached("selon-statements.csv"))

    @app.get("/save/reports.csv")
    def reports(page: PageOf, q: Text = "") -> Response:
        rows: list[list[Any]] = [
            ["report", "name", "title", "outlet", "url", "lang", "published_earliest", "published_latest", "statements", "events", "sha256"]
        ]
        rows += [[r.id, r.name, r.title, r.outlet, r.url, r.lang, r.published_earliest, r.published_latest, r.statements, r.events, r.sha256]
                 for r in ledger.reports(q or None, page.moment)]  # fmt: skip
        return PlainTextResponse(_csv(rows), media_type=_MEDIA["csv"], headers=_attached("selon-reports.csv"))

    @app.get("/save/measures.geojson")
    def measures(page: PageOf) -> Response:
        """Measures where their newest evidence places them; without coordinates the geometry is null."""
        found = site.moment(page).linked
        features = []
        for m in found.measures:
            report, event = m.phases[-1].at
            place = next((e.place for e in found.readings[report].events if e.id == event), None)
            there = place is not None and place.lat is not None and place.lon is not None
            features.append({
                "type": "Feature", "id": m.id, "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]} if there and place else None,
                "properties": {"type": m.type, "territory": m.territory, "country": m.country, "phase": m.phase, "radius_km": place.radius_km if place else None,
                               "phases": [{"day": p.day, "phase": p.phase, "until": p.until, "report": p.at[0], "event": p.at[1]} for p in m.phases]},
            })  # fmt: skip
        return JSONResponse(
            {"type": "FeatureCollection", "features": features}, media_type=_MEDIA["geojson"], headers=_attached("selon-measures.geojson")
        )


def _attached(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _csv(rows: Iterable[Iterable[Any]]) -> str:
    return "".join(csv_line(row) + "\n" for row in rows)


def offline_file(address: str, incident_id: str, lang: str, as_of: str, mask: Mask) -> str:
    """An incident of a ledger as one HTML file, without serving anything. Raises KeyError when there is no such incident."""
    site = Site(State(address))
    page = Page(Request({"type": "http", "headers": [], "query_string": b"", "state": {"user": User()}}), lang, as_of)
    try:
        found = site.moment(page).linked
        return _offline(site, page, found.by_id[incident_id], found, mask)
    finally:
        site.state.close()


@cache
def _style() -> str:
    return (HERE / "static" / "app.css").read_text("utf-8")


def _offline(site: Site, page: Page, i: Incident, found: Linked, mask: Mask) -> str:
    """The incident in one file: matrix, curves, edges, origins, and each sentence of each report that the matrix quotes."""
    values = one.values(i, found, page, "latest", "")
    evidence = []
    for report in sorted(i.reports, key=lambda r: (found.rows[r].published_earliest or "9999", r)):
        reading = site.state.ledger.reading(found.rows[report].id, page.moment)
        wanted = {e for r, e in i.events if r == report}
        told = [(item, present.evidence(reading, item)) for item in items(reading) if item.kind == "event" and item.id in wanted]
        masked = [(item, [replace(p, text=mask(p.text) or "") for p in pieces]) for item, pieces in told]
        evidence.append((report, found.rows[report], reading.report.lang, masked))
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    curves = [(c, toll_svg(c["points"], c["label"])) for c in values["curves"] if c["drawn"]]
    return site.render(
        page, "offline.html", {**values, "evidence": evidence, "style": style, "digest": digest, "mask": mask, "drawn": curves,
                               "made": f"{datetime.now(UTC):%Y-%m-%d %H:%M}", "version": version("selon")}
    )  # fmt: skip
