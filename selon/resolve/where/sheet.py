"""One gazetteer file, mapped into memory and read where it lies: opening costs a millisecond, a look-up a few microseconds, and pages
that are never asked for are never read. May import: `fold`, `layout`, `errors`.
"""

from __future__ import annotations

import json
import math
import mmap
from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path

from selon.errors import PackError
from selon.resolve.where.layout import KINDS, MAGIC, MAIN, RECORD, Kind, key_hash

# Numbers of places take 24 bits in a file; above them stands the number of the file.
LAYER = 1 << 24


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that bears a name. `name` is the GeoNames main name in ASCII, `country` ISO 3166 alpha-2 (empty for seas between countries).

    `radius_km` is how far from the point the place may reach; `rank` tells whether the name asked for is its main name (0), its name in
    a language we know or by rule (1), or another name (2). `key` identifies the place within the gazetteer:
    the number of its file times LAYER, plus its number in the file.
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
    def added(self) -> bool:
        """Whether the place comes from a layer that the user added."""
        return self.key >= LAYER

    @property
    def settlement(self) -> bool:
        return self.kind in ("city", "village", "district", "site")


class Sheet:
    """One gazetteer file. `number` tells it from the other files of a gazetteer. Instances share nothing and may be used from several threads."""

    def __init__(self, path: Path, number: int = 0) -> None:
        """Raises PackError SEL-P050 when there is no such file or it is not a gazetteer."""
        self.path, self.number = path, number
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
        self._near: dict[str, tuple[list[str], list[int]]] = {}

    def named(self, key: str) -> list[Candidate]:
        """The places whose folded name this is, in no order."""
        if len(key) < 2:
            return []
        h = key_hash(key)
        bucket, low = h >> 32, h & 0xFFFFFFFF
        first, last = self._buckets[bucket], self._buckets[bucket + 1]
        at = bisect_left(self._hashes, low, first, last)
        out: list[Candidate] = []
        while at < last and self._hashes[at] == low:
            ref = self._refs[at]
            out.append(self.candidate(ref & 0xFFFFFF, ref >> 24))
            at += 1
        return out

    def name(self, k: int) -> str:
        """The main name of the place with this number."""
        start = RECORD.unpack_from(self._places, k * RECORD.size)[4]
        end = RECORD.unpack_from(self._places, (k + 1) * RECORD.size)[4]
        return bytes(self._names[start:end]).decode("utf-8")

    def candidate(self, k: int, rank: int = MAIN) -> Candidate:
        """The place with this number in the file."""
        gid, lat, lon, population, _, admin1, admin2, radius, country, kind = RECORD.unpack_from(self._places, k * RECORD.size)
        what = KINDS[kind]
        if not radius and what in ("city", "village"):
            radius = max(1, min(25, round(math.sqrt(population) / 80)))
        return Candidate(
            k + self.number * LAYER, gid or None, self.name(k), lat / 1e5, lon / 1e5, self._isos[country], self.name(self._admin1[admin1]) if admin1 else None,
            self.name(self._admin2[admin2]) if admin2 else None, what, population, radius, rank,
        )  # fmt: skip

    def capital(self, iso: str) -> Candidate | None:
        """The capital of a country, where the file names one."""
        k = self._capitals.get(iso, -1)
        return self.candidate(k) if k >= 0 else None

    def parent(self, c: Candidate, kind: Kind) -> Candidate | None:
        """The first- or second-order region that a place of this file lies in."""
        _, _, _, _, _, admin1, admin2, _, _, _ = RECORD.unpack_from(self._places, c.key % LAYER * RECORD.size)
        if kind == "admin1":
            return self.candidate(self._admin1[admin1]) if admin1 else None
        return self.candidate(self._admin2[admin2]) if admin2 else None

    def numbers(self, iso: str) -> range:
        """The numbers of the places of a country."""
        if iso not in self._isos:
            return range(0)
        n = self._isos.index(iso)
        return range(self._firsts[n], self._firsts[n + 1])

    @property
    def countries(self) -> tuple[str, ...]:
        return tuple(self._isos)
