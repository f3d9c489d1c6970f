"""Sources and actors: who that is inside the report. May import: `lang`, `rules`, `model`, `errors`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from selon.lang import Pack
from selon.model import Actor, Event, Mention, Parse, Place, Report, Source, Span, Statement, content_id
from selon.resolve.who.lexis import KINDS
from selon.resolve.who.naming import Identity, Namer, fold_name


def name_sources(
    report: Report, parse: Parse, pack: Pack, statements: Sequence[Statement], places: Sequence[Place]
) -> tuple[Statement, ...]:
    """The statements with the name, kind and country of each source."""
    namer = Namer(report, parse, pack, places)
    named: dict[int, Statement] = {}
    sources = [(s.source.span.start, k) for k, s in enumerate(statements) if s.source is not None]
    seen: dict[Span, Identity | None] = {}
    for _, k in sorted(sources):
        s = statements[k]
        if s.source is None:
            continue
        span = s.source.span
        if span not in seen:
            seen[span] = namer.name(span)
        who = seen[span]
        if who is not None:
            named[k] = replace(s, source=Source(span, who.name, who.kind, who.country))
    return tuple(named.get(k, s) for k, s in enumerate(statements))


def name_actors(report: Report, parse: Parse, pack: Pack, events: Sequence[Event], statements: Sequence[Statement]) -> tuple[Event, ...]:
    """The events with names of actors and targets, as far as the report itself gives them."""
    namer = Namer(report, parse, pack, _places(events))
    spans = {m.span for e in events for m in (e.actor, e.target) if m is not None}
    spans |= {s.source.span for s in statements if s.source is not None}
    found = {span: namer.name(span) for span in sorted(spans)}

    def named(m: Mention | None) -> Mention | None:
        if m is None:
            return None
        who = found.get(m.span)
        return replace(m, name=who.name) if who is not None else m

    return tuple(replace(e, actor=named(e.actor), target=named(e.target)) for e in events)


def collect_actors(report: Report, parse: Parse, pack: Pack, statements: Sequence[Statement], events: Sequence[Event]) -> tuple[Actor, ...]:
    """Everybody who speaks or acts, with all mentions; an actor is private when no mention gives it an office."""
    namer = Namer(report, parse, pack, _places(events))
    spans: dict[Span, Source | None] = {}
    for e in events:
        if e.actor is not None:
            spans.setdefault(e.actor.span, None)
    for s in statements:
        if s.source is not None:
            spans[s.source.span] = s.source
    grouped: dict[str, list[tuple[Span, Identity]]] = {}
    for span in sorted(spans):
        who = namer.name(span)
        source = spans[span]
        if who is None:
            continue
        if source is not None:
            who = replace(who, name=source.name, kind=source.kind, country=source.country)
        grouped.setdefault(fold_name(who.name), []).append((span, who))
    out = []
    for mentions in grouped.values():
        names = [w.name for _, w in mentions]
        best = min((w for _, w in mentions), key=lambda w: KINDS[w.kind])
        country = next((w.country for _, w in mentions if w.country), None)
        name = max(names, key=len)
        out.append(
            Actor(
                content_id(report.id, fold_name(name)),
                name,
                best.kind,
                country,
                tuple(s for s, _ in mentions),
                all(w.private for _, w in mentions),
            )
        )
    return tuple(sorted(out, key=lambda a: a.mentions[0]))


def _places(events: Sequence[Event]) -> list[Place]:
    """The places of the events, once each: enough to know a place name from a person's."""
    return list({e.place.span: e.place for e in events if e.place is not None}.values())
