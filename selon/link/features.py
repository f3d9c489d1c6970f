"""What speaks for and against two tellings being of one occurrence.

Each feature is a function from two profiles to what is found (a level, and how much of it); its docstring is the explanation for people
(see `explain_pair`). What is found has a weight in `weights.toml`, learned from reports whose incidents are known; weights add up to the
log-odds that both are of one occurrence, after Fellegi and Sunter, A Theory for Record Linkage (1969): agreement adds evidence,
disagreement takes it away, silence does nothing. May import: `link`, `model`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from math import exp

from selon.link.days import Days
from selon.link.telling import Telling, compatible_families, place_relation
from selon.model import Place


@dataclass
class Profile:
    """A telling, or a cluster of them: what the features compare. `votes` says how many tellings hold which day, narrow ones only; each
    telling has one vote for all its days.
    """

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
    votes: dict[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Corpus:
    """Rarity of names and words over all reports: 1 for one that a single report uses, towards 0 for one in all of them."""

    rarity: Mapping[str, float]

    def weight(self, shared: set[str]) -> float:
        return sum(self.rarity.get(w, 1.0) for w in shared)


Found = tuple[str, float]
"""A level of `weights.toml` and how much of it: 1 where there is nothing to measure."""


def time(a: Profile, b: Profile, corpus: Corpus) -> Found:
    """Time: the same days speak for one occurrence, days further apart than one against it; without a day in the text, the days of publication bound it; with no day at all, more must speak for it. What was published two days before cannot tell of it."""
    gap = a.when.gap(b.when)
    if gap is not None:
        wide = max(a.when.width or 0, b.when.width or 0)
        if gap == 0:
            return ("same_days" if wide <= 3 else "same_month" if wide <= 31 else "same_season"), 1.0
        if _told_before(a, b) or _told_before(b, a):
            return "told_before", 1.0
        return ("next_day" if gap == 1 else "two_days" if gap == 2 else "days_apart"), 1.0
    if any(not x.when.known and x.published.high is None for x in (a, b)):
        return "unbounded", 1.0
    known, other = (a, b) if a.when.known else (b, a)
    if known.when.known and other.published.high is not None and known.when.low is not None:
        lag = other.published.high - known.when.low
        return ("told_soon" if -1 <= lag <= 4 else "told_later" if -1 <= lag <= 14 else "told_elsewhen"), 1.0
    lag2 = a.published.gap(b.published)
    return ("unknown" if lag2 is None else "published_near" if lag2 <= 3 else "unknown" if lag2 <= 10 else "published_apart"), 1.0


def _towns(places: list[Place]) -> list[Place]:
    return [p for p in places if p.precision in ("exact", "near") and p.lat is not None]


_ROUND = 0.4  # of what another number says: many occurrences have "30 wounded"


def _told_before(a: Profile, b: Profile) -> bool:
    """Whether `a` was published before the day of `b`, by more than time zones and nights explain."""
    return a.published.low is not None and b.when.known and b.when.low is not None and a.published.low < b.when.low - 1


_RANK = ("same", "same_region", "near", "part", "same_country", "unknown", "apart")


def place(a: Profile, b: Profile, corpus: Corpus) -> Found:
    """Place: the same place or one within 25 km speaks for one occurrence, a part of the same region weakly, two settlements apart against it, even where both reports name their country."""
    best = len(_RANK)
    mine, theirs = _towns(a.places), _towns(b.places)
    if not mine or not theirs:
        mine, theirs = a.places, b.places
    for p in mine[:6]:
        for q in theirs[:6]:
            relation = place_relation(p, q)
            if relation == "same" and p.precision in ("country", "admin1"):
                relation = "same_country" if p.precision == "country" else "same_region"
            best = min(best, _RANK.index(relation))
            if best == 0:
                return "same", 1.0
    return (_RANK[best] if best < len(_RANK) else "unknown"), 1.0


def kind(a: Profile, b: Profile, corpus: Corpus) -> Found:
    """Kind: the same kind of event speaks for one occurrence, kinds that cannot be one occurrence against it."""
    if set(a.core) & set(b.core) - {"consequence"}:
        return "same", 1.0
    return ("compatible" if any(compatible_families(x, y) for x in a.core for y in b.core) else "incompatible"), 1.0


def figures(a: Profile, b: Profile, corpus: Corpus) -> Found:
    """Figures: the same count of the same thing (above two) in both speaks for one occurrence, a round number less than another."""
    return "each", min(2.0, sum(_ROUND if (low or high or 0) % 10 == 0 else 1.0 for _, low, high in a.figures & b.figures))


def names(a: Profile, b: Profile, corpus: Corpus) -> Found:
    """Names: rare names in both (persons, places, organisations, weapons) speak for one occurrence, common ones hardly."""
    return "each", min(3.4, corpus.weight(a.names & b.names))


def words(a: Profile, b: Profile, corpus: Corpus) -> Found:
    """Words: where both reports are mainly about it, rare words shared by headline and lead speak for one occurrence."""
    if not (a.main and b.main) or not a.words or not b.words:
        return "share", 0.0
    shared = corpus.weight(a.words & b.words)
    return "share", min(0.34, shared / (corpus.weight(a.words) + corpus.weight(b.words) + 1e-9))


def focus(a: Profile, b: Profile, corpus: Corpus) -> Found:
    """Focus: two reports that are mainly about an occurrence need less: headlines and leads say more than a mention in passing."""
    return ("both" if a.main and b.main else "not_both"), 1.0


FEATURES: tuple[Callable[[Profile, Profile, Corpus], Found], ...] = (time, place, kind, figures, names, words, focus)


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """Log-odds by feature and level."""
    data: dict[str, dict[str, float]] = tomllib.loads(resources.files("selon.link").joinpath("weights.toml").read_text("utf-8"))
    return data


def score(a: Profile, b: Profile, corpus: Corpus) -> float:
    """Log-odds that both are of one occurrence; above 0 they rather are."""
    known = weights()
    total = 0.0
    for f in FEATURES:
        level, amount = f(a, b, corpus)
        total += known[f.__name__][level] * amount
    return total


def probability(log_odds: float) -> float:
    """The probability of log-odds."""
    return 1.0 / (1.0 + exp(-log_odds))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one feature found for a pair: its level, how much of it, its share of the log-odds, and its explanation."""

    feature: str
    level: str
    amount: float
    points: float
    explanation: str


def explain_pair(a: Profile, b: Profile, corpus: Corpus) -> list[Evidence]:
    """Every feature's share, for the interface; the shares add up to `score`."""
    out = []
    for f in FEATURES:
        level, amount = f(a, b, corpus)
        out.append(Evidence(f.__name__, level, amount, weights()[f.__name__][level] * amount, (f.__doc__ or "").strip()))
    return out
