"""B-cubed and pairwise F1 of the reports' main incidents, as the gold's reference scorer for linking defines them.

B-cubed: Bagga and Baldwin, Algorithms for Scoring Coreference Chains, 1998. May import: `linked`, `model`, `bench`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from selon.bench.gold import GoldReport
from selon.linked import link_readings
from selon.model.reading import Reading


@dataclass(frozen=True)
class LinkingScore:
    """`reports` that name an incident, gold and found clusters, and precision and recall per report (B-cubed) and per pair."""

    reports: int
    gold: int
    found: int
    precision: float
    recall: float
    pair_precision: float
    pair_recall: float

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


def _clusters(of: Mapping[str, str]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for report, name in of.items():
        out.setdefault(name, set()).add(report)
    return out


def score_linking(gold: Mapping[str, str], found: Mapping[str, str]) -> LinkingScore:
    """Both map report id -> cluster; a report without a found cluster is alone."""
    placed = {r: found.get(r, f"alone:{r}") for r in gold}
    g, f = _clusters(gold), _clusters(placed)
    n = len(gold) or 1
    p = sum(len(f[placed[r]] & g[gold[r]]) / len(f[placed[r]]) for r in gold) / n
    q = sum(len(f[placed[r]] & g[gold[r]]) / len(g[gold[r]]) for r in gold) / n
    gold_pairs = {frozenset(x) for c in g.values() for x in combinations(c, 2)}
    found_pairs = {frozenset(x) for c in f.values() for x in combinations(c, 2)}
    both = len(gold_pairs & found_pairs)
    return LinkingScore(len(gold), len(g), len(f), p, q, both / max(len(found_pairs), 1), both / max(len(gold_pairs), 1))


def link_gold(gold: Sequence[GoldReport], readings: Iterable[Reading]) -> LinkingScore:
    """Links the readings and holds the main incidents against gold's `incident` field."""
    wanted = {g.id: g.incident for g in gold if g.incident}
    found: dict[str, str] = {}
    for i in link_readings(readings).incidents:
        for r in i.main_of:
            found.setdefault(r, i.id)
    return score_linking({k: v for k, v in wanted.items() if v}, found)
