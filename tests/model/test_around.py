"""The sentence around a span, and folding for search."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.model.around import REACH, sentence_around
from selon.model.fold import fold, fold_all


@pytest.mark.parametrize(
    ("text", "word", "sentence"),
    [
        ("Titre\nUn pont a été touché. Deux morts.\n", "touché", "Un pont a été touché."),
        ("Un pont a été touché. Deux morts.", "Deux", "Deux morts."),
        ("M. Diallo a parlé hier. Rien d'autre.", "parlé", "M. Diallo a parlé hier."),
        ("Il cite 1.5 million. Puis rien.", "million", "Il cite 1.5 million."),
        ("« Nous partons. » Il a dit cela.", "partons", "« Nous partons. »"),
        ("Que faire ? Attendre… Puis partir !", "Attendre", "Attendre…"),
        ("Ligne un\nLigne deux sans point\nLigne trois", "deux", "Ligne deux sans point"),
        ("selon l'O.N.U. réunie hier à Genève", "réunie", "selon l'O.N.U. réunie hier à Genève"),
    ],
)
def test_sentences(text: str, word: str, sentence: str) -> None:
    start = text.index(word)
    assert sentence_around(text, start, start + len(word)).text == sentence


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_any_span_lies_in_its_sentence(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    found = sentence_around(text, start, end)
    assert found.text == text[found.start : found.end]
    inner = text[start:end].strip()
    assert not inner or inner in found.text


def test_a_very_long_line_is_cut() -> None:
    text = "mot " * 100_000
    assert len(sentence_around(text, 200_000, 200_003)) <= 2 * REACH + 10


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L'Œuvre d'Élie", "l oeuvre d elie"),
        ("Graïvoron", "graivoron"),
        ("Łódź — ÇA", "lodz ca"),
        ("Одеса", "одеса"),
        ("𝕬ŒǼ", "aoeae"),
        ("", ""),
        ("\ud800", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(), st.text())
def test_folding_twice_changes_nothing(a: str, b: str) -> None:
    assert fold(fold(a)) == fold(a)
    joined = fold_all(a, b, None)
    assert all(f" {fold(x)} " in joined for x in (a, b) if fold(x))
