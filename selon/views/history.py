"""The history of an incident: figures by source as they were published, and what the ledger learnt when. May import: `model`, `views`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from selon.model import Reading
from selon.model.incident import FigureValue, Incident
from selon.model.rows import FigureRow, ReadingRow
from selon.views.changes import change_lines
from selon.views.incidents import group_label, value_text
from selon.views.judgements import Told, told_json, told_lines
from selon.views.labels import Words
from selon.views.notes import Line, number, quoted
from selon.views.pages import Turn, turn_line

Say = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Course:
    """What one source says to one count, in the order of publication; `revised` when it changed its figure."""

    label: str
    by: str | None
    values: tuple[FigureValue, ...]

    @property
    def revised(self) -> bool:
        return len({(v.low, v.high, v.qualifier) for v in self.values}) > 1


@dataclass(frozen=True, slots=True)
class Read:
    """A reading of one of the incident's reports, with the figures that came and went against the reading before."""

    report: str
    row: ReadingRow
    came: tuple[FigureRow, ...] = ()
    went: tuple[FigureRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Turned:
    """Another version of the page of one of the incident's reports."""

    report: str
    turn: Turn


@dataclass(frozen=True, slots=True)
class Step:
    """Something the ledger learnt: when, and a reading, a judgement, or another version of a report's page."""

    at: datetime
    kind: Literal["reading", "judgement", "page"]
    what: Read | Told | Turned


def courses(i: Incident, words: Words) -> list[Course]:
    """The figures of an incident by count and source, sources in the order in which they first speak."""
    out = []
    for g in i.figures:
        by: dict[str, list[FigureValue]] = {}
        for v in g.values:
            by.setdefault(v.by or f"/{v.report}", []).append(v)
        out += [Course(group_label(g, words), values[0].by, tuple(values)) for values in by.values()]
    return out


def readings_of(report: str, rows: Sequence[ReadingRow], load: Callable[[ReadingRow], Reading]) -> list[Read]:
    """The readings of a report, the oldest first; `load` gives one in full, and is asked only where there are several."""
    if len(rows) < 2:
        return [Read(report, r) for r in rows]
    out: list[Read] = []
    before: Counter[FigureRow] = Counter()
    for n, row in enumerate(rows):
        now = Counter(_figures(load(row)))
        came, went = (now - before, before - now) if n else (Counter[FigureRow](), Counter[FigureRow]())
        out.append(Read(report, row, tuple(came.elements()), tuple(went.elements())))
        before = now
    return out


def _figures(r: Reading) -> Iterator[FigureRow]:
    for e in r.events:
        for f in e.figures:
            yield FigureRow(f.count_of, f.unit, f.low, f.high, f.qualifier, f.population, f.scope, f.span.text, f.span.start, f.span.end)


def steps(reads: Iterable[Read], judgements: Iterable[Told], turned: Iterable[Turned] = ()) -> list[Step]:
    """Readings, judgements and versions of pages in the order in which the ledger learnt of them."""
    out = [Step(r.row.recorded_at, "reading", r) for r in reads] + [Step(t.judgement.made_at, "judgement", t) for t in judgements]
    out += [Step(t.turn.version.at, "page", t) for t in turned]
    return sorted(out, key=lambda s: (s.at, s.kind, s.what.judgement.id if isinstance(s.what, Told) else s.what.report))


def touching(judgements: Iterable[Told], i: Incident, incident_of: Mapping[tuple[str, str], str]) -> list[Told]:
    """The judgements on events of an incident, their figures, and statements of its reports; retractions of these too.

    A rejected event is in no incident any more: it belongs to those of its report.
    """

    def inside(at: tuple[str, str] | None) -> bool:
        if at is None or at[0] not in i.reports:
            return False
        return incident_of.get((at[0], at[1].partition("/")[0]), i.id) == i.id

    listed = list(judgements)
    mine = {t.judgement.id for t in listed if any(inside(a) for a in t.at)}
    return [t for t in listed if t.judgement.id in mine or t.judgement.retracts in mine]


def history_lines(i: Incident, found: Sequence[Step], words: Words, say: Say) -> Iterator[Line]:
    """Figures by source, then what the ledger learnt when."""
    yield Line("")
    yield Line(say("history.figures"), "head")
    for c in courses(i, words):
        who = c.by or f"{say('incident.narration')} {c.values[0].report}"
        told = " → ".join(_told(v, words, say) for v in c.values)
        yield Line(f"{c.label} — {who}: {told}" + (f" — {say('history.revised')}" if c.revised else ""), "warn" if c.revised else "text", 1)
    if not i.figures:
        yield Line(say("history.no_figures"), "text", 1)
    yield Line("")
    yield Line(say("history.steps"), "head")
    for s in found:
        if isinstance(s.what, Read):
            r = s.what.row
            yield Line(say("history.read", time=f"{s.at:%Y-%m-%d %H:%M}", report=s.what.report, version=r.version, statements=r.statements,
                           events=r.events, figures=r.figures), "text", 1)  # fmt: skip
            for sign, figures in (("-", s.what.went), ("+", s.what.came)):
                for f in figures:
                    yield Line(f"{sign} {words.get('count_of', f.count_of)} {number(f, words)} {quoted(f.text)}", "dim", 2)
        elif isinstance(s.what, Turned):
            yield turn_line(s.what.turn, say, s.what.report)
            yield from change_lines(s.what.turn.changes, 2)
        else:
            yield from (Line(line.text, line.style, line.indent + 1) for line in told_lines(s.what, words))


def _told(v: FigureValue, words: Words, say: Say) -> str:
    gone = f", {say('incident.withdrawn', by=v.withdrawn)}" if v.withdrawn else ""
    return f"{value_text(v, words)} ({v.published or '?'}, {v.report}{gone})"


def step_json(s: Step) -> Mapping[str, Any]:
    """A step as a JSON object."""
    if isinstance(s.what, Read):
        r = s.what.row
        figures = {k: [{"count_of": f.count_of, "low": f.low, "high": f.high, "text": f.text} for f in fs]
                   for k, fs in (("came", s.what.came), ("went", s.what.went))}  # fmt: skip
        return {"at": s.at, "kind": "reading", "report": s.what.report, "version": r.version, "statements": r.statements,
                "events": r.events, "figures": r.figures, **figures}  # fmt: skip
    if isinstance(s.what, Turned):
        t = s.what.turn
        return {"at": s.at, "kind": "page", "report": s.what.report, "change": t.version.kind, "url": t.version.url,
                "changes": [{"before": c.before, "after": c.after} for c in t.changes]}  # fmt: skip
    return {"at": s.at, "kind": "judgement", **told_json(s.what)}
