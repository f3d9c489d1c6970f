"""Accuracy of a parse against a treebank sentence, on surface tokens."""

from __future__ import annotations

from dataclasses import dataclass

LITE = ("Gender", "Number", "Mood", "Tense", "VerbForm", "Voice", "Person", "PronType", "Polarity")
"""Features that later stages use; the others vary between treebanks."""


@dataclass(slots=True)
class Row:
    """What is compared of one token. `head` is a key that is equal when the same token is meant; None for a root."""

    start: int
    end: int
    pos: str
    feats: frozenset[tuple[str, str]]
    lemma: str
    head: tuple[int, int] | None
    rel: str


def lite(feats: dict[str, str]) -> frozenset[tuple[str, str]]:
    return frozenset((k, v) for k, v in feats.items() if k in LITE)


@dataclass(slots=True)
class Score:
    """Counts; percentages are F1 of gold and found tokens (equal to accuracy when the tokens are given)."""

    gold: int = 0
    found: int = 0
    same: int = 0
    upos: int = 0
    feats: int = 0
    lemma: int = 0
    uas: int = 0
    las: int = 0
    base: int = 0
    gold_sents: int = 0
    found_sents: int = 0
    same_sents: int = 0
    verb: int = 0
    verb_lemma: int = 0
    noun: int = 0
    noun_lemma: int = 0

    def add(self, gold: list[Row], found: list[Row]) -> None:
        """Counts one text; rows are keyed by their offsets."""
        self.gold += len(gold)
        self.found += len(found)
        at = {(r.start, r.end): r for r in found}
        for g in gold:
            f = at.get((g.start, g.end))
            if g.pos in ("VERB", "AUX"):
                self.verb += 1
            elif g.pos == "NOUN":
                self.noun += 1
            if f is None:
                continue
            self.same += 1
            self.upos += g.pos == f.pos
            self.feats += g.feats == f.feats
            ok = g.lemma.lower() == f.lemma.lower()
            self.lemma += ok
            self.verb_lemma += ok and g.pos in ("VERB", "AUX")
            self.noun_lemma += ok and g.pos == "NOUN"
            if g.head == f.head:
                self.uas += 1
                self.las += g.rel == f.rel
                self.base += g.rel.partition(":")[0] == f.rel.partition(":")[0]

    def f1(self, hits: int) -> float:
        return 200 * hits / (self.gold + self.found) if self.gold + self.found else 0.0

    def sents(self) -> float:
        n = self.gold_sents + self.found_sents
        return 200 * self.same_sents / n if n else 0.0

    def figures(self) -> dict[str, float]:
        out = {
            "tokens": self.f1(self.same),
            "sents": self.sents(),
            "upos": self.f1(self.upos),
            "feats": self.f1(self.feats),
            "lemma": self.f1(self.lemma),
            "verb_lemma": 100 * self.verb_lemma / max(1, self.verb),
            "noun_lemma": 100 * self.noun_lemma / max(1, self.noun),
            "uas": self.f1(self.uas),
            "las": self.f1(self.las),
            "las_base": self.f1(self.base),
        }
        return {k: round(v, 2) for k, v in out.items()}
