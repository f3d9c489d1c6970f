"""Pairs that people judged to be the same or different, brought to tellings. May import: `link`.

Events are judged, tellings are clustered. A telling whose own events were judged to be different falls apart; clusters whose tellings were
judged to be the same are joined. Where « same » and « different » cannot hold together, nothing of that group is joined by force.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from selon.link.telling import Telling

Key = tuple[str, str]
Pairs = frozenset[frozenset[Key]]
NONE: Pairs = frozenset()
Node = TypeVar("Node", Key, int)


def fallen_apart(tellings: Sequence[Telling], cannot: Pairs) -> list[Telling]:
    """The tellings, those cut that hold two events judged to be different. What nobody judged stays with the first part."""
    apart = neighbours(cannot)
    out: list[Telling] = []
    for t in tellings:
        own = {(t.report, e.id) for e in t.events}
        if not any(apart.get(k, frozenset()) & own for k in own):
            out.append(t)
            continue
        parts: list[list[int]] = []
        for n, e in enumerate(t.events):
            foes = apart.get((t.report, e.id), frozenset())
            home = next((p for p in parts if not any((t.report, t.events[m].id) in foes for m in p)), None)
            if home is None:
                parts.append([n])
            else:
                home.append(n)
        for part in parts:
            made = Telling(t.report, t.order, published=t.published, passage=t.passage)
            for n in part:
                made.add(t.events[n], t.weight / len(t.events))
            out.append(made)
    return out


def on_tellings(pairs: Pairs, tellings: Sequence[Telling]) -> Pairs:
    """Pairs of events as pairs of the tellings that hold them; what is not told any more, or told in one, falls away."""
    holder = {(t.report, e.id): t.key for t in tellings for e in t.events} if pairs else {}
    found = (frozenset(holder[k] for k in p) for p in pairs if all(k in holder for k in p))
    return frozenset(p for p in found if len(p) == 2)


def neighbours(pairs: Pairs) -> Mapping[Key, frozenset[Key]]:
    """For each key, those it is paired with."""
    out: dict[Key, set[Key]] = defaultdict(set)
    for p in pairs:
        for k in p:
            out[k] |= p - {k}
    return {k: frozenset(v) for k, v in out.items()}


def regrouped(clusters: Sequence[Sequence[Telling]], must: Pairs, cannot: Pairs) -> list[Sequence[Telling]]:
    """The machine's clusters, those joined that hold tellings judged to be the same.

    Where whole clusters cannot be joined, because somebody judged parts of them to be different, only the tellings judged to be the same
    come together and leave the rest where it was. Clusters that nothing touches are returned as they are.
    """
    chosen = [g for g in _components(must) if not _torn(g, cannot)]
    home = {t.key: n for n, c in enumerate(clusters) for t in c}
    met = frozenset(frozenset({home[k], home[min(g)]}) for g in chosen for k in g if home[k] != home[min(g)])
    out: list[Sequence[Telling]] = []
    touched: set[int] = set()
    for part in _components(met):
        members = sorted(part)
        touched |= part
        tellings = [t for n in members for t in clusters[n]]
        if not _torn({t.key for t in tellings}, cannot):
            out.append(tellings)
            continue
        inside = [g for g in chosen if home[min(g)] in part and len({home[k] for k in g}) > 1]
        taken = {k for g in inside for k in g}
        out += [[t for t in tellings if t.key in g] for g in inside]
        out += [rest for n in members if (rest := [t for t in clusters[n] if t.key not in taken])]
    return [c for n, c in enumerate(clusters) if n not in touched] + out


def _components(pairs: frozenset[frozenset[Node]]) -> list[frozenset[Node]]:
    """What hangs together, in order of the least key."""
    parent: dict[Node, Node] = {}

    def root(k: Node) -> Node:
        while (up := parent.setdefault(k, k)) != k:
            k = up
        return k

    for p in pairs:
        ends = sorted(p)
        for end in ends[1:]:
            first, second = sorted((root(ends[0]), root(end)))
            parent[second] = first
    out: dict[Node, set[Node]] = defaultdict(set)
    for k in list(parent):
        out[root(k)].add(k)
    return [frozenset(out[k]) for k in sorted(out)]


def _torn(keys: Iterable[Key], cannot: Pairs) -> bool:
    held = set(keys)
    return any(p <= held for p in cannot)
