"""A place on its way into a gazetteer file, and which of its names are worth keeping. May import: `fold`, `layout`."""

from __future__ import annotations

from dataclasses import dataclass, field

from selon.resolve.where.fold import fold
from selon.resolve.where.layout import Kind


@dataclass(slots=True)
class Row:
    """A place on its way into the file. `names` maps a folded key to the best rank it has for this place."""

    name: str
    kind: Kind
    country: str
    lat: float
    lon: float
    geonameid: int = 0
    population: int = 0
    admin1: str = ""
    admin2: str = ""
    radius: int = 0
    capital: bool = False
    names: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, rank: int) -> None:
        key = fold(name)
        if len(key) > 1:
            self.names[key] = min(rank, self.names.get(key, rank))


def useful(name: str) -> bool:
    """A Latin, Cyrillic or Arabic name that a person would write: no airport code, no machine transliteration."""
    if not name or len(name) > 60 or (name.islower() and name.isascii()):
        return False
    if name.isascii() and name.isupper() and len(name) < 5:
        return False
    return all(ord(c) < 0x530 or 0x600 <= ord(c) < 0x700 or 0x1E00 <= ord(c) < 0x2070 for c in name)
