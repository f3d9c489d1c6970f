"""The form list that stands beside the trained lemmatizer: forms that the training data always give the same lemma."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from selon.nlp.lemma import AS_WRITTEN
from selon.nlp.normal import model_word
from training.conllu import Gold
from training.corpus import target_lemma


def lemma_table(golds: Iterable[Gold], share: float = 0.75) -> dict[str, dict[str, str]]:
    """Label -> lower-cased form -> lemma, for forms with one lemma in at least `share` of their occurrences."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for gold in golds:
        for w in gold.words:
            if w.pos not in AS_WRITTEN and not re.search(r"\d", w.form) and w.lemma not in ("_", ""):
                seen[w.pos, model_word(w.form).lower()][target_lemma(w).lower()] += 1
    out: dict[str, dict[str, str]] = {}
    for (pos, form), lemmas in sorted(seen.items()):
        lemma, n = lemmas.most_common(1)[0]
        if n >= share * sum(lemmas.values()):
            out.setdefault(pos, {})[form] = lemma
    return out
