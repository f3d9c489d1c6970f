"""Events as CSV, one line per event and figure, with a row of HXL hashtags (Humanitarian Exchange Language 1.1). May import: `export`, `linked`, `views`."""

from __future__ import annotations

from collections.abc import Iterator

from selon.export.privacy import Pseudonyms
from selon.linked import Linked
from selon.views.csv_text import csv_line
from selon.views.incidents import members

COLUMNS = {
    "incident": "#event+id", "report": "#meta+source+id", "published": "#date+reported", "event": "#event+code", "type": "#event+type",
    "status": "#status", "earliest": "#date+start", "latest": "#date+end", "place": "#loc+name", "admin1": "#adm1+name",
    "country": "#country+code", "lat": "#geo+lat", "lon": "#geo+lon", "precision": "#geo+precision", "radius_km": "#geo+radius",
    "actor": "#org+actor", "target": "#affected+name", "count_of": "#indicator+name", "population": "#affected+type", "unit": "#indicator+unit",
    "low": "#indicator+value+min", "high": "#indicator+value+max", "qualifier": "#indicator+qualifier", "source": "#meta+source+name",
    "stance": "#meta+stance", "trigger": "#description+trigger", "evidence": "#description+evidence",
}  # fmt: skip


def lines(linked: Linked, private: Pseudonyms) -> Iterator[str]:
    """Header, hashtags, then a line per event and figure (one line for an event without figures)."""
    yield csv_line(COLUMNS)
    yield csv_line(COLUMNS.values())
    for i in linked.incidents:
        for reading, e in members(i, linked.readings):
            held = [s for s in reading.statements if s.id in e.statements]
            said = min(held, key=lambda s: len(s.content), default=None)
            p, t = e.place, e.time
            for f in e.figures or (None,):
                yield csv_line([
                    i.id, reading.report.id, reading.published.earliest, e.id, e.type, e.status, t.earliest if t else None, t.latest if t else None,
                    p.name if p else None, p.admin1 if p else None, p.country if p else None, p.lat if p else None, p.lon if p else None,
                    p.precision if p else None, p.radius_km if p else None,
                    private.mask(e.actor.name or e.actor.span.text) if e.actor else None, private.mask(e.target.span.text) if e.target else None,
                    f.count_of if f else None, f.population if f else None, f.unit if f else None, f.low if f else None, f.high if f else None,
                    f.qualifier if f else None, private.mask(said.source.name) if said and said.source else None, said.stance if said else None,
                    private.mask(e.trigger.text), private.mask(f.span.text if f else e.trigger.text),
                ])  # fmt: skip
