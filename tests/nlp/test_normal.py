"""The form of a word that the pipeline sees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.nlp.normal import fold, is_shouted, model_word


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("l’", "l'"),
        ("«", '"'),
        ("„", '"'),
        ("”", '"'),
        ("'", '"'),
        ("—", "-"),
        ("--", "-"),
        ("…", "..."),
        ("e\u0301tat", "état"),
        ("in\u00advasion", "invasion"),
        ("\u200eKiev", "Kiev"),
        ("1\u202f200", "0000"),
        ("1 200", "0000"),
        ("2023", "1999"),
        ("11h58", "00h00"),
        ("F-16", "F-00"),
        ("aujourd’hui", "aujourd'hui"),
        ("\ud800", "\ufffd"),
    ],
)
def test_typography_is_folded(word: str, expected: str) -> None:
    assert model_word(word) == expected


def test_running_capitals_are_lowered() -> None:
    assert is_shouted(["UNE", "FRAPPE", "FAIT", "TROIS", "MORTS"])
    assert not is_shouted(["L'", "ONU", "et", "l'", "OTAN", "se", "réunissent"])
    assert not is_shouted(["ONU", "OTAN", "USA"])
    assert model_word("FRAPPE", True) == "frappe"


@given(st.text(min_size=1, max_size=80))
def test_any_word_has_a_form_that_can_be_encoded(word: str) -> None:
    for form in (fold(word), model_word(word), model_word(word, True)):
        assert form
        form.encode("utf-8")
