"""Lemmas: what the trained lemmatizer says, put right by form lists where those measured better.

Lemmas follow Universal Dependencies: the infinitive for a verb and an auxiliary, the masculine singular for an adjective, the singular
for a noun, the form itself for names, numbers and signs. A past participle that the pipeline labels VERB has the infinitive ("deux civils
tués" -> tuer), one that it labels NOUN or ADJ its own singular ("deux blessés" -> blessé).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

AS_WRITTEN = frozenset({"PROPN", "NUM", "SYM", "X", "PUNCT"})


class Lemmatizer:
    """Chooses the lemma of a word from its model form, its label and the trained guess."""

    def __init__(self, forms: Mapping[str, Mapping[str, str]], lookup: Callable[[str], str] | None = None) -> None:
        """`forms`: label -> lower-cased form -> lemma, trusted above all. `lookup`: a general form list without labels."""
        self._forms = forms
        self._lookup = lookup
        self.choose = lru_cache(maxsize=50_000)(self._choose)

    def _choose(self, word: str, pos: str, guess: str) -> str:
        if pos in AS_WRITTEN:
            return word
        known = self._forms.get(pos, {}).get(word.lower())
        return known or (guess or word).lower()
