"""The JSON API under `/api/v1`: the same answers as the pages. May import: `web`, `ledger`, `link`, `views`, `model`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Response

from selon.ledger import EventQuestion, StatementQuestion
from selon.link import coverage
from selon.model.incident import incident_json
from selon.model.reading import to_json
from selon.views.judgements import told, told_json
from selon.web.overview import WantedOf, find
from selon.web.page import PageOf, moment
from selon.web.site import REFUSALS, Site

Json = Mapping[str, Any]


Limit = Annotated[int, Query(ge=1, le=10000)]
Offset = Annotated[int, Query(ge=0, le=10**9)]
Text = Annotated[str | None, Query(max_length=500)]
AsOf = Annotated[str | None, Query(max_length=40)]


def _moment(as_of: str | None) -> datetime | None:
    return moment(as_of or "")


def router(site: Site) -> APIRouter:
    """The routes over a ledger."""
    api = APIRouter(responses=REFUSALS)
    state, ledger = site.state, site.state.ledger

    @api.get("/incidents")
    def incidents(page: PageOf, w: WantedOf, response: Response, limit: Limit = 1000, offset: Offset = 0) -> list[Json]:
        """Incidents as the format describes them, the newest first; `X-Total-Count` tells how many fit."""
        now = site.moment(page)
        found = find(site, page, now, w)
        response.headers["X-Total-Count"] = str(len(found))
        return [incident_json(now.index.incidents[k]) for k in found[offset : offset + limit]]

    @api.get("/incidents/{incident_id}")
    def incident(incident_id: str, as_of: AsOf = None) -> Json:
        """One incident."""
        i = state.snapshot(_moment(as_of)).by_id.get(incident_id)
        if i is None:
            raise HTTPException(404, "no such incident")
        return incident_json(i)

    @api.get("/incidents.geojson")
    def geojson(page: PageOf, w: WantedOf, limit: Limit = 1000, offset: Offset = 0) -> Json:
        """Incidents with coordinates as GeoJSON (RFC 7946); `radius_km` is the uncertainty. Unplaced ones are counted, not dropped silently."""
        now = site.moment(page)
        found = [now.index.incidents[k] for k in find(site, page, now, w)[offset : offset + limit]]
        features = [
            {
                "type": "Feature",
                "id": i.id,
                "geometry": {"type": "Point", "coordinates": [i.place.lon, i.place.lat]},
                "properties": {k: v for k, v in incident_json(i).items() if k not in ("edges", "events")}
                | {"radius_km": i.place.radius_km, "precision": i.place.precision},
            }
            for i in found
            if i.place is not None and i.place.lat is not None
        ]
        return {"type": "FeatureCollection", "features": features, "unplaced": len(found) - len(features)}

    @api.get("/events")
    def events(place: Text = None, since: AsOf = None, until: AsOf = None, type: Annotated[list[str] | None, Query(max_length=40)] = None,
               source: Text = None, limit: Limit = 1000, as_of: AsOf = None) -> list[Json]:  # fmt: skip
        """Events by place, days, type and source."""
        question = EventQuestion(place=place, since=since, until=until, types=tuple(type or ()), source=source, limit=limit)
        return [asdict(e) for e in ledger.events(question, _moment(as_of))]

    @api.get("/statements")
    def statements(search: Text = None, source: Text = None, stance: Annotated[list[str] | None, Query(max_length=40)] = None,
                   limit: Limit = 1000, as_of: AsOf = None) -> list[Json]:  # fmt: skip
        """Statements by words, source and stance."""
        question = StatementQuestion(search=search, source=source, stances=tuple(stance or ()), limit=limit)
        return [asdict(s) for s in ledger.statements(question, _moment(as_of))]

    @api.get("/reports")
    def reports(search: Text = None, limit: Limit = 1000, offset: Offset = 0, as_of: AsOf = None) -> list[Json]:
        """Reports with the size of their current readings."""
        return [asdict(r) for r in islice(ledger.reports(search, _moment(as_of)), offset, offset + limit)]

    @api.get("/reports/{report_id}")
    def report(report_id: str, as_of: AsOf = None) -> Json:
        """One reading as the format describes it."""
        return to_json(ledger.reading(report_id, _moment(as_of)))

    @api.get("/judgements")
    def judgements(as_of: AsOf = None) -> list[Json]:
        """What people decided, in the order in which they did, each with its fate."""
        snap = state.snapshot(_moment(as_of))
        every = list(ledger.judgements(_moment(as_of)))
        return [told_json(t) for t in told(every, snap.judged.standings)]

    @api.get("/measures")
    def measures(territory: Annotated[str, Query(max_length=200)], day: Annotated[str, Query(max_length=40)], as_of: AsOf = None) -> Json:
        """What is in force in a territory on a day, with the number of reports read about it."""
        now = state.moment(_moment(as_of))
        try:
            v = coverage([now.linked.readings[r] for r in now.reports_at(territory)], now.linked.measures, territory, day)
        except ValueError as e:
            raise HTTPException(400, str(e)) from e
        return {"verdict": v.verdict, "reports": v.reports, "measures": [asdict(m) for m in v.measures]}

    return api
