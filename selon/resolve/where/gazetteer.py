"""The gazetteer: a name in any spelling or script -> the places that bear it. Knows names, not texts.

The file is mapped into memory and read where it lies: opening costs a millisecond, a look-up a few microseconds, and pages that
are never asked for are never read. May import: `fold`, `layout`, `errors`.
"""

from __future__ import annotations

import json
import math
import mmap
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from selon.errors import PackError
from selon.resolve.where.fold import fold
from selon.resolve.where.layout import KINDS, KNOWN, MAGIC, MAIN, OTHER, RECORD, Kind, key_hash

# The Arabic article and the forms it takes before some letters, as romanised.
ARTICLES = frozenset({"al", "el", "ad", "ed", "an", "en", "ar", "er", "as", "es", "ash", "esh", "ech", "ach", "at", "et", "az", "ez"})
DATA = Path(__file__).parent / "data" / "places.bin"
GAZETTEER_ATTRIBUTION = "Place names and coordinates: GeoNames (geonames.org), CC BY 4.0, with additions by the Selon project."


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that bears a name. `name` is the GeoNames main name in ASCII, `country` ISO 3166 alpha-2 (empty for seas between countries).

    `radius_km` is how far from the point the place may reach; `rank` tells whether the name asked for is its main name (0), its name in
    a language we know or by rule (1), or another name (2). `key` identifies the place inside one gazetteer file.
    """

    key: int
    geonameid: int | None
    name: str
    lat: float
    lon: float
    country: str
    admin1: str | None
    admin2: str | None
    kind: Kind
    population: int
    radius_km: int
    rank: int

    @property
    def settlement(self) -> bool:
        return self.kind in ("city", "village", "district", "site")


def distance_km(a: Candidate, b: Candidate) -> float:
    """Great-circle distance on a sphere of 6371 km."""
    p, q = math.radians(a.lat), math.radians(b.lat)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def within_km(a: Candidate, b: Candidate, km: float) -> bool:
    """Whether two places lie nearer than that; a degree of latitude is 111 km everywhere, so most pairs need no sphere."""
    return abs(a.lat - b.lat) * 111.0 < km and distance_km(a, b) < km


class Gazetteer:
    """One gazetteer file. Instances share nothing and may be used from several threads."""

    def __init__(self, path: Path = DATA) -> None:
        """Raises PackError SEL-P050 when there is no such file or it is not a gazetteer."""
        try:
            with path.open("rb") as f:
                self._map = mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as e:
            raise PackError("SEL-P050", f"the gazetteer cannot be read: {e}", place=str(path), remedy="reinstall selon") from e
        start = len(MAGIC) + 4
        if self._map[: len(MAGIC)] != MAGIC:
            raise PackError("SEL-P050", "not a gazetteer file", place=str(path), remedy="python -m training.gazetteer.build")
        size = int.from_bytes(self._map[len(MAGIC) : start], "little")
        base = start + size
        try:
            toc = json.loads(self._map[start:base])
            whole = all(base + offset + length <= len(self._map) for offset, length in toc["sections"].values())
        except (ValueError, KeyError, TypeError) as e:
            raise PackError("SEL-P050", f"the gazetteer cannot be read: {e}", place=str(path), remedy="reinstall selon") from e
        if not whole:
            raise PackError("SEL-P050", "the gazetteer file was cut short", place=str(path), remedy="reinstall selon")
        view = memoryview(self._map)

        def section(name: str) -> memoryview:
            offset, length = toc["sections"][name]
            return view[base + offset : base + offset + length]

        self._places, self._names = section("places"), section("names")
        self._buckets, self._hashes, self._refs = (section(n).cast("I") for n in ("buckets", "hashes", "refs"))
        self._admin1, self._admin2 = section("admin1").cast("I"), section("admin2").cast("I")
        self._isos: list[str] = toc["countries"]
        self._capitals: dict[str, int] = dict(zip(toc["countries"], toc["capitals"], strict=True))
        self._firsts: list[int] = [*toc["firsts"], toc["places"]]
        self.places, self.names = int(toc["places"]), int(toc["keys"])
        self._found: dict[str, tuple[Candidate, ...]] = {}
        self._near: dict[str, tuple[list[str], list[int]]] = {}

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        """All places that bear this name, the main name first, then by falling population. Empty when nothing does."""
        found = self._found.get(name)
        if found is None:
            found = self._lookup(fold(name))
            if not found and "-" in name:
                found = self._loosely(name)
            if len(self._found) > 50_000:
                self._found.clear()
            self._found[name] = found
        return found

    def _loosely(self, name: str) -> tuple[Candidate, ...]:
        """A hyphenated name written in one word ("Pétion-Ville"), or without its Arabic article ("Al-Shati")."""
        head, _, tail = name.partition("-")
        found = self._lookup(fold(name).replace(" ", ""))
        if not found and fold(head) in ARTICLES:
            found = self._lookup(fold(tail)) or self._lookup(f"al {fold(tail)}")
        return tuple(replace(c, rank=max(c.rank, KNOWN)) for c in found)

    def _lookup(self, key: str) -> tuple[Candidate, ...]:
        if len(key) < 2:
            return ()
        h = key_hash(key)
        bucket, low = h >> 32, h & 0xFFFFFFFF
        first, last = self._buckets[bucket], self._buckets[bucket + 1]
        at = bisect_left(self._hashes, low, first, last)
        out = []
        while at < last and self._hashes[at] == low:
            ref = self._refs[at]
            out.append(self._candidate(ref & 0xFFFFFF, ref >> 24))
            at += 1
        out.sort(key=lambda c: (c.rank, -c.population, c.key))
        return tuple(out)

    def _name(self, k: int) -> str:
        start = RECORD.unpack_from(self._places, k * RECORD.size)[4]
        end = RECORD.unpack_from(self._places, (k + 1) * RECORD.size)[4]
        return bytes(self._names[start:end]).decode("utf-8")

    def _candidate(self, k: int, rank: int) -> Candidate:
        gid, lat, lon, population, _, admin1, admin2, radius, country, kind = RECORD.unpack_from(self._places, k * RECORD.size)
        what = KINDS[kind]
        if not radius and what in ("city", "village"):
            radius = max(1, min(25, round(math.sqrt(population) / 80)))
        return Candidate(
            k, gid or None, self._name(k), lat / 1e5, lon / 1e5, self._isos[country], self._name(self._admin1[admin1]) if admin1 else None,
            self._name(self._admin2[admin2]) if admin2 else None, what, population, radius, rank,
        )  # fmt: skip

    def capital(self, iso: str) -> Candidate | None:
        """The capital of a country, where the data names one."""
        k = self._capitals.get(iso, -1)
        return self._candidate(k, MAIN) if k >= 0 else None

    def parent(self, c: Candidate, kind: Kind) -> Candidate | None:
        """The first- or second-order region that a place lies in, where the data knows it."""
        _, _, _, _, _, admin1, admin2, _, _, _ = RECORD.unpack_from(self._places, c.key * RECORD.size)
        if kind == "admin1":
            return self._candidate(self._admin1[admin1], MAIN) if admin1 else None
        return self._candidate(self._admin2[admin2], MAIN) if admin2 else None

    def similar(self, name: str, countries: Collection[str], admin1: Collection[str] = ()) -> tuple[Candidate, ...]:
        """Places of some countries (and, where given, of these first-order regions) whose main name is a slip away from the name.

        One wrong, missing or swapped letter in names of six letters or more, two from nine on; the first letter must agree. Romanisations
        are levelled first, so that a French spelling can be held against an English one.
        """
        wanted = level(name)
        if len(wanted) < 6:
            return ()
        out: list[Candidate] = []
        for iso in countries:
            keys, numbers = self._levelled(iso)
            hits = process.extract(wanted, keys, scorer=OSA.distance, score_cutoff=2 if len(wanted) > 8 else 1, limit=20)
            for key, _, j in hits:
                if key[0] == wanted[0]:
                    c = self._candidate(numbers[j], OTHER)
                    if not admin1 or c.admin1 in admin1:
                        out.append(c)
        out.sort(key=lambda c: (OSA.distance(level(c.name), wanted), -c.population, c.key))
        return tuple(out)

    def _levelled(self, iso: str) -> tuple[list[str], list[int]]:
        if iso not in self._near:
            keys, numbers = [], []
            if iso in self._isos:
                n = self._isos.index(iso)
                for k in range(self._firsts[n], self._firsts[n + 1]):
                    keys.append(level(self._name(k)))
                    numbers.append(k)
            self._near[iso] = keys, numbers
        return self._near[iso]

    def __iter__(self) -> Iterator[Candidate]:
        """All places, in the order of the file."""
        return (self._candidate(k, 0) for k in range(self.places))


# Letters in which French, English and German romanisations differ, brought to one form. Longest first.
_LEVELS = (
    ("schtsch", "sc"), ("shch", "sc"), ("chtch", "sc"), ("tsch", "c"), ("tch", "c"), ("sch", "s"), ("sh", "s"), ("zh", "j"), ("kh", "h"), ("ch", "s"),
    ("ou", "u"), ("ss", "s"), ("gu", "g"), ("w", "v"), ("y", "i"), ("j", "i"), ("ii", "i"), ("q", "k"), ("c", "k"),
)  # fmt: skip


def level(name: str) -> str:
    """A rough key under which romanisations of one name come close to each other. For near misses only, never for exact look-ups."""
    key = fold(name).replace(" ", "")
    for old, new in _LEVELS:
        key = key.replace(old, new)
    return key


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer that ships with Selon, opened once per process. Raises PackError."""
    return Gazetteer()
