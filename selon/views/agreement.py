"""How far people agree: Krippendorff's alpha for verdicts. May import: `model`.

Nominal alpha from the matrix of coincidences, as in K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011),
https://repository.upenn.edu/asc_papers/43: alpha = 1 - observed / expected disagreement. 1 is agreement throughout, 0 is what chance
would give. It is undefined (None) where fewer than two people judged one thing, or where all gave one and the same verdict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from selon.model.judgement import Judgement, opinions


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two people: how many things both judged, how many alike, and alpha over them."""

    first: str
    second: str
    common: int
    alike: int
    alpha: float | None


def nominal_alpha(units: Iterable[Sequence[str | None]]) -> float | None:
    """Alpha over units, each with one value a coder (None = did not judge it)."""
    weights: dict[tuple[str, str], float] = {}
    for unit in units:
        values = [v for v in unit if v is not None]
        if len(values) < 2:
            continue
        pairs = Counter(permutations(values, 2))
        for pair, n in pairs.items():
            weights[pair] = weights.get(pair, 0.0) + n / (len(values) - 1)
    totals: dict[str, float] = {}
    for (a, _), w in weights.items():
        totals[a] = totals.get(a, 0.0) + w
    everything = sum(weights.values())
    expected = sum(totals[a] * totals[b] for a, b in permutations(totals, 2))
    if not expected:
        return None
    observed = sum(w for (a, b), w in weights.items() if a != b)
    return 1.0 - (everything - 1) * observed / expected


def agreements(judgements: Iterable[Judgement]) -> list[Agreement]:
    """Every two people who judged one thing, by name. A corrected value is part of the verdict: two different corrections do not agree."""
    said: list[dict[str, str]] = []
    for o in opinions(judgements):
        said.append({j.author: f"{j.verdict} {j.value or ''}".strip() for j in o.judgements})
    people = sorted({a for unit in said for a in unit})
    out = []
    for first, second in combinations(people, 2):
        units = [(u[first], u[second]) for u in said if first in u and second in u]
        if units:
            out.append(Agreement(first, second, len(units), sum(a == b for a, b in units), nominal_alpha(units)))
    return out
