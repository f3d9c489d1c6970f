"""What the assignment of places to events needs of a report, once. May import: `geography`, `words`, `model`."""

from __future__ import annotations

from dataclasses import dataclass

from selon.model import Parse, Place
from selon.resolve.where.geography import Located
from selon.resolve.where.words import Words

FINE = {
    "site": 0.3,
    "district": 0.5,
    "village": 0.4,
    "city": 0.4,
    "admin2": 0.6,
    "admin1": 0.1,
    "region": 0.3,
    "water": -0.3,
    "country": -1.4,
}


@dataclass(frozen=True)
class Scene:
    """What assignment needs, once per report."""

    parse: Parse
    words: Words
    by_sentence: dict[int, list[Located]]
    main: Place | None
    weight: dict[str, float]
