"""The claim matrix of an incident: questions down, sources across, what each says in the cells. May import: `model`.

Rows are questions (did it happen, who did it, how many killed, launched, intercepted…, which measures); columns are sources in the
order in which they first speak; a cell holds all that a source says to a question, with stance, day and the words. Nothing is averaged:
a source that revised its figure has both in its cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from selon.model import Event, Figure, Reading, SourceKind, Span, Stance, Statement, Status
from selon.model.fold import fold, person_key
from selon.model.incident import Incident, Withdrawal

Question = Literal["occurrence", "actor", "figure", "measure", "besides"]

_NONE: Mapping[str, Withdrawal] = MappingProxyType({})
_MEASURES = frozenset(("evacuation", "sheltering", "closure", "restriction", "warning", "outage", "relief"))
_OTHER = frozenset(
    ("weapons_transfer", "training", "deployment", "authorisation", "meeting", "agreement", "sanction", "threat", "protest", "detention")
)


@dataclass(frozen=True, slots=True)
class Row:
    """A question. `topic` is the event type of a measure or of what is told besides, or what a figure counts; `detail` population or thing; `place`
    the town where a figure counts a part of a wave.
    """

    question: Question
    topic: str = ""
    detail: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A source, or a report that tells in its own voice (`source` None)."""

    source: str | None
    report: str | None
    kind: SourceKind | None
    country: str | None
    first: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing said: `value` in the report's own words, stance None = the report's own narration, `published` an ISO day; `withdrawn` names the
    report that withdrew or corrected this one.
    """

    value: str
    stance: Stance | None
    status: Status
    published: str | None
    report: str
    event: str
    statement: str | None
    evidence: Span
    low: int | None = None
    high: int | None = None
    withdrawn: str | None = None


@dataclass(frozen=True)
class Matrix:
    """Cells by (row, column); a missing cell is silence."""

    incident: Incident
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    cells: Mapping[tuple[Row, Column], tuple[Entry, ...]]
    disputed: frozenset[Row]


@dataclass
class _Builder:
    columns: dict[tuple[str, str], Column] = field(default_factory=dict)
    cells: dict[tuple[Row, Column], list[Entry]] = field(default_factory=dict)

    def column(self, reading: Reading, statement: Statement | None) -> Column:
        source = statement.source if statement else None
        key = ("source", person_key(source.name, source.country)) if source else ("report", reading.report.id)
        if key not in self.columns:
            day = reading.published.earliest
            self.columns[key] = Column(
                source.name if source else None, None if source else reading.report.id, source.kind if source else None,
                source.country if source else None, day,
            )  # fmt: skip
        return self.columns[key]

    def put(self, row: Row, column: Column, entry: Entry) -> None:
        cell = self.cells.setdefault((row, column), [])
        if all((e.value, e.stance, e.published) != (entry.value, entry.stance, entry.published) for e in cell):
            cell.append(entry)


def figure_row(f: Figure, place: str | None = None) -> Row:
    """The question a figure answers: what it counts, of whom; what flies is told apart by its kind."""
    flies = f.count_of in ("launched", "intercepted", "delivered")
    words = fold(f.unit or "").split()
    return Row("figure", f.count_of, f.population or (words[0].rstrip("sx") if flies and words else None), place)


def _row(event: Event, incident: Incident) -> Row:
    if event.type in _MEASURES and incident.type not in _MEASURES:
        return Row("measure", event.type)
    # An incident of arms or talks is about them; elsewhere they are told besides.
    if (event.type in _OTHER and event.type != incident.type) or (event.type == "harm" and incident.type != "harm"):
        return Row("besides", event.type)
    return Row("occurrence")


def build_matrix(incident: Incident, readings: Mapping[str, Reading], withdrawn: Mapping[str, Withdrawal] = _NONE) -> Matrix:
    """The matrix of an incident over the readings of its reports (by report id); `withdrawn` tells which of them no longer stand."""
    b = _Builder()
    towns = {e: p.place.name for p in incident.parts for e in p.events}
    members: list[tuple[Reading, Event]] = []
    for report, event_id in incident.events:
        r = readings[report]
        members += [(r, e) for e in r.events if e.id == event_id]
    members.sort(key=lambda m: (m[0].published.earliest or "9999", m[0].report.id, m[1].trigger.start))
    for reading, event in members:
        known = {s.id: s for s in reading.statements}
        held = [known[s] for s in event.statements if s in known]
        # The innermost statement answers for the event; those that relay it are shown with the report.
        said = min(held, key=lambda s: (len(s.content), s.content.start), default=None)
        column = b.column(reading, said)
        gone = withdrawn.get(reading.report.id)

        def entry(
            value: str,
            span: Span,
            f: Figure | None = None,
            reading: Reading = reading,
            event: Event = event,
            said: Statement | None = said,
            gone: Withdrawal | None = gone,
        ) -> Entry:
            return Entry(
                value, said.stance if said else None, event.status, reading.published.earliest, reading.report.id, event.id,
                said.id if said else None, span, f.low if f else None, f.high if f else None,
                gone.by if gone else None,
            )  # fmt: skip

        row = _row(event, incident)
        b.put(row, column, entry(event.trigger.text, event.trigger))
        if event.actor is not None and row.question == "occurrence":
            b.put(Row("actor"), column, entry(event.actor.name or event.actor.span.text, event.actor.span))
        for f in event.figures:
            b.put(figure_row(f, towns.get((reading.report.id, event.id))), column, entry(f.span.text, f.span, f))
    order = {"occurrence": 0, "actor": 1, "figure": 2, "measure": 3, "besides": 4}
    sizes: dict[Row, int] = {}
    for row, _ in b.cells:
        sizes[row] = sizes.get(row, 0) + 1
    rows = tuple(sorted(sizes, key=lambda r: (order[r.question], -sizes[r], r.topic, r.detail or "", r.place or "")))
    return Matrix(incident, rows, tuple(b.columns.values()), {k: tuple(v) for k, v in b.cells.items()}, _disputed(incident, b.cells))


COLUMNS = (
    "question", "source", "source_kind", "country", "words", "stance", "status", "published", "low", "high", "withdrawn", "report", "event",
)  # fmt: skip
"""Columns of `matrix_rows`."""


def matrix_rows(matrix: Matrix, label: Callable[[Row], str], mask: Callable[[str | None], str | None]) -> Iterator[tuple[object, ...]]:
    """The matrix as a table, a row an entry. `mask` replaces names of private persons."""
    for r in matrix.rows:
        for c in matrix.columns:
            for e in matrix.cells.get((r, c), ()):
                yield (
                    label(r), mask(c.source), c.kind, c.country, mask(e.value), e.stance, e.status, e.published, e.low, e.high, e.withdrawn,
                    e.report, e.event,
                )  # fmt: skip


def _disputed(incident: Incident, cells: Mapping[tuple[Row, Column], list[Entry]]) -> frozenset[Row]:
    out: set[Row] = set()
    apart = {(g.count_of, g.population, g.place) for g in incident.figures if not g.agree}
    stances: dict[Row, set[str | None]] = {}
    for (row, _), entries in cells.items():
        stances.setdefault(row, set()).update(e.stance for e in entries if e.withdrawn is None)
        if row.question == "figure" and any(c == row.topic and (p is None or p == row.detail) and at == row.place for c, p, at in apart):
            out.add(row)
    for row, found in stances.items():
        if "denies" in found and found - {"denies", "unconfirmed", "comments"}:
            out.add(row)
    return frozenset(out)
