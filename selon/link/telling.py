"""A telling: the events of one report that speak of one occurrence. May import: `model`, `link.days`.

Grouping inside a report comes first, because a report itself says what belongs together: consequences (harm, relief, evacuation,
closure…) join the occurrence they follow, and background ("on 30 December, 25 people died…") stands apart by its own time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from selon.link.days import UNKNOWN, Days, days, ordinal
from selon.model import Event, Place, Reading
from selon.model.fold import fold as plain_fold

FAMILY_OF: dict[str, str] = {
    "airstrike": "strike", "drone_strike": "strike", "missile_strike": "strike", "shelling": "strike", "attack": "strike",
    "explosion": "strike", "interception": "strike", "clash": "ground", "incursion": "ground", "territory_change": "ground",
    "detention": "people", "killing": "people", "harm": "consequence", "evacuation": "consequence", "sheltering": "consequence",
    "closure": "consequence", "restriction": "consequence", "warning": "consequence", "relief": "consequence", "outage": "consequence",
    "weapons_transfer": "arms", "training": "arms", "deployment": "arms", "authorisation": "arms", "meeting": "talk",
    "agreement": "talk", "sanction": "talk", "threat": "talk", "protest": "protest", "disaster": "disaster",
}  # fmt: skip
VIOLENT = frozenset(("strike", "ground", "people"))
_RECENT = 21  # days before publication after which an occurrence is background in a report
_LONG_AGO = 180  # days before publication after which a day is that of an older occurrence
_PAST_WEIGHT = 0.25  # of an older occurrence in what a report is mainly about
COUNTRY_LEVEL = "country"
_FARTHEST = 25.0  # kilometres between two places that can be one
_WIDE = 50.0  # kilometres of uncertainty from which a place is an area
AREA_LEVELS = frozenset(("admin1", "admin2", "country"))


fold = lru_cache(maxsize=1 << 16)(plain_fold)
"""Folding as for search, remembered: linking folds the same names again and again."""

_CAPITALISED = re.compile(r"[^\W\d_][\w’'-]*[\w]", re.UNICODE)


def names_in(text: str) -> set[str]:
    """Folded capitalised words of four letters and more, without the first word: a language-blind stand-in for names."""
    out: set[str] = set()
    for i, m in enumerate(_CAPITALISED.finditer(text)):
        w = m.group()
        w = w.rsplit("'", 1)[-1].rsplit("’", 1)[-1]
        if i and len(w) > 3 and w[0].isupper():
            out.add(fold(w))
    return out


def kilometres(a: Place, b: Place) -> float | None:
    """Great-circle distance in kilometres, None without coordinates on both sides."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    la, lb = radians(a.lat), radians(b.lat)
    h = sin((lb - la) / 2) ** 2 + cos(la) * cos(lb) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 12742.0 * asin(min(1.0, sqrt(h)))


@dataclass
class Telling:
    """What one report tells of one occurrence. `when` is from the text; `published` bounds it where the text is silent (ordinals)."""

    report: str
    order: int
    events: list[Event] = field(default_factory=list)
    when: Days = UNKNOWN
    published: int | None = None
    families: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    places: list[Place] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    figures: set[tuple[str, int | None, int | None]] = field(default_factory=set)
    weight: float = 0.0
    passage: int = -1

    @property
    def key(self) -> tuple[str, str]:
        """Report id and id of the first event: what identifies the telling."""
        return self.report, self.events[0].id

    @property
    def cores(self) -> dict[str, float]:
        """Families that make up a quarter or more of what is told, without mere consequences (unless there is nothing else)."""
        own = {f: n for f, n in self.families.items() if f != "consequence"} or dict(self.families)
        total = sum(own.values())
        return {f: n / total for f, n in own.items() if n / total >= 0.25}

    def add(self, event: Event, weight: float) -> None:
        self.events.append(event)
        self.families[FAMILY_OF[event.type]] += 1
        self.types[event.type] += 1
        if event.time is not None:
            t = days(event.time.earliest, event.time.latest)
            self.when = self.when.sharpened(t)
        if event.place is not None:
            self.places.append(event.place)
            self.names.add(fold(event.place.name))
        for m in (event.actor, event.target, event.instrument):
            if m is not None:
                self.names |= names_in("x " + (m.name or m.span.text))
        self.figures |= {(f.count_of, f.low, f.high) for f in event.figures if (f.low or f.high or 0) > 2}
        self.weight += weight


def compatible_families(a: str, b: str) -> bool:
    """Whether two families can tell of one occurrence: consequences go with anything, acts of violence with each other, ground taken with forces moved."""
    return a == b or "consequence" in (a, b) or (a in VIOLENT and b in VIOLENT) or {a, b} == {"ground", "arms"}


def place_relation(a: Place, b: Place) -> str:
    """same, near (25 km), part (one lies in or may lie in the other), apart, or unknown. Names decide where coordinates are missing."""
    if (a.geonameid is not None and a.geonameid == b.geonameid) or fold(a.name) == fold(b.name):
        return "same"
    if a.country and b.country and a.country != b.country:
        return "apart"
    if COUNTRY_LEVEL in (a.precision, b.precision):
        return "part" if a.country == b.country else "unknown"
    if a.admin1 and b.admin1 and fold(a.admin1) == fold(b.admin1) and (a.precision in AREA_LEVELS or b.precision in AREA_LEVELS):
        return "part"
    if (b.admin1 and fold(a.name) == fold(b.admin1)) or (a.admin1 and fold(b.name) == fold(a.admin1)):
        return "part"
    if a.lat is None or b.lat is None:
        return "unknown"
    if max(a.radius_km or 0, b.radius_km or 0) > _WIDE:
        # A river, a desert: what lies within its reach may be a part of it, and is not near it.
        far = kilometres(a, b)
        return "part" if far is not None and far <= (a.radius_km or 0) + (b.radius_km or 0) else "apart"
    if abs(a.lat - b.lat) * 110 > _FARTHEST + (a.radius_km or 0) + (b.radius_km or 0):
        return "apart"  # a degree of latitude is 110 km everywhere: no need for the sphere
    km = kilometres(a, b)
    if km is None:
        return "unknown"
    return "near" if km <= _FARTHEST + (a.radius_km or 0) + (b.radius_km or 0) else "apart"


def _fits(telling: Telling, event: Event) -> bool:
    if not any(compatible_families(FAMILY_OF[event.type], f) for f in telling.families):
        return False
    if event.type in ("meeting", "agreement", "sanction", "protest") and event.type not in telling.types:
        return False
    t = days(event.time.earliest, event.time.latest) if event.time is not None else UNKNOWN
    gap = telling.when.gap(t)
    if gap is not None and gap > 1:
        return False
    if not telling.when.known and t.high is not None and telling.published is not None and telling.published - t.high > _LONG_AGO:
        return False  # "the worst since 1957" is not the day of what has none
    if event.place is not None and telling.places:
        relations = {place_relation(event.place, p) for p in telling.places[-3:]}
        if relations == {"apart"}:
            return False
    return True


def tellings_of(reading: Reading) -> list[Telling]:
    """The report's events grouped by occurrence, in text order. The headline and the lead weigh most."""
    out: list[Telling] = []
    head_end = lead_end(reading)
    total = max(len(reading.report.text), 1)
    published = ordinal(reading.published.latest)
    for event in reading.events:
        at = event.trigger.start
        weight = 4.0 if at < head_end[0] else 2.0 if at < head_end[1] else 1.0 - 0.6 * at / total
        weight += 0.3 * min(len(event.figures), 3)
        here = _passage(reading, at)
        home = next((t for t in reversed(out) if _fits(t, event) and not _is_background(t, event, published, here)), None)
        if home is None:
            home = Telling(reading.report.id, len(out), published=published)
            out.append(home)
        home.add(event, weight)
        home.passage = here
    return out


def _passage(reading: Reading, at: int) -> int:
    return next((k for k, p in enumerate(reading.report.passages) if p.start <= at < p.end), -1)


def _is_background(telling: Telling, event: Event, published: int | None, passage: int) -> bool:
    """Whether an event without its own day would have to follow the text into the past: only its own paragraph stays there."""
    if event.time is not None or telling.when.high is None or published is None or telling.passage == passage:
        return False
    return published - telling.when.high > _RECENT


def lead_end(reading: Reading) -> tuple[int, int]:
    """Where the headline ends and where the first passage after it ends, in code points."""
    bodies = [p for p in reading.report.passages if p.kind != "boilerplate"]
    heads = [p for p in bodies if p.kind == "headline"]
    head = max((p.end for p in heads), default=bodies[0].end if bodies else 0)
    after = next((p.end for p in bodies if p.start >= head), head)
    return head, after


def main_weights(tellings: Sequence[Telling]) -> list[float]:
    """How much of one report each of its tellings is: what is long past when the report appears, or when the rest of it happens, counts little."""
    highs = [t.when.high for t in tellings if t.when.high is not None]
    now = next((t.published for t in tellings if t.published is not None), max(highs, default=None))
    return [
        t.weight * (_PAST_WEIGHT if now is not None and t.when.high is not None and now - t.when.high > _LONG_AGO else 1.0)
        for t in tellings
    ]


def main_telling(tellings: Sequence[Telling]) -> Telling | None:
    """The telling a report is mainly about: the heaviest, the earlier one on a tie."""
    weighed = zip(main_weights(tellings), tellings, strict=True)
    return max(weighed, key=lambda w: (w[0], -w[1].order), default=(0.0, None))[1]
