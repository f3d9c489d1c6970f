"""Every phrasing of a language's corpus of times has its value and interval; every look-alike has none. One case a line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from selon.lang import available, load_pack
from selon.lang.pack import HOME
from selon.lang.strict_yaml import load_yaml
from selon.resolve.when import tag_times


def _files() -> Iterator[tuple[str, dict[str, object]]]:
    for lang in available():
        path = HOME / lang / "corpus" / "times.yml"
        if path.is_file():
            yield lang, load_yaml(path)


def _phrasings() -> Iterator[tuple[str, str, str, str]]:
    for lang, data in _files():
        times = data["times"]
        assert isinstance(times, dict)
        for expected, phrasings in times.items():
            for text in phrasings:
                yield lang, str(data["reference"]), expected, text


def _look_alikes() -> Iterator[tuple[str, str, str]]:
    for lang, data in _files():
        nothing = data["nothing"]
        assert isinstance(nothing, list)
        for text in nothing:
            yield lang, str(data["reference"]), text


@pytest.mark.parametrize(("lang", "reference", "expected", "text"), list(_phrasings()))
def test_phrasing_has_its_value(lang: str, reference: str, expected: str, text: str) -> None:
    value, _, interval = expected.partition(" ")
    found = tag_times(text, load_pack(lang), reference)
    shown = [f"{t.value} {t.earliest or '..'}/{t.latest or '..'}" for t in found]
    assert any(s == expected if interval else s.startswith(f"{value} ") for s in shown), shown
    for t in found:
        assert text[t.span.start : t.span.end] == t.span.text


@pytest.mark.parametrize(("lang", "reference", "text"), list(_look_alikes()))
def test_look_alike_has_none(lang: str, reference: str, text: str) -> None:
    assert [t.span.text for t in tag_times(text, load_pack(lang), reference)] == []


def test_there_are_enough_phrasings() -> None:
    assert len(list(_phrasings())) >= 250
