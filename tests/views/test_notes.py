"""Notes: every claim with its source, everything from a report in guillemets, numbers and days in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from selon.model import Reading
from selon.model.rows import FigureRow
from selon.views.labels import LANGUAGES, labels
from selon.views.notes import days, desk_notes, figure, nested, number, place
from selon.views.rows import event_rows, statement_rows
from tests.ledger.sample import reading
from tests.model.strategies import readings

EN, FR = labels("en"), labels("fr")


def count(
    low: int | None, high: int | None, qualifier: str = "exact", population: str | None = None, scope: str | None = None
) -> FigureRow:
    return FigureRow("killed", "morts", low, high, qualifier, population, scope, "12 morts", 0, 8)


@pytest.mark.parametrize(
    ("f", "english", "french"),
    [
        (count(12, 12), "12", "12"),
        (count(5, 8), "5 to 8", "5 à 8"),
        (count(3, None, "at_least"), "at least 3", "au moins 3"),
        (count(70, None, "more_than"), "more than 70", "plus de 70"),
        (count(20, 20, "about"), "about 20", "environ 20"),
        (count(None, 500, "up_to"), "up to 500", "jusqu'à 500"),
        (count(None, 10, "less_than"), "less than 10", "moins de 10"),
        (count(20, None, "vague"), "several (20 or more)", "plusieurs (20 ou plus)"),
        (count(12000, 12000), "12,000", "12\u202f000"),
        (count(None, None), "an unknown number", "nombre inconnu"),
        (count(None, None, "about"), "an unknown number", "nombre inconnu"),
        (count(None, 9), "up to 9", "jusqu'à 9"),
        (count(0, 0), "0", "0"),
    ],
)
def test_numbers_in_words(f: FigureRow, english: str, french: str) -> None:
    assert number(f, EN) == english
    assert number(f, FR) == french


def test_a_figure_says_what_it_counts() -> None:
    assert figure(count(12, 12, population="civilian", scope="cumulative"), EN) == "killed: 12 (civilian, so far) « 12 morts »"
    assert figure(count(12, 12), FR) == "tués\u00a0: 12 « 12 morts »"


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        ("2024-03-05", "2024-03-05", "2024-03-05"),
        ("2024-03-05", "2024-03-06", "2024-03-05 to 2024-03-06"),
        ("2024-03-05", None, "since 2024-03-05"),
        (None, "2024-03-05", "until 2024-03-05"),
        (None, None, "day unknown"),
    ],
)
def test_days_in_words(earliest: str | None, latest: str | None, words: str) -> None:
    assert days(earliest, latest, EN) == words


def test_notes_of_a_report() -> None:
    text = "\n".join("  " * line.indent + line.text for line in desk_notes(reading(), EN))
    assert text.splitlines()[0] == "Un marché de Port-Soudan touché"
    assert "published 2024-03-06 (given with it)" in text
    assert "  s1  « Le ministère de la Santé » (official, SD) says, on « Telegram »:" in text
    assert "  s2  « un porte-parole de l'armée » (official, SD) denies:" in text
    assert "  e1  Shelling · happened · 2024-03-05 · « Port-Soudan » = Port Sudan, Red Sea, SD" in text
    assert "killed: at least 12 (civilian) « au moins 12 morts »" in text
    assert "under s1: « ministère de la Santé » says" in text
    french = "\n".join(line.text for line in desk_notes(reading(), FR))
    assert "QUI DIT QUOI" in french and "dément\u00a0:" in french and "Tir d'artillerie · a eu lieu" in french


def test_a_place_that_is_not_located_says_so() -> None:
    e = event_rows(reading())[0]
    assert place(replace(e, place_precision="unresolved", country=None), EN) == "« Port-Soudan », not located"
    assert place(replace(e, place_precision="near"), EN).endswith(", near it")


def test_relayed_statements_stand_under_their_relay_and_circles_are_cut() -> None:
    a, b = statement_rows(reading())
    assert [(s.id, d) for s, d in nested([a, replace(b, within="s1")])] == [("s1", 0), ("s2", 1)]
    assert sorted(s.id for s, _ in nested([replace(a, within="s2"), replace(b, within="s1")])) == ["s1", "s2"]
    assert [d for _, d in nested([replace(a, within="s1"), replace(b, within="gone")])] == [0, 0]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(readings())
def test_any_reading_has_notes_and_every_statement_and_event_is_in_them(r: Reading) -> None:
    for lang in LANGUAGES:
        text = [line.text for line in desk_notes(r, labels(lang))]
        for id_ in [s.id for s in r.statements] + [e.id for e in r.events]:
            assert any(t.startswith(f"{id_}  ") for t in text)
