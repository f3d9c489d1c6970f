"""Incidents: what several reports tell of one real-world occurrence. A computed view over readings. May import: `model`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from selon.model.values import CountOf, EventType, Population, Qualifier, Stance

EdgeKind = Literal["corroborates", "contradicts", "updates", "denies", "same_wire"]
MeasurePhase = Literal["announced", "in_force", "extended", "lifted", "expired"]


@dataclass(frozen=True, slots=True)
class FigureValue:
    """One figure as one report gives it: range, who says so (`by` = name of the source, None = the report itself), when published.

    `via` is the agency from which the report says it has the figure, or its text; such figures share the agency's origin.
    """

    report: str
    event: str
    low: int | None
    high: int | None
    qualifier: Qualifier
    by: str | None
    stance: Stance | None
    published: str | None
    text: str
    origin: int
    unit: str | None = None
    via: str | None = None


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures of an incident that count the same thing. `agree` is False when two of them cannot both be true."""

    count_of: CountOf
    unit: str | None
    population: Population | None
    values: tuple[FigureValue, ...]
    agree: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """A typed relation between two statements or events, with its reason in words."""

    kind: EdgeKind
    source: tuple[str, str]
    target: tuple[str, str]
    because: str


@dataclass(frozen=True, slots=True)
class IncidentPlace:
    """The finest place that the reports of an incident support."""

    name: str
    country: str | None = None
    admin1: str | None = None
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    precision: str = "unresolved"


@dataclass(frozen=True, slots=True)
class Incident:
    """One occurrence. `origins` counts independent sources of information, after copies and citations are folded."""

    id: str
    type: EventType
    title: str
    earliest: str | None
    latest: str | None
    place: IncidentPlace | None
    reports: tuple[str, ...]
    main_of: tuple[str, ...]
    origins: int
    events: tuple[tuple[str, str], ...]
    figures: tuple[FigureGroup, ...] = ()
    edges: tuple[Edge, ...] = ()
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """A protective measure with a life: territory, phases with the events that tell of them, latest phase."""

    id: str
    type: EventType
    territory: str
    country: str | None
    phases: tuple[tuple[str | None, MeasurePhase, tuple[str, str]], ...]

    @property
    def phase(self) -> MeasurePhase:
        return self.phases[-1][1]


def incident_json(i: Incident) -> dict[str, Any]:
    """The incident as the JSON object of the format."""
    place: Mapping[str, Any] | None = None
    if i.place:
        p = i.place
        place = {k: getattr(p, k) for k in ("name", "country", "admin1", "geonameid", "lat", "lon", "radius_km", "precision")}
    return {
        "id": i.id,
        "type": i.type,
        "title": i.title,
        "time": {"earliest": i.earliest, "latest": i.latest},
        "place": place,
        "reports": list(i.reports),
        "main_of": list(i.main_of),
        "origins": i.origins,
        "disputed": i.disputed,
        "events": [list(e) for e in i.events],
        "figures": [
            {
                "count_of": g.count_of,
                "unit": g.unit,
                "population": g.population,
                "agree": g.agree,
                "values": [
                    {
                        k: getattr(v, k)
                        for k in ("low", "high", "qualifier", "by", "stance", "report", "event", "published", "text", "origin", "via")
                    }
                    for v in g.values
                ],
            }
            for g in i.figures
        ],
        "edges": [{"kind": e.kind, "from": list(e.source), "to": list(e.target), "because": e.because} for e in i.edges],
    }
