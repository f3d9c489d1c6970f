"""Counting rules on the same figures: each says what it used, what it dropped and why."""

from __future__ import annotations

import pytest

from selon.link import link
from selon.model import Reading, Stance
from selon.views.counting import RULES, count, count_label
from selon.views.labels import labels, load_words
from tests.link.build import Line, reading

Figures = tuple[tuple[str, int | None, int | None], ...]


def report(id: str, day: str, figures: Figures, by: str, stance: Stance = "asserts") -> Reading:
    return reading(
        id, day, [Line(f"Frappe sur Graville {id} {by}", "airstrike", "Graville", "2024-03-04", figures=figures, by=(by, stance))]
    )


READINGS = [
    report("a", "2024-03-05", (("killed", 12, 12), ("wounded", 30, 30)), "le maire"),
    report("b", "2024-03-05", (("killed", 3, 3),), "l'armée"),
    report("c", "2024-03-06", (("killed", 17, 17),), "le maire"),
]
(INCIDENT,) = link(READINGS)


def test_acled_takes_the_most_conservative_and_says_why_not_the_others() -> None:
    (row,) = count(INCIDENT, "acled")
    assert row.best == 3 and [c.value.by for c in row.used] == ["l'armée"]
    assert {(c.value.low, c.why) for c in row.dropped} == {(12, "revised"), (17, "higher")}


def test_nothing_reported_is_no_fatality_for_acled_and_unknown_for_ucdp() -> None:
    (quiet,) = link([reading("q", "2024-03-05", [Line("Frappe sur Graville", "airstrike", "Graville", "2024-03-04")])])
    assert count(quiet, "acled")[0].best == 0
    assert count(quiet, "ucdp") == []


def test_ucdp_has_low_best_and_high() -> None:
    (row,) = count(INCIDENT, "ucdp")
    assert (row.low, row.best, row.high) == (3, 17, 17)


def test_airwars_grades_by_origins_and_denials() -> None:
    assert count(INCIDENT, "airwars")[0].grade == "fair"
    (alone,) = link(READINGS[:1])
    assert count(alone, "airwars")[0].grade == "weak"
    (denied,) = link(
        [
            *READINGS,
            reading("d", "2024-03-06", [Line("L'aviation nie", "airstrike", "Graville", "2024-03-04", by=("l'aviation", "denies"))]),
        ]
    )
    assert count(denied, "airwars")[0].grade == "contested"


def test_latest_keeps_the_last_word_of_each_source() -> None:
    killed = next(r for r in count(INCIDENT, "latest") if r.label == "killed")
    assert {(c.value.by, c.value.low) for c in killed.used} == {("le maire", 17), ("l'armée", 3)}
    assert [(c.value.low, c.why) for c in killed.dropped] == [(12, "revised")]


@pytest.mark.parametrize("rule", RULES)
def test_every_figure_is_used_or_dropped_once_and_every_reason_has_words(rule: str) -> None:
    for row in count(INCIDENT, rule):
        ids = [(c.value.report, c.value.low) for c in (*row.used, *row.dropped)]
        assert len(ids) == len(set(ids))
        for lang in ("fr", "en"):
            assert load_words("selon.web.messages", lang).texts["rule"][rule]
            words = labels(lang)
            assert all(words.texts["why"][c.why] for c in (*row.used, *row.dropped))
            assert count_label(row, words) and row.label.split()[0] not in count_label(row, labels("fr")).split()
