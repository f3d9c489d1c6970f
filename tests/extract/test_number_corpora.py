"""The number grammar of each language: its corpus at 100 %, what is no count among it."""

from __future__ import annotations

from typing import Any

import pytest

from selon.extract.quantities import Quantity, find_quantities
from selon.lang import load_pack
from selon.lang.strict_yaml import load_yaml
from selon.model import Report
from tests.extract.flat import flat

PACKS = {lang: load_pack(lang) for lang in ("fr", "en")}
CORPORA: dict[str, Any] = {lang: load_yaml(pack.folder / "corpus" / "numbers.yml") for lang, pack in PACKS.items()}
SAID = [(lang, e["low"], e["high"], e["qualifier"], text) for lang, c in CORPORA.items() for e in c["counts"] for text in e["say"]]
NOTHING = [(lang, text) for lang, c in CORPORA.items() for text in c["nothing"]]
LEAST = {"fr": 400, "en": 200}


def read(lang: str, text: str) -> tuple[Quantity, ...]:
    return find_quantities(Report("t", text, lang), flat(text, lang), PACKS[lang], ())


def number(value: str) -> int | None:
    return None if value == "-" else int(value)


@pytest.mark.parametrize("lang", PACKS)
def test_a_corpus_is_large_and_says_nothing_twice(lang: str) -> None:
    said = [text for of, *_, text in SAID if of == lang]
    texts = said + [text for of, text in NOTHING if of == lang]
    assert len(said) >= LEAST[lang]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize(("lang", "low", "high", "qualifier", "text"), SAID, ids=[t for *_, t in SAID])
def test_a_phrasing_has_its_value(lang: str, low: str, high: str, qualifier: str, text: str) -> None:
    assert [(q.low, q.high, q.qualifier) for q in read(lang, text)] == [(number(low), number(high), qualifier)]


@pytest.mark.parametrize(("lang", "text"), NOTHING, ids=[t for _, t in NOTHING])
def test_what_is_no_count_is_none(lang: str, text: str) -> None:
    assert [q.span.text for q in read(lang, text)] == []
