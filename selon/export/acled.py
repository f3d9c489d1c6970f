"""Incidents in the column order of ACLED. This is ACLED's *format*: none of its data is used, and what Selon does not know stays empty.

Fatalities follow the conservative counting rule; figures that differ are named in `notes`, each with its source. May import: `export`, `linked`, `views`, `model`.
"""

from __future__ import annotations

from collections.abc import Iterator

from selon.export.codes import ACLED_GEO, acled_time, codes, span_days
from selon.export.privacy import Pseudonyms
from selon.linked import Linked
from selon.model.incident import Incident
from selon.views.counting import count, together
from selon.views.csv_text import csv_line
from selon.views.incidents import members, sources_of

COLUMNS = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]


def lines(linked: Linked, private: Pseudonyms) -> Iterator[str]:
    """Header, then one line per incident whose type ACLED codes and whose day is known."""
    yield csv_line(COLUMNS)
    for i in linked.incidents:
        kinds = codes()["acled"].get(i.type)
        if kinds is None or not i.earliest:
            continue
        told = list(members(i, linked.readings))
        actor = next((e.actor for _, e in told if e.actor), None)
        target = next((e.target for _, e in told if e.target), None)
        p = i.place
        row = {
            "event_id_cnty": i.id, "event_date": i.earliest, "year": i.earliest[:4], "time_precision": acled_time(span_days(i.earliest, i.latest)),
            "event_type": kinds[0], "sub_event_type": kinds[1], "actor1": private.mask(actor.name or actor.span.text) if actor else None,
            "actor2": private.mask(target.span.text) if target else None, "country": p.country if p else None, "admin1": p.admin1 if p else None,
            "location": p.name if p else None, "latitude": p.lat if p else None, "longitude": p.lon if p else None,
            "geo_precision": ACLED_GEO.get(p.precision) if p else None, "source": "; ".join(private.mask(s) or "" for s in sources_of(i, linked.readings)),
            "notes": private.mask(notes(i)), "fatalities": together(count(i, "acled"))["fatalities"].best, "tags": "disputed" if i.disputed else None,
        }  # fmt: skip
        yield csv_line(row.get(c) for c in COLUMNS)


def notes(i: Incident) -> str:
    """The figures of the incident in the words of the reports, each under its source."""
    parts = [f"{g.count_of}: " + " / ".join(f"« {v.text} » ({v.by or v.report})" for v in g.values[:8]) for g in i.figures]
    return f"{len(i.reports)} reports, {i.origins} origins. " + "; ".join(parts)
