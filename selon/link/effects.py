"""What judgements do to readings before they are linked. May import: `model`.

What was rejected is left out, corrected values take the machine's place, « same » and « different » become pairs for clustering. Nothing
is lost: `Standing` keeps the machine's values and says where a judgement is now, whether it stands, reopened or lost its target.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from selon.model import Event, Figure, Place, Reading, Source, Statement, TimeSpan
from selon.model.judged import Standing, State, items, locate, machine_values
from selon.model.judgement import OF_PAIRS, Judgement, opinions

Pair = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Judged:
    """Readings after judgements, pairs for clustering, and all standings; `of` finds those of an item."""

    readings: Mapping[str, Reading]
    must: frozenset[Pair] = frozenset()
    cannot: frozenset[Pair] = frozenset()
    standings: tuple[Standing, ...] = ()
    of: Mapping[tuple[str, str], tuple[Standing, ...]] = field(default_factory=dict)


def apply(judgements: Iterable[Judgement], readings: Mapping[str, Reading], named: Mapping[str, str]) -> Judged:
    """The effects of judgements on readings (by their key); `named` gives the key of each report of the ledger."""
    standings: list[Standing] = []
    changes: dict[str, dict[str, Judgement]] = {}
    must: set[Pair] = set()
    cannot: set[Pair] = set()
    for o in opinions(judgements):
        found = [_found(t.report, named, readings) for t in o.targets]
        placed = [(key, *locate(t, readings[key])) if key is not None else None for t, key in zip(o.targets, found, strict=True)]
        at = tuple((p[0], p[1].id) if p is not None and p[1] is not None else None for p in placed)
        states = [p[2] if p is not None else "orphaned" for p in placed]
        state: State = "orphaned" if "orphaned" in states else "open_again" if "open_again" in states else "stands"
        last = o.settled
        machine: Mapping[str, Any] = {}
        if last is not None and state == "stands":
            ends = [a for a in at if a is not None]
            if last.verdict in OF_PAIRS and len(set(ends)) == 2:
                pair = frozenset((key, item.partition("/")[0]) for key, item in ends)
                (must if last.verdict == "same" else cannot).add(pair)
            elif last.verdict in ("reject", "correct"):
                changes.setdefault(ends[0][0], {})[ends[0][1]] = last
                item = placed[0][1] if placed[0] is not None else None
                if last.verdict == "correct" and item is not None:
                    machine = {k: v for k, v in machine_values(item).items() if k in last.correction}
        standings.append(Standing(o, at, state, machine))
    of: dict[tuple[str, str], list[Standing]] = {}
    for s in standings:
        for a in s.at:
            if a is not None:
                of.setdefault(a, []).append(s)
    changed = {k: _changed(r, changes[k]) if k in changes else r for k, r in readings.items()}
    return Judged(changed, frozenset(must), frozenset(cannot), tuple(standings), {k: tuple(v) for k, v in of.items()})


def _found(report: str, named: Mapping[str, str], readings: Mapping[str, Reading]) -> str | None:
    key = named.get(report)
    return key if key in readings else None


def _changed(reading: Reading, by_item: Mapping[str, Judgement]) -> Reading:
    known = {i.id: i for i in items(reading)}
    gone = {k for k, j in by_item.items() if j.verdict == "reject"}

    def corrected(id: str) -> Any:
        j = by_item.get(id)
        value = known[id].value
        return value if j is None or j.verdict != "correct" else _corrected(value, j.correction)

    statements = tuple(
        replace(s, within=None if s.within in gone else s.within)
        for s in (corrected(s.id) for s in reading.statements if s.id not in gone)
    )  # fmt: skip
    events = []
    for e in reading.events:
        if e.id in gone:
            continue
        figures = tuple(corrected(f"{e.id}/f{k}") for k in range(1, len(e.figures) + 1) if f"{e.id}/f{k}" not in gone)
        events.append(replace(corrected(e.id), figures=figures, statements=tuple(s for s in e.statements if s not in gone)))
    return replace(reading, statements=statements, events=tuple(events))


def _corrected(value: Statement | Event | Figure, change: Mapping[str, Any]) -> Statement | Event | Figure:
    if isinstance(value, Figure):
        return replace(value, **change)
    if isinstance(value, Statement):
        plain = {k: change[k] for k in ("stance", "mood", "channel") if k in change}
        return replace(value, **plain, source=_source(value, change))
    plain = {k: change[k] for k in ("type", "status") if k in change}
    return replace(value, **plain, place=_place(value, change), time=_time(value, change))


def _source(s: Statement, change: Mapping[str, Any]) -> Source | None:
    if not {"source", "source_kind"} & change.keys():
        return s.source
    name = change.get("source", s.source.name if s.source else None)
    if name is None:
        return None
    kind = change.get("source_kind", s.source.kind if s.source else "other")
    # A source that nobody names has no words of its own: the statement's cue, or its content, shows where it was read.
    span = s.source.span if s.source else s.cue or s.content
    same = s.source is not None and s.source.name == name
    return Source(span, name, kind, s.source.country if same and s.source else None)


def _place(e: Event, change: Mapping[str, Any]) -> Place | None:
    if not {"place", "country"} & change.keys():
        return e.place
    name = change.get("place", e.place.name if e.place else None)
    if name is None:
        return None
    country = change.get("country", e.place.country if e.place else None)
    if e.place is not None and e.place.name == name and e.place.country == country:
        return e.place
    # Coordinates belong to the place that was corrected away.
    return Place(e.place.span if e.place else e.trigger, name, country=country, because="corrected by a person")


def _time(e: Event, change: Mapping[str, Any]) -> TimeSpan | None:
    if not {"earliest", "latest"} & change.keys():
        return e.time
    first = change.get("earliest", e.time.earliest if e.time else None)
    last = change.get("latest", e.time.latest if e.time else None)
    if first is None and last is None:
        return None
    value = first if first == last else f"{first or '..'}/{last or '..'}"
    return TimeSpan(e.time.span if e.time else e.trigger, "DATE", value or "", first, last, value, because="corrected by a person")
