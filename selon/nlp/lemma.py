"""Lemmas: what the trained lemmatizer says, put right by form lists where those measured better.

Lemmas follow Universal Dependencies: the infinitive for a verb and an auxiliary, the masculine singular for an adjective, the singular
for a noun, the form itself for names, numbers and signs. A past participle that the pipeline labels VERB has the infinitive ("deux civils
tués" -> tuer), one that it labels NOUN or ADJ its own singular ("deux blessés" -> blessé).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from selon.nlp.lexicon import Lexicon

_DIGIT = re.compile(r"\d")
AS_WRITTEN = frozenset({"PROPN", "NUM", "SYM", "X", "PUNCT"})


class Lemmatizer:
    """Chooses the lemma of a word from its form, its label, the trained guess, a form list of the training data and the lexicon."""

    def __init__(self, forms: Mapping[str, Mapping[str, str]], lexicon: Lexicon) -> None:
        """`forms`: label -> lower-cased form -> lemma, as the training data have it."""
        self._forms = forms
        self._lexicon = lexicon
        self.choose = lru_cache(maxsize=50_000)(self._choose)

    def _choose(self, word: str, pos: str, guess: str) -> str:
        """The lemma of a folded word. A lexicon with one lemma decides; with several, the trained guess among them."""
        if pos in AS_WRITTEN:
            return word
        lower, guess = word.lower(), guess.lower()
        if _DIGIT.search(word):  # the pipeline saw zeros
            return lower
        known = self._forms.get(pos, {}).get(lower)
        if known:
            return known
        found = self._lexicon.lemmas(lower, "VERB" if pos == "AUX" else pos)
        if found:
            return guess if guess in found else found[0]
        return guess or lower
