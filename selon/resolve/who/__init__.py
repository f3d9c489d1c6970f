"""Sources and actors: who that is inside the report. May import: `lang`, `rules`, `model`, `errors`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from selon.lang import Pack
from selon.model import Actor, Event, Mention, Parse, Place, Report, Source, Span, Statement, content_id
from selon.resolve.who.lexis import KINDS
from selon.resolve.who.memory import Identity
from selon.resolve.who.naming import Namer, fold_name


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


def name_actors(
    report: Report, parse: Parse, pack: Pack, events: Sequence[Event], statements: Sequence[Statement]
) -> tuple[tuple[Event, ...], tuple[Actor, ...]]:
    """The events with names of actors and targets, as far as the report itself gives them, and everybody who speaks or acts.

    Takes the names that `name_sources` gave.
    """
    namer = Namer(report, parse, pack, _places(events))
    spans = {m.span for e in events for m in (e.actor, e.target) if m is not None}
    spans |= {s.source.span for s in statements if s.source is not None}
    found = {span: namer.name(span) for span in sorted(spans)}

    def named(m: Mention | None) -> Mention | None:
        if m is None:
            return None
        who = found.get(m.span)
        return replace(m, name=who.name) if who is not None else m

    done = tuple(replace(e, actor=named(e.actor), target=named(e.target)) for e in events)
    return done, _collect(report, found, statements, done)


def _collect(
    report: Report, who: Mapping[Span, Identity | None], statements: Sequence[Statement], events: Sequence[Event]
) -> tuple[Actor, ...]:
    """Everybody who speaks or acts, with all mentions; an actor is private when no mention gives it an office."""
    mentions: dict[str, dict[Span, str]] = {}
    sources: dict[Span, Source] = {}
    for s in statements:
        if s.source is not None:
            sources[s.source.span] = s.source
            mentions.setdefault(fold_name(s.source.name), {})[s.source.span] = s.source.name
    for e in events:
        if e.actor is not None:
            name = e.actor.name or e.actor.span.text
            mentions.setdefault(fold_name(name), {}).setdefault(e.actor.span, name)
    out = []
    for spans in mentions.values():
        kinds = [sources[s].kind for s in spans if s in sources] or [w.kind for s in spans if (w := who[s]) is not None] or ["other"]
        countries = [sources[s].country for s in spans if s in sources] + [
            w.country for s in spans if s not in sources and (w := who[s]) is not None
        ]
        name = max(spans.values(), key=len)
        private = all(w is not None and w.private for w in (who[s] for s in spans))
        out.append(
            Actor(content_id(report.id, fold_name(name)), name, min(kinds, key=lambda k: KINDS[k]), next((c for c in countries if c), None),
                  tuple(sorted(spans)), private)
        )  # fmt: skip
    return tuple(sorted(out, key=lambda a: a.mentions[0]))


def _places(events: Sequence[Event]) -> list[Place]:
    """The places of the events, once each: enough to know a place name from a person's."""
    return list({e.place.span: e.place for e in events if e.place is not None}.values())
