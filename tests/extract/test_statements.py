"""Statements: the pack's corpus read with the live pipeline, and properties that hold for any text."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selon.extract.statements import find_statements
from selon.intake import build_report
from selon.lang import load_pack
from selon.lang.strict_yaml import load_yaml
from selon.model import STANCES, Parse, Statement, Token
from selon.nlp import Pipeline, load_pipeline

PACK = load_pack("fr")
CORPUS = load_yaml(PACK.folder / "corpus" / "statements.yml")
FLOOR = 0.94
FLOOR_STANCE = 0.94
MOST_FALSE = 4
"""Statements found in look-alikes, at most: parsers err."""


@cache
def _pipeline() -> Pipeline:
    return load_pipeline(None, "fr")


@cache
def read(text: str) -> tuple[Statement, ...]:
    report = build_report(text, id="x", lang="fr")
    parse = _pipeline().parse(text, [(p.start, p.end) for p in report.passages])
    return find_statements(report, parse, PACK)


def _iou(text: str, content: str, found: Statement) -> float:
    start = text.find(content)
    assert start >= 0, f"the corpus names a content that its sentence does not hold: {content!r}"
    both = min(start + len(content), found.content.end) - max(start, found.content.start)
    whole = max(start + len(content), found.content.end) - min(start, found.content.start)
    return both / whole


def _score() -> Counter[str]:
    tally: Counter[str] = Counter()
    for group, entries in CORPUS.items():
        for entry in entries:
            text = entry["text"]
            found = list(read(text))
            if group == "look-alikes":
                tally["false"] += len(found)
                continue
            tally["found"] += len(found)
            for line in entry["says"]:
                source, stance, content = line.split(" | ")
                tally["gold"] += 1
                best = max(found, key=lambda s: _iou(text, content, s), default=None)
                if best is None or _iou(text, content, best) < 0.5:
                    continue
                found.remove(best)
                tally["hit"] += 1
                tally["stance"] += best.stance == stance
                at = text.find(source)
                named = best.source is not None and best.source.span.start < at + len(source) and at < best.source.span.end
                tally["source"] += named if source != "-" else best.source is None
    return tally


def test_corpus() -> None:
    """What the pack's sentences say is found, by the right source and with the right stance; look-alikes stay empty."""
    t = _score()
    f1 = 2 * t["hit"] / (t["found"] + t["gold"])
    assert f1 >= FLOOR, t
    assert t["stance"] >= FLOOR_STANCE * t["hit"], t
    assert t["source"] >= 0.94 * t["hit"], t
    assert t["false"] <= MOST_FALSE, t


def test_corpus_is_wide() -> None:
    assert sum(len(v) for v in CORPUS.values()) >= 150
    assert len(CORPUS["look-alikes"]) >= 20


def test_ids_and_relays() -> None:
    """Ids number the statements in text order, and a relayed statement names the one that holds it."""
    found = read("Le quotidien El País rapporte que le ministre a promis de démissionner.")
    assert [s.id for s in found] == [f"s{k + 1}" for k in range(len(found))]
    inner = [s for s in found if s.within is not None]
    assert inner and inner[0].within == found[0].id


@pytest.mark.parametrize("text", ["", " ", "\n\n", "«", '» « "', "selon", "a-t-il dit", "(", "« a » b « c"])
def test_scraps(text: str) -> None:
    """Scraps neither raise nor yield a statement out of nothing."""
    for s in read(text) if text.strip() else ():
        assert text[s.content.start : s.content.end] == s.content.text


_WORDS = [
    "selon",
    "le",
    "maire",
    ",",
    "a",
    "dit",
    "que",
    "«",
    "»",
    "trois",
    "morts",
    ".",
    '"',
    "affirme",
    "-t-il",
    "de",
    "source",
    ":",
    "(",
    ")",
    "aurait",
    "pas",
    "ne",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=24), st.randoms())
def test_any_parse(words: list[str], random: object) -> None:
    """On any tokens under any tree: no exception, spans are slices, stances are stances, relays point to statements."""
    text, tokens, at = "", [], 0
    for i, w in enumerate(words):
        pos = {"maire": "NOUN", "morts": "NOUN", "a": "AUX", "dit": "VERB", "affirme": "VERB", "trois": "NUM", "le": "DET"}.get(
            w, "PUNCT" if not w.isalpha() else "ADP"
        )
        head = random.randrange(len(words)) if i else 0  # type: ignore[attr-defined]
        tokens.append(Token(i, at, at + len(w), w, w, pos, 0 if head >= i else head, "root" if i == 0 else "dep", 0))
        text += w + " "
        at = len(text)
    parse = Parse.build(text, tokens)
    found = find_statements(build_report(text, id="x", lang="fr"), parse, PACK)
    ids = {s.id for s in found}
    for s in found:
        assert text[s.content.start : s.content.end] == s.content.text
        assert s.stance in STANCES
        assert s.within is None or s.within in ids
