"""Rule files: what loads, what is refused and in which words."""

from __future__ import annotations

from typing import Any

import pytest

from selon.errors import PackError
from selon.rules import build_rule
from selon.rules.lexicon import build_lexicon
from selon.rules.rule import Words

GOOD: dict[str, Any] = {
    "id": "fr.statement.verb",
    "summary": "un verbe et son sujet",
    "nodes": {"cue": {"pos": "VERB"}, "source": {"head": "cue", "deprel": "nsubj"}},
    "yields": {"source": "source"},
    "matches": [{"text": "Il parle.", "source": "Il"}, {"text": "Elle dort."}],
    "leaves_alone": [{"text": "Bonjour.", "why": "pas de verbe"}],
}


def test_rule_loads_with_its_examples() -> None:
    rule = build_rule(GOOD, "x.yml")
    assert rule.kind == "statement"
    assert [n.name for n in rule.nodes] == ["cue", "source"]
    assert rule.matches[0].expect == {"source": "Il"}
    assert rule.leaves_alone[0].why == "pas de verbe"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"summary": ""}, "SEL-P020"),
        ({"nodes": {"cue": {"head": "later"}, "later": {}}}, "SEL-P021"),
        ({"nodes": {"cue": {"colour": "red"}}}, "SEL-P022"),
        ({"id": "verb"}, "SEL-P023"),
        ({"nodes": {"cue": {"pos": "VERB", "optional": "yes"}}}, "SEL-P024"),
        ({"matches": [{"text": "Il parle."}]}, "SEL-P025"),
        ({"leaves_alone": []}, "SEL-P025"),
    ],
)
def test_rule_with_a_fault_is_refused(change: dict[str, Any], code: str) -> None:
    with pytest.raises(PackError) as e:
        build_rule({**GOOD, **change}, "x.yml")
    assert e.value.code == code
    assert "x.yml" in str(e.value)


@pytest.mark.parametrize(
    ("spec", "value", "allowed"),
    [
        ("ccomp ccomp:*", "ccomp:cleft", True),
        ("ccomp", "xcomp", False),
        ("!que", "si", True),
        ("!que", "que", False),
        ("!obl*", "obl:agent", False),
    ],
)
def test_words(spec: str, value: str, allowed: bool) -> None:
    assert Words.parse(spec).allows(value) is allowed


def test_lexicon_shapes() -> None:
    lex = build_lexicon(
        {"id": "verbs", "about": "x", "value": "stance", "entries": {"dire": "asserts", "Nier": {"stance": "denies"}}}, "verbs.yml"
    )
    assert lex.get("dire") is not None
    assert {e.key: e.get("stance") for e in lex} == {"dire": "asserts", "nier": "denies"}


def test_lexicon_refuses_doubles() -> None:
    with pytest.raises(PackError, match="SEL-P012"):
        build_lexicon({"id": "verbs", "about": "x", "entries": ["dire", "Dire"]}, "verbs.yml")


def test_phrases_are_indexed_longest_first() -> None:
    lex = build_lexicon({"id": "p", "about": "x", "entries": ["faire état", "faire état de"]}, "p.yml")
    assert lex.phrases["faire"] == [("faire", "état", "de"), ("faire", "état")]
