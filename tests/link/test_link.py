"""Reports of one occurrence meet, others stay apart, and the order of reading does not matter."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selon.link import Verdict, coverage, features, find_measures, fold_origins, link, link_all
from selon.link.features import FEATURES, weights
from selon.link.figures import can_agree
from selon.link.why import why
from selon.model import EventType, Reading
from selon.model.incident import SENTENCES, FigureValue, Incident, incident_json
from selon.views.incidents import edge_kind, edge_reason
from selon.views.labels import labels
from tests.link.build import PLACES, Line, reading

RAID = [
    reading("a", "2024-03-05", [
        Line("Graville : douze morts dans une frappe", "airstrike", "Graville", "2024-03-04", figures=(("killed", 12, 12),), by=("le maire", "asserts")),
        Line("Les écoles ont fermé", "closure", "Graville", "2024-03-05"),
    ]),
    reading("b", "2024-03-05", [
        Line("Frappe sur Graville, selon l'armée", "attack", "Graville", "2024-03-04", figures=(("killed", 3, 3),), by=("l'armée", "asserts")),
    ]),
    reading("c", "2024-03-06", [
        Line("L'aviation nie toute frappe à Graville", "airstrike", "Graville", "2024-03-04", by=("l'aviation", "denies")),
        Line("Un mois plus tôt, Graville avait déjà été touchée", "airstrike", "Graville", "2024-02-03", figures=(("killed", 5, 5),)),
    ]),
    reading("d", "2024-03-06", [Line("Un barrage cède à Loinville", "disaster", "Loinville", "2024-03-04")]),
    reading("e", "2024-03-12", [Line("Nouvelle frappe à Graville", "airstrike", "Graville", "2024-03-11", figures=(("killed", 7, 7),))]),
]  # fmt: skip


def mains(readings: list[Reading]) -> set[tuple[str, ...]]:
    return {i.main_of for i in link(readings) if i.main_of}


def test_one_occurrence_in_three_reports_and_three_others() -> None:
    assert mains(RAID) == {("a", "b", "c"), ("d",), ("e",)}


def test_background_is_an_incident_of_its_own() -> None:
    old = [i for i in link(RAID) if i.earliest == "2024-02-03"]
    assert [(i.reports, i.main_of) for i in old] == [(("c",), ())]


def test_every_event_is_in_exactly_one_incident() -> None:
    held = [e for i in link(RAID) for e in i.events]
    assert sorted(held) == sorted((r.report.id, e.id) for r in RAID for e in r.events)


def test_contradiction_and_denial_are_edges_with_reasons() -> None:
    incident = next(i for i in link(RAID) if "a" in i.main_of)
    kinds = {e.kind: e.because for e in incident.edges}
    assert "contradicts" in kinds and "le maire" in kinds["contradicts"] and "l'armée" in kinds["contradicts"]
    assert "denies" in kinds and "l'aviation" in kinds["denies"]
    assert incident.disputed
    killed = next(g for g in incident.figures if g.count_of == "killed")
    assert not killed.agree and [(v.by, v.low) for v in killed.values] == [("le maire", 12), ("l'armée", 3)]


@pytest.mark.parametrize(
    ("text", "type", "figures", "denied"),
    [
        ("L'aviation nie toute frappe à Graville", "airstrike", (), "occurrence"),
        ("L'aviation nie toute implication dans la frappe de Graville", "airstrike", (), "authorship"),
        ("The air force says it had no hand in the strike on Graville", "airstrike", (), "authorship"),
        ("L'aviation nie que la frappe de Graville ait fait des victimes", "harm", (), "outcome"),
        ("L'aviation nie avoir tué douze personnes à Graville", "airstrike", (("killed", 12, 12),), "outcome"),
    ],
)
def test_denials_of_occurrence_authorship_and_outcome_are_told_apart(
    text: str, type: EventType, figures: tuple[tuple[str, int, int], ...], denied: str
) -> None:
    said = Line("Douze morts à Graville", type, "Graville", "2024-03-04", figures=(("killed", 12, 12),), by=("le maire", "asserts"))
    denial = Line(text, type, "Graville", "2024-03-04", figures=figures, by=("l'aviation", "denies"))
    (incident,) = link([reading("a", "2024-03-05", [said]), reading("b", "2024-03-05", [denial])])
    (edge,) = (e for e in incident.edges if e.kind == "denies")
    assert edge.denied == denied
    assert edge_kind(edge, labels("fr")).startswith("dément") and "le maire" in edge_reason(edge, labels("fr"))


def test_every_reason_has_a_sentence_in_every_language() -> None:
    fields = {code: set(re.findall(r"{(\w+)}", text)) for code, text in SENTENCES.items()}
    french = labels("fr").texts["edge_reason"]
    assert {code: set(re.findall(r"{(\w+)}", text)) for code, text in french.items()} == fields


def test_every_feature_is_explained_in_every_language() -> None:
    assert set(labels("fr").texts["feature"]) == {f.__name__ for f in FEATURES}
    assert all(f.__doc__ for f in FEATURES)


def test_a_rising_toll_is_an_update_and_no_contradiction() -> None:
    rising = [
        reading(
            "x",
            "2024-03-05",
            [Line("Séisme à Graville", "disaster", "Graville", "2024-03-05", figures=(("killed", 10, 10),), by=("les secours", "asserts"))],
        ),
        reading(
            "y",
            "2024-03-06",
            [
                Line(
                    "Séisme de Graville", "disaster", "Graville", "2024-03-05", figures=(("killed", 17, 17),), by=("les secours", "asserts")
                )
            ],
        ),
    ]
    (incident,) = link(rising)
    assert {e.kind for e in incident.edges} == {"updates"}
    assert incident.figures[0].agree


def test_an_undated_report_joins_its_place_but_not_its_country() -> None:
    dated = reading("dated", "2024-03-05", [Line("Frappe à Graville", "attack", "Graville", "2024-03-04", figures=(("killed", 12, 12),))])
    there = reading("there", None, [Line("Graville compte ses morts", "attack", "Graville")])
    elsewhere = reading("elsewhere", None, [Line("Attaque de Loinville", "attack", "Loinville", figures=(("killed", 12, 12),))])
    assert mains([dated, there]) == {("dated", "there")}
    assert mains([dated, elsewhere]) == {("dated",), ("elsewhere",)}


def test_judged_different_stays_apart() -> None:
    apart = link(RAID, frozenset({frozenset({("a", "e0"), ("b", "e0")})}))
    assert all(not {"a", "b"} <= set(i.main_of) for i in apart)


def test_incident_json_has_the_fields_of_the_format() -> None:
    d = incident_json(next(i for i in link(RAID) if "a" in i.main_of))
    assert {"id", "type", "title", "time", "place", "reports", "main_of", "origins", "events", "figures", "edges"} <= set(d)
    assert all({"kind", "from", "to", "because"} == set(e) - {"denied"} and ("denied" in e) == (e["kind"] == "denies") for e in d["edges"])


@st.composite
def reports(draw: st.DrawFn) -> list[Reading]:
    out = []
    for i in range(draw(st.integers(1, 8))):
        lines = [
            Line(
                draw(st.sampled_from(["Frappe nocturne", "Une école évacuée", "Crue soudaine", "Combats signalés"])),
                draw(st.sampled_from(["attack", "evacuation", "disaster", "clash", "harm"])),
                draw(st.sampled_from([None, *PLACES])),
                draw(st.sampled_from([None, "2024-03-01", "2024-03-02", "2024-03-20"])),
                figures=(("killed", 4, 4),) if draw(st.booleans()) else (),
            )
            for _ in range(draw(st.integers(1, 4)))
        ]
        out.append(reading(f"r{i}", draw(st.sampled_from([None, "2024-03-02", "2024-03-21"])), lines))
    return out


@settings(max_examples=60, deadline=None)
@given(reports(), st.integers(0, 1000))
def test_reading_order_does_not_matter(readings: list[Reading], seed: int) -> None:
    shuffled = list(readings)
    random.Random(seed).shuffle(shuffled)
    assert [incident_json(i) for i in link(readings)] == [incident_json(i) for i in link(shuffled)]


@settings(max_examples=60, deadline=None)
@given(reports())
def test_every_report_with_events_is_in_one_main_of(readings: list[Reading]) -> None:
    told = [r for i in link(readings) for r in i.main_of]
    assert sorted(told) == sorted(r.report.id for r in readings if r.events)


LONG = " ".join(f"mot{i} phrase{i % 7} texte{i}" for i in range(60))


def test_copies_are_one_origin_and_rewritten_text_is_not() -> None:
    wire = reading("wire", None, [Line(LONG, "attack")])
    inside = reading("inside", None, [Line("Notre envoyé raconte. " + LONG + " Et la suite ici.", "attack")])
    other = reading("other", None, [Line(" ".join(f"autre{i} chose{i} dite{i}" for i in range(60)), "attack")])
    numbers = fold_origins([wire, inside, other])
    assert numbers["wire"] == numbers["inside"] != numbers["other"]


def test_a_thousand_copies_are_one_origin_and_one_incident() -> None:
    copies = [
        reading(f"c{i:04}", "2024-03-05", [Line("Graville touchée. " + LONG, "attack", "Graville", "2024-03-04")]) for i in range(1000)
    ]
    (incident,) = link(copies)
    assert incident.origins == 1 and len(incident.reports) == 1000


MEASURES = [
    reading("m1", "2024-03-01", [Line("Le couvre-feu sera instauré", "restriction", "Graville", "2024-03-02", status="planned")]),
    reading("m2", "2024-03-02", [Line("Le couvre-feu est entré en vigueur", "restriction", "Graville", "2024-03-02")]),
    reading("m3", "2024-03-09", [Line("Le couvre-feu est levé", "restriction", "Graville", "2024-03-09", status="ended")]),
]


def _covered(readings: list[Reading], territory: str, day: str) -> Verdict:
    return coverage(readings, find_measures(readings), territory, day)


def test_measures_have_a_life() -> None:
    (m,) = find_measures(MEASURES)
    assert [p.phase for p in m.phases] == ["announced", "in_force", "lifted"]
    assert _covered(MEASURES, "Graville", "2024-03-01").verdict == "announced"
    assert _covered(MEASURES, "Nord", "2024-03-05").verdict == "in_force"
    assert _covered(MEASURES, "graville", "2024-03-10").verdict == "lifted"


def test_no_record_is_not_no_measure() -> None:
    v = _covered(MEASURES, "Loinville", "2024-03-05")
    assert v.verdict == "no_record" and v.reports == 0
    assert _covered(MEASURES, "Graville", "2024-02-25").reports == 2


def test_days_side_by_side_do_not_drift_from_one_occurrence_to_the_next() -> None:
    """Two strikes on one town, three days apart, and reports that blur each by a day: two incidents."""
    first = [
        reading(f"a{k}", "2024-03-01", [Line(f"Frappe sur Graville, récit {k}", "airstrike", "Graville", "2024-03-01")]) for k in range(3)
    ]
    blurred = reading("b", "2024-03-02", [Line("Frappe sur Graville dans la nuit", "airstrike", "Graville", "2024-03-01", "2024-03-02")])
    second = [
        reading(f"c{k}", "2024-03-04", [Line(f"Graville visée encore, récit {k}", "airstrike", "Graville", "2024-03-04")]) for k in range(3)
    ]
    before = reading("d", "2024-03-04", [Line("Graville visée dans la nuit", "airstrike", "Graville", "2024-03-03", "2024-03-04")])
    assert mains([*first, blurred, *second, before]) == {("a0", "a1", "a2", "b"), ("c0", "c1", "c2", "d")}


def test_what_was_published_before_cannot_tell_of_it() -> None:
    old = reading("old", "2024-03-01", [Line("Frappe sur Graville", "airstrike", "Graville", "2024-03-01")])
    new = reading("new", "2024-03-03", [Line("Frappe sur Graville", "airstrike", "Graville", "2024-03-03")])
    assert mains([old, new]) == {("new",), ("old",)}


def test_a_wave_over_a_country_has_the_towns_as_parts() -> None:
    """Told over the country and of two towns at length: one whole, two parts; their counts are not held against each other."""
    whole = reading("w", "2024-03-05", [
        Line("35 drones lancés sur la France", "drone_strike", "France", "2024-03-04", figures=(("launched", 35, 35),), by=("l'armée", "asserts")),
        Line("Neuf drones ont visé Graville", "drone_strike", "Graville", "2024-03-04", figures=(("launched", 9, 9),), by=("le maire", "asserts")),
        Line("Quatre drones ont visé Loinville", "drone_strike", "Loinville", "2024-03-04", figures=(("launched", 4, 4),), by=("le préfet", "asserts")),
    ])  # fmt: skip
    found = link([whole])
    towns = {p.place.name for i in found for p in i.parts}
    assert towns == {"Graville", "Loinville"}
    assert not any(e.kind == "contradicts" for i in found for e in i.edges)
    assert {(v.low, g.place) for i in found for g in i.figures for v in g.values} == {(35, None), (9, "Graville"), (4, "Loinville")}


def test_one_town_told_of_by_many_is_no_wave() -> None:
    assert all(not i.parts for i in link(RAID))


def test_figures_of_different_times_do_not_contradict() -> None:
    value = FigureValue("r", "e", 12, 12, "exact", "le maire", "asserts", "2024-03-05", "12", 0, scope="this")
    total = FigureValue("s", "f", 300, 300, "exact", "le maire", "asserts", "2024-03-05", "300", 1, scope="cumulative")
    assert can_agree(value, total, "killed") and not can_agree(value, replace(total, scope="this"), "killed")


@settings(max_examples=40, deadline=None)
@given(reports())
def test_a_report_from_elsewhere_changes_nothing_else(readings: list[Reading]) -> None:
    """Another country, another year, no name in common: every incident there was stays as it was."""
    far = reading("zz", "2019-07-01", [Line("Éboulement signalé", "disaster", "Autreville", "2019-06-30")])
    near = [r for r in readings if not any(e.place and e.place.name == "Autreville" for e in r.events)]
    before, after = link(near), link([*near, far])
    numberless = [_without_numbers(i) for i in after]
    assert [_without_numbers(i) for i in before] == [i for i in numberless if i["reports"] != ["zz"]]


def _without_numbers(i: Incident) -> dict[str, Any]:
    """Origins are numbered over all reports: their numbers move, what is of one origin does not."""
    d = incident_json(i)
    for g in d["figures"]:
        for v in g["values"]:
            del v["origin"]
    return d


def test_the_shares_of_the_features_add_up_to_the_score() -> None:
    found = link_all(RAID)
    incident = next(i for i in found.incidents if "a" in i.main_of)
    reasons = why(incident, {r.report.id: r for r in RAID}, found.corpus)
    assert [w.report for w in reasons] == sorted(incident.reports)
    assert all(w.log_odds > 0 and {e.feature for e in w.evidence} == set(weights()) for w in reasons)
    assert all(e.explanation for w in reasons for e in w.evidence)


def test_weights_name_every_level_that_the_features_can_find() -> None:
    source = Path(features.__file__).read_text("utf-8")
    for name, levels in weights().items():
        assert all(f'"{level}"' in source for level in levels), name


def test_a_measure_is_extended_and_expires() -> None:
    told = [
        reading("p1", "2024-03-01", [Line("Couvre-feu à Graville du 2 au 5 mars", "restriction", "Graville", "2024-03-02", "2024-03-05")]),
        reading("p2", "2024-03-04", [Line("Le couvre-feu vaudra jusqu'au 9 mars", "restriction", "Graville", "2024-03-04", "2024-03-09")]),
    ]
    (m,) = find_measures(told)
    assert [(p.phase, p.until) for p in m.phases] == [("in_force", "2024-03-05"), ("extended", "2024-03-09")]
    verdicts = {day: _covered(told, "Graville", f"2024-03-{day}").verdict for day in ("01", "03", "07", "09", "10")}
    assert verdicts == {"01": "no_record", "03": "in_force", "07": "in_force", "09": "in_force", "10": "expired"}
    assert _covered(told[:1], "Graville", "2024-03-07").verdict == "expired"


def test_words_of_extension_make_an_extension() -> None:
    first = reading("q1", "2024-03-01", [Line("Le couvre-feu est en vigueur", "restriction", "Graville", "2024-03-01")])
    for text in ("Le couvre-feu est prolongé d'une semaine", "The curfew was extended by a week"):
        (m,) = find_measures([first, reading("q2", "2024-03-08", [Line(text, "restriction", "Graville")])])
        assert m.phase == "extended"


def test_silence_is_no_end_but_after_a_month_nothing_is_known() -> None:
    (m,) = find_measures([reading("s1", "2024-03-01", [Line("Écoles fermées", "closure", "Graville", "2024-03-01")])])
    assert m.on("2024-03-30") is not None and m.on("2024-04-15") is None and m.on("2024-02-28") is None
