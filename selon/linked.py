"""A ledger, linked: what commands and pages that speak of incidents begin with. May import: `ledger`, `link`, `model`.

A report is named by its own name (the file's stem) where that is unique in the ledger, else by the ledger's id, so that two reports of
one name stay apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from selon.ledger import Store
from selon.link import Judged, apply, find_measures, fold_origins, link
from selon.model import Reading
from selon.model.incident import Incident, Measure
from selon.model.judgement import Judgement
from selon.model.rows import ReportRow


@dataclass(frozen=True)
class Linked:
    """Readings, incidents and measures at one moment, after what people judged (`judged` has the machine's values and what was rejected).

    The readings are without texts, times and places: load a report for those.
    """

    rows: Mapping[str, ReportRow]
    readings: Mapping[str, Reading]
    incidents: tuple[Incident, ...]
    by_id: Mapping[str, Incident]
    incident_of: Mapping[tuple[str, str], str]
    measures: tuple[Measure, ...]
    origins: Mapping[str, int]
    judged: Judged


def slim(reading: Reading) -> Reading:
    """Only what lists and matrices need."""
    return replace(reading, report=replace(reading.report, text=""), times=(), places=())


def link_readings(readings: Iterable[Reading], rows: Mapping[str, ReportRow] | None = None, judgements: Iterable[Judgement] = ()) -> Linked:
    """Links readings whose report ids are unique, after what people judged."""
    rows = rows or {}
    judged = apply(judgements, {r.report.id: r for r in readings}, {row.id: key for key, row in rows.items()})
    known = judged.readings
    origins = fold_origins(known.values())
    incidents = tuple(link(known.values(), judged.cannot, origins, judged.must))
    kept = {k: slim(r) for k, r in known.items()}
    held = {e: i.id for i in incidents for e in i.events}
    judged = replace(judged, readings={})  # whole readings are not kept
    return Linked(rows, kept, incidents, {i.id: i for i in incidents}, held, tuple(find_measures(kept.values())), origins, judged)


def linked(store: Store, as_of: datetime | None = None, rows: Iterable[ReportRow] | None = None) -> Linked:
    """The linked ledger as of a moment (None = now). `rows` are its reports where the caller has them."""
    every = list(store.reports(as_of=as_of) if rows is None else rows)
    times = Counter(r.name for r in every)
    named = {r.name if times[r.name] == 1 else r.id: r for r in every}
    readings = []
    for key, row in named.items():
        if row.version is not None:
            r = store.reading(row.id, as_of)
            readings.append(replace(r, report=replace(r.report, id=key)))
    return link_readings(readings, named, store.judgements(as_of))
