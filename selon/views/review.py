"""What is worth a person's look: doubts in order of doubt and weight. May import: `model`.

First judgements that reopened or contradict each other, then disputed incidents (are these two the same occurrence? does this denial
stand?), figures that contradict, places that nobody could locate, hearsay. Within a kind, what more reports tell of comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from selon.model import Event, Reading, Span
from selon.model.incident import Incident
from selon.model.judged import Standing
from selon.model.judgement import Opinion, TargetKind
from selon.model.reading import content_id

Reason = Literal["reopened", "judges_differ", "disputed", "contradiction", "unlocated", "hearsay"]
ORDER: tuple[Reason, ...] = ("reopened", "judges_differ", "disputed", "contradiction", "unlocated", "hearsay")


@dataclass(frozen=True, slots=True)
class End:
    """One target of a doubt: the report's key, and the anchor in its text. `item` is the statement or event that holds it."""

    report: str
    kind: TargetKind
    item: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question to a person, about one item or a pair. `about` is what a judgement on it is filed under."""

    reason: Reason
    about: str
    ends: tuple[End, ...]
    incident: str | None
    weight: int
    because: str = ""


def doubts(
    incidents: Iterable[Incident], readings: Mapping[str, Reading], ids: Mapping[str, str], standings: Sequence[Standing]
) -> list[Doubt]:
    """All doubts in order. `ids` gives the ledger's id of each report. What a person has settled is no longer in doubt."""
    found: dict[str, Doubt] = {}
    for d in (*_judged(standings), *(d for i in incidents for d in _of(i, readings, ids))):
        found.setdefault(d.about, d)
    settled = {s.opinion.about for s in standings if s.effective is not None}
    rank = {r: k for k, r in enumerate(ORDER)}
    return sorted((d for d in found.values() if d.about not in settled), key=lambda d: (rank[d.reason], -d.weight, d.about))


def waiting(found: Sequence[Doubt], standings: Sequence[Standing], now: Iterable[Opinion], author: str) -> list[Doubt]:
    """Those on which this author has not said a word that stands. `now` are the newest opinions, `standings` may be a little older."""
    said = {o.about: j.id for o in now for j in o.judgements if j.author == author}
    if not said:
        return list(found)
    fallen = {j.id for s in standings if s.state != "stands" for j in s.opinion.judgements}
    return [d for d in found if d.about not in said or said[d.about] in fallen]


def _judged(standings: Sequence[Standing]) -> Iterator[Doubt]:
    for s in standings:
        at = [a for a in s.at if a is not None]
        if len(at) != len(s.opinion.targets) or not (s.state == "open_again" or s.opinion.disputed):
            continue
        ends = tuple(
            End(report, t.kind, item.partition("/")[0], t.start, t.end) for (report, item), t in zip(at, s.opinion.targets, strict=True)
        )
        yield Doubt("reopened" if s.state == "open_again" else "judges_differ", s.opinion.about, ends, None, len(s.opinion.judgements))


def _of(i: Incident, readings: Mapping[str, Reading], ids: Mapping[str, str]) -> Iterator[Doubt]:
    weight = len(i.reports)
    events = {(r, e): event for r, e in i.events for event in readings[r].events if event.id == e}

    def doubt(reason: Reason, because: str, *ends: End) -> Doubt:
        keys = (content_id("target", e.kind, ids[e.report], e.start, e.end) for e in ends)
        return Doubt(reason, "+".join(sorted(keys)), ends, i.id, weight, because)

    for edge in i.edges:
        if edge.kind == "contradicts" and edge.source[0] != edge.target[0] and edge.source in events and edge.target in events:
            yield doubt("disputed", edge.because, *(_event(at[0], events[at]) for at in (edge.source, edge.target)))
            break
    for edge in i.edges:
        denial = next((s for s in readings[edge.source[0]].statements if s.id == edge.source[1]), None) if edge.kind == "denies" else None
        if denial is not None:
            yield doubt("disputed", edge.because, _end(edge.source[0], "statement", denial.id, denial.content))
    apart = {(v.report, v.event, v.text, v.low, v.high): g.count_of for g in i.figures if not g.agree for v in g.values}
    for (report, id), e in events.items():
        for f in e.figures:
            if (report, id, f.span.text, f.low, f.high) in apart:
                yield doubt("contradiction", "", _end(report, "figure", id, f.span))
        if e.place is not None and e.place.precision == "unresolved":
            yield doubt("unlocated", f"« {e.place.span.text} »", _event(report, e))
        held = [s for s in readings[report].statements if s.id in e.statements]
        for s in held:
            if s.stance == "hearsay":
                yield doubt("hearsay", "", _end(report, "statement", s.id, s.content))


def _event(report: str, e: Event) -> End:
    return _end(report, "event", e.id, e.trigger)


def _end(report: str, kind: TargetKind, item: str, anchor: Span) -> End:
    return End(report, kind, item, anchor.start, anchor.end)
