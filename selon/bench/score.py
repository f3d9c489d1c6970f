"""Precision, recall and F1 per facet, as the gold's reference scorer defines them. May import: nothing of Selon.

Two statements pair when their contents overlap by half (intersection over union); two events when their triggers stand in one
sentence and have the same type (or family); two figures when they stand within 60 code points and say the same count and range.
Pairs are one to one, taken greedily by falling score.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Obj = Mapping[str, Any]

FAMILIES: Mapping[str, str] = {
    kind: family
    for family, kinds in {
        "strike": "airstrike drone_strike missile_strike shelling attack explosion",
        "ground": "clash incursion territory_change",
        "people": "detention killing harm",
        "protect": "evacuation sheltering closure restriction warning relief",
        "power": "outage",
        "arms": "weapons_transfer training deployment authorisation",
        "talk": "meeting agreement sanction threat",
        "interception": "interception",
        "protest": "protest",
        "disaster": "disaster",
    }.items()
    for kind in kinds.split()
}

FACETS = (
    "statement", "statement+source", "statement+stance", "statement+both", "event", "event family", "status", "figure",
    "figure value", "event time", "event place", "actor", "published day",
)  # fmt: skip

_NAME_STOP = frozenset(
    [
        "le",
        "la",
        "les",
        "l",
        "de",
        "du",
        "des",
        "d",
        "un",
        "une",
        "the",
        "of",
        "a",
        "an",
        "et",
        "and",
        "m",
        "mme",
        "a",
        "au",
        "aux",
        "en",
        "president",
        "ministre",
        "gouverneur",
        "governor",
        "minister",
    ]
)
_SENTENCE_END = re.compile(r"[.!?…]['\"»”)]*\s+(?=[\"«“A-ZÀ-ÝА-ЯІЇЄҐ0-9\-–—])|\n+")
_FIGURE_REACH = 60


def fold(s: str | None) -> str:
    """Lower case without marks and punctuation, words parted by one space."""
    out = unicodedata.normalize("NFKD", s or "").lower()
    out = "".join(c for c in out if not unicodedata.combining(c)).replace("’", "'")
    return re.sub(r"[^\w]+", " ", out).strip()


def names_match(a: str | None, b: str | None) -> bool:
    """Whether half of the words of the shorter name stand in the other (long words by their first or last four letters)."""
    x, y = set(fold(a).split()) - _NAME_STOP, set(fold(b).split()) - _NAME_STOP
    if not x or not y:
        return fold(a) == fold(b)

    def alike(v: str, w: str) -> bool:
        return v == w or (min(len(v), len(w)) > 4 and (v[:4] == w[:4] or v[-4:] == w[-4:]))

    hits = sum(any(alike(v, w) for w in y) for v in x)
    return hits / min(len(x), len(y)) >= 0.5


def iou(a: Obj | None, b: Obj | None) -> float:
    """Intersection over union of two spans, 0 where one is missing."""
    if not a or not b:
        return 0.0
    both = min(a["end"], b["end"]) - max(a["start"], b["start"])
    return float(both / (max(a["end"], b["end"]) - min(a["start"], b["start"]))) if both > 0 else 0.0


def overlap(a: Obj | None, b: Obj | None) -> bool:
    """Whether two spans share a code point."""
    return bool(a and b and min(a["end"], b["end"]) > max(a["start"], b["start"]))


def sentence_numbers(text: str) -> Callable[[int], int]:
    """The scorer's own count of sentences: offset -> number."""
    cuts = [m.end() for m in _SENTENCE_END.finditer(text)]
    return lambda position: bisect.bisect_right(cuts, position)


def pair(gold: Sequence[Any], found: Sequence[Any], score: Callable[[Any, Any], float]) -> list[tuple[int, int]]:
    """One-to-one pairs (indices) by falling score; a score of 0 never pairs."""
    ranked = sorted(((score(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(found)), reverse=True)
    used_gold: set[int] = set()
    used_found: set[int] = set()
    out: list[tuple[int, int]] = []
    for s, i, j in ranked:
        if s <= 0:
            break
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            out.append((i, j))
    return out


@dataclass
class Tally:
    """Hits, predictions and gold items of one facet."""

    hits: int = 0
    found: int = 0
    gold: int = 0

    def add(self, hits: int, found: int, gold: int) -> None:
        self.hits += hits
        self.found += found
        self.gold += gold

    @property
    def precision(self) -> float:
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


def empty_score() -> dict[str, Tally]:
    """A tally per facet."""
    return {f: Tally() for f in FACETS}


@dataclass
class Pairs:
    """How one report was paired: index pairs into gold and found lists, for the error browser."""

    statements: list[tuple[int, int]] = field(default_factory=list)
    events: list[tuple[int, int]] = field(default_factory=list)
    families: list[tuple[int, int]] = field(default_factory=list)
    figures: list[tuple[int, int]] = field(default_factory=list)


def figures_of(events: Sequence[Obj]) -> list[Obj]:
    """The figures of all events in order."""
    return [f for e in events for f in e.get("figures", ())]


def same_source(a: Obj, b: Obj) -> bool:
    """Whether two statements name the same source: overlapping spans or matching names, or none on both sides."""
    x, y = a.get("source"), b.get("source")
    if not x or not y:
        return not x and not y
    return overlap(x, y) or names_match(x.get("name") or x["text"], y.get("name") or y["text"])


def interval(time: Obj | None) -> tuple[str, str] | None:
    """The days of a time, None where neither end is known."""
    if not time or not (time.get("earliest") or time.get("latest")):
        return None
    return (time.get("earliest") or "")[:10], (time.get("latest") or "")[:10]


def same_place(a: Obj | None, b: Obj | None) -> bool:
    """Whether two places match by name or span, and by country where gold gives one."""
    if not a or not b or not (names_match(a["name"], b.get("name") or b["text"]) or overlap(a, b)):
        return False
    return not a.get("country") or a["country"] == b.get("country")


def same_mention(a: Obj | None, b: Obj | None) -> bool:
    """Whether two role fillers overlap or match by name."""
    return bool(a and b and (overlap(a, b) or names_match(a.get("name") or a["text"], b.get("name") or b["text"])))


def score_report(gold: Obj, found: Obj, total: Mapping[str, Tally]) -> Pairs:
    """Adds one report to the tallies and returns how it was paired."""
    number = sentence_numbers(gold["text"])
    pairs = Pairs()
    gs, fs = gold["statements"], found.get("statements", [])

    def statement(a: Obj, b: Obj) -> float:
        both = iou(a.get("content"), b.get("content"))
        return both if both >= 0.5 else 0.0

    pairs.statements = pair(gs, fs, statement)
    matched = [(gs[i], fs[j]) for i, j in pairs.statements]
    stance = [a["stance"] == b.get("stance") for a, b in matched]
    source = [same_source(a, b) for a, b in matched]
    total["statement"].add(len(matched), len(fs), len(gs))
    total["statement+source"].add(sum(source), len(fs), len(gs))
    total["statement+stance"].add(sum(stance), len(fs), len(gs))
    total["statement+both"].add(sum(x and y for x, y in zip(source, stance, strict=True)), len(fs), len(gs))

    ge, fe = gold["events"], found.get("events", [])

    def event(same: Callable[[Obj, Obj], bool]) -> Callable[[Obj, Obj], float]:
        def score(a: Obj, b: Obj) -> float:
            x, y = a["trigger"], b.get("trigger")
            if not y or number(x["start"]) != number(y["start"]) or not same(a, b):
                return 0.0
            near: float = 2.0 + iou(x, y) - abs(x["start"] - y["start"]) / 10000
            return near

        return score

    pairs.events = pair(ge, fe, event(lambda a, b: a["type"] == b.get("type")))
    pairs.families = pair(ge, fe, event(lambda a, b: FAMILIES.get(a["type"]) == FAMILIES.get(b.get("type", ""))))
    total["event"].add(len(pairs.events), len(fe), len(ge))
    total["event family"].add(len(pairs.families), len(fe), len(ge))
    kin = [(ge[i], fe[j]) for i, j in pairs.families]
    total["status"].add(sum(a["status"] == b.get("status") for a, b in kin), len(kin), len(kin))

    gf, ff = figures_of(ge), figures_of(fe)

    def figure(with_count: bool) -> Callable[[Obj, Obj], float]:
        def key(f: Obj) -> tuple[Any, ...]:
            return (f["count_of"] if with_count else None, f.get("low"), f.get("high"))

        def score(a: Obj, b: Obj) -> float:
            near = abs(a["start"] - b["start"]) <= _FIGURE_REACH or overlap(a, b)
            return 1.0 - abs(a["start"] - b["start"]) / 1e5 if near and key(a) == key(b) else 0.0

        return score

    pairs.figures = pair(gf, ff, figure(True))
    total["figure"].add(len(pairs.figures), len(ff), len(gf))
    total["figure value"].add(len(pair(gf, ff, figure(False))), len(ff), len(gf))

    times = [(interval(a.get("time")), interval(b.get("time"))) for a, b in kin]
    total["event time"].add(
        sum(x is not None and x == y for x, y in times), sum(y is not None for _, y in times), sum(x is not None for x, _ in times)
    )
    places = [(a.get("place"), b.get("place")) for a, b in kin]
    total["event place"].add(sum(same_place(x, y) for x, y in places), sum(bool(y) for _, y in places), sum(bool(x) for x, _ in places))
    actors = [(a.get("actor"), b.get("actor")) for a, b in kin]
    total["actor"].add(sum(same_mention(x, y) for x, y in actors), sum(bool(y) for _, y in actors), sum(bool(x) for x, _ in actors))

    day = gold.get("published")
    if day and len(day) == 10 and gold.get("published_basis") in ("stated", "inferable"):
        p = found.get("published") or {}
        p = {"earliest": p, "latest": p} if isinstance(p, str) else p
        said = bool(p.get("earliest") and p.get("basis") != "unknown")
        right = said and p["earliest"][:10] == day == (p.get("latest") or "")[:10]
        total["published day"].add(int(right), int(said), 1)
    return pairs
