"""A reading as the rows that the ledger also answers with, so that one view serves both. May import: `model`."""

from __future__ import annotations

from selon.model import Event, Reading, Statement
from selon.model.around import sentence_around
from selon.model.rows import EventRow, FigureRow, StatementRow, Under


def statement_rows(reading: Reading) -> list[StatementRow]:
    """The statements of a reading as rows."""
    return [_statement(reading, s) for s in reading.statements]


def event_rows(reading: Reading) -> list[EventRow]:
    """The events of a reading as rows."""
    by_id = {s.id: s for s in reading.statements}
    return [_event(reading, e, by_id) for e in reading.events]


def _statement(reading: Reading, s: Statement) -> StatementRow:
    r, p = reading.report, reading.published
    return StatementRow(
        r.id, r.id, r.title, p.earliest, p.latest, s.id, s.stance, s.mood, s.content.text, s.content.start, s.content.end,
        sentence_around(r.text, s.content.start, s.content.end).text, s.rule,
        source=s.source.span.text if s.source else None, source_name=s.source.name if s.source else None,
        source_kind=s.source.kind if s.source else None, source_country=s.source.country if s.source else None,
        cue=None if s.cue is None else s.cue.text, channel=s.channel, within=s.within,
    )  # fmt: skip


def _event(reading: Reading, e: Event, statements: dict[str, Statement]) -> EventRow:
    r, p = reading.report, reading.published
    holding = [statements[i] for i in e.statements if i in statements]
    return EventRow(
        r.id, r.id, r.title, p.earliest, p.latest, e.id, e.type, e.status, e.trigger.text, e.trigger.start, e.trigger.end,
        sentence_around(r.text, e.trigger.start, e.trigger.end).text, e.rule,
        actor=e.actor.span.text if e.actor else None, actor_name=e.actor.name if e.actor else None,
        target=e.target.span.text if e.target else None, target_name=e.target.name if e.target else None,
        instrument=e.instrument.span.text if e.instrument else None,
        place=e.place.span.text if e.place else None, place_name=e.place.name if e.place else None,
        admin1=e.place.admin1 if e.place else None, country=e.place.country if e.place else None,
        place_precision=e.place.precision if e.place else None, geonameid=e.place.geonameid if e.place else None,
        lat=e.place.lat if e.place else None, lon=e.place.lon if e.place else None,
        time=e.time.span.text if e.time else None, earliest=e.time.earliest if e.time else None,
        latest=e.time.latest if e.time else None, time_precision=e.time.precision if e.time else None,
        figures=tuple(
            FigureRow(f.count_of, f.unit, f.low, f.high, f.qualifier, f.population, f.scope, f.span.text, f.span.start, f.span.end)
            for f in e.figures
        ),
        under=tuple(Under(s.id, s.source.name if s.source else None, s.stance) for s in holding),
    )  # fmt: skip
