"""A reading as rows: pure functions from frozen values to what the tables take. May import: `model`."""

from __future__ import annotations

from typing import Any

from selon.ledger.columns import storable
from selon.model import Event, Published, Reading, Report, Statement, content_id, to_json
from selon.model.around import sentence_around
from selon.model.fold import fold_all

Row = dict[str, Any]


def report_id(report: Report) -> str:
    """The ledger's id of a report: its text, and its address where it has one. The same text under another file name is the same report."""
    return content_id("report", report.text, report.source.url)


def given_id(published: Published, title: str | None) -> str:
    """What came with the report beside its text. With other such facts the same version makes another reading."""
    return content_id("given", published.earliest, published.latest, published.basis, title)


def reading_id(report: str, version: str, given: str) -> str:
    """A reading is named by what it reads, who reads it and what was given."""
    return content_id("reading", report, version, given)


def report_row(report: Report) -> Row:
    """The row of a report; `added_at` comes from the writer."""
    return {
        "id": report_id(report), "name": report.id, "lang": report.lang, "title": report.title, "url": report.source.url,
        "outlet": report.source.outlet, "path": report.source.path, "sha256": report.source.sha256,
        "retrieved": report.source.retrieved, "length": len(report.text), "text": report.text.encode("utf-8", "surrogatepass"),
    }  # fmt: skip


def reading_row(reading: Reading, given: str) -> Row:
    """The row of a reading; `report` and `recorded_at` come from the writer."""
    body = to_json(reading)
    del body["text"]  # it stands once, in the report
    p = reading.published
    return {
        "id": reading_id(report_id(reading.report), reading.version, given), "version": reading.version, "given": given,
        "published_earliest": p.earliest, "published_latest": p.latest, "published_basis": p.basis,
        "statements": len(reading.statements), "events": len(reading.events),
        "figures": sum(len(e.figures) for e in reading.events), "body": body,
    }  # fmt: skip


def statement_row(text: str, s: Statement) -> Row:
    """A statement with the sentence around its content."""
    source, said = s.source, s.said
    return {
        "id": s.id, "stance": s.stance, "mood": s.mood,
        "source": source and source.span.text, "source_name": source and source.name, "source_kind": source and source.kind,
        "source_country": source and source.country, "source_words": source and fold_all(source.name, source.span.text),
        "cue": None if s.cue is None else s.cue.text, "channel": s.channel,
        "said_earliest": said and said.earliest, "said_latest": said and said.latest, "within": s.within,
        "content": s.content.text, "start": s.content.start, "end": s.content.end,
        "sentence": sentence_around(text, s.content.start, s.content.end).text, "rule": s.rule,
    }  # fmt: skip


def event_row(text: str, e: Event) -> Row:
    """An event with the sentence around its trigger."""
    p, t = e.place, e.time
    roles = [m for m in (e.actor, e.target, e.instrument) if m]
    return {
        "id": e.id, "type": e.type, "status": e.status, "trigger": e.trigger.text, "start": e.trigger.start, "end": e.trigger.end,
        "sentence": sentence_around(text, e.trigger.start, e.trigger.end).text, "rule": e.rule,
        "actor": e.actor and e.actor.span.text, "actor_name": e.actor and e.actor.name,
        "target": e.target and e.target.span.text, "target_name": e.target and e.target.name,
        "instrument": e.instrument and e.instrument.span.text,
        "role_words": fold_all(*(x for m in roles for x in (m.name, m.span.text))) if roles else None,
        "place": p and p.span.text, "place_name": p and p.name, "admin1": p and p.admin1, "country": p and p.country,
        "place_precision": p and p.precision, "geonameid": p and p.geonameid, "lat": p and p.lat, "lon": p and p.lon,
        "place_words": p and fold_all(p.name, p.span.text, p.admin1, p.country),
        "time": t and t.span.text, "earliest": t and t.earliest, "latest": t and t.latest, "time_precision": t and t.precision,
    }  # fmt: skip


def figure_rows(e: Event) -> list[Row]:
    """The figures of an event."""
    return [
        {
            "count_of": f.count_of, "unit": f.unit, "low": storable(f.low), "high": storable(f.high), "qualifier": f.qualifier,
            "population": f.population, "scope": f.scope, "text": f.span.text, "start": f.span.start, "end": f.span.end,
        }
        for f in e.figures
    ]  # fmt: skip


def side_rows(reading: Reading) -> tuple[list[Row], list[Row], list[Row]]:
    """Rows of times, places and actors."""
    times = [
        {
            "text": t.span.text, "type": t.type, "value": t.value, "earliest": t.earliest, "latest": t.latest,
            "start": t.span.start, "end": t.span.end,
        }
        for t in reading.times
    ]  # fmt: skip
    places = [
        {
            "text": p.span.text, "name": p.name, "admin1": p.admin1, "country": p.country, "precision": p.precision,
            "geonameid": p.geonameid, "lat": p.lat, "lon": p.lon, "start": p.span.start, "end": p.span.end,
        }
        for p in reading.places
    ]  # fmt: skip
    actors = [
        {
            "id": a.id, "name": a.name, "words": fold_all(a.name, *(m.text for m in a.mentions)), "kind": a.kind,
            "country": a.country, "private": int(a.private), "mentions": len(a.mentions),
        }
        for a in reading.actors
    ]  # fmt: skip
    return times, places, actors
