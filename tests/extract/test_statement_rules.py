"""The rule files of statements on the live pipeline: what they must find and what they must leave alone."""

from __future__ import annotations

import pytest

from selon.lang import load_pack
from selon.rules import Example, Rule
from tests.extract.test_statements import read

RULES = [r for lang in ("fr", "en") for r in load_pack(lang).rules["statement"]]


@pytest.mark.parametrize(("rule", "example"), [(r, e) for r in RULES for e in r.matches], ids=lambda x: getattr(x, "id", ""))
def test_matches(rule: Rule, example: Example) -> None:
    found = [s for s in read(example.text, rule.id[:2]) if s.rule == rule.id]
    assert len(found) == 1, example.text
    assert found[0].content.text == example.expect["content"]
    if "source" in example.expect:
        assert found[0].source is not None
        assert example.expect["source"] in found[0].source.span.text
    else:
        assert found[0].source is None


@pytest.mark.parametrize(("rule", "example"), [(r, e) for r in RULES for e in r.leaves_alone], ids=lambda x: getattr(x, "id", ""))
def test_leaves_alone(rule: Rule, example: Example) -> None:
    assert example.why
    assert not [s for s in read(example.text, rule.id[:2]) if s.rule == rule.id], example.text
