"""Typed relations between the statements and events of an incident, each with its reason in words. May import: `model`, `link`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from selon.link.figures import bounds, can_agree, teller
from selon.link.telling import fold
from selon.model import Event, Reading, Statement
from selon.model.fold import person_key
from selon.model.incident import Denied, Edge, EdgeKind, FigureGroup, FigureValue, Reason

_MOST = 200
_OUTCOMES = frozenset(("harm", "outage", "territory_change", "interception", "evacuation"))
_NEAR = 200
"""Figures are held against so many that follow them in time: an incident of thousands of reports stays quick."""


def figure_edges(groups: Sequence[FigureGroup]) -> list[Edge]:
    """Figures that confirm, contradict or revise one another."""
    out: list[Edge] = []
    for g in groups:
        for i, a in enumerate(g.values):
            for b in g.values[i + 1 : i + 1 + _NEAR]:
                if len(out) >= _MOST:
                    return out
                found = None if (a.report, a.event) == (b.report, b.event) or a.withdrawn or b.withdrawn else _relation(a, b, g.count_of)
                if found is not None:
                    kind, code = found
                    out.append(Edge(kind, (b.report, b.event), (a.report, a.event), _reason(code, a, b, g)))
    return out


def _relation(a: FigureValue, b: FigureValue, count_of: str) -> tuple[EdgeKind, str] | None:
    """How a later figure meets an earlier one of the same count, and the code of the reason."""
    same = (a.low, a.high) == (b.low, b.high)
    wire = a.origin == b.origin and a.report != b.report
    if wire and same:
        return "same_wire", "cited" if a.via is not None and a.via == b.via else "copies"
    one = person_key(a.by) == person_key(b.by) if a.by and b.by else a.by == b.by
    if wire and one and a.published != b.published:
        return "updates", "one_origin"
    if same and a.report != b.report:
        return "corroborates", "other_origins"
    if not can_agree(a, b, count_of):
        return "contradicts", "against"
    if not same and a.published != b.published and a.by and one:
        return "updates", "same_source"
    if not same and a.published and b.published and a.published < b.published:
        (a1, a2), (b1, b2) = bounds(a.low, a.high, a.qualifier), bounds(b.low, b.high, b.qualifier)
        if max(a1, b1) > min(a2, b2):
            return "updates", "later"
    return None


def _reason(code: str, a: FigureValue, b: FigureValue, g: FigureGroup) -> Reason:
    values = {
        "count_of": g.count_of, "population": g.population, "a": a.text.strip(), "b": b.text.strip(), "by_a": a.by or a.report,
        "by_b": b.by or b.report, "day_a": a.published, "day_b": b.published, "via": a.via,
    }  # fmt: skip
    return Reason(code, tuple((k, v) for k, v in values.items() if v))


def denial_edges(members: Sequence[tuple[Reading, Event]]) -> list[Edge]:
    """Statements that deny what others assert, claim or accuse within the incident."""
    holders: list[tuple[str, Event, Statement]] = []
    for reading, event in members:
        statements: Mapping[str, Statement] = {s.id: s for s in reading.statements}
        said = teller(event, statements)
        if said is not None:
            holders.append((reading.report.id, event, said))
    denials = [h for h in holders if h[2].stance == "denies"]
    others = [h for h in holders if h[2].stance in ("asserts", "accuses", "claims", "confirms")]
    out: list[Edge] = []
    seen: set[tuple[str, str, str, str]] = set()
    for r, e, s in denials:
        if len(out) >= _MOST:
            break
        for q, f, t in others:
            key = (r, s.id, q, t.id)
            if key in seen or len(out) >= _MOST or not s.source or not t.source or s.source.name == t.source.name:
                continue
            if e.type == f.type or e.status == "denied":
                seen.add(key)
                reason = Reason("denial", (("by_a", s.source.name), ("by_b", t.source.name), ("type", f.type)))
                out.append(Edge("denies", (r, s.id), (q, t.id), reason, _denied(e, s)))
    return out


def _denied(event: Event, denial: Statement) -> Denied:
    """What a denial denies. Authorship where its words say so, or where it is the denier who would have acted ("denies having struck");
    the outcome where it speaks of losses, damage, ground or a count; else the occurrence itself.
    """
    if any(w in _authorship() for w in fold(denial.content.text).split()):
        return "authorship"
    doer = event.actor.name or event.actor.span.text if event.actor is not None else ""
    if doer and denial.source is not None and fold(doer) == fold(denial.source.name):
        return "authorship"
    return "outcome" if event.type in _OUTCOMES or event.figures else "occurrence"


@cache
def _authorship() -> frozenset[str]:
    data = tomllib.loads(resources.files("selon.link").joinpath("denials.toml").read_text("utf-8"))
    return frozenset(fold(w) for words in data["authorship"].values() for w in words)
