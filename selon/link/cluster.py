"""Clustering tellings: the same result for any order of reports, near-linear in their number. May import: `link`.

Tellings are taken in a canonical order (day, report, position). Each is compared with the clusters that share a block key with it (a
week and a place, a week and a rare name) and joins the best one above the threshold; a second pass merges clusters that grew together.
Two tellings of one report never share a cluster: the report itself kept them apart. What people judged goes before all of this.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from math import log

from selon.link.days import Days
from selon.link.features import Corpus, Profile, score
from selon.link.pairs import NONE, Pairs, neighbours, regrouped
from selon.link.telling import Telling, fold, main_telling

_BLOCK_LIMIT = 40
_WINDOW = 3
_NEVER, _ALWAYS = -1, -2  # windows of what has no day at all, and of everything
_NARROW = 3  # an interval of more days than that votes for none of them
_FAR = 4  # days between known intervals after which no other agreement makes one occurrence of two


def corpus_of(tellings: Iterable[Telling], words: Mapping[str, set[str]]) -> Corpus:
    """Rarity of every name and headline word over the reports: 1 / (1 + ln(reports that have it))."""
    seen: dict[str, set[str]] = defaultdict(set)
    for t in tellings:
        for n in t.names:
            seen[n].add(t.report)
    for report, ws in words.items():
        for w in ws:
            seen[w].add(report)
    return Corpus({w: 1.0 / (1.0 + log(len(r))) for w, r in seen.items()})


def profile_of(t: Telling, words: set[str], main: bool) -> Profile:
    """The profile of one telling."""
    return Profile(
        [t], t.when, Days(t.published, t.published), t.cores, list(t.places), set(t.names), words if main else set(),
        set(t.figures), main, {t.report}, _votes(t.when),
    )  # fmt: skip


def _votes(when: Days) -> dict[int, float]:
    if when.low is None or when.high is None or when.high - when.low > _NARROW:
        return {}
    return dict.fromkeys(range(when.low, when.high + 1), 1.0 / (when.high - when.low + 1))


def _agreed(votes: Mapping[int, float]) -> Days:
    """The day that most tellings hold, with the days beside it that half as many hold. A cluster that took in each neighbour's day in turn
    would drift from one occurrence to the next in the same town.
    """
    best = min(votes, key=lambda d: (-votes[d], d))
    low = high = best
    while votes.get(low - 1, 0.0) >= votes[best] / 2:
        low -= 1
    while votes.get(high + 1, 0.0) >= votes[best] / 2:
        high += 1
    return Days(low, high)


def merged(a: Profile, b: Profile) -> Profile:
    """What two profiles say together."""
    core = Counter(a.core)
    core.update(b.core)
    seen: set[tuple[str | None, str]] = set()
    places = []
    for p in (*a.places, *b.places):
        key = (p.country, fold(p.name))
        if key not in seen:
            seen.add(key)
            places.append(p)
    votes = dict(a.votes)
    for d, n in b.votes.items():
        votes[d] = votes.get(d, 0.0) + n
    when = _agreed(votes) if votes else a.when.sharpened(b.when)
    return Profile(
        a.tellings + b.tellings, when, a.published.union(b.published), dict(core), places, a.names | b.names, a.words | b.words,
        a.figures | b.figures, a.main or b.main, a.reports | b.reports, votes,
    )  # fmt: skip


def _window(p: Profile) -> int:
    day = p.when.low if p.when.known else p.published.high
    return _NEVER if day is None else day // _WINDOW


def marks(p: Profile, asks: bool) -> list[str]:
    """Under which marks a profile is kept, or (`asks`) looks: places, regions, rare names; countries between a whole and its parts."""
    places = p.places[:8]
    found = {f"p:{fold(q.name)}" for q in places} | {f"a:{q.country}:{fold(q.admin1)}" for q in places if q.admin1}
    for q in places:
        if q.country:
            vague = q.precision in ("country", "unresolved")
            # "Mayotte" (a whole) must meet "Petite-Terre" (a part), but parts need not all meet each other.
            found |= {f"whole:{q.country}"} if vague or asks else set()
            found |= {f"any:{q.country}"} if vague or not asks else set()
    if not p.places or p.main:
        found |= {f"n:{n}" for n in sorted(p.names)[:24]}
    return sorted(found)


class _Index:
    """Clusters by block key. Full blocks stop growing: what shares only a crowded key must share a rarer one to be compared."""

    def __init__(self) -> None:
        self.blocks: dict[tuple[str, int], list[int]] = defaultdict(list)

    def candidates(self, p: Profile) -> list[int]:
        out: dict[int, int] = {}
        window = _window(p)
        # Where the text gives no day, the day of publication only bounds it: look further back. Without either, look at all times.
        windows = [_ALWAYS] if window == _NEVER else [*range(window - (1 if p.when.known else 3), window + 2), _NEVER]
        for mark in marks(p, asks=True):
            for w in windows:
                for c in self.blocks.get((mark, w), ())[-_BLOCK_LIMIT:]:
                    out[c] = out.get(c, 0) + 1
        return sorted(out, key=lambda c: (-out[c], c))[:_BLOCK_LIMIT]

    def add(self, c: int, p: Profile) -> None:
        for mark in marks(p, asks=False):
            for w in (_window(p), _ALWAYS):
                block = self.blocks[mark, w]
                if c not in block[-_BLOCK_LIMIT:]:
                    block.append(c)


def _canonical(t: Telling) -> tuple[int, int, float, str, int]:
    day = t.when.low if t.when.low is not None else t.published if t.published is not None else 10**9
    # Tellings with their own day and more to say come first, so that clusters form around what is clear.
    return (0 if t.when.known and t.places else 1, day, -t.weight, t.report, t.order)


def cluster(
    tellings: Sequence[Telling], words: Mapping[str, set[str]], corpus: Corpus, cannot: Pairs = NONE, must: Pairs = NONE
) -> list[Profile]:
    """Clusters of tellings of one occurrence. `words` are the folded headline words of each report, `corpus` is that of all of them.

    `cannot` and `must` hold pairs of telling keys that people judged to be different and the same.
    """
    by_report: dict[str, list[Telling]] = defaultdict(list)
    for t in tellings:
        by_report[t.report].append(t)
    mains = {m.key for ts in by_report.values() if (m := main_telling(ts)) is not None}
    clusters: list[Profile | None] = []
    index = _Index()
    apart = neighbours(cannot)

    def forbidden(a: Profile, b: Profile) -> bool:
        if a.reports & b.reports:
            return True
        judged = [foes for x in a.tellings if (foes := apart.get(x.key))] if apart else []
        return any(y.key in foes for foes in judged for y in b.tellings)

    def best_for(p: Profile, itself: int = -1) -> tuple[float, int] | None:
        best: tuple[float, int] | None = None
        for c in index.candidates(p):
            other = clusters[c]
            if other is None or c == itself or (other.when.gap(p.when) or 0) > _FAR or forbidden(other, p):
                continue
            s = score(other, p, corpus)
            if s >= 0.0 and (best is None or s > best[0]):
                best = (s, c)
        return best

    def profile(t: Telling) -> Profile:
        return profile_of(t, words.get(t.report, set()), t.key in mains)

    for t in sorted(tellings, key=_canonical):
        p = profile(t)
        found = best_for(p)
        if found is None:
            clusters.append(p)
            index.add(len(clusters) - 1, p)
        else:
            c = found[1]
            home = clusters[c]
            assert home is not None
            joined = merged(home, p)
            clusters[c] = joined
            index.add(c, joined)
    for i, q in enumerate(clusters):
        if q is None:
            continue
        found = best_for(q, i)
        if found is not None:
            other = clusters[found[1]]
            assert other is not None
            first, second = sorted((i, found[1]))
            a, b = clusters[first], clusters[second]
            assert a is not None and b is not None
            clusters[first], clusters[second] = merged(a, b), None
    done = [c for c in clusters if c is not None]
    if not must:
        return done
    known = {id(c.tellings): c for c in done}
    parts = regrouped([c.tellings for c in done], must, cannot)
    return [known.get(id(p)) or reduce(merged, map(profile, sorted(p, key=_canonical))) for p in parts]
