"""The claim matrix: questions down, sources across, both values of a source that revised, silence left silent."""

from __future__ import annotations

from selon.linked import link_readings
from selon.model.fold import person_key
from selon.views.incidents import Wanted, incident_lines, matrix_lines
from selon.views.labels import labels, load_words
from selon.views.matrix import Row, build_matrix
from tests.link.build import Line, reading

READINGS = [
    reading("a", "2024-03-05", [
        Line("Graville : douze morts dans une frappe", "airstrike", "Graville", "2024-03-04", figures=(("killed", 12, 12),), by=("Jean Dupont", "asserts")),
        Line("Les écoles ont fermé", "closure", "Graville", "2024-03-05"),
    ]),
    reading("b", "2024-03-06", [
        Line("Graville : quinze morts dans la frappe", "airstrike", "Graville", "2024-03-04", figures=(("killed", 15, 15),), by=("J. Dupont", "asserts")),
        Line("L'armée nie la frappe", "airstrike", "Graville", "2024-03-04", by=("l'armée", "denies")),
    ]),
]  # fmt: skip
LINKED = link_readings(READINGS)
(INCIDENT,) = LINKED.incidents
MATRIX = build_matrix(INCIDENT, LINKED.readings)


def test_rows_and_columns() -> None:
    assert [(r.question, r.topic) for r in MATRIX.rows] == [("occurrence", ""), ("figure", "killed"), ("measure", "closure")]
    assert [c.source for c in MATRIX.columns] == ["Jean Dupont", None, "l'armée"]


def test_a_source_that_revised_keeps_both_values() -> None:
    dupont = MATRIX.columns[0]
    assert [(e.low, e.published) for e in MATRIX.cells[Row("figure", "killed"), dupont]] == [(12, "2024-03-05"), (15, "2024-03-06")]


def test_silence_has_no_cell_and_denial_disputes_the_row() -> None:
    army = MATRIX.columns[2]
    assert (Row("figure", "killed"), army) not in MATRIX.cells
    assert MATRIX.cells[Row("occurrence"), army][0].stance == "denies"
    assert Row("occurrence") in MATRIX.disputed


def test_every_entry_points_into_a_report() -> None:
    texts = {r.report.id: r.report.text for r in READINGS}
    for entries in MATRIX.cells.values():
        for e in entries:
            assert texts[e.report][e.evidence.start : e.evidence.end] == e.evidence.text


def test_spellings_of_one_person_share_a_key_and_institutions_do_not() -> None:
    assert person_key("Viatcheslav Gladkov", "RU") == person_key("Vyacheslav Gladkov", "RU")
    assert person_key("Oleg Ivanov", "RU") != person_key("Anna Ivanov", "RU")
    assert person_key("ministère russe de la Défense", "RU") != person_key("ministère ukrainien de la Défense", "UA")


def test_lines_speak_both_languages() -> None:
    for lang, killed in (("fr", "tués"), ("en", "killed")):
        words, say = labels(lang), load_words("selon.cli.messages", lang)
        lines = [line.text for line in matrix_lines(MATRIX, LINKED, words, say)]
        assert any(killed in x and "12" in x and "Jean Dupont" in x for x in lines)
        assert any("l'armée" in x and words.get("stance", "denies") in x for x in lines)
        assert INCIDENT.id[:8] in next(iter(incident_lines(INCIDENT, words, say))).text


def test_filters() -> None:
    readings = LINKED.readings
    assert Wanted(place="grav", types=("closure",), source="dupont", disputed=True, origins=2).fits(INCIDENT, readings)
    for w in (
        Wanted(place="loin"),
        Wanted(types=("disaster",)),
        Wanted(source="maire"),
        Wanted(origins=3),
        Wanted(since="2024-04-01"),
        Wanted(until="2024-01-01"),
    ):
        assert not w.fits(INCIDENT, readings)
