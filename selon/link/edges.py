"""Typed relations between the statements and events of an incident, each with its reason in words. May import: `model`, `link`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selon.link.figures import bounds, can_agree, teller
from selon.model import Event, Reading, Statement
from selon.model.incident import Edge, FigureGroup, FigureValue

_MOST = 200
_NEAR = 200
"""Figures are held against so many that follow them in time: an incident of thousands of reports stays quick."""


def _range(v: FigureValue) -> str:
    return v.text.strip()


def _who(v: FigureValue) -> str:
    return v.by or v.report


def _shared(a: FigureValue, b: FigureValue) -> str:
    if a.via is not None and a.via == b.via:
        return f"stands in two reports that both say they have it from {a.via}"
    return "stands in two copies of one origin"


def figure_edges(groups: Sequence[FigureGroup]) -> list[Edge]:
    """Figures that confirm, contradict or revise one another."""
    out: list[Edge] = []
    for g in groups:
        what = f"{g.count_of}{' ' + g.population if g.population else ''}"
        for i, a in enumerate(g.values):
            for b in g.values[i + 1 : i + 1 + _NEAR]:
                if len(out) >= _MOST:
                    return out
                if (a.report, a.event) == (b.report, b.event):
                    continue
                x, y = (b.report, b.event), (a.report, a.event)
                same = (a.low, a.high) == (b.low, b.high)
                wire = a.origin == b.origin and a.report != b.report
                if wire and same:
                    out.append(Edge("same_wire", x, y, f"{what}: « {_range(b)} » {_shared(a, b)}"))
                elif wire and a.by == b.by and a.published != b.published:
                    out.append(Edge("updates", x, y, f"{what}: one origin, first « {_range(a)} », later « {_range(b)} »"))
                elif same and a.report != b.report:
                    out.append(
                        Edge(
                            "corroborates", x, y, f"{what}: « {_range(b)} » ({_who(b)}) and « {_range(a)} » ({_who(a)}), different origins"
                        )
                    )
                elif not can_agree(a, b, g.count_of):
                    out.append(Edge("contradicts", x, y, f"{what}: « {_range(b)} » ({_who(b)}) against « {_range(a)} » ({_who(a)})"))
                elif not same and a.published != b.published and a.by and a.by == b.by:
                    out.append(Edge("updates", x, y, f"{what}: {a.by} first « {_range(a)} », later « {_range(b)} »"))
                elif not same and a.published and b.published and a.published < b.published:
                    (a1, a2), (b1, b2) = bounds(a.low, a.high, a.qualifier), bounds(b.low, b.high, b.qualifier)
                    if max(a1, b1) > min(a2, b2):
                        out.append(Edge("updates", x, y, f"{what}: « {_range(a)} » on {a.published}, « {_range(b)} » on {b.published}"))
    return out


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
                out.append(Edge("denies", (r, s.id), (q, t.id), f"{s.source.name} denies what {t.source.name} says ({f.type})"))
    return out
