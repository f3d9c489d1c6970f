"""A ledger, linked: what commands and pages that speak of incidents begin with. May import: `ledger`, `link`, `model`.

A report is named by its own name (the file's stem) where that is unique in the ledger, else by the ledger's id, so that two reports of
one name stay apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from selon.ledger import Store, report_id
from selon.link import Corpus, Judged, Origins, apply, find_measures, fold_origins, link_all
from selon.link.why import Why, why
from selon.model import Reading
from selon.model.incident import Incident, Measure, Withdrawal
from selon.model.judged import Standing
from selon.model.judgement import Judgement
from selon.model.rows import ReportRow


@dataclass(frozen=True)
class Linked:
    """Readings, incidents and measures at one moment, after what people judged (`judged` has the machine's values and what was rejected).
    `withdrawn` tells which reports later ones withdrew or corrected.

    The readings are without texts, times and places: load a report for those.
    """

    rows: Mapping[str, ReportRow]
    readings: Mapping[str, Reading]
    incidents: tuple[Incident, ...]
    by_id: Mapping[str, Incident]
    incident_of: Mapping[tuple[str, str], str]
    measures: tuple[Measure, ...]
    origins: Origins
    judged: Judged
    corpus: Corpus
    withdrawn: Mapping[str, Withdrawal]


def slim(reading: Reading) -> Reading:
    """Only what lists and matrices need."""
    return replace(reading, report=replace(reading.report, text=""), times=(), places=())


def link_readings(readings: Iterable[Reading], rows: Mapping[str, ReportRow] | None = None, judgements: Iterable[Judgement] = ()) -> Linked:
    """Links readings whose report ids are unique, after what people judged."""
    rows = rows or {}
    after = apply(judgements, {r.report.id: r for r in readings}, {row.id: key for key, row in rows.items()})
    known = after.readings
    origins = fold_origins(known.values())
    found = link_all(known.values(), after.cannot, origins, after.must)
    incidents = found.incidents
    kept = {k: slim(r) for k, r in known.items()}
    held = {e: i.id for i in incidents for e in i.events}
    after = replace(after, readings={})  # whole readings are not kept
    return Linked(
        rows, kept, incidents, {i.id: i for i in incidents}, held, tuple(find_measures(known.values())), origins, after, found.corpus,
        found.withdrawn,
    )  # fmt: skip


def linked(store: Store, as_of: datetime | None = None, rows: Iterable[ReportRow] | None = None) -> Linked:
    """The linked ledger as of a moment (None = now). `rows` are its reports where the caller has them."""
    named = named_reports(list(store.reports(as_of=as_of) if rows is None else rows))
    return link_readings(_readings(store, named, as_of), named, store.judgements(as_of))


def judged(store: Store, as_of: datetime | None = None) -> Judged:
    """The judgements of a ledger beside its readings of a moment, without linking."""
    named = named_reports(list(store.reports(as_of=as_of)))
    return apply(store.judgements(as_of), {r.report.id: r for r in _readings(store, named, as_of)}, {row.id: k for k, row in named.items()})


def explain_incident(store: Store, found: Linked, incident: Incident, as_of: datetime | None = None) -> list[Why]:
    """Why each report is held to tell of an incident of the linked ledger."""
    whole = {r: replace(x, report=replace(x.report, id=r)) for r in incident.reports for x in [store.reading(found.rows[r].id, as_of)]}
    return why(incident, whole, found.corpus)


def standings_in(incident: Incident, found: Linked) -> tuple[Standing, ...]:
    """What people hold of the events of an incident, their figures, the statements that hold them, and of what was rejected there."""
    out: dict[str, Standing] = {}
    for s in found.judged.standings:
        for at in s.at:
            if (
                at is not None
                and at[0] in incident.reports
                and found.incident_of.get((at[0], at[1].partition("/")[0]), incident.id) == incident.id
            ):
                out[s.opinion.about] = s
    return tuple(out.values())


def standings_of(store: Store, reading: Reading, as_of: datetime | None = None) -> tuple[Standing, ...]:
    """What people hold of the statements, events and figures of one report."""
    id_ = report_id(reading.report)
    mine = [j for j in store.judgements(as_of) if j.target is None or (j.other is None and j.target.report == id_)]
    return apply(mine, {reading.report.id: reading}, {id_: reading.report.id}).standings


def named_reports(rows: Sequence[ReportRow]) -> dict[str, ReportRow]:
    """Reports under the names by which people ask for them."""
    times = Counter(r.name for r in rows)
    return {r.name if times[r.name] == 1 else r.id: r for r in rows}


def _readings(store: Store, named: Mapping[str, ReportRow], as_of: datetime | None) -> Iterator[Reading]:
    # One question for all of them: asking for each by its name takes five times as long.
    key_of = {row.id: key for key, row in named.items()}
    for r in store.readings(as_of):
        if (key := key_of.get(report_id(r.report))) is not None:
            yield replace(r, report=replace(r.report, id=key))
