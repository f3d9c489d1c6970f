"""Incidents in columns of numbers: what a hundred thousand of them are filtered, counted, drawn and sent by. May import: `model`, `views`.

Filters are masks over arrays, so that no filter walks through incidents one by one.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from selon.linked import Linked
from selon.model import EVENT_TYPES
from selon.model.fold import fold
from selon.model.incident import Incident

UNKNOWN = -(2**31)
"""Stands in the columns of days for a day that is not known."""
MEASURES = ("evacuation", "sheltering", "closure", "restriction", "warning", "outage")
_BIT = {t: k for k, t in enumerate(EVENT_TYPES)}
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Wanted:
    """A question to the list of incidents, as the address of the page has it.

    `place`, `source` are parts of names; `since`, `until` ISO days; `side` the country of a source that speaks of it; `measure` one of
    MEASURES or `any`; `box` west, south, east, north in degrees; `q` words in statements.
    """

    q: str = ""
    place: str = ""
    since: str = ""
    until: str = ""
    type: str = ""
    source: str = ""
    side: str = ""
    measure: str = ""
    disputed: bool = False
    origins: int = 0
    box: tuple[float, float, float, float] | None = None

    @property
    def any(self) -> bool:
        """Whether it leaves anything out."""
        return self != Wanted()


@dataclass(frozen=True)
class Index:
    """Columns over incidents, the newest first. `by_source`, `by_side` hold positions."""

    incidents: tuple[Incident, ...]
    position: Mapping[str, int]
    ids: npt.NDArray[np.uint64]
    kind: npt.NDArray[np.uint8]
    types: npt.NDArray[np.uint64]
    lat: npt.NDArray[np.float32]
    lon: npt.NDArray[np.float32]
    radius: npt.NDArray[np.float32]
    earliest: npt.NDArray[np.int32]
    latest: npt.NDArray[np.int32]
    place: npt.NDArray[np.int32]
    reports: npt.NDArray[np.int32]
    origins: npt.NDArray[np.int32]
    disputed: Mask
    places: tuple[str, ...]
    place_words: tuple[str, ...]
    by_source: Mapping[str, npt.NDArray[np.int32]]
    by_side: Mapping[str, npt.NDArray[np.int32]]

    def find(self, w: Wanted, said: Iterable[str] | None = None) -> npt.NDArray[np.int64]:
        """Positions of the incidents that fit, the newest first. `said` are the incidents whose statements have the words asked for."""
        fits: Mask = np.ones(len(self.incidents), bool)
        if said is not None:
            fits &= self._at([self.position[i] for i in said if i in self.position])
        if w.disputed:
            fits &= self.disputed
        if w.origins:
            fits &= self.origins >= w.origins
        if w.since:
            fits &= (self.latest != UNKNOWN) & (self.latest >= _day(w.since))
        if w.until:
            fits &= (self.earliest != UNKNOWN) & (self.earliest <= _day(w.until))
        if w.type in _BIT:
            fits &= (self.types >> np.uint64(_BIT[w.type])) & np.uint64(1) == 1
        if w.measure:
            wanted = sum(1 << _BIT[m] for m in (MEASURES if w.measure == "any" else (w.measure,)) if m in _BIT)
            fits &= (self.types & np.uint64(wanted)) != 0
        if w.place:
            words = fold(w.place)
            fits &= np.isin(self.place, [k for k, p in enumerate(self.place_words) if words in p])
        if w.source:
            words = fold(w.source)
            fits &= self._at(np.concatenate([np.empty(0, np.int32), *(at for name, at in self.by_source.items() if words in name)]))
        if w.side:
            fits &= self._at(self.by_side.get(w.side, np.empty(0, np.int32)))
        if w.box:
            west, south, east, north = w.box
            fits &= (self.lat >= south) & (self.lat <= north) & (self.lon >= west) & (self.lon <= east)
        return np.nonzero(fits)[0]

    def near(self, i: Incident, most: int = 30) -> list[Incident]:
        """Other incidents within a week and about a hundred kilometres, or of unknown place or days: what it might be merged with."""
        k = self.position[i.id]
        fits: Mask = np.ones(len(self.incidents), bool)
        if self.earliest[k] != UNKNOWN and self.latest[k] != UNKNOWN:
            unknown = (self.earliest == UNKNOWN) | (self.latest == UNKNOWN)
            fits &= unknown | ((self.latest >= self.earliest[k] - 7) & (self.earliest <= self.latest[k] + 7))
        if not np.isnan(self.lat[k]):
            fits &= (np.abs(self.lat - self.lat[k]) < 1) & (np.abs(self.lon - self.lon[k]) < 1.5)
        fits[k] = False
        at = np.nonzero(fits)[0]
        return [self.incidents[n] for n in at[np.argsort(-self.reports[at], kind="stable")][:most]]

    def _at(self, positions: Sequence[int] | npt.NDArray[np.int32]) -> Mask:
        mask: Mask = np.zeros(len(self.incidents), bool)
        mask[np.asarray(positions, np.int64)] = True
        return mask

    def columns(self, at: npt.NDArray[np.int64]) -> bytes:
        """What timeline and map are drawn from: a length (uint32), a JSON head of it, then columns in its order, all little-endian.

        Days are days since 1970 (UNKNOWN where not known), unknown coordinates NaN; ids are 64-bit numbers.
        """
        used, place = np.unique(self.place[at], return_inverse=True)
        parts: list[tuple[str, Any]] = [
            ("id", self.ids[at]), ("lat", self.lat[at]), ("lon", self.lon[at]), ("radius", self.radius[at]), ("earliest", self.earliest[at]),
            ("latest", self.latest[at]), ("place", place.astype(np.int32)), ("reports", np.minimum(self.reports[at], 65535).astype(np.uint16)),
            ("origins", np.minimum(self.origins[at], 65535).astype(np.uint16)), ("kind", self.kind[at]), ("disputed", self.disputed[at].astype(np.uint8)),
        ]  # fmt: skip
        head = json.dumps({"n": len(at), "columns": [[n, a.dtype.name] for n, a in parts], "types": list(EVENT_TYPES),
                           "places": [self.places[k] for k in used]}, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")  # fmt: skip
        head += b" " * (-(len(head) + 4) % 8)
        return b"".join([len(head).to_bytes(4, "little"), head, *(a.astype(a.dtype.newbyteorder("<")).tobytes() for _, a in parts)])


def _day(iso: str) -> int:
    return date.fromisoformat(iso).toordinal() - _EPOCH


_EPOCH = date(1970, 1, 1).toordinal()


def _days(values: Sequence[str | None]) -> npt.NDArray[np.int32]:
    known: dict[str | None, int] = {None: UNKNOWN}
    for v in set(values) - {None}:
        try:
            known[v] = _day(str(v)[:10])
        except ValueError:  # a month, or a day before the year 1
            known[v] = UNKNOWN
    return np.array([known[v] for v in values], np.int32)


def build_index(linked: Linked) -> Index:
    """The index of a linked ledger."""
    found = sorted(linked.incidents, key=lambda i: (i.latest or "", i.id), reverse=True)
    position = {i.id: k for k, i in enumerate(found)}
    names: dict[tuple[str, str], int] = {}
    place = np.empty(len(found), np.int32)
    for k, i in enumerate(found):
        p = i.place
        key = (p.name, " ".join(fold(x) for x in (p.name, p.admin1, p.country) if x)) if p else ("", "")
        place[k] = names.setdefault(key, len(names))
    types = np.zeros(len(found), np.uint64)
    sources: dict[str, dict[int, None]] = defaultdict(dict)
    sides: dict[str, dict[int, None]] = defaultdict(dict)
    folded: dict[str, str] = {}
    for report, r in linked.readings.items():
        statements = {s.id: s for s in r.statements}
        for e in r.events:
            held = linked.incident_of.get((report, e.id))
            if held is None:
                continue
            k = position[held]
            types[k] |= np.uint64(1 << _BIT[e.type])
            for id in e.statements:
                source = statements[id].source if id in statements else None
                if source is not None:
                    if source.name not in folded:
                        folded[source.name] = fold(source.name)
                    sources[folded[source.name]][k] = None
                    if source.country:
                        sides[source.country][k] = None
    at = [i.place for i in found]

    def floats(name: str) -> npt.NDArray[np.float32]:
        return np.array([np.nan if p is None or getattr(p, name) is None else getattr(p, name) for p in at], np.float32)

    lat, lon = floats("lat"), floats("lon")
    return Index(
        incidents=tuple(found), position=position, ids=np.array([int(i.id, 16) for i in found], np.uint64),
        kind=np.array([_BIT[i.type] for i in found], np.uint8), types=types, lat=lat, lon=lon, radius=floats("radius_km"),
        earliest=_days([i.earliest for i in found]), latest=_days([i.latest for i in found]), place=place,
        reports=np.array([len(i.reports) for i in found], np.int32), origins=np.array([i.origins for i in found], np.int32),
        disputed=np.array([i.disputed for i in found], bool), places=tuple(n for n, _ in names), place_words=tuple(w for _, w in names),
        by_source={n: np.fromiter(at, np.int32) for n, at in sources.items()}, by_side={c: np.fromiter(at, np.int32) for c, at in sides.items()},
    )  # fmt: skip
