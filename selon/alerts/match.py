"""Which incidents and reports a rule tells of. Pure functions over a linked ledger. May import: `linked`, `export`, `views`, `model`.

An alert is about events by their places in archived texts: the same occurrence under another id, after another reading, is not told again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from selon.alerts.rules import Rule
from selon.export.privacy import Pseudonyms
from selon.linked import Linked
from selon.model import Event, Reading
from selon.model.fold import fold
from selon.model.incident import FigureGroup, FigureValue, Incident
from selon.model.pages import Alert
from selon.model.reading import content_id
from selon.model.rows import ReportRow
from selon.views.incidents import group_label, members, value_text
from selon.views.labels import Words
from selon.views.notes import days

QUOTES = 3
"""Figures and reports that an alert names at most, of each."""


def alerts_of(
    rules: Collection[Rule], found: Linked, new: Collection[str], with_terms: Mapping[str, Collection[str]], words: Words, now: datetime
) -> Iterator[Alert]:
    """The alerts of the rules about incidents of `new` reports (names in `found`) and those reports; `with_terms` has the ids of the reports with each term."""
    private = Pseudonyms.of(found.readings.values())
    for rule in rules:
        told = {id_ for term in rule.terms for id_ in with_terms.get(term, ())}
        if rule.of_reports:
            for name in new:
                row = found.rows.get(name)
                if row is not None and row.id in told:
                    yield _of_report(rule, row, private, now)
            continue
        for i in found.incidents:
            if not any(r in new for r in i.reports):
                continue
            fitting = _fitting(rule, i, found)
            if fitting and (not rule.terms or any(found.rows[r].id in told for r in i.reports if r in found.rows)):
                yield _of_incident(rule, i, found, private, words, now)


def _fitting(rule: Rule, i: Incident, found: Linked) -> bool:
    if (rule.disputed and not i.disputed) or i.origins < rule.origins:
        return False
    if rule.figure and not any(_exceeds(v, rule.above) for g in i.figures if g.count_of == rule.figure for v in g.values):
        return False
    return any(_event_fits(rule, e) for _, e in members(i, found.readings))


def _exceeds(value: FigureValue, above: int) -> bool:
    """Whether somebody says that there were more. « Up to 50 » says nothing of the kind."""
    return value.low is not None and value.low > above and value.stance != "denies"


def _event_fits(rule: Rule, e: Event) -> bool:
    if (rule.types and e.type not in rule.types) or (rule.statuses and e.status not in rule.statuses):
        return False
    if not rule.places:
        return True
    if e.place is None:
        return False
    named = [f" {fold(x)} " for x in (e.place.name, e.place.span.text, e.place.admin1, e.place.country) if x]
    return any(f" {fold(p)} " in n for p in rule.places for n in named)


def anchors(i: Incident, readings: Mapping[str, Reading], rows: Mapping[str, ReportRow]) -> tuple[str, ...]:
    """What an incident is, apart from ids that change: where its events stand in which text."""
    out = []
    for reading, e in members(i, readings):
        row = rows.get(reading.report.id)
        out.append(f"{row.id if row else reading.report.id}:{e.trigger.start}:{e.trigger.end}")
    return tuple(dict.fromkeys(out))


def _of_incident(rule: Rule, i: Incident, found: Linked, private: Pseudonyms, words: Words, now: datetime) -> Alert:
    about = anchors(i, found.readings, found.rows)
    where = f"{i.place.name} ({i.place.country})" if i.place and i.place.country else i.place.name if i.place else ""
    title = " · ".join(x for x in (words.get("type", i.type), where, days(i.earliest, i.latest, words)) if x)
    body: dict[str, Any] = {
        "rule": rule.name, "incident": i.id, "title": title, "type": i.type, "disputed": i.disputed, "origins": i.origins,
        "time": {"earliest": i.earliest, "latest": i.latest},
        "place": {"name": i.place.name, "country": i.place.country, "lat": i.place.lat, "lon": i.place.lon} if i.place else None,
        "figures": [_figure(g, v, words, private) for g in sorted(i.figures, key=lambda g: g.count_of != rule.figure)[:QUOTES] for v in g.values[:QUOTES]],
        "reports": [_report(found.rows[r], private) for r in i.reports[:QUOTES] if r in found.rows], "reports_in_all": len(i.reports),
    }  # fmt: skip
    return Alert(content_id("alert", rule.name, *sorted(about)), rule.name, now, body, about, rule.channels)


def _figure(g: FigureGroup, v: FigureValue, words: Words, private: Pseudonyms) -> dict[str, Any]:
    return {
        "what": group_label(g, words),
        "value": value_text(v, words),
        "low": v.low,
        "high": v.high,
        "by": private.mask(v.by),
        "quote": private.mask(v.text),
        "report": v.report,
    }


def _report(row: ReportRow, private: Pseudonyms) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "title": private.mask(row.title),
        "outlet": row.outlet,
        "url": row.url,
        "published": row.published_earliest,
    }


def _of_report(rule: Rule, row: ReportRow, private: Pseudonyms, now: datetime) -> Alert:
    # A page that is changed makes another report: it is the page that is told of.
    about = (row.url or row.id,)
    body = {
        "rule": rule.name,
        "title": private.mask(row.title) or row.name,
        "terms": list(rule.terms),
        "reports": [_report(row, private)],
        "reports_in_all": 1,
    }
    return Alert(content_id("alert", rule.name, *about), rule.name, now, body, about, rule.channels)
