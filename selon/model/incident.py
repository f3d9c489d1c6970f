"""Incidents: what several reports tell of one real-world occurrence. A computed view over readings. May import: `model`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, NamedTuple

from selon.model.values import CountOf, EventType, Population, Qualifier, Scope, Stance

EdgeKind = Literal["corroborates", "contradicts", "updates", "denies", "same_wire"]
Denied = Literal["occurrence", "authorship", "outcome"]
Act = Literal["killed", "corrected"]
MeasurePhase = Literal["announced", "in_force", "extended", "lifted", "expired"]


@dataclass(frozen=True, slots=True)
class FigureValue:
    """One figure as one report gives it: range, who says so (`by` = name of the source, None = the report itself), when published.

    `withdrawn` is the report that withdrew or replaced this one. `via` is the agency from which the report says it has the figure, or its text; such figures share the agency's origin.
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
    scope: Scope | None = None
    withdrawn: str | None = None


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures of an incident that count the same thing. `agree` is False when two of them cannot both be true; `place` is the town where they
    count a part of a wave.
    """

    count_of: CountOf
    unit: str | None
    population: Population | None
    values: tuple[FigureValue, ...]
    agree: bool
    place: str | None = None


SENTENCES: Mapping[str, str] = {
    "copies": "{what}: « {a} » stands in two copies of one origin",
    "cited": "{what}: « {a} » stands in two reports that both say they have it from {via}",
    "one_origin": "{what}: one origin, first « {a} », later « {b} »",
    "other_origins": "{what}: « {a} » ({by_a}) and « {b} » ({by_b}), different origins",
    "against": "{what}: « {a} » ({by_a}) against « {b} » ({by_b})",
    "same_source": "{what}: {by_a} first « {a} », later « {b} »",
    "later": "{what}: « {a} » on {day_a}, « {b} » on {day_b}",
    "denial": "{by_a} denies what {by_b} says ({type})",
}
"""What the codes of reasons say in English; the interface has its own sentence for each in other languages."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an edge is there, apart from any language: a code of `SENTENCES` and the values that its sentence names (codes of the format such
    as `count_of`, `population` and `type`, and words of reports).
    """

    code: str
    values: tuple[tuple[str, str], ...]

    @property
    def what(self) -> str:
        """What is counted, in codes of the format; empty where nothing is."""
        return " ".join(v for k, v in self.values if k in ("count_of", "population"))

    def __str__(self) -> str:
        return SENTENCES[self.code].format(what=self.what, **dict(self.values))


@dataclass(frozen=True, slots=True)
class Edge:
    """A typed relation between two statements or events, with its reason. `denied` tells what a denial denies: that it happened, who did it,
    or what came of it.
    """

    kind: EdgeKind
    source: tuple[str, str]
    target: tuple[str, str]
    reason: Reason
    denied: Denied | None = None

    @property
    def because(self) -> str:
        """The reason in English."""
        return str(self.reason)


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
class IncidentPart:
    """A town of a wave: its events inside the incident, or the `incident` of its own that tells of it."""

    place: IncidentPlace
    events: tuple[tuple[str, str], ...] = ()
    incident: str | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """One occurrence. `origins` counts independent sources of information, after copies and citations are folded. Strikes on several towns are
    `parts` of a wave; `part_of` is the id of the wave of which another incident tells.
    """

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
    part_of: str | None = None
    parts: tuple[IncidentPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What was done to a report by a later one (`by`), and the words of the notice."""

    act: Act
    by: str
    words: str


STANDS = 30
"""Days after which a measure of which nobody speaks any more is not told to be in force."""


class Phase(NamedTuple):
    """What a report told of a measure: from when (ISO day), which phase, its event, and the end that it named."""

    day: str | None
    phase: MeasurePhase
    at: tuple[str, str]
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A protective measure with a life: territory (in the first-order region `admin1`), phases in order, for whom (`target`) and by whose order
    (`authority`), in the words of reports.
    """

    id: str
    type: EventType
    territory: str
    country: str | None
    phases: tuple[Phase, ...]
    admin1: str | None = None
    target: str | None = None
    authority: str | None = None

    @property
    def phase(self) -> MeasurePhase:
        return self.phases[-1].phase

    @property
    def until(self) -> str | None:
        """The latest end that was named."""
        return max((p.until for p in self.phases if p.until), default=None)

    def on(self, day: str) -> Measure | None:
        """The measure as it stood on an ISO day: phases up to then, expired where the end named last has passed.

        None where nothing was told yet, or nothing any more for 30 days without an end that lies ahead. Raises ValueError when the day is none.
        """
        at = date.fromisoformat(day)
        past = tuple(p for p in self.phases if p.day and p.day[:10] <= day)
        if not past:
            return None
        end = next((p.until for p in reversed(past) if p.until), None)
        last = past[-1]
        if end is not None and end < day and last.phase in ("announced", "in_force", "extended") and (last.day or "")[:10] <= end:
            past = (*past, Phase(end, "expired", last.at))
        silent = (at - date.fromisoformat((past[-1].day or day)[:10])).days
        return replace(self, phases=past) if silent <= STANDS or (end is not None and end >= day) else None


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
        "part_of": i.part_of,
        "parts": [{"place": p.place.name, "events": [list(e) for e in p.events], "incident": p.incident} for p in i.parts],
        "events": [list(e) for e in i.events],
        "figures": [
            {
                "count_of": g.count_of,
                "unit": g.unit,
                "population": g.population,
                "place": g.place,
                "agree": g.agree,
                "values": [
                    {
                        k: getattr(v, k)
                        for k in (
                            "low",
                            "high",
                            "qualifier",
                            "by",
                            "stance",
                            "report",
                            "event",
                            "published",
                            "text",
                            "origin",
                            "via",
                            "withdrawn",
                        )
                    }
                    for v in g.values
                ],
            }
            for g in i.figures
        ],
        "edges": [
            {"kind": e.kind, "from": list(e.source), "to": list(e.target), "because": e.because}
            | ({"denied": e.denied} if e.denied else {})
            for e in i.edges
        ],
    }
