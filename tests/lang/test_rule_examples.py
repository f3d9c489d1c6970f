"""Every rule holds on the frozen parses of its own examples, both ways."""

from __future__ import annotations

import pytest

from selon.lang import available, load_pack
from selon.lang.frozen import load_frozen
from selon.rules import Rule, match_rule

CASES = [(lang, rule) for lang in available() for rules in load_pack(lang).rules.values() for rule in rules]


def _anchors(lang: str, rule: Rule, text: str) -> int:
    pack = load_pack(lang)
    frozen = load_frozen(pack.folder, rule.kind)
    assert text in frozen, f"no frozen parse of « {text} »: run python -m training.freeze {lang}"
    parse = frozen[text]
    return sum(match_rule(rule, parse, pack.lexicons, t) is not None for t in parse)


@pytest.mark.parametrize(
    ("lang", "rule", "text"), [(lang, r, e.text) for lang, r in CASES for e in r.matches], ids=lambda v: getattr(v, "id", None)
)
def test_rule_matches_its_example(lang: str, rule: Rule, text: str) -> None:
    assert _anchors(lang, rule, text) > 0


@pytest.mark.parametrize(
    ("lang", "rule", "text"), [(lang, r, e.text) for lang, r in CASES for e in r.leaves_alone], ids=lambda v: getattr(v, "id", None)
)
def test_rule_leaves_its_look_alike_alone(lang: str, rule: Rule, text: str) -> None:
    assert _anchors(lang, rule, text) == 0


def test_every_pack_loads() -> None:
    assert "fr" in available()
    for lang in available():
        assert load_pack(lang).settings["lang"] == lang
