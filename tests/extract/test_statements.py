"""Statements: the packs' corpora read with the live pipelines, constructions that one language has, and properties that hold for any text."""

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

LANGUAGES = ("fr", "en")
CORPORA = {lang: load_yaml(load_pack(lang).folder / "corpus" / "statements.yml") for lang in LANGUAGES}
FLOORS = {"fr": {"f1": 0.94, "source": 0.97, "stance": 0.9}, "en": {"f1": 0.91, "source": 0.96, "stance": 0.88}}
"""Least F1 of contents, and least share of the hits with the right source and stance: the corpora hold hard sentences, too."""
MOST_FALSE = 4
"""Statements found in the look-alikes of a language, at most: parsers err."""


@cache
def _pipeline(lang: str) -> Pipeline:
    return load_pipeline(None, lang)


@cache
def read(text: str, lang: str = "fr") -> tuple[Statement, ...]:
    report = build_report(text, id="x", lang=lang)
    parse = _pipeline(lang).parse(text, [(p.start, p.end) for p in report.passages if p.kind != "boilerplate"])
    return find_statements(report, parse, load_pack(lang))


def _iou(text: str, content: str, found: Statement) -> float:
    start = text.find(content)
    assert start >= 0, f"the corpus names a content that its sentence does not hold: {content!r}"
    both = min(start + len(content), found.content.end) - max(start, found.content.start)
    whole = max(start + len(content), found.content.end) - min(start, found.content.start)
    return both / whole


def _named(source: str, found: Statement) -> bool:
    """Whether a found source is the one that the corpus names, or a part of it, or holds it; "-" for nobody."""
    if found.source is None or source == "-":
        return found.source is None and source == "-"
    a, b = source.strip("-").lower(), found.source.span.text.lower()
    return a in b or b in a


@cache
def _score(lang: str) -> tuple[Counter[str], tuple[str, ...]]:
    """Counts over a corpus, and what went wrong. Each expected statement takes the found one that fits it best."""
    tally: Counter[str] = Counter()
    wrong: list[str] = []
    for group, entries in CORPORA[lang].items():
        for entry in entries:
            text = entry["text"]
            found = read(text, lang)
            if group == "look-alikes":
                tally["false"] += len(found)
                wrong += [f"in a look-alike: {s.content.text!r} of {text!r}" for s in found]
                continue
            tally["found"] += len(found)
            gold = [tuple(line.split(" | ")) for line in entry["says"]]
            tally["gold"] += len(gold)
            fits = sorted(
                (
                    (_iou(text, content, s) + 0.3 * _named(source, s) + 0.2 * (s.stance == stance), i, j)
                    for i, (source, stance, content) in enumerate(gold)
                    for j, s in enumerate(found)
                    if _iou(text, content, s) >= 0.5
                ),
                reverse=True,
            )
            taken: set[int] = set()
            paired: dict[int, int] = {}
            for _, i, j in fits:
                if i not in paired and j not in taken:
                    paired[i] = j
                    taken.add(j)
            for i, (source, stance, content) in enumerate(gold):
                if i not in paired:
                    wrong.append(f"missed: {content!r} of {text!r}")
                    continue
                s = found[paired[i]]
                tally["hit"] += 1
                tally["source"] += _named(source, s)
                tally["stance"] += s.stance == stance
    return tally, tuple(wrong)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_corpus(lang: str) -> None:
    """What the pack's sentences say is found, by the right source and with the right stance; look-alikes stay empty."""
    t, wrong = _score(lang)
    f1 = 2 * t["hit"] / (t["found"] + t["gold"])
    floor = FLOORS[lang]
    assert f1 >= floor["f1"], (t, *wrong)
    assert t["source"] >= floor["source"] * t["hit"], t
    assert t["stance"] >= floor["stance"] * t["hit"], t
    assert t["false"] <= MOST_FALSE, wrong


@pytest.mark.parametrize(("lang", "least", "alike"), [("fr", 300, 30), ("en", 110, 8)])
def test_corpus_is_wide(lang: str, least: int, alike: int) -> None:
    assert sum(len(v) for v in CORPORA[lang].values()) >= least
    assert len(CORPORA[lang]["look-alikes"]) >= alike


def test_ids_and_relays() -> None:
    """Ids number the statements in text order, and a relayed statement names the one that holds it."""
    found = read("Le quotidien El País rapporte que le ministre a promis de démissionner.")
    assert [s.id for s in found] == [f"s{k + 1}" for k in range(len(found))]
    inner = [s for s in found if s.within is not None]
    assert inner and inner[0].within == found[0].id


@pytest.mark.parametrize(
    ("lang", "text", "rule", "source", "content"),
    [
        ("en", "Three people had died in the fire, the governor said.", "behind-cue", "the governor", "Three people had died in the fire"),
        ("en", "On Monday, the governor said three people had died.", "verb-that", "the governor", "three people had died"),
        ("en", "A raid, which the army says hit a depot, killed two.", "verb-that", "the army", "hit a depot"),
        ("en", "Residents urged to boil water", "passive-infinitive", None, "to boil water"),
        ("fr", "La consigne : rester chez soi.", "instruction", None, "rester chez soi"),
        ("fr", "Que répond la mairie ? Rien de neuf pour l'instant.", "asked", "la mairie", "Rien de neuf pour l'instant"),
        ("fr", "Le décompte, donné lundi par la mairie, était de neuf tués.", "toll", "la mairie", "neuf tués"),
        ("fr", "Aucun blessé n'a été signalé.", "passive-untold", None, "Aucun blessé"),
    ],
)
def test_constructions(lang: str, text: str, rule: str, source: str | None, content: str) -> None:
    """One statement each, by the construction that is meant: a circumstance before the speaker, for instance, is no content."""
    (said,) = read(text, lang)
    assert said.rule == f"{lang}.statement.{rule}"
    assert said.content.text == content
    assert (said.source.span.text if said.source is not None else None) == source


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
    found = find_statements(build_report(text, id="x", lang="fr"), parse, load_pack("fr"))
    ids = {s.id for s in found}
    for s in found:
        assert text[s.content.start : s.content.end] == s.content.text
        assert s.stance in STANCES
        assert s.within is None or s.within in ids
