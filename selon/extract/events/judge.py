"""A learned second opinion: whether a candidate is an event at all, and of which type, from its words, frame and surroundings.

A multinomial logistic regression over binary features. Its weights are data of a pack (`judge/events.json`), made by the recipe in
`training/events`; a pack without them keeps every strong candidate as it is. May import: `extract.events`, `lang`, `model`.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from selon.extract.events.frames import classes_of
from selon.extract.events.merge import STRIKES, Told
from selon.extract.events.senses import EventWords
from selon.lang import Pack
from selon.model import EventType, Parse

NONE = "none"
_WEAPON_KINDS = ("drone", "missile", "shell", "airbomb", "aircraft", "explosive", "gun")
_SHORT = 4


@dataclass(frozen=True)
class Judge:
    """Labels (event types and `none`), the weights of each feature by label, and the least probability of being an event."""

    labels: tuple[str, ...]
    weights: Mapping[str, Mapping[int, float]]
    threshold: float


_LOADED: dict[str, Judge | None] = {}


def load_judge(pack: Pack) -> Judge | None:
    """The judge of a pack, or None where the pack has none."""
    key = str(pack.folder)
    if key not in _LOADED:
        path = pack.folder / "judge" / "events.json"
        if path.is_file():
            raw = json.loads(path.read_text("utf-8"))
            weights = {f: {int(k): float(v) for k, v in w.items()} for f, w in raw["weights"].items()}
            _LOADED[key] = Judge(tuple(raw["labels"]), weights, float(raw["threshold"]))
        else:
            _LOADED[key] = None
    return _LOADED[key]


@dataclass(frozen=True)
class Surroundings:
    """What the whole report says: how often each kind of weapon is named, which types its candidates have, how many there are."""

    weapons: tuple[str, ...]
    types: Counter[str]
    main: str


def surroundings(parse: Parse, told: Sequence[Told], words: EventWords) -> Surroundings:
    """The features of a report that bear on each of its candidates."""
    counts: Counter[str] = Counter()
    for t in parse:
        for k in words.classes.get(t.lemma.lower(), ()):
            if k in _WEAPON_KINDS:
                counts[k] += 1
    total = sum(counts.values())
    weapons = [k for k, n in counts.items() if n >= 2 and n * 2 >= total]
    types = Counter(h.type for h, _, _ in told if not h.sense.weak)
    families = Counter("strike" if t in STRIKES else t for t in types.elements())
    return Surroundings(tuple(sorted(weapons)), types, families.most_common(1)[0][0] if families else NONE)


def features(parse: Parse, told: Sequence[Told], k: int, around: Surroundings, words: EventWords) -> list[str]:
    """The binary features of candidate `k`, as strings."""
    hit, status, folded = told[k]
    t, f = hit.head, hit.frame
    kind = hit.type
    out = [f"type={kind}", f"word={hit.source}/{hit.word.key}", f"sense={hit.word.key}/{hit.sense.rank}", f"{kind}:status={status}"]
    out.append(f"{kind}:source={hit.source}")
    out.append(f"{kind}:rel={t.rel}")
    out.append(f"weak={hit.sense.weak}")
    if hit.sense.weak:
        out.append(f"weak:{kind}")
    if f.passive:
        out.append(f"{kind}:passive")
    for slot in ("agent", "patient", "obl"):
        tokens = getattr(f, slot)
        if not tokens:
            out.append(f"{kind}:no-{slot}")
        for x in tokens[:3]:
            for c in classes_of(parse, x, words):
                out.append(f"{kind}:{slot}={c}")
    for c in parse.children(t):
        if c.rel == "det":
            out.append(f"{kind}:det={c.feats.get('Definite') or c.feats.get('PronType') or 'other'}")
        elif c.rel == "case":
            out.append(f"case={c.lemma}")
            out.append(f"{kind}:case={c.lemma}")
        elif c.rel == "nummod":
            out.append(f"{kind}:num")
    head = parse.head(t)
    if head is not None:
        for c in words.classes.get(head.lemma.lower(), ()):
            out.append(f"{kind}:under={c}")
        out.append(f"{kind}:under-pos={head.pos}")
        if head.lemma.lower() in words.nouns:
            out.append(f"{kind}:under-event")
    sentence = parse.sentences[t.sent]
    length = sentence.last - sentence.first + 1
    if length <= _SHORT:
        out.append(f"{kind}:short")
    out.append("first" if t.sent <= 1 else "later")
    for other, _, _ in (told[j] for j in _near(told, k)):
        out.append(f"{kind}:beside={other.type}")
    for g in folded:
        out.append(f"{kind}:folded={g.type}")
    for w in around.weapons:
        out.append(f"{kind}:report={w}")
    out.append(f"{kind}:main={around.main}")
    for other_type in ("drone_strike", "missile_strike", "airstrike", "shelling", "disaster", "explosion"):
        if around.types[other_type] and other_type != kind:
            out.append(f"{kind}:report-has={other_type}")
    return out


def _near(told: Sequence[Told], k: int) -> list[int]:
    sent = told[k][0].head.sent
    out = [j for j in range(max(0, k - 4), min(len(told), k + 5)) if j != k and told[j][0].head.sent == sent]
    return [j for j in out if not told[j][0].sense.weak]


def probabilities(judge: Judge, names: Sequence[str]) -> list[float]:
    """Softmax over the summed weights of the features, by label."""
    scores = [0.0] * len(judge.labels)
    for name in names:
        w = judge.weights.get(name)
        if w is not None:
            for label, value in w.items():
                scores[label] += value
    top = max(scores)
    raised = [math.exp(s - top) for s in scores]
    total = sum(raised)
    return [r / total for r in raised]


def decide(parse: Parse, told: Sequence[Told], words: EventWords, judge: Judge | None) -> list[Told]:
    """The candidates that are likely events, with their likeliest types."""
    if judge is None:
        return [x for x in told if not x[0].sense.weak]
    around = surroundings(parse, told, words)
    out: list[Told] = []
    none = judge.labels.index(NONE)
    for k, (hit, status, folded) in enumerate(told):
        p = probabilities(judge, features(parse, told, k, around, words))
        if 1.0 - p[none] < judge.threshold:
            continue
        best = max((q, label) for label, q in enumerate(p) if label != none)[1]
        hit.type = cast(EventType, judge.labels[best])
        out.append((hit, status, folded))
    return out

