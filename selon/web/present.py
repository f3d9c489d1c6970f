"""Incidents, matrices and report texts in the form that pages and the API need. May import: `views`, `linked`, `model`."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from selon.linked import Linked
from selon.model import EVENT_TYPES, Event, Passage, Reading, Span, Statement
from selon.model.around import sentence_around
from selon.model.incident import Incident
from selon.model.judged import Item, Standing
from selon.views.incidents import members, summary
from selon.views.judgements import changes, told
from selon.views.labels import Words
from selon.views.notes import days
from selon.web.page import Page

FAMILY = {
    "airstrike": "strike", "drone_strike": "strike", "missile_strike": "strike", "shelling": "strike", "attack": "strike",
    "explosion": "strike", "interception": "strike", "clash": "ground", "incursion": "ground", "territory_change": "ground",
    "detention": "people", "killing": "people", "harm": "people", "evacuation": "protect", "sheltering": "protect",
    "closure": "protect", "restriction": "protect", "warning": "protect", "relief": "protect", "outage": "protect",
    "weapons_transfer": "arms", "training": "arms", "deployment": "arms", "authorisation": "arms", "meeting": "talk",
    "agreement": "talk", "sanction": "talk", "threat": "talk", "protest": "talk", "disaster": "disaster",
}  # fmt: skip
TYPES = EVENT_TYPES
FAMILY_OF = tuple(FAMILY[t] for t in EVENT_TYPES)
"""The family of each event type, in the order in which columns number them."""


def row(i: Incident, words: Words, page: Words, query: str) -> dict[str, Any]:
    """One incident of the list."""
    head = summary(i, words, page("incident.narration"))
    return {
        "id": i.id,
        "url": f"/incident/{i.id}{query}",
        "type": i.type,
        "kind": words.get("type", i.type),
        "family": FAMILY[i.type],
        "place": i.place.name if i.place else None,
        "country": i.place.country if i.place else None,
        "precision": i.place.precision if i.place else None,
        "lat": i.place.lat if i.place else None,
        "lon": i.place.lon if i.place else None,
        "radius_km": i.place.radius_km if i.place else None,
        "earliest": i.earliest,
        "latest": i.latest,
        "when": days(i.earliest, i.latest, words),
        "title": " · ".join(x for x in (words.get("type", i.type), i.place.name if i.place else "") if x),
        "summary": "; ".join(f"{what}: " + " / ".join(f"{v} ({by})" for v, by in said) for what, said in head),
        "figures": head,
        "reports": len(i.reports),
        "origins": i.origins,
        "disputed": i.disputed,
    }


def link_to(report: str, item: str | None = None, query: str = "") -> str:
    """The page of a report, at an item."""
    extra = f"{'&' if query else '?'}mark={quote(item)}#{quote(item)}" if item else ""
    return f"/report/{quote(report)}{query}{extra}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same marks: CSS classes, title for the pointer, anchor ids that begin here."""

    text: str
    classes: tuple[str, ...] = ()
    title: str = ""
    anchor: str = ""


def pieces(text: str, start: int, end: int, marks: Sequence[tuple[Span, str, str, str]]) -> list[Piece]:
    """The slice [start, end) cut where marks (span, class, title, anchor id) begin and end."""
    inside = [m for m in marks if m[0].end > start and m[0].start < end]
    cuts = sorted({start, end, *(c for m in inside for c in (m[0].start, m[0].end) if start < c < end)})
    out: list[Piece] = []
    anchored: set[str] = set()
    for a, b in itertools.pairwise(cuts):
        over = [m for m in inside if m[0].start <= a and m[0].end >= b]
        anchor = next((m[3] for m in over if m[3] and m[3] not in anchored and m[0].start in (a, max(a, m[0].start))), "")
        if anchor:
            anchored.add(anchor)
        titles = " · ".join(dict.fromkeys(m[2] for m in over if m[2]))
        out.append(Piece(text[a:b], tuple(dict.fromkeys(m[1] for m in over)), titles, anchor))
    return out


def marks_of(reading: Reading, layers: frozenset[str], chosen: str, words: Words, nobody: str) -> list[tuple[Span, str, str, str]]:
    """Marks of a report: span, class, title and anchor."""
    out: list[tuple[Span, str, str, str]] = []
    if "statements" in layers:
        for s in reading.statements:
            who = s.source.name if s.source else nobody
            title = f"{who} · {words.get('stance', s.stance)}"
            out.append((s.content, "chosen content" if s.id == chosen else "content", title, s.id))
            if s.source:
                out.append((s.source.span, "source", title, ""))
            if s.cue:
                out.append((s.cue, "cue", title, ""))
    for e in reading.events:
        if "events" in layers:
            title = f"{words.get('type', e.type)} · {words.get('status', e.status)}"
            out.append((e.trigger, "chosen event" if e.id == chosen else "event", title, e.id))
        if "figures" in layers:
            out += [(f.span, "figure", f"{words.get('count_of', f.count_of)}", "") for f in e.figures]
    if "times" in layers:
        out += [(t.span, "time", days(t.earliest, t.latest, words), "") for t in reading.times]
    if "places" in layers:
        out += [(p.span, "place", f"{p.name} · {words.get('precision', p.precision)}", "") for p in reading.places]
    return out


def blocks(reading: Reading, marks: Sequence[tuple[Span, str, str, str]]) -> list[tuple[Passage, list[Piece]]]:
    """Passages with their pieces; a report without passages is one paragraph."""
    text = reading.report.text
    passages = reading.report.passages or (Passage("paragraph", 0, len(text)),)
    return [(p, pieces(text, p.start, p.end, marks)) for p in passages]


def evidence(reading: Reading, item: Item) -> list[Piece]:
    """The sentence around an item, with what was found in it marked: the item itself, and who, what, how many, when and where."""
    v, marks = item.value, [(item.anchor, f"chosen {'content' if item.kind == 'statement' else item.kind}", "", "")]
    event = v if isinstance(v, Event) else next((e for e in reading.events if e.id == item.id.partition("/")[0]), None)
    if isinstance(v, Statement):
        marks += [(s, kind, "", "") for s, kind in ((v.source.span if v.source else None, "source"), (v.cue, "cue")) if s is not None]
    elif event is not None:
        marks.append((event.trigger, "event", "", ""))
        marks += [(f.span, "figure", "", "") for f in event.figures]
        marks += [(x.span, kind, "", "") for x, kind in ((event.time, "time"), (event.place, "place")) if x is not None]
        held = [s for s in reading.statements if s.id in event.statements]
        marks += [(s.source.span, "source", "", "") for s in held if s.source]
        marks += [(s.cue, "cue", "", "") for s in held if s.cue]
    around = sentence_around(reading.report.text, item.anchor.start, item.anchor.end)
    return pieces(reading.report.text, around.start, around.end, marks)


def members_of(i: Incident, found: Linked, page: Page) -> list[dict[str, Any]]:
    """The events of an incident, a row a report's event: where, its words, what it is, how it is told."""
    return [
        {"report": r.report.id, "event": e.id, "title": found.rows[r.report.id].title or found.rows[r.report.id].name, "day": r.published.earliest,
         "words": e.trigger.text, "kind": page.words.get("type", e.type), "status": page.words.get("status", e.status),
         "place": e.place.name if e.place else "", "when": days(e.time.earliest, e.time.latest, page.words) if e.time else ""}
        for r, e in members(i, found.readings)
    ]  # fmt: skip


def judged(standings: Sequence[Standing], words: Words) -> list[dict[str, Any]]:
    """What people hold of items, a row a judgement: where, verdict, who, when, note, what was changed from what, and its fate in words."""
    rows = []
    for s in standings:
        for t in told(s.opinion.judgements, [s]):
            j = t.judgement
            at = next((a for a in s.at if a is not None), None)
            rows.append({"at": at and (at[0], at[1].partition("/")[0]), "items": [a[1] if a else "?" for a in s.at], "words": [x.words for x in s.opinion.targets],
                         "verdict": words.get("judgement", j.verdict), "author": j.author, "day": f"{j.made_at:%Y-%m-%d}", "note": j.note,
                         "changes": changes(j.correction, s.machine) if j.value is not None else "",
                         "fate": "" if t.fate == "counts" else words.get("judgement_fate", t.fate)})  # fmt: skip
    return rows
