"""What the assignment of places to events needs of a report, once. May import: `geography`, `words`, `model`."""

from __future__ import annotations

from dataclasses import dataclass

from selon.model import Parse, Place
from selon.resolve.where.located import Located
from selon.resolve.where.words import Words

FINE = {
    "site": 0.3,
    "district": 0.5,
    "village": 0.4,
    "city": 0.4,
    "admin2": 0.3,
    "admin1": 0.1,
    "region": 0.3,
    "water": -0.3,
    "country": -1.4,
    "unknown": -0.6,
}


def named_town(x: Located) -> bool:
    """Whether a place that the gazetteer does not know is called a town, a village or a district by the report itself."""
    return x.candidate is None and x.mention.context.expects in ("settlement", "district", "admin2")


def is_continent(x: Located) -> bool:
    """Whether a place is wider than a country."""
    return x.candidate is not None and x.candidate.kind == "region" and not x.candidate.country


def fineness(x: Located) -> float:
    """How much the sort of a place speaks for it; a town without a point is a town all the same."""
    if x.candidate is not None:
        return FINE[x.candidate.kind]
    return FINE["village"] if named_town(x) else FINE["unknown"]


@dataclass(frozen=True)
class Scene:
    """What assignment needs, once per report. `body` is the offset where the headline ends, `entries` those where entries of a live blog begin."""

    parse: Parse
    words: Words
    by_sentence: dict[int, list[Located]]
    main: Place | None
    weight: dict[str, float]
    body: int
    entries: tuple[int, ...]
