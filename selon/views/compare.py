"""What changed between two readings of one report. May import: `model`.

Things are the same when they are anchored in the same words: a statement by its content, an event by its trigger, a figure by its
number. What overlaps is the same thing found with other ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from selon.model import Event, Figure, Reading, Span, Statement

Kind = Literal["statement", "event", "figure"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that came, went, or has other values: `values` are (field, before, after), None where there is none."""

    kind: Kind
    state: Literal["came", "went", "changed"]
    before: Span | None
    after: Span | None
    values: tuple[tuple[str, Any, Any], ...] = ()

    @property
    def start(self) -> int:
        """Where it stands in the text."""
        span = self.after or self.before
        return span.start if span else 0


def compare(before: Reading, after: Reading) -> list[Change]:
    """All changes in the order of the text."""
    out = [*_pairs("statement", _statements(before), _statements(after)), *_pairs("event", _events(before), _events(after)),
           *_pairs("figure", _figures(before), _figures(after))]  # fmt: skip
    return sorted(out, key=lambda c: (c.start, c.kind))


_Items = Sequence[tuple[Span, Mapping[str, Any]]]


def _statements(r: Reading) -> _Items:
    def values(s: Statement) -> Mapping[str, Any]:
        return {"stance": s.stance, "source": s.source and s.source.name, "channel": s.channel, "mood": s.mood}

    return [(s.content, values(s)) for s in r.statements]


def _events(r: Reading) -> _Items:
    def values(e: Event) -> Mapping[str, Any]:
        return {"type": e.type, "status": e.status, "place": e.place and e.place.name, "earliest": e.time and e.time.earliest,
                "latest": e.time and e.time.latest, "actor": e.actor and (e.actor.name or e.actor.span.text)}  # fmt: skip

    return [(e.trigger, values(e)) for e in r.events]


def _figures(r: Reading) -> _Items:
    def values(f: Figure) -> Mapping[str, Any]:
        return {"count_of": f.count_of, "low": f.low, "high": f.high, "qualifier": f.qualifier, "population": f.population}

    return [(f.span, values(f)) for e in r.events for f in e.figures]


def _pairs(kind: Kind, before: _Items, after: _Items) -> Iterator[Change]:
    left = list(before)
    for span, values in after:
        same = next((k for k, (s, _) in enumerate(left) if (s.start, s.end) == (span.start, span.end)), None)
        if same is None:
            same = next((k for k, (s, _) in enumerate(left) if s.start < span.end and span.start < s.end), None)
        if same is None:
            yield Change(kind, "came", None, span, tuple((k, None, v) for k, v in values.items() if v is not None))
            continue
        old_span, old = left.pop(same)
        different = tuple((k, old[k], v) for k, v in values.items() if old[k] != v)
        if different or (old_span.start, old_span.end) != (span.start, span.end):
            yield Change(kind, "changed", old_span, span, different)
    for span, values in left:
        yield Change(kind, "went", span, None, tuple((k, v, None) for k, v in values.items() if v is not None))
