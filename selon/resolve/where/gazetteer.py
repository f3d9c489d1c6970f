"""The gazetteer: a name in any spelling or script -> the places that bear it. Knows names, not texts.

It is the file that ships with Selon, and over it the layers that the user has added. May import: `sheet`, `fold`, `layout`, `errors`.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from selon.resolve.where.fold import fold
from selon.resolve.where.layout import KNOWN, OTHER, Kind
from selon.resolve.where.sheet import LAYER, Candidate, Sheet

# The Arabic article and the forms it takes before some letters, as romanised.
ARTICLES = frozenset({"al", "el", "ad", "ed", "an", "en", "ar", "er", "as", "es", "ash", "esh", "ech", "ach", "at", "et", "az", "ez"})
DATA = Path(__file__).parent / "data" / "places.bin"
GAZETTEER_ATTRIBUTION = "Place names and coordinates: GeoNames (geonames.org), CC BY 4.0, with additions by the Selon project."


def distance_km(a: Candidate, b: Candidate) -> float:
    """Great-circle distance on a sphere of 6371 km."""
    p, q = math.radians(a.lat), math.radians(b.lat)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def within_km(a: Candidate, b: Candidate, km: float) -> bool:
    """Whether two places lie nearer than that; a degree of latitude is 111 km everywhere, so most pairs need no sphere."""
    return abs(a.lat - b.lat) * 111.0 < km and distance_km(a, b) < km


class Gazetteer:
    """One gazetteer file and the layers over it. Instances share nothing and may be used from several threads."""

    def __init__(self, path: Path = DATA, layers: Sequence[Path] = ()) -> None:
        """Raises PackError SEL-P050 when there is no such file or it is not a gazetteer."""
        self._sheets = tuple(Sheet(p, k) for k, p in enumerate((path, *layers)))
        self._base = self._sheets[0]
        self._found: dict[str, tuple[Candidate, ...]] = {}
        self._near: dict[str, tuple[list[str], list[tuple[Sheet, int]]]] = {}

    @property
    def places(self) -> int:
        return sum(s.places for s in self._sheets)

    @property
    def names(self) -> int:
        return sum(s.names for s in self._sheets)

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
        out = self._base.named(key)
        for sheet in self._sheets[1:]:
            out += [c for c in sheet.named(key) if not any(_same(c, d) for d in out)]
        out.sort(key=lambda c: (c.rank, -c.population, c.key))
        return tuple(out)

    def capital(self, iso: str) -> Candidate | None:
        """The capital of a country, where the data names one."""
        return self._base.capital(iso)

    def parent(self, c: Candidate, kind: Kind) -> Candidate | None:
        """The first- or second-order region that a place lies in, where the data knows it."""
        return self._sheets[c.key // LAYER].parent(c, kind)

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
                    sheet, k = numbers[j]
                    c = sheet.candidate(k, OTHER)
                    if not admin1 or c.admin1 in admin1:
                        out.append(c)
        out.sort(key=lambda c: (OSA.distance(level(c.name), wanted), -c.population, c.key))
        return tuple(out)

    def _levelled(self, iso: str) -> tuple[list[str], list[tuple[Sheet, int]]]:
        if iso not in self._near:
            numbers = [(sheet, k) for sheet in self._sheets for k in sheet.numbers(iso)]
            self._near[iso] = [level(sheet.name(k)) for sheet, k in numbers], numbers
        return self._near[iso]

    def __iter__(self) -> Iterator[Candidate]:
        """All places, file by file, in the order of the files."""
        return (sheet.candidate(k) for sheet in self._sheets for k in range(sheet.places))


def _same(a: Candidate, b: Candidate) -> bool:
    """Whether two files mean one place: the same number, or the same main name and kind near by."""
    if a.geonameid is not None and a.geonameid == b.geonameid:
        return True
    alike = a.country == b.country and (a.kind == b.kind or (a.settlement and b.settlement))
    return alike and (fold(a.name) == fold(b.name) or a.kind in ("admin1", "country")) and within_km(a, b, 15.0 if a.settlement else 400.0)


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
