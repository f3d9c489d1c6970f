"""Judgements: what a person decided about a statement, an event, a figure, or about two events. May import: `model`.

A judgement is signed, dated and never changed; a later one of the same author takes its place, and a retraction takes it back. It names
its target by the anchor in the archived text, by the passage around it and by what was found there, so that it outlives re-readings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from selon.model.reading import content_id

Verdict = Literal["accept", "correct", "reject", "same", "different", "unsure"]
TargetKind = Literal["statement", "event", "figure"]
VERDICTS: tuple[str, ...] = get_args(Verdict)
OF_PAIRS = frozenset(("same", "different"))
NO_EFFECT = frozenset(("unsure",))
"""Verdicts that contradict nobody."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a judgement is about, as it stood when the judgement was made.

    `report` is the ledger's id, `item` the id in that reading (`s3`, `e2`, `e2/f1`), [start, end) and `words` the anchor: the content of a
    statement, the trigger of an event, the words of a figure. `passage` and `found` are keys of the passage's text and of the extraction.
    """

    kind: TargetKind
    report: str
    item: str
    start: int
    end: int
    words: str
    passage: str
    found: str

    @property
    def key(self) -> str:
        """The anchor: two readings of one report give one target the same key."""
        return content_id("target", self.kind, self.report, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's decision. `verdict` None = a mere retraction; `value` is a JSON object in canonical form (see `canonical`)."""

    verdict: Verdict | None
    author: str
    made_at: datetime
    target: Target | None = None
    other: Target | None = None
    note: str = ""
    value: str | None = None
    retracts: str | None = None

    def __post_init__(self) -> None:
        if self.made_at.tzinfo is None:
            raise ValueError("a judgement's time needs a zone")
        if not self.author.strip():
            raise ValueError("a judgement needs an author")
        if self.verdict is None and self.retracts is None:
            raise ValueError("a judgement without a verdict must retract one")
        if self.verdict is not None and self.target is None:
            raise ValueError("a verdict needs a target")
        if self.verdict in OF_PAIRS and self.other is None:
            raise ValueError(f"{self.verdict!r} is said of two targets")
        if (self.verdict == "correct") != (self.value is not None):
            raise ValueError("a corrected value belongs to the verdict 'correct', and to no other")

    @property
    def id(self) -> str:
        """Derived from all fields."""
        ends = [None if t is None else content_id(t.key, t.item, t.words, t.passage, t.found) for t in (self.target, self.other)]
        made = self.made_at.astimezone(UTC).isoformat()
        return content_id("judgement", self.verdict, self.author, made, *ends, self.note, self.value, self.retracts)

    @property
    def about(self) -> str:
        """What it is about: the keys of its targets, in one order for « A and B » and « B and A »; empty for a mere retraction."""
        return "+".join(sorted(t.key for t in (self.target, self.other) if t is not None))

    @property
    def correction(self) -> Mapping[str, Any]:
        """The corrected fields."""
        return dict(json.loads(self.value)) if self.value is not None else {}


def canonical(value: Mapping[str, Any]) -> str:
    """A JSON object as text that is the same for the same fields."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def judgement_json(j: Judgement) -> dict[str, Any]:
    """The judgement as a JSON object; `from_judgement_json` is its inverse."""
    return {
        "id": j.id, "verdict": j.verdict, "author": j.author, "made_at": j.made_at.isoformat(), "target": _target_json(j.target),
        "other": _target_json(j.other), "note": j.note, "value": j.value and json.loads(j.value), "retracts": j.retracts,
    }  # fmt: skip


def from_judgement_json(d: Mapping[str, Any]) -> Judgement:
    """A judgement from its JSON object."""
    value = d.get("value")
    return Judgement(
        d["verdict"], d["author"], datetime.fromisoformat(d["made_at"]), _target(d.get("target")), _target(d.get("other")), d.get("note", ""),
        None if value is None else canonical(value), d.get("retracts"),
    )  # fmt: skip


def _target_json(t: Target | None) -> dict[str, Any] | None:
    return None if t is None else {k: getattr(t, k) for k in Target.__dataclass_fields__}


def _target(d: Mapping[str, Any] | None) -> Target | None:
    return None if d is None else Target(**d)


def in_force(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that have not been taken back, by time. Only the author of a judgement takes it back; a retraction can be retracted."""
    known = {j.id: j for j in judgements}
    gone: set[str] = set()
    kept: list[Judgement] = []
    for j in sorted(known.values(), key=_when, reverse=True):
        if j.id in gone:
            continue
        kept.append(j)
        earlier = known.get(j.retracts or "")
        if earlier is not None and earlier.author == j.author and _when(earlier) < _when(j):
            gone.add(earlier.id)
    return kept[::-1]


def _when(j: Judgement) -> tuple[datetime, str]:
    return j.made_at, j.id


@dataclass(frozen=True, slots=True)
class Opinion:
    """What people hold of one target or pair: each author's last word; `settled` what counts, None where they disagree or are unsure."""

    about: str
    targets: tuple[Target, ...]
    judgements: tuple[Judgement, ...]
    settled: Judgement | None
    disputed: bool


def opinions(judgements: Iterable[Judgement]) -> list[Opinion]:
    """Opinions by target, in the order of their first judgement. The order in which judgements are given does not matter."""
    by_target: dict[str, dict[str, Judgement]] = {}
    for j in in_force(judgements):
        if j.verdict is not None:
            by_target.setdefault(j.about, {})[j.author] = j
    out = []
    for about, last in by_target.items():
        said = tuple(sorted(last.values(), key=_when))
        decided = [j for j in said if j.verdict not in NO_EFFECT]
        disputed = len({(j.verdict, j.value) for j in decided}) > 1
        newest = said[-1]
        ends = tuple(sorted((t for t in (newest.target, newest.other) if t is not None), key=lambda t: t.key))
        out.append(Opinion(about, ends, said, None if disputed or not decided else decided[-1], disputed))
    return out
