"""`selon explain` has words, in both languages of the interface, for every construction that the corpus of statements brings out."""

from __future__ import annotations

import pytest

from selon.lang import load_pack
from selon.views.labels import LANGUAGES, labels
from tests.extract.test_statements import CORPORA, read


def _constructions() -> set[str]:
    ruled = {r.id for lang in CORPORA for r in load_pack(lang).rules["statement"]}
    corpora = [(lang, e) for lang, corpus in CORPORA.items() for group in corpus.values() for e in group]
    return {s.rule for lang, e in corpora for s in read(e["text"], lang) if s.rule not in ruled}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_construction_has_words(lang: str) -> None:
    """A construction of the engine is named by the longest line that fits: `verb-obl` for `verb-obl-de`."""
    known = labels(lang).texts["statement_rule"]
    names = {rule.rpartition(".")[2] for rule in _constructions()}
    assert len(names) > 15
    assert [n for n in sorted(names) if not any(n == k or n.startswith(k + "-") for k in known)] == []


def test_rule_files_carry_a_summary() -> None:
    assert all(r.summary for lang in CORPORA for r in load_pack(lang).rules["statement"])
