"""What is known of mentions once they are settled, and which countries a report speaks of. May import: `mentions`, `sheet`, `model`."""

from __future__ import annotations

from dataclasses import dataclass

from selon.model import Place
from selon.resolve.where.mentions import Mention
from selon.resolve.where.sheet import Candidate


@dataclass(frozen=True, slots=True)
class Located:
    """A mention with the place chosen for it (None: not resolved) and the value that goes into the reading."""

    mention: Mention
    candidate: Candidate | None
    place: Place


@dataclass(frozen=True)
class Focus:
    """Countries by weight, 1 for the one the report speaks of most."""

    weights: dict[str, float]

    def of(self, iso: str) -> float:
        return self.weights.get(iso, 0.0)

    @property
    def first(self) -> str | None:
        return max(self.weights, key=lambda k: self.weights[k]) if self.weights else None
