"""Quotations in raw text: every kind of mark, nested, unbalanced."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.extract.statements.quotes import find_quotes


def inner(text: str) -> list[str]:
    return [text[q.first : q.last] for q in find_quotes(text, 0, len(text)) if q.depth == 0]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("Il dit « bonjour ».", ["bonjour"]),
        ('Il dit "bonjour".', ["bonjour"]),
        ("Il dit “bonjour”.", ["bonjour"]),
        ("Il dit „bonjour“.", ["bonjour"]),
        ("«\u00a0a\u00a0», puis «\u202fb\u202f»", ["a", "b"]),
        ("« un “deux” trois »", ["un “deux” trois"]),
        ("« un « deux » trois »", ["un « deux » trois"]),
        ('"l\'eau" et "le pain"', ["l'eau", "le pain"]),
        ("« sans fin", ["sans fin"]),
        ("sans début »", []),
        ("« ouvert, fermé autrement.”", ["ouvert, fermé autrement."]),
        ("rien du tout", []),
        ("«»", []),
    ],
)
def test_marks(text: str, quotes: list[str]) -> None:
    assert inner(text) == quotes


def test_passage_bounds() -> None:
    """Marks outside the passage are not seen, and what the passage leaves open ends with it."""
    text = "« a » | « b | c »"
    found = find_quotes(text, 8, 11)
    assert [(text[q.first : q.last], q.open) for q in found] == [("b", True)]


@given(st.text(alphabet='«»“”"„ ab.,\n', max_size=40))
def test_any_text(text: str) -> None:
    """Quotations lie inside the text, are nested or apart, and hold something."""
    found = find_quotes(text, 0, len(text))
    for q in found:
        assert 0 <= q.start < q.first < q.last <= q.end <= len(text)
    outer = [q for q in found if q.depth == 0]
    for a, b in itertools.pairwise(outer):
        assert a.end <= b.start or (a.start <= b.start and b.end <= a.end)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("'They came at dawn,' said Amina.", ["They came at dawn,"]),
        ("The soldiers' mothers said 'no one came' on Monday.", ["no one came"]),
        ("It can't accept 'such a plan', it said. 'We stay,' he said.", ["such a plan", "We stay,"]),
        ("‘Go,’ she said.", ["Go,"]),
        ("The workers' union met its members' families.", []),
    ],
)
def test_single_marks_quote_and_apostrophes_do_not(text: str, quoted: list[str]) -> None:
    assert [text[q.first : q.last] for q in find_quotes(text, 0, len(text), True)] == quoted
    assert find_quotes(text, 0, len(text)) == []
