"""English statements: the pack's corpus read with the live pipeline, and constructions the language has and others do not."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from selon.extract.statements import find_statements
from selon.extract.statements.quotes import find_quotes
from selon.intake import build_report
from selon.lang import load_pack
from selon.lang.strict_yaml import load_yaml
from selon.model import Statement
from selon.nlp import Pipeline, load_pipeline

PACK = load_pack("en")
CORPUS = load_yaml(PACK.folder / "corpus" / "statements.yml")
FLOOR = 0.85
FLOOR_STANCE = 0.85
MOST_FALSE = 2
"""Statements found in look-alikes, at most: parsers err."""


@cache
def _pipeline() -> Pipeline:
    return load_pipeline(None, "en")


@cache
def read(text: str) -> tuple[Statement, ...]:
    report = build_report(text, id="x", lang="en")
    parse = _pipeline().parse(text, [(p.start, p.end) for p in report.passages])
    return find_statements(report, parse, PACK)


def _iou(text: str, content: str, found: Statement) -> float:
    start = text.find(content)
    assert start >= 0, f"the corpus names a content that its sentence does not hold: {content!r}"
    both = min(start + len(content), found.content.end) - max(start, found.content.start)
    whole = max(start + len(content), found.content.end) - min(start, found.content.start)
    return both / whole


def tally() -> tuple[Counter[str], list[str]]:
    """Counts over the corpus, and what was missed."""
    count: Counter[str] = Counter()
    missed: list[str] = []
    for group, entries in CORPUS.items():
        for entry in entries:
            text = entry["text"]
            found = list(read(text))
            if group == "look-alikes":
                count["false"] += len(found)
                missed += [f"false: {text}"] * len(found)
                continue
            for line in entry["says"]:
                source, stance, content = line.split(" | ")
                count["gold"] += 1
                best = max(found, key=lambda s: _iou(text, content, s), default=None)
                if best is None or _iou(text, content, best) < 0.75:
                    missed.append(f"content: {text}")
                    continue
                named = best.source.span.text if best.source is not None else "-"
                if source != named and (source not in named or source == "-"):
                    missed.append(f"source {named!r}: {text}")
                    continue
                count["hit"] += 1
                count["stance"] += best.stance == stance
                if best.stance != stance:
                    missed.append(f"stance {best.stance}: {text}")
    return count, missed


def test_corpus_is_found() -> None:
    count, missed = tally()
    assert count["gold"] > 80
    assert count["hit"] / count["gold"] >= FLOOR, "\n".join(missed)
    assert count["stance"] / count["hit"] >= FLOOR_STANCE, "\n".join(missed)
    assert count["false"] <= MOST_FALSE, "\n".join(missed)


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


def test_the_subject_may_stand_before_an_inserted_cue() -> None:
    (said,) = read("Three people had died in the fire, the governor said.")
    assert said.content.text == "Three people had died in the fire"
    assert said.source is not None
    assert said.source.span.text == "the governor"
    assert said.rule == "en.statement.behind-cue"


def test_a_circumstance_before_the_speaker_is_no_content() -> None:
    (said,) = read("On Monday, the governor said three people had died.")
    assert said.content.text == "three people had died"
