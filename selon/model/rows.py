"""Rows: what a question to the ledger returns, flat enough to print, to filter and to send. May import: `model`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from selon.model.report import PublishedBasis


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report of the ledger and its current reading. `name` is the file stem or given id; `version` is None while it is unread."""

    id: str
    name: str
    title: str | None
    lang: str
    outlet: str | None
    url: str | None
    path: str | None
    sha256: str | None
    added_at: datetime
    version: str | None = None
    recorded_at: datetime | None = None
    published_earliest: str | None = None
    published_latest: str | None = None
    published_basis: PublishedBasis = "unknown"
    statements: int = 0
    events: int = 0
    figures: int = 0


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One reading of a report: which version found how much, and when that was recorded (UTC)."""

    report: str
    version: str
    recorded_at: datetime
    statements: int
    events: int
    figures: int


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement with the report it stands in and its sentence. `report` is the ledger's id, `name` the report's own."""

    report: str
    name: str
    title: str | None
    published_earliest: str | None
    published_latest: str | None
    id: str
    stance: str
    mood: str
    content: str
    start: int
    end: int
    sentence: str
    rule: str
    source: str | None = None
    source_name: str | None = None
    source_kind: str | None = None
    source_country: str | None = None
    cue: str | None = None
    channel: str | None = None
    within: str | None = None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure of an event; `low` or `high` None = open end."""

    count_of: str
    unit: str | None
    low: int | None
    high: int | None
    qualifier: str
    population: str | None
    scope: str | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Under:
    """A statement that holds an event: who says it, and how."""

    id: str
    source: str | None
    stance: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event with the report it stands in, its sentence, its figures and the statements that hold it."""

    report: str
    name: str
    title: str | None
    published_earliest: str | None
    published_latest: str | None
    id: str
    type: str
    status: str
    trigger: str
    start: int
    end: int
    sentence: str
    rule: str
    actor: str | None = None
    actor_name: str | None = None
    target: str | None = None
    target_name: str | None = None
    instrument: str | None = None
    place: str | None = None
    place_name: str | None = None
    admin1: str | None = None
    country: str | None = None
    place_precision: str | None = None
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    time: str | None = None
    earliest: str | None = None
    latest: str | None = None
    time_precision: str | None = None
    figures: tuple[FigureRow, ...] = field(default=())
    under: tuple[Under, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class IssueRow:
    """A problem with one input, as it was recorded."""

    id: str
    code: str
    place: str
    problem: str
    excerpt: str
    remedy: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A report that another one copies, or is copied by. `share` of the shorter text is in both; 1 means the same words."""

    id: str
    name: str
    title: str | None
    share: float
