"""Kills and corrections of a wire: found in words, applied to the report they are about, and to no other."""

from __future__ import annotations

import pytest

from selon.link import fold_origins, link, link_all
from selon.link.notices import notice_of, withdrawals
from selon.model import Reading
from selon.views.counting import count
from tests.link.build import Line, reading


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("ANNULATION : frappe sur Graville", "killed"),
        ("GRAVILLE – 4 mars\nANNULATION\nFrappe sur Graville", "killed"),
        ("Prière de ne pas utiliser notre dépêche sur Graville", "killed"),
        ("Mandatory kill\nStrike on Graville", "killed"),
        ("KILL: Strike on Graville", "killed"),
        ("АННУЛИРОВАНО: удар", "killed"),
        ("Annule et remplace la dépêche de 12 h 04", "corrected"),
        ("CORRECTION Séisme : 12 morts", "corrected"),
        ("(Rectificatif) Frappe sur Graville", "corrected"),
        ("Corrected: toll in Graville is 12", "corrected"),
    ],
)
def test_notices(text: str, act: str) -> None:
    found = notice_of(text)
    assert found is not None and found[0] == act


@pytest.mark.parametrize(
    "text",
    [
        "Annulation du sommet de Graville",
        "Les correcteurs d'épreuves en grève",
        "Correction boursière en Asie",
        "Killed in the strike: three families",
        "KILLED IN ACTION",
        "Withdrawn troops reach Loinville",
        "Le maire a démenti. Correction : il l'a dit lundi " + "et encore " * 30,
        "",
    ],
)
def test_what_is_no_notice(text: str) -> None:
    assert notice_of(text) is None


TOLL = Line(
    "Frappe sur Graville et Petitville : douze morts",
    "airstrike",
    "Graville",
    "2024-03-04",
    figures=(("killed", 12, 12),),
    by=("le maire", "asserts"),
)
FIRST = reading("first", "2024-03-04", [TOLL])
OTHER = reading("other", "2024-03-04", [Line("Graville touchée", "airstrike", "Graville", "2024-03-04", figures=(("killed", 3, 3),), by=("l'armée", "asserts"))])  # fmt: skip
KILL = reading("kill", "2024-03-05", [Line("ANNULATION : Frappe sur Graville et Petitville", "airstrike", "Graville", "2024-03-04")])
FIXED = reading("fixed", "2024-03-05", [
    Line("CORRECTION : Frappe sur Graville et Petitville, deux morts", "airstrike", "Graville", "2024-03-04", figures=(("killed", 2, 2),), by=("le maire", "asserts")),
])  # fmt: skip


def _gone(readings: list[Reading]) -> dict[str, tuple[str, str]]:
    return {k: (w.act, w.by) for k, w in withdrawals(readings, fold_origins(readings)).items()}


def test_a_kill_withdraws_the_report_it_names_and_itself_and_no_other() -> None:
    assert _gone([FIRST, OTHER, KILL]) == {"first": ("killed", "kill"), "kill": ("killed", "kill")}


def test_what_was_killed_is_shown_but_neither_contradicts_nor_counts() -> None:
    disputed = next(i for i in link([FIRST, OTHER]) if "first" in i.reports)
    assert disputed.disputed and count(disputed, "acled")[0].best == 3
    after = next(i for i in link([FIRST, OTHER, KILL]) if "first" in i.reports)
    values = {v.report: v.withdrawn for g in after.figures for v in g.values}
    assert values == {"first": "kill", "other": None}
    assert not after.disputed and not any(e.kind == "contradicts" for e in after.edges)
    (row,) = count(after, "acled")
    assert row.best == 3 and [(c.value.report, c.why) for c in row.dropped] == [("first", "withdrawn")]


def test_a_correction_replaces_what_it_corrects() -> None:
    found = link_all([FIRST, FIXED])
    assert {k: (w.act, w.by) for k, w in found.withdrawn.items()} == {"first": ("corrected", "fixed")}
    incident = next(i for i in found.incidents if "first" in i.reports)
    assert [(v.low, v.withdrawn) for g in incident.figures for v in g.values] == [(12, "fixed"), (2, None)]
    assert count(incident, "latest")[0].low == 2


def test_a_notice_for_which_nothing_fits_withdraws_nothing() -> None:
    stray = reading("stray", "2024-03-05", [Line("ANNULATION : Séisme à Loinville et Autreville", "disaster", "Loinville", "2024-03-04")])
    assert _gone([FIRST, OTHER, stray]) == {}
    late = reading("late", "2024-05-05", [Line("ANNULATION : Frappe sur Graville et Petitville", "airstrike", "Graville", "2024-03-04")])
    assert _gone([FIRST, late]) == {}
