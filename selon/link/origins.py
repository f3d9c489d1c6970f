"""Folding copies of one wire, and what credits one agency, into one origin. May import: `model`, `link`.

Reports that copy one another by their shingles (`model.shingle`) are of one origin.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from selon.link.citations import Credit, event_credit, report_credit
from selon.model import Reading
from selon.model.shingle import LEAST, SHARE, shingles, told


@dataclass(frozen=True)
class Origins(Mapping[str, int]):
    """Report id -> number of its origin (from 0, in order of report id). `agencies` numbers the agencies that reports or their statements
    credit, `credits` says which report credits which for its text, and with what words.
    """

    of: Mapping[str, int]
    agencies: Mapping[str, int] = field(default_factory=dict)
    credits: Mapping[str, Credit] = field(default_factory=dict)

    def __getitem__(self, report: str) -> int:
        return self.of[report]

    def __iter__(self) -> Iterator[str]:
        return iter(self.of)

    def __len__(self) -> int:
        return len(self.of)


def fold_origins(readings: Iterable[Reading]) -> Origins:
    """The origins of reports. Transitive: a copy of a copy is of the same origin.

    Copies of which one credits an agency share its origin with all else that credits it; where copies credit different agencies, none
    of these is told to be theirs.
    """
    by_id = {r.report.id: r for r in readings}
    root = _copies(by_id)
    credits = {k: c for k in sorted(by_id) if (c := report_credit(by_id[k])) is not None}
    credited: dict[str, set[str]] = defaultdict(set)
    for k, c in credits.items():
        credited[root[k]].add(c.agency)
    homes = {k: f"agency {next(iter(a))}" if len(a := credited.get(root[k], set())) == 1 else f"report {root[k]}" for k in by_id}
    numbers: dict[str, int] = {}
    of = {k: numbers.setdefault(homes[k], len(numbers)) for k in sorted(by_id)}
    named = {c.agency for c in credits.values()}
    for r in by_id.values():
        statements = {s.id: s for s in r.statements}
        named |= {via for e in r.events if e.figures and (via := event_credit(e, statements)) is not None}
    agencies = {a: numbers.setdefault(f"agency {a}", len(numbers)) for a in sorted(named)}
    return Origins(of, agencies, credits)


def _copies(readings: Mapping[str, Reading]) -> dict[str, str]:
    """Report id -> the first report of those that copy one another."""
    kept = {k: shingles(told(r.report)) for k, r in readings.items()}
    holders: dict[int, list[str]] = defaultdict(list)
    parent = {r: r for r in kept}

    def root(x: str) -> str:
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for report in sorted(kept):
        mine = kept[report]
        shared: Counter[str] = Counter()
        for h in mine:
            # A shingle that hundreds share is a phrase of the trade, not a copy; the first holders are enough to find the origin.
            shared.update(holders[h][:50])
            holders[h].append(report)
        for other, n in sorted(shared.items()):
            if n >= LEAST and n / min(len(mine), len(kept[other])) >= SHARE:
                a, b = sorted((root(report), root(other)))
                parent[b] = a
    return {r: root(r) for r in kept}
