"""Incidents in words: filters, one-line summaries, the claim matrix as lines. May import: `model`, `views`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from selon.model import Event, Reading
from selon.model.fold import fold
from selon.model.incident import SENTENCES, Edge, FigureGroup, FigureValue, Incident
from selon.model.rows import FigureRow
from selon.views.labels import Words
from selon.views.matrix import Matrix, Row
from selon.views.notes import Line, days, number

Say = Callable[..., str]
CHIEF = ("killed", "wounded", "missing", "captured", "displaced", "launched", "intercepted")
"""Counts that a summary names, in this order."""


class Ledgerlike(Protocol):
    """What the matrix needs beside itself: the origins of reports."""

    @property
    def origins(self) -> Mapping[str, int]: ...


@dataclass(frozen=True)
class Wanted:
    """Which incidents: parts of place names, ISO days, event types, a part of a source's name, disputed ones, so many origins."""

    place: str = ""
    since: str = ""
    until: str = ""
    types: tuple[str, ...] = ()
    source: str = ""
    disputed: bool = False
    origins: int = 0

    def fits(self, i: Incident, readings: Mapping[str, Reading]) -> bool:
        if (self.disputed and not i.disputed) or i.origins < self.origins:
            return False
        if self.since and not (i.latest and i.latest >= self.since):
            return False
        if self.until and not (i.earliest and i.earliest <= self.until):
            return False
        if self.place:
            named = [fold(x) for x in (i.place.name, i.place.admin1, i.place.country) if x] if i.place else []
            if not any(fold(self.place) in n for n in named):
                return False
        if self.types and not any(e.type in self.types for _, e in members(i, readings)):
            return False
        return not self.source or any(fold(self.source) in fold(s) for s in sources_of(i, readings))


def members(i: Incident, readings: Mapping[str, Reading]) -> Iterator[tuple[Reading, Event]]:
    """The events of an incident with their readings."""
    for report, event in i.events:
        for e in readings[report].events:
            if e.id == event:
                yield readings[report], e


def sources_of(i: Incident, readings: Mapping[str, Reading]) -> list[str]:
    """Names of the sources whose statements hold events of the incident."""
    out: dict[str, None] = {}
    for reading, event in members(i, readings):
        for s in reading.statements:
            if s.id in event.statements and s.source is not None:
                out.setdefault(s.source.name)
    return list(out)


def value_text(v: FigureValue, words: Words) -> str:
    """The value of a figure in words."""
    return number(FigureRow("other", v.unit, v.low, v.high, v.qualifier, None, None, v.text, 0, 0), words)


def group_label(g: FigureGroup, words: Words) -> str:
    """What a group of figures counts: « tués (civils) », « lancés (drones) »."""
    label = words.get("count_of", g.count_of)
    detail = (
        words.get("population", g.population)
        if g.population
        else g.unit
        if g.count_of in ("launched", "intercepted", "delivered")
        else None
    )
    told = ", ".join(x for x in (detail, g.place) if x)
    return f"{label} ({told})" if told else label


def summary(i: Incident, words: Words, narration: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The chief figures: (what is counted, [(value, by whom), …]), different values only, at most three counts of four values."""
    rank = {c: k for k, c in enumerate(CHIEF)}
    groups = sorted((g for g in i.figures if g.count_of in rank), key=lambda g: (rank[g.count_of], g.population or ""))
    out = []
    for g in groups[:3]:
        said: dict[str, str] = {}
        for v in g.values:
            said.setdefault(value_text(v, words), v.by or narration)
        out.append((group_label(g, words), list(said.items())[:4]))
    return out


def incident_lines(i: Incident, words: Words, say: Say) -> Iterator[Line]:
    """An incident of the list: type, place, days, reports and origins, then its chief figures side by side."""
    where = f"{i.place.name} ({i.place.country})" if i.place and i.place.country else i.place.name if i.place else say("incident.nowhere")
    yield Line(f"{i.id[:8]}  {words.get('type', i.type)} · {where} · {days(i.earliest, i.latest, words)}", "strong")
    counts = say("incident.counts", reports=len(i.reports), origins=i.origins)
    counts += f" · {say('incident.part_of', incident=i.part_of[:8])}" if i.part_of else ""
    yield Line(f"{counts} · {say('incident.disputed')}" if i.disputed else counts, "warn" if i.disputed else "dim", 1)
    for what, said in summary(i, words, say("incident.narration")):
        yield Line(f"{what}: " + " / ".join(f"{value} — {by}" for value, by in said), "text", 1)


def edge_kind(edge: Edge, words: Words) -> str:
    """The kind of an edge in words; a denial says what it denies."""
    return words(f"denied.{edge.denied}" if edge.denied else f"edge.{edge.kind}")


def edge_reason(edge: Edge, words: Words) -> str:
    """Why an edge is there, as a sentence in the language of `words`."""
    values = dict(edge.reason.values)
    what = words.get("count_of", values.get("count_of"))
    people = words.get("population", values["population"]) if "population" in values else ""
    shown = {**values, "what": f"{what} ({people})" if people else what, "type": words.get("type", values.get("type"))}
    return words.get("edge_reason", edge.reason.code, SENTENCES[edge.reason.code]).format(**shown)


def row_label(row: Row, words: Words, say: Say) -> str:
    """The question of a row of the matrix in words."""
    if row.question == "figure":
        detail = words.get("population", row.detail) if row.detail else ""
        told = ", ".join(x for x in (detail, row.place) if x)
        return words.get("count_of", row.topic) + (f" ({told})" if told else "")
    if row.question in ("measure", "besides"):
        return words.get("type", row.topic)
    return say(f"incident.{row.question}")


def matrix_lines(matrix: Matrix, linked: Ledgerlike, words: Words, say: Say) -> Iterator[Line]:
    """The claim matrix down the page: for each question, each source with what it says; then edges; then reports by origin."""
    i = matrix.incident
    yield from incident_lines(i, words, say)
    for row in matrix.rows:
        yield Line("")
        title = row_label(row, words, say)
        yield Line(
            f"{title} — {say('incident.disputed')}" if row in matrix.disputed else title, "warn" if row in matrix.disputed else "head"
        )
        for column in matrix.columns:
            for e in matrix.cells.get((row, column), ()):
                who = column.source or f"{say('incident.narration')} {column.report}"
                extra = [words.get("stance", e.stance)] if e.stance else []
                extra += [words.get("status", e.status)] if e.status != "happened" else []
                extra += [e.published] if e.published else []
                extra += [say("incident.withdrawn", by=e.withdrawn)] if e.withdrawn else []
                yield Line(
                    f"« {' '.join(e.value.split())} » — {who} ({', '.join(extra)})  {e.report}/{e.event}"
                    if extra
                    else f"« {e.value} » — {who}",
                    "text",
                    1,
                )
    if i.parts:
        yield Line("")
        yield Line(say("incident.parts"), "head")
        for part in i.parts:
            apart = f" — {say('incident.part_alone', incident=part.incident[:8])}" if part.incident else ""
            yield Line(f"{part.place.name}{apart}", "text", 1)
    if i.edges:
        yield Line("")
        yield Line(say("incident.edges"), "head")
        for edge in i.edges[:40]:
            yield Line(
                f"{edge_kind(edge, words)}: {edge_reason(edge, words)}", "warn" if edge.kind in ("contradicts", "denies") else "text", 1
            )
    yield Line("")
    yield Line(say("incident.reports"), "head")
    groups: dict[int, list[str]] = {}
    for r in i.reports:
        groups.setdefault(linked.origins.get(r, -1), []).append(r)
    for k, group in enumerate(groups.values(), 1):
        yield Line(f"{say('incident.origin', number=k)}: {', '.join(group)}", "text", 1)
