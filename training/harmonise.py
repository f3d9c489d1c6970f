"""Bringing a treebank to the conventions of the others.

PUD has plain `obl` where the other French treebanks have `obl:mod`, `obl:arg` and `obl:agent`. The subtype is chosen by what the others say
most of the governor's lemma with the preposition's, else of the preposition and the governor's label, else of the preposition.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from training.conllu import Gold, Word

Key: TypeAlias = tuple[str, ...]


class Subtypes:
    """Counts of the subtypes of one relation, from the most to the least specific key."""

    def __init__(self, golds: Iterable[Gold], relation: str) -> None:
        self.relation = relation
        self._seen: dict[Key, Counter[str]] = defaultdict(Counter)
        for gold in golds:
            for k, w in enumerate(gold.words):
                if w.rel.startswith(relation + ":"):
                    for key in self._keys(gold.words, k):
                        self._seen[key][w.rel] += 1

    def _keys(self, words: list[Word], k: int) -> Iterator[Key]:
        w = words[k]
        governor = words[w.head] if w.head >= 0 else w
        case = next((c.lemma for c in words if c.head == k and c.rel == "case"), "")
        passive = str(any(c.head == w.head and c.rel == "aux:pass" for c in words) or governor.rel == "acl")
        yield governor.lemma, case, passive
        yield case, governor.pos, passive
        yield case, passive
        yield ()

    def refine(self, gold: Gold) -> None:
        """Gives every plain relation of the sentence its likeliest subtype."""
        for k, w in enumerate(gold.words):
            if w.rel == self.relation:
                w.rel = self.guess(gold.words, k)

    def guess(self, words: list[Word], k: int) -> str:
        for n, key in enumerate(self._keys(words, k)):
            counts = self._seen.get(key)
            if counts and (sum(counts.values()) >= 2 or n > 0):
                return counts.most_common(1)[0][0]
        return self.relation


def reported_speech(gold: Gold) -> bool:
    """Makes the reported words the head of a following verb of saying, as GSD and Sequoia have it; whether anything changed.

    « … », a dit X: PUD has the verb of saying as root and the words as its `parataxis`; the others have the words as root and the verb as
    `parataxis:insert`. Only with the subject behind the verb.
    """
    words = gold.words
    for k, verb in enumerate(words):
        if verb.head >= 0 or verb.pos != "VERB":
            continue
        said = next((i for i, w in enumerate(words[:k]) if w.head == k and w.rel == "parataxis"), None)
        if said is None or not any(w.head == k and w.rel == "nsubj" and i > k for i, w in enumerate(words)):
            return False
        for i, w in enumerate(words):
            if w.head == k and w.rel == "punct" and (i < k or i == len(words) - 1):
                w.head = said
        words[said].head, words[said].rel = -1, "root"
        verb.head, verb.rel = said, "parataxis:insert"
        return True
    return False
