"""Learns the weights of linking from reports whose incidents are known: `python -m training.linking GOLD_DIR...`.

Pairs of reports are compared by what each is mainly about; a pair is positive when gold names the same incident for both. The weights are
those of a logistic regression (so they are log-odds, and their sum says how sure a pair is), held near the weights that are there by a
quadratic penalty (maximum a posteriori), because a hundred reports say little about rare levels. Cross-validation leaves out whole incidents.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt

from selon.bench.evaluate import read_gold
from selon.bench.gold import load_gold
from selon.bench.parses import ParseCache
from selon.link.cluster import corpus_of, marks, profile_of
from selon.link.features import FEATURES, probability, weights
from selon.link.incidents import lead_words
from selon.link.telling import Telling, main_telling, tellings_of
from selon.model import Reading, from_json

FOLDS = 5
STEPS = 4000
RATE = 0.05
Vector = npt.NDArray[np.float64]
Levels = list[tuple[str, str]]


@dataclass(frozen=True)
class Pair:
    """What the features found for two reports, and whether gold says that they tell of one incident."""

    found: Mapping[tuple[str, str], float]
    same: bool
    incidents: frozenset[str]


def pairs_of(readings: Mapping[str, Reading], incidents: Mapping[str, str]) -> list[Pair]:
    """Pairs that clustering would compare: their main tellings share a mark."""
    own = {k: tellings_of(r) for k, r in readings.items()}
    mains: dict[str, Telling] = {k: m for k, ts in own.items() if (m := main_telling(ts)) is not None}
    words = {k: lead_words(r) for k, r in readings.items()}
    corpus = corpus_of([t for ts in own.values() for t in ts], words)
    profiles = {k: profile_of(m, words[k], True) for k, m in mains.items() if k in incidents}
    out = []
    for a, b in combinations(sorted(profiles), 2):
        p, q = profiles[a], profiles[b]
        if set(marks(p, asks=True)) & set(marks(q, asks=False)):
            found = {(f.__name__, level): amount for f in FEATURES for level, amount in [f(p, q, corpus)]}
            out.append(Pair(found, incidents[a] == incidents[b], frozenset((incidents[a], incidents[b]))))
    return out


def matrix(pairs: Sequence[Pair], levels: Levels) -> tuple[Vector, Vector]:
    """Pairs x levels, and the labels (1 = the same incident)."""
    x = np.array([[p.found.get(level, 0.0) for level in levels] for p in pairs])
    return x, np.array([float(p.same) for p in pairs])


def learn(x: Vector, y: Vector, prior: Vector, penalty: float) -> Vector:
    """Weights with the least logistic loss plus `penalty`/2 x squared distance from `prior`, by gradient descent with momentum."""
    w, speed = prior.copy(), np.zeros_like(prior)
    for _ in range(STEPS):
        p = 1.0 / (1.0 + np.exp(-(x @ w)))
        slope = x.T @ (p - y) / len(y) + penalty * (w - prior) / len(y)
        speed = 0.9 * speed - RATE * slope
        w = w + speed
    return w


def loss(x: Vector, y: Vector, w: Vector) -> tuple[float, float]:
    """Mean logistic loss in nats, and the share of pairs on the wrong side."""
    z = x @ w
    p = np.clip([probability(v) for v in z], 1e-9, 1 - 1e-9)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))), float(np.mean((z > 0) != (y > 0.5)))


def held_out(pairs: Sequence[Pair], levels: Levels, prior: Vector, penalty: float | None) -> tuple[float, float]:
    """Loss and errors over pairs none of whose incidents were learned from; the prior itself without a penalty."""
    names = sorted({i for p in pairs for i in p.incidents})
    fold = {name: k % FOLDS for k, name in enumerate(names)}
    total: dict[str, float] = defaultdict(float)
    for k in range(FOLDS):
        test = [p for p in pairs if all(fold[i] == k for i in p.incidents) or (not p.same and any(fold[i] == k for i in p.incidents))]
        train = [p for p in pairs if not any(fold[i] == k for i in p.incidents)]
        w = prior if penalty is None else learn(*matrix(train, levels), prior, penalty)
        nats, wrong = loss(*matrix(test, levels), w)
        total["nats"] += nats * len(test)
        total["wrong"] += wrong * len(test)
        total["n"] += len(test)
    return total["nats"] / total["n"], total["wrong"] / total["n"]


def toml(levels: Levels, w: Vector) -> str:
    """The weights as the file that the package reads."""
    out = [
        "# Log-odds that two tellings are of one occurrence, by what the features of `features.py` find. Made by `python -m training.linking`."
    ]
    section = ""
    for (feature, level), value in zip(levels, w, strict=True):
        if feature != section:
            section = feature
            out.append(f"\n[{feature}]")
        out.append(f"{level} = {value:.2f}")
    return "\n".join(out) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--penalty", type=float, nargs="+", default=[0.3, 1.0, 3.0])
    args = parser.parse_args()
    gold = [g for folder in args.gold for g in load_gold(folder)]
    incidents = {g.id: g.incident for g in gold if g.incident}
    readings = {str(d["id"]): from_json(d) for d in read_gold(gold, cache=ParseCache.default())}
    pairs = pairs_of(readings, incidents)
    levels = [(f, level) for f, known in weights().items() for level in known]
    prior = np.array([weights()[f][level] for f, level in levels])
    print(f"{len(pairs)} pairs, {sum(p.same for p in pairs)} of one incident")
    print("held out, as they are: loss {:.3f}, wrong {:.3f}".format(*held_out(pairs, levels, prior, None)))
    scored = {penalty: held_out(pairs, levels, prior, penalty) for penalty in args.penalty}
    for penalty, (nats, wrong) in scored.items():
        print(f"held out, penalty {penalty}: loss {nats:.3f}, wrong {wrong:.3f}")
    best = min(scored, key=lambda k: scored[k])
    text = toml(levels, learn(*matrix(pairs, levels), prior, best))
    print(text)
    if args.out:
        args.out.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
