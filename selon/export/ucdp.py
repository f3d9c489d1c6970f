"""Incidents with reported deaths in columns of the UCDP Georeferenced Event Dataset (GED 26.1). May import: `export`, `linked`, `views`.

Conflict, dyad and side ids are UCDP's own and stay empty. `best`, `high` and `low` follow the counting rule of that name.
"""

from __future__ import annotations

from collections.abc import Iterator

from selon.export.codes import UCDP_WHERE, codes, span_days, ucdp_date
from selon.export.privacy import Pseudonyms
from selon.linked import Linked
from selon.views.counting import count, together
from selon.views.csv_text import csv_line
from selon.views.incidents import sources_of

COLUMNS = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "side_a",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "country",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
]


def lines(linked: Linked, private: Pseudonyms) -> Iterator[str]:
    """Header, then one line per incident with at least one reported death and a known day."""
    yield csv_line(COLUMNS)
    for i in linked.incidents:
        counts = together(count(i, "ucdp"))
        deaths = counts.get("deaths")
        if i.type not in codes()["ucdp"]["types"] or not i.earliest or deaths is None or not deaths.high:
            continue
        p, rows = i.place, [linked.rows[r] for r in i.reports if r in linked.rows]
        civilians = counts.get("deaths_civilians")
        row = {
            "id": i.id, "year": i.earliest[:4], "number_of_sources": len(i.reports), "source_date": ";".join(sorted({r.published_earliest for r in rows if r.published_earliest})),
            "source_headline": ";".join(private.mask(r.title) or r.name for r in rows), "source_original": "; ".join(private.mask(s) or "" for s in sources_of(i, linked.readings)),
            "where_prec": UCDP_WHERE.get(p.precision) if p else None, "where_coordinates": p.name if p else None, "adm_1": p.admin1 if p else None,
            "latitude": p.lat if p else None, "longitude": p.lon if p else None, "country": p.country if p else None, "event_clarity": 1 if len(i.main_of) else 2,
            "date_prec": ucdp_date(span_days(i.earliest, i.latest)), "date_start": i.earliest, "date_end": i.latest,
            "deaths_civilians": civilians.best if civilians else None, "best": deaths.best, "high": deaths.high, "low": deaths.low,
        }  # fmt: skip
        yield csv_line(row.get(c) for c in COLUMNS)
