"""Matching on a small parse made by hand, so that no pipeline is needed."""

from __future__ import annotations

from typing import Any

import pytest

from selon.model import Parse, Token
from selon.rules import Lexicons, build_rule, match_all
from selon.rules.lexicon import build_lexicon

TEXT = "Le maire nie avoir fui la ville"
# text, lemma, pos, head, deprel
ROWS = [
    ("Le", "le", "DET", 1, "det"), ("maire", "maire", "NOUN", 2, "nsubj"), ("nie", "nier", "VERB", 2, "root"),
    ("avoir", "avoir", "AUX", 4, "aux:tense"), ("fui", "fuir", "VERB", 2, "xcomp"), ("la", "le", "DET", 6, "det"),
    ("ville", "ville", "NOUN", 4, "obj"),
]  # fmt: skip
LEXICONS = Lexicons(cues=build_lexicon({"id": "cues", "about": "x", "value": "stance", "entries": {"nier": "denies"}}, "cues.yml"))


def parse() -> Parse:
    tokens = []
    at = 0
    for i, (text, lemma, pos, head, deprel) in enumerate(ROWS):
        start = TEXT.index(text, at)
        at = start + len(text)
        tokens.append(Token(i, start, at, text, lemma, pos, head, deprel, 0, {"Number": "Sing"} if pos == "NOUN" else {}))
    return Parse.build(TEXT, tokens)


def found(nodes: dict[str, Any]) -> list[dict[str, str]]:
    rule = build_rule(
        {
            "id": "fr.test.x",
            "summary": "x",
            "nodes": nodes,
            "yields": {"a": "a"},
            "matches": [{"text": "a"}, {"text": "b"}],
            "leaves_alone": [{"text": "c"}],
        },
        "x.yml",
    )
    return [{k: t.text for k, t in m.tokens.items()} for m in match_all([rule], parse(), LEXICONS)]


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ({"cue": {"in": "cues"}, "who": {"head": "cue", "deprel": "nsubj"}}, [{"cue": "nie", "who": "maire"}]),
        ({"cue": {"in": "cues?stance=denies"}}, [{"cue": "nie"}]),
        ({"cue": {"in": "cues?stance=asserts"}}, []),
        ({"n": {"pos": "NOUN", "feats": "Number=Sing"}}, [{"n": "maire"}, {"n": "ville"}]),
        ({"n": {"pos": "NOUN"}, "v": {"of": "n"}}, [{"n": "maire", "v": "nie"}, {"n": "ville", "v": "fui"}]),
        ({"v": {"lemma": "nier"}, "deep": {"below": "v", "lower": "ville"}}, [{"v": "nie", "deep": "ville"}]),
        ({"v": {"pos": "VERB", "has": {"deprel": "obj"}}}, [{"v": "fui"}]),
        ({"v": {"pos": "VERB", "lacks": {"deprel": "obj"}}}, [{"v": "nie"}]),
        ({"v": {"lemma": "nier"}, "late": {"after": "v", "pos": "NOUN"}}, [{"v": "nie", "late": "ville"}]),
        ({"v": {"lemma": "nier"}, "left": {"left_of": "v"}}, [{"v": "nie", "left": "maire"}]),
        ({"v": {"lemma": "nier"}, "x": {"head": "v", "deprel": "iobj", "optional": "yes"}}, [{"v": "nie"}]),
        ({"v": {"lemma": "nier"}, "n": {"pos": "NOUN", "head": "!v", "before": "v"}}, []),
    ],
)
def test_constraints(nodes: dict[str, Any], expected: list[dict[str, str]]) -> None:
    assert found(nodes) == expected
