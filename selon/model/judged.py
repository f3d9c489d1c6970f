"""Targets of judgements in a reading: naming them, and finding them again in a later one. May import: `model`, `errors`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from selon.errors import UsageError
from selon.model.judgement import Judgement, Opinion, Target, TargetKind
from selon.model.reading import Reading, content_id
from selon.model.span import Span
from selon.model.values import (
    COUNTS_OF,
    EVENT_TYPES,
    QUALIFIERS,
    SOURCE_KINDS,
    STANCES,
    STATUSES,
    Event,
    Figure,
    Mood,
    Population,
    Scope,
    Statement,
)

State = Literal["stands", "open_again", "orphaned"]
_ALIKE = 0.3
"""Share of two anchors' hull that must be common for them to be one target."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An opinion beside the readings of a moment: (report, item) of each target (None = gone), its state, the machine's values corrected."""

    opinion: Opinion
    at: tuple[tuple[str, str] | None, ...]
    state: State
    machine: Mapping[str, Any] = field(default_factory=dict)

    @property
    def effective(self) -> Judgement | None:
        """The judgement that changes what views show: settled, and neither reopened nor orphaned."""
        return self.opinion.settled if self.state == "stands" else None


@dataclass(frozen=True, slots=True)
class Item:
    """A statement, event or figure of a reading under the name that people use for it."""

    kind: TargetKind
    id: str
    anchor: Span
    value: Statement | Event | Figure


def items(reading: Reading) -> Iterator[Item]:
    """All that can be judged: statements `s1`…, events `e1`…, their figures `e1/f1`…"""
    for s in reading.statements:
        yield Item("statement", s.id, s.content, s)
    for e in reading.events:
        yield Item("event", e.id, e.trigger, e)
        for k, f in enumerate(e.figures, 1):
            yield Item("figure", f"{e.id}/f{k}", f.span, f)


def target_of(reading: Reading, report: str, item: str) -> Target:
    """The target at an item of a reading whose report has this id in the ledger. Raises UsageError SEL-U030."""
    found = next((i for i in items(reading) if i.id == item), None)
    if found is None:
        raise UsageError(
            "SEL-U030", "this report has no such statement, event or figure", place=item, remedy="`selon show REPORT` lists them"
        )
    a = found.anchor
    return Target(found.kind, report, item, a.start, a.end, a.text, passage_key(reading, a), found_key(found.value))


def passage_key(reading: Reading, anchor: Span) -> str:
    """A key of the text of the passage that holds the anchor; of the line where a report has no passages."""
    text = reading.report.text
    around = next((p for p in reading.report.passages if p.start <= anchor.start < max(p.end, p.start + 1)), None)
    if around is not None:
        return content_id("passage", text[around.start : around.end])
    end = text.find("\n", anchor.end)
    return content_id("passage", text[text.rfind("\n", 0, anchor.start) + 1 : len(text) if end < 0 else end])


def found_key(value: Statement | Event | Figure) -> str:
    """A key of what was found: the values that a reader sees, without ids, offsets and rules."""
    if isinstance(value, Statement):
        source = value.source.name if value.source else None
        return content_id("found", value.stance, value.mood, source, value.channel, value.content.text)
    if isinstance(value, Event):
        roles = [None if m is None else m.name or m.span.text for m in (value.actor, value.target)]
        where = (value.place.name, value.place.country) if value.place else (None, None)
        when = (value.time.earliest, value.time.latest) if value.time else (None, None)
        return content_id("found", value.type, value.status, value.trigger.text, *roles, *where, *when)
    f = value
    return content_id("found", f.count_of, f.unit, f.low, f.high, f.qualifier, f.population, f.scope, f.span.text)


def machine_values(item: Item) -> dict[str, Any]:
    """The values of an item under the names by which they are corrected."""
    v = item.value
    if isinstance(v, Statement):
        source = v.source
        return {"stance": v.stance, "mood": v.mood, "channel": v.channel, "source": source.name if source else None,
                "source_kind": source.kind if source else None}  # fmt: skip
    if isinstance(v, Event):
        return {"type": v.type, "status": v.status, "place": v.place.name if v.place else None, "country": v.place.country if v.place else None,
                "earliest": v.time.earliest if v.time else None, "latest": v.time.latest if v.time else None}  # fmt: skip
    return {k: getattr(v, k) for k in ("count_of", "low", "high", "qualifier", "unit", "population", "scope")}


def locate(target: Target, reading: Reading) -> tuple[Item | None, State]:
    """The item that a target is now, and whether the judgement still stands.

    It reopens only when passage and extraction have both changed; it is orphaned when nothing of its kind stands at its anchor and nothing
    says the same elsewhere.
    """
    best: tuple[tuple[float, int, int, str], Item] | None = None
    for i in items(reading):
        if i.kind != target.kind:
            continue
        alike, same = _alike(i.anchor, target), int(found_key(i.value) == target.found)
        if alike < _ALIKE and not same:
            continue
        rank = (alike, same, int(i.id == target.item), i.id)
        if best is None or rank > best[0]:
            best = rank, i
    if best is None:
        return None, "orphaned"
    item = best[1]
    changed = passage_key(reading, item.anchor) != target.passage and found_key(item.value) != target.found
    return item, "open_again" if changed else "stands"


def _alike(a: Span, t: Target) -> float:
    common = min(a.end, t.end) - max(a.start, t.start)
    if common <= 0:
        return float((a.start, a.end) == (t.start, t.end))
    return common / (max(a.end, t.end) - min(a.start, t.start))


_Check = Callable[[Any], bool]


def _one_of(values: tuple[str, ...], none: bool = False) -> _Check:
    return lambda v: (none and v is None) or (isinstance(v, str) and v in values)


def _text(v: Any) -> bool:
    return v is None or (isinstance(v, str) and 0 < len(v.strip()) <= 200)


def _day(v: Any) -> bool:
    from datetime import date

    try:
        return v is None or (isinstance(v, str) and len(v) == 10 and bool(date.fromisoformat(v)))
    except ValueError:
        return False


def _count(v: Any) -> bool:
    return v is None or (isinstance(v, int) and not isinstance(v, bool) and v >= 0)


CORRECTABLE: Mapping[TargetKind, Mapping[str, _Check]] = {
    "statement": {
        "stance": _one_of(STANCES), "mood": _one_of(get_args(Mood)), "source": _text, "source_kind": _one_of(SOURCE_KINDS), "channel": _text,
    },
    "event": {
        "type": _one_of(EVENT_TYPES), "status": _one_of(STATUSES), "earliest": _day, "latest": _day, "place": _text, "country": _text,
    },
    "figure": {
        "count_of": _one_of(COUNTS_OF), "low": _count, "high": _count, "qualifier": _one_of(QUALIFIERS), "unit": _text,
        "population": _one_of(get_args(Population), none=True), "scope": _one_of(get_args(Scope), none=True),
    },
}  # fmt: skip
"""What can be corrected, and which values a field takes."""


def check_correction(kind: TargetKind, value: Any) -> Mapping[str, Any]:
    """The corrected fields. Raises UsageError SEL-U031 when it is no object of known fields with fitting values."""
    known = CORRECTABLE[kind]
    if not isinstance(value, dict) or not value:
        raise UsageError("SEL-U031", "the corrected value must be a JSON object", remedy=f"fields of a {kind}: {', '.join(known)}")
    for name, v in value.items():
        if name not in known:
            raise UsageError("SEL-U031", f"a {kind} has no field {name!r}", place=name, remedy=f"one of: {', '.join(known)}")
        if not known[name](v):
            raise UsageError("SEL-U031", f"the field {name!r} cannot have this value", place=name, excerpt=str(v)[:80],
                             remedy="the guide of the format lists the values")  # fmt: skip
    low, high = value.get("low"), value.get("high")
    first, last = value.get("earliest"), value.get("latest")
    if (low is not None and high is not None and low > high) or (first and last and first > last):
        raise UsageError("SEL-U031", "the interval ends before it begins", excerpt=str(value)[:80], remedy="change the order of its ends")
    return value
