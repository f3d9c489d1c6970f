"""What a reading holds: statements, events, figures, times, places, actors. May import: `model`.

The field names are those of the reading format (version 1); the guidelines for readers define their meaning.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from selon.model.span import Span

SourceKind = Literal[
    "official", "armed_group", "politician", "media", "expert", "organisation", "witness", "anonymous", "document", "other"
]
Stance = Literal[
    "asserts", "denies", "confirms", "unconfirmed", "accuses", "claims", "announces", "demands", "warns", "comments", "hearsay"
]  # fmt: skip
Mood = Literal["indicative", "conditional", "imperative", "quoted"]
Status = Literal["happened", "ongoing", "planned", "hypothetical", "denied", "ended"]
EventType = Literal[
    "airstrike", "drone_strike", "missile_strike", "shelling", "attack", "explosion", "interception", "clash", "incursion",
    "territory_change", "detention", "killing", "harm", "evacuation", "sheltering", "closure", "restriction", "warning", "relief",
    "outage", "weapons_transfer", "training", "deployment", "authorisation", "meeting", "agreement", "sanction", "threat", "protest",
    "disaster",
]  # fmt: skip
CountOf = Literal[
    "killed", "wounded", "missing", "captured", "displaced", "sheltered", "participants", "launched", "intercepted", "hit",
    "destroyed", "damaged", "delivered", "trained", "requested", "cut_off", "money", "other",
]  # fmt: skip
Qualifier = Literal["exact", "at_least", "more_than", "about", "up_to", "less_than", "vague"]
Population = Literal["civilian", "military", "children", "women", "police", "medical", "journalist", "foreign", "prisoner"]
Scope = Literal["this", "cumulative", "total"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
TimePrecision = Literal["day", "night", "days", "week", "month", "year", "part"]
PlacePrecision = Literal["exact", "near", "admin2", "admin1", "country", "unresolved"]

EVENT_TYPES: tuple[str, ...] = get_args(EventType)
STANCES: tuple[str, ...] = get_args(Stance)
STATUSES: tuple[str, ...] = get_args(Status)
COUNTS_OF: tuple[str, ...] = get_args(CountOf)
QUALIFIERS: tuple[str, ...] = get_args(Qualifier)
SOURCE_KINDS: tuple[str, ...] = get_args(SourceKind)


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A time expression resolved as far as the text allows.

    `earliest` and `latest` are ISO days of a closed interval, None for an open or unknown end. `value` is the TIMEX3 value
    (ISO-TimeML), `edtf` the Extended Date/Time Format of the interval. `anchor` names what it was resolved against
    (`published`, `stamp`, `text:<start>`, `absolute`), `because` says why in words.
    """

    span: Span
    type: TimexType
    value: str
    earliest: str | None = None
    latest: str | None = None
    edtf: str | None = None
    precision: TimePrecision | None = None
    anchor: str | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place mention. `name` is the GeoNames main name in ASCII, `country` ISO 3166 alpha-2, `radius_km` the uncertainty in kilometres."""

    span: Span
    name: str
    precision: PlacePrecision = "unresolved"
    admin1: str | None = None
    country: str | None = None
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """Who or what stands in a role: the noun phrase as written, and the name it resolves to inside the report (else None)."""

    span: Span
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The source of a statement, as it stands beside its cue; `name` is who that is, in the report's own spelling."""

    span: Span
    name: str
    kind: SourceKind = "other"
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """When a statement was made: the words and, where they resolve, a closed interval of ISO days."""

    span: Span
    earliest: str | None = None
    latest: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One act of saying. `within` is the id of the statement that relays it, `rule` the rule that found it."""

    id: str
    source: Source | None
    cue: Span | None
    stance: Stance
    content: Span
    rule: str
    channel: str | None = None
    mood: Mood = "indicative"
    said: Said | None = None
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number: value range x unit x population x scope. `low`/`high` None = open end. `unit` is the counted noun as written."""

    span: Span
    count_of: CountOf
    unit: str | None
    low: int | None
    high: int | None
    qualifier: Qualifier = "exact"
    population: Population | None = None
    scope: Scope | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One occurrence as one sentence tells it. `statements` are the ids of the statements whose content holds it."""

    id: str
    type: EventType
    trigger: Span
    status: Status
    rule: str
    actor: Mention | None = None
    target: Mention | None = None
    instrument: Mention | None = None
    place: Place | None = None
    time: TimeSpan | None = None
    figures: tuple[Figure, ...] = ()
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """A source or actor with all its mentions in the report. `private` marks private persons (victims, witnesses)."""

    id: str
    name: str
    kind: SourceKind
    country: str | None
    mentions: tuple[Span, ...]
    private: bool = False
