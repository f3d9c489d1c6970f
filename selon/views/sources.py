"""What each source said, how often it changed its figures, and how others met what it said: counts with evidence, no score. May import: `model`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from selon.model import Reading, SourceKind
from selon.model.fold import fold
from selon.model.incident import Edge, EdgeKind, FigureGroup, FigureValue, Incident


@dataclass(frozen=True, slots=True)
class Meeting:
    """One edge between what this source and another one said (None: a report's own narration), in an incident."""

    kind: EdgeKind
    first: bool
    other: str | None
    incident: str
    edge: Edge


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure of an incident that a source changed: its values in the order of publication."""

    incident: str
    group: FigureGroup
    values: tuple[FigureValue, ...]


@dataclass
class Spoken:
    """A source over the whole ledger. `statements` are (report, id)."""

    name: str
    kind: SourceKind
    country: str | None
    stances: Counter[str] = field(default_factory=Counter)
    statements: list[tuple[str, str]] = field(default_factory=list)
    reports: set[str] = field(default_factory=set)
    meetings: list[Meeting] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    revisions: list[Revision] = field(default_factory=list)

    def met(self, kind: str) -> int:
        """How often edges of a kind meet what this source said."""
        return self.kinds[kind]

    def by_whom(self) -> list[tuple[str, str | None, list[Meeting]]]:
        """Meetings by kind and other source, the most frequent first."""
        groups: dict[tuple[str, str | None], list[Meeting]] = defaultdict(list)
        for m in self.meetings:
            groups[m.kind, m.other].append(m)
        return sorted(((k, o, ms) for (k, o), ms in groups.items()), key=lambda g: (-len(g[2]), g[0], g[1] or ""))


def spoken(incidents: Iterable[Incident], readings: Mapping[str, Reading]) -> dict[str, Spoken]:
    """All sources by folded name, those who say most first."""
    told: dict[str, Spoken] = {}
    said_by: dict[tuple[str, str], str] = {}
    holders: dict[tuple[str, str], tuple[str, ...]] = {}
    for report, r in readings.items():
        for s in r.statements:
            if s.source is not None:
                key = fold(s.source.name)
                t = told.setdefault(key, Spoken(s.source.name, s.source.kind, s.source.country))
                t.stances[s.stance] += 1
                t.statements.append((report, s.id))
                t.reports.add(report)
                said_by[report, s.id] = key
        for e in r.events:
            holders[report, e.id] = tuple(dict.fromkeys(said_by[report, s] for s in e.statements if (report, s) in said_by))
    for i in incidents:
        for edge in i.edges:
            ends = [(said_by[end],) if end in said_by else holders.get(end, ()) for end in (edge.source, edge.target)]
            for mine, others, first in ((ends[0], ends[1], True), (ends[1], ends[0], False)):
                for key in mine:
                    for other in others or (None,):
                        if other != key:
                            told[key].kinds[edge.kind] += 1
                            told[key].meetings.append(Meeting(edge.kind, first, told[other].name if other else None, i.id, edge))
        for group in i.figures:
            by: dict[str, list[FigureValue]] = defaultdict(list)
            for v in group.values:
                if v.by is not None:
                    by[fold(v.by)].append(v)
            for key, values in by.items():
                if key in told and len({(v.low, v.high, v.qualifier) for v in values}) > 1 and len({v.published for v in values}) > 1:
                    told[key].revisions.append(Revision(i.id, group, tuple(values)))
    return dict(sorted(told.items(), key=lambda t: (-len(t[1].statements), t[1].name)))
