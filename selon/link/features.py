"""What speaks for and against two tellings being of one occurrence.

Each feature is a function from two profiles to a number of points; its docstring is the explanation for people (see `explain_pair`). The
points add up, and a pair belongs together when they reach the threshold. The idea of documented features follows record linkage
(Fellegi and Sunter, A Theory for Record Linkage, 1969): agreement adds evidence, disagreement takes it away, silence does nothing.
May import: `link`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from selon.link.days import Days
from selon.link.telling import Telling, compatible_families, place_relation
from selon.model import Place

THRESHOLD = 2.7
MAIN_THRESHOLD = 2.0
"""Two reports that are mainly about an occurrence need less: headlines and leads say more than a mention in passing."""


@dataclass
class Profile:
    """A telling, or a cluster of them: what the features compare."""

    tellings: list[Telling]
    when: Days
    published: Days
    core: dict[str, float]
    places: list[Place]
    names: set[str]
    words: set[str]
    figures: set[tuple[str, int | None, int | None]]
    main: bool
    reports: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Corpus:
    """Rarity of names and words over all reports: 1 for one that a single report uses, towards 0 for one in all of them."""

    rarity: Mapping[str, float]

    def weight(self, shared: set[str]) -> float:
        return sum(self.rarity.get(w, 1.0) for w in shared)


def time_points(a: Profile, b: Profile, corpus: Corpus) -> float:
    """Time: the same days speak for one occurrence, days further apart than one against it; without a day in the text, the days of publication bound it; with no day at all, more must speak for it."""
    gap = a.when.gap(b.when)
    if gap is not None:
        wide = max(a.when.width or 0, b.when.width or 0)
        if gap == 0:
            return 2.0 if wide <= 3 else 1.0 if wide <= 31 else 0.0
        return 0.5 if gap == 1 else -1.0 if gap <= 2 else -4.0
    if any(not x.when.known and x.published.high is None for x in (a, b)):
        return -1.5  # nothing bounds it: the rest must say more
    known, other = (a, b) if a.when.known else (b, a)
    if known.when.known and other.published.high is not None and known.when.low is not None:
        lag = other.published.high - known.when.low
        return 0.5 if -1 <= lag <= 4 else 0.0 if -1 <= lag <= 14 else -2.0
    lag2 = a.published.gap(b.published)
    return 0.0 if lag2 is None else 0.5 if lag2 <= 3 else 0.0 if lag2 <= 10 else -2.0


def place_points(a: Profile, b: Profile, corpus: Corpus) -> float:
    """Place: the same place or one within 25 km speaks for one occurrence, a part of the same region weakly, two settlements apart against it."""
    best: float | None = None
    for p in a.places[:6]:
        for q in b.places[:6]:
            r = place_relation(p, q)
            points = {"same": 2.5, "near": 1.5, "part": 0.8, "unknown": 0.0, "apart": -2.5}[r]
            if r == "same" and p.precision == "country":
                points = 0.6
            elif r == "same" and p.precision == "admin1":
                points = 1.6
            if points == 2.5:
                return points
            best = points if best is None else max(best, points)
    return best or 0.0


def family_points(a: Profile, b: Profile, corpus: Corpus) -> float:
    """Kind: the same kind of event speaks for one occurrence, kinds that cannot be one occurrence against it."""
    both = set(a.core) & set(b.core) - {"consequence"}
    if both:
        return 1.0
    return 0.0 if any(compatible_families(x, y) for x in a.core for y in b.core) else -2.5


def figure_points(a: Profile, b: Profile, corpus: Corpus) -> float:
    """Figures: the same count of the same thing (above two) in both speaks for one occurrence."""
    return min(1.5, 0.75 * len(a.figures & b.figures))


def name_points(a: Profile, b: Profile, corpus: Corpus) -> float:
    """Names: rare names in both (persons, places, organisations, weapons) speak for one occurrence, common ones hardly."""
    return min(2.0, 0.6 * corpus.weight(a.names & b.names))


def word_points(a: Profile, b: Profile, corpus: Corpus) -> float:
    """Words: where both reports are mainly about it, rare words shared by headline and lead speak for one occurrence."""
    if not (a.main and b.main) or not a.words or not b.words:
        return 0.0
    shared = corpus.weight(a.words & b.words)
    return min(2.0, 6.0 * shared / (corpus.weight(a.words) + corpus.weight(b.words) + 1e-9))


FEATURES: tuple[Callable[[Profile, Profile, Corpus], float], ...] = (
    time_points, place_points, family_points, figure_points, name_points, word_points,
)  # fmt: skip


def score(a: Profile, b: Profile, corpus: Corpus) -> float:
    """All points together."""
    return sum(f(a, b, corpus) for f in FEATURES)


def explain_pair(a: Profile, b: Profile, corpus: Corpus) -> list[tuple[str, float, str]]:
    """Feature name, points and explanation, for the interface."""
    return [(f.__name__.removesuffix("_points"), f(a, b, corpus), (f.__doc__ or "").strip()) for f in FEATURES]
