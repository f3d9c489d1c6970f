"""Any Unicode text is read: every span is its slice, the JSON Lines form is whole and comes back equal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selon.errors import InputError
from selon.intake import build_report
from selon.model import Reading, Span, from_json, to_line
from selon.reader import Reader

WORDS = (
    "Selon", "l'armée", "dix", "morts", "à", "Alep", "a déclaré", "le maire", "« ", " »", "“", "”", '"', "lundi", "12 000", ",", ".", "\n\n", "\u00a0", "-t-il",
    "hier", "(AFP)", "le 3 janvier 2024", "plus de", "ne … pas", "Hamas", "\u202e", "\u200f", "\ufeff", "\ud83d", "🙂", "e\u0301", "LIRE AUSSI", "11h58 -", "<p>",
)  # fmt: skip
ANY_TEXT = st.text(st.characters(), max_size=300)
NEARLY_NEWS = st.lists(st.sampled_from(WORDS) | st.text(st.characters(), max_size=4), max_size=80).map(" ".join)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load("fr")


def spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for f in fields(value):
            yield from spans(getattr(value, f.name))
    elif isinstance(value, tuple):
        for v in value:
            yield from spans(v)


def check(reading: Reading, text: str) -> None:
    assert reading.report.text == text
    for s in spans(reading):
        assert 0 <= s.start <= s.end <= len(text) and text[s.start : s.end] == s.text
    passages = reading.report.passages
    assert all(0 <= p.start <= p.end <= len(text) for p in passages)
    line = to_line(reading)
    assert len(line.splitlines()) == 1
    line.encode("utf-8")
    assert from_json(json.loads(line)) == reading


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(ANY_TEXT | NEARLY_NEWS)
def test_any_text_is_read(reader: Reader, text: str) -> None:
    try:
        report = build_report(text, id="any", lang="fr")
    except InputError as e:
        assert e.remedy
        return
    check(reader.read(report), report.text)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.text(st.sampled_from("<>/pabh1 é&;\n\"'=!-lt#x\u200f"), max_size=200), st.integers(0, 3))
def test_any_text_between_tags_is_read(reader: Reader, text: str, where: int) -> None:
    report = build_report(f"{'<p>' * where}Selon lui, {text} dix morts hier à Alep.{'</p>' * where}", id="any", lang="fr")
    check(reader.read(report), report.text)
