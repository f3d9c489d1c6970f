"""Parses: offsets, trees and CoNLL-U for any Unicode text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.model import Parse, Span, Token, from_conllu, to_conllu


@st.composite
def parses(draw: st.DrawFn) -> Parse:
    words = draw(
        st.lists(st.text(st.characters(exclude_categories=("Zs", "Zl", "Zp", "Cc")), min_size=1, max_size=6), min_size=1, max_size=12)
    )
    text = " ".join(words)
    tokens: list[Token] = []
    at, first, sent = 0, 0, 0
    cuts = draw(st.sets(st.integers(1, len(words))))
    for i, w in enumerate(words):
        if i in cuts:
            first, sent = i, sent + 1
        head = draw(st.integers(first, i))
        tokens.append(Token(i, at, at + len(w), w, w.lower(), "X", head, "dep", sent, {"Number": "Sing"} if i % 2 else {}))
        at += len(w) + 1
    return Parse.build(text, tokens)


@given(parses())
def test_conllu_round_trip(parse: Parse) -> None:
    back = from_conllu(parse.text, to_conllu(parse))
    assert [(t.start, t.end, t.text, t.head, t.sent, t.feats) for t in back] == [
        (t.start, t.end, t.text, t.head, t.sent, t.feats) for t in parse
    ]
    assert back.sentences == parse.sentences


@given(parses())
def test_subtrees_and_ancestors_agree(parse: Parse) -> None:
    for t in parse:
        for j in parse.subtree(t):
            assert parse.is_below(parse[j], t)


@given(parses(), st.integers(0, 100))
def test_at_finds_the_covering_token(parse: Parse, offset: int) -> None:
    t = parse.at(offset)
    covering = [x for x in parse if x.start <= offset < x.end]
    assert (t in covering) if covering else (t is None or t.start > offset)


def test_build_refuses_a_token_beside_its_text() -> None:
    with pytest.raises(ValueError, match="does not stand"):
        Parse.build("abc", [Token(0, 0, 2, "xx", "x", "X", 0, "root", 0)])


@given(st.text(max_size=30), st.integers(-2, 32), st.integers(-2, 32))
def test_span_equals_its_slice_or_is_refused(text: str, start: int, end: int) -> None:
    if 0 <= start <= end <= len(text):
        assert Span.of(text, start, end).text == text[start:end]
        trimmed = Span.trimmed(text, start, end)
        assert trimmed.text == text[trimmed.start : trimmed.end]
        assert trimmed.text == trimmed.text.strip() or not trimmed.text
    else:
        with pytest.raises(ValueError, match="does not lie"):
            Span.of(text, start, end)
