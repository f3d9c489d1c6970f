"""Both ends of an edge with their words, for tables in which each end is a link. May import: `model`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from selon.model import Reading, Span
from selon.model.incident import Edge, EdgeKind, Incident

ORDER: tuple[EdgeKind, ...] = ("denies", "contradicts", "updates", "corroborates", "same_wire")


@dataclass(frozen=True, slots=True)
class Side:
    """One end: who says it (None: the report itself), the words, the day of publication, where it stands."""

    by: str | None
    words: str
    published: str | None
    report: str
    item: str


@dataclass(frozen=True, slots=True)
class Met:
    """An edge whose later end `source` meets the earlier `target`."""

    edge: Edge
    source: Side
    target: Side


def meetings(i: Incident, readings: Mapping[str, Reading]) -> Iterator[Met]:
    """The edges of an incident, denials and contradictions first."""
    rank = {k: n for n, k in enumerate(ORDER)}
    for edge in sorted(i.edges, key=lambda e: rank[e.kind]):
        yield Met(edge, _side(i, readings, edge, edge.source), _side(i, readings, edge, edge.target))


def _side(i: Incident, readings: Mapping[str, Reading], edge: Edge, at: tuple[str, str]) -> Side:
    report, item = at
    r = readings[report]
    day = r.published.earliest
    for s in r.statements:
        if s.id == item:
            return Side(s.source.name if s.source else None, _short(s.content), day, report, item)
    values = [v for g in i.figures for v in g.values if (v.report, v.event) == at]
    named = {value for _, value in edge.reason.values}
    for v in values:
        if v.text.strip() in named:
            return Side(v.by, v.text, v.published, report, item)
    event = next((e for e in r.events if e.id == item), None)
    return Side(values[0].by if values else None, _short(event.trigger) if event else item, day, report, item)


def _short(span: Span) -> str:
    words = " ".join(span.text.split())
    return words if len(words) <= 120 else words[:119] + "…"
