"""The JSON API under `/api/v1`: the same answers as the pages. May import: `web.state`, `ledger`, `link`, `model`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query

from selon.ledger import EventQuestion, StatementQuestion, open_ledger
from selon.link import coverage
from selon.model.incident import incident_json
from selon.model.reading import to_json
from selon.views.judgements import told, told_json
from selon.web.page import moment
from selon.web.state import State

Json = Mapping[str, Any]


def _moment(as_of: str | None) -> datetime | None:
    return moment(as_of or "")


def router(state: State) -> APIRouter:
    """The routes over a ledger."""
    api = APIRouter()

    @api.get("/incidents")
    def incidents(disputed: bool | None = None, since: str | None = None, until: str | None = None, as_of: str | None = None) -> list[Json]:
        """All incidents as the format describes them."""
        found = state.snapshot(_moment(as_of)).incidents
        return [
            incident_json(i)
            for i in found
            if (disputed is None or i.disputed == disputed)
            and (since is None or (i.latest or "") >= since)
            and (until is None or (i.earliest is not None and i.earliest <= until))
        ]

    @api.get("/incidents/{incident_id}")
    def incident(incident_id: str, as_of: str | None = None) -> Json:
        """One incident."""
        i = state.snapshot(_moment(as_of)).by_id.get(incident_id)
        if i is None:
            raise HTTPException(404, "no such incident")
        return incident_json(i)

    @api.get("/incidents.geojson")
    def geojson(as_of: str | None = None) -> Json:
        """Incidents with coordinates as GeoJSON (RFC 7946); `radius_km` is the uncertainty. Unplaced ones are counted, not dropped silently."""
        found = state.snapshot(_moment(as_of)).incidents
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
    def events(place: str | None = None, since: str | None = None, until: str | None = None, type: Annotated[list[str] | None, Query()] = None, source: str | None = None,
               limit: Annotated[int, Query(ge=1, le=10000)] = 1000, as_of: str | None = None) -> list[Json]:  # fmt: skip
        """Events by place, days, type and source."""
        question = EventQuestion(place=place, since=since, until=until, types=tuple(type or ()), source=source, limit=limit)
        with open_ledger(state.address) as ledger:
            return [asdict(e) for e in ledger.events(question, _moment(as_of))]

    @api.get("/statements")
    def statements(search: str | None = None, source: str | None = None, stance: Annotated[list[str] | None, Query()] = None,
                   limit: Annotated[int, Query(ge=1, le=10000)] = 1000, as_of: str | None = None) -> list[Json]:  # fmt: skip
        """Statements by words, source and stance."""
        question = StatementQuestion(search=search, source=source, stances=tuple(stance or ()), limit=limit)
        with open_ledger(state.address) as ledger:
            return [asdict(s) for s in ledger.statements(question, _moment(as_of))]

    @api.get("/reports")
    def reports(search: str | None = None, as_of: str | None = None) -> list[Json]:
        """Reports with the size of their current readings."""
        with open_ledger(state.address) as ledger:
            return [asdict(r) for r in ledger.reports(search, _moment(as_of))]

    @api.get("/reports/{report_id}")
    def report(report_id: str, as_of: str | None = None) -> Json:
        """One reading as the format describes it."""
        return to_json(state.reading(report_id, _moment(as_of)))

    @api.get("/judgements")
    def judgements(as_of: str | None = None) -> list[Json]:
        """What people decided, in the order in which they did, each with its fate."""
        snap = state.snapshot(_moment(as_of))
        with open_ledger(state.address) as ledger:
            every = list(ledger.judgements(_moment(as_of)))
        return [told_json(t) for t in told(every, snap.judged.standings)]

    @api.get("/measures")
    def measures(territory: str, day: str, as_of: str | None = None) -> Json:
        """What is in force in a territory on a day, with the number of reports read about it."""
        try:
            v = coverage(list(state.snapshot(_moment(as_of)).readings.values()), territory, day)
        except ValueError as e:
            raise HTTPException(400, str(e)) from e
        return {"verdict": v.verdict, "reports": v.reports, "measures": [asdict(m) for m in v.measures]}

    return api
