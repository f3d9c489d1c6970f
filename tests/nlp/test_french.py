"""What later stages rely on in French: lemmas of verbs and nouns, roles, shouted headlines."""

from __future__ import annotations

import pytest

from selon.model.parse import Token
from selon.nlp import Pipeline


def first(pipeline: Pipeline, text: str, word: str) -> Token:
    return next(t for t in pipeline.parse(text) if t.text == word)


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("L'armée a abattu douze drones.", "abattu", "abattre"),
        ("Deux civils ont été tués à Soumy.", "tués", "tuer"),
        ("Kiev a démenti ces informations.", "démenti", "démentir"),
        ("Des frappes ont visé le port.", "frappes", "frappe"),
        ("Des frappes ont visé le port.", "visé", "viser"),
        ("L’attaque a fait dix blessés.", "blessés", "blessé"),
        ("Le bilan est de cinq morts.", "morts", "mort"),
        ("Le ministre affirme que tout est calme.", "affirme", "affirmer"),
        ("« Tout est calme », a-t-il assuré.", "assuré", "assurer"),
        ("Les troupes se sont repliées.", "repliées", "replier"),
        ("Trois immeubles ont été détruits.", "détruits", "détruire"),
        ("Trois immeubles ont été détruits.", "ont", "avoir"),
        ("Moscou revendique la prise du village.", "revendique", "revendiquer"),
    ],
)
def test_lemmas(french: Pipeline, text: str, word: str, lemma: str) -> None:
    assert first(french, text, word).lemma == lemma


def test_passive_roles(french: Pipeline) -> None:
    text = "Deux civils ont été tués par une frappe russe."
    parse = french.parse(text)
    killed = next(t for t in parse if t.lemma == "tuer")
    roles = {c.text: c.deprel for c in parse.children(killed)}
    assert roles["civils"] == "nsubj:pass"
    assert roles["frappe"] == "obl:agent"


def test_shouted_headline_is_read_like_a_sentence(french: Pipeline) -> None:
    parse = french.parse("UNE FRAPPE RUSSE TUE TROIS CIVILS À KHARKIV")
    killed = next(t for t in parse if t.text == "TUE")
    assert (killed.lemma, killed.pos, killed.is_root) == ("tuer", "VERB", True)
    assert {c.text for c in parse.children(killed)} >= {"FRAPPE", "CIVILS"}


def test_typography_changes_nothing(french: Pipeline) -> None:
    """The same sentence under four kinds of quotes, apostrophes and spaces has the same tree."""
    forms = [
        "« L’armée a tué 1 200 hommes », a-t-il dit.",
        "« L'armée a tué 1 200 hommes », a-t-il dit.",
        '"L\'armée a tué 1 200 hommes", a-t-il dit.',
        "“L’armée a tué 1 200 hommes”, a-t-il dit.",
    ]
    trees = {tuple((t.pos, t.head, t.deprel) for t in french.parse(f)) for f in forms}
    assert len(trees) == 1


def test_quoted_clause_hangs_on_the_verb_of_saying(french: Pipeline) -> None:
    parse = french.parse("« La situation est grave », a déclaré le gouverneur.")
    said = next(t for t in parse if t.lemma == "déclarer")
    assert any(c.text == "gouverneur" and c.rel == "nsubj" for c in parse.children(said))
    assert len(parse.sentences) == 1
