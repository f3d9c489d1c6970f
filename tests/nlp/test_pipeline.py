"""Parses: offsets for any text, passages, long and broken input."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selon.errors import PipelineError
from selon.model.parse import Parse, from_conllu, to_conllu
from selon.nlp import Pipeline, load_pipeline

ODD = "aé’'«»\"-.!?:, \n\t\u00a0\u202f\u200e\u200d\x00\ud800\udfffЖع中0123🇺🇦L"
TEXT = "Trois civils sont morts.\n\n« Rien n'est sûr », a dit le maire. Il attend."


def sound(parse: Parse) -> None:
    """What must hold of every parse."""
    assert len(parse.text) >= (parse.tokens[-1].end if parse.tokens else 0)
    for t in parse:
        assert parse.text[t.start : t.end] == t.text
        assert t.text.strip() == t.text != ""
        assert t.pos and t.deprel and t.lemma
        assert parse[t.head].sent == t.sent
        assert t.is_root == (t.deprel == "root")
        assert t.i in {t.i, *(a.i for a in parse.ancestors(t))}
    for a, b in pairwise(parse.tokens):
        assert a.end <= b.start
    for s in parse.sentences:
        assert sum(t.is_root for t in parse.tokens_of(s)) == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200) | st.text(alphabet=ODD, max_size=200))
def test_offsets_hold_for_any_text(french: Pipeline, text: str) -> None:
    sound(french.parse(text))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=ODD + "abcdefghij", max_size=200), marks=st.lists(st.integers(0, 200), max_size=6))
def test_passages_bound_sentences(french: Pipeline, text: str, marks: list[int]) -> None:
    points = sorted({min(m, len(text)) for m in marks})
    passages = list(zip(points[::2], points[1::2], strict=False))
    parse = french.parse(text, passages)
    sound(parse)
    for s in parse.sentences:
        assert any(a <= s.start and s.end <= b for a, b in passages)


@pytest.mark.parametrize("text", ["", " \n\t", "\x00", "\u200e\u200f", "\ud800", "."])
def test_next_to_nothing(french: Pipeline, text: str) -> None:
    sound(french.parse(text))
    sound(french.parse(text, []))


def test_a_passage_border_is_a_sentence_border(french: Pipeline) -> None:
    text = "Frappes sur le port Le maire parle de deux morts."
    parse = french.parse(text, [(0, 19), (20, len(text))])
    assert [text[s.start : s.end] for s in parse.sentences] == [text[:19], text[20:]]


def test_text_outside_passages_is_left_alone(french: Pipeline) -> None:
    parse = french.parse(TEXT, [(26, len(TEXT))])
    assert parse.tokens[0].start == 26
    assert len(parse.sentences) == 2


def test_many_texts_come_back_in_order(french: Pipeline) -> None:
    texts = [f"Le rapport {n} fait état de {n} morts." * (n % 5) for n in range(40)]
    parses = list(french.parse_many((t, None) for t in texts))
    assert [p.text for p in parses] == texts
    for p in parses:
        sound(p)


def test_one_by_one_or_together_is_the_same(french: Pipeline) -> None:
    texts = [TEXT, "Une frappe a tué deux civils à Kharkiv, selon le gouverneur."]
    together = list(french.parse_many((t, None) for t in texts))
    assert [to_conllu(french.parse(t)) for t in texts] == [to_conllu(p) for p in together]


@pytest.mark.parametrize("unit", ["a", "mot ", "Une phrase. ", "«", "1 000 ", "l'", "\n"])
def test_very_long_lines(french: Pipeline, unit: str) -> None:
    text = unit * (100_000 // len(unit))
    sound(french.parse(text))


def test_round_trip_through_conllu(french: Pipeline) -> None:
    parse = french.parse(TEXT)
    assert from_conllu(TEXT, to_conllu(parse)).tokens == parse.tokens


def test_the_hash_names_the_pipeline(french: Pipeline) -> None:
    again = load_pipeline(None, "fr")
    assert (again.name, again.hash) == (french.name, french.hash)
    assert len(french.hash) == 16


@pytest.mark.parametrize(("name", "lang"), [(None, "xx"), ("no_such_package", "fr"), ("/nowhere", "fr")])
def test_a_missing_pipeline_says_what_to_do(name: str | None, lang: str) -> None:
    with pytest.raises(PipelineError) as caught:
        load_pipeline(name, lang)
    assert caught.value.remedy
