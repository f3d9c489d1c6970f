"""Who says that it has its figures from an agency shares the agency's origin; who does not, does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.link import fold_origins, link
from selon.link.citations import report_credit
from selon.model import Passage, PassageKind, Reading, Source
from selon.model.incident import Incident
from tests.link.build import Line, reading


def told(
    id: str, killed: int = 12, credit: str = "", kind: PassageKind = "boilerplate", by: str = "le maire", day: str = "2024-03-05"
) -> Reading:
    """A report on one strike; its last line is a credit. Words of its own keep it from being a copy of another."""
    words = " ".join(f"{id}{n}" for n in range(40))
    r = reading(
        id,
        day,
        [
            Line(
                f"Frappe sur Graville {words}",
                "airstrike",
                "Graville",
                "2024-03-04",
                figures=(("killed", killed, killed),),
                by=(by, "asserts"),
            )
        ],
    )
    if not credit:
        return r
    text = f"{r.report.text}\n{credit}"
    passages = (*r.report.passages, Passage(kind, len(r.report.text) + 1, len(text)))
    return replace(r, report=replace(r.report, text=text, passages=passages))


def heard(r: Reading, source: str = "", channel: str = "") -> Reading:
    (s,) = r.statements
    assert s.source is not None
    named = Source(s.source.span, source, "media") if source else s.source
    return replace(r, statements=(replace(s, source=named, channel=channel or None),))


def only(*readings: Reading) -> Incident:
    (incident,) = link(readings)
    return incident


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("Avec AFP", "AFP"), ("(AFP)", "AFP"), ("Graville, 5 mars 2024 (Reuters) -", "Reuters"), ("Source : Agence France-Presse", "AFP"),
        ("J. P. avec Interfax-Ukraine", "Interfax-Ukraine"), ("Publié le 5 mars 2024 à 10h00, modifié à 11h00 par la rédaction (avec AFP)", "AFP"),
        ("Le Matin/Belga", "Belga"), ("With AP", "AP"),
        ("Avec AFP et Reuters", None), ("avec agences", None), ("Photo AFP", None), ("© AFP", None), ("J. Doe/AFP via Getty", None),
        ("MAPS", None), ("Un correspondant d'un journal nous a écrit que Reuters avait tort hier soir", None), ("", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["boilerplate", "byline"])
def test_credits_of_a_report(line: str, agency: str | None, kind: PassageKind) -> None:
    r = told("a", credit=line, kind=kind)
    credit = report_credit(r)
    assert (credit and credit.agency) == agency
    if credit is not None:
        assert r.report.text[credit.span.start : credit.span.end] == credit.span.text


def test_an_agency_named_in_the_story_is_no_credit_of_the_report() -> None:
    assert report_credit(told("a", credit="Avec AFP", kind="paragraph")) is None


def test_two_reports_with_one_agency_are_one_origin_with_the_reason_in_words() -> None:
    i = only(told("a", credit="Avec AFP"), told("b", credit="Graville (AFP) -"), told("c"))
    assert i.origins == 2
    assert {v.report: v.via for g in i.figures for v in g.values} == {"a": "AFP", "b": "AFP", "c": None}
    kinds = {e.kind: e.because for e in i.edges}
    assert "both say they have it from AFP" in kinds["same_wire"] and "corroborates" in kinds


def test_another_agency_is_another_origin() -> None:
    assert only(told("a", credit="Avec AFP"), told("b", credit="Avec Reuters")).origins == 2


def test_a_figure_told_to_an_agency_has_its_origin_though_the_report_has_its_own() -> None:
    i = only(told("a", credit="Avec AFP"), heard(told("b"), channel="AFP"), heard(told("c"), source="l'AFP"), told("d"))
    origin = {v.report: v.origin for g in i.figures for v in g.values}
    assert origin["a"] == origin["b"] == origin["c"] != origin["d"]
    assert i.origins == 4  # each report was written by somebody; the figures are what they share


def test_a_person_with_an_agency_s_name_is_none() -> None:
    r = told("b", by="Fars")
    assert fold_origins([told("a", credit="Avec Fars"), r])["b"] == 1


def test_a_relayed_statement_has_the_origin_of_the_agency_that_relays_it() -> None:
    r = told("b")
    (s,) = r.statements
    assert s.source is not None
    outer = replace(s, id="s9", source=Source(s.source.span, "Reuters", "media"))
    r = replace(r, statements=(replace(s, within="s9"), outer))
    (group,) = only(r).figures
    assert group.values[0].via == "Reuters"


def test_two_sources_in_two_reports_of_one_agency_still_contradict() -> None:
    i = only(told("a", 12, "Avec AFP"), told("b", 3, "Avec AFP", by="l'armée"))
    assert {e.kind for e in i.edges} == {"contradicts"} and i.disputed


def test_one_source_revised_in_one_wire_is_an_update() -> None:
    i = only(told("a", 12, "Avec AFP"), told("b", 17, "Avec AFP", day="2024-03-06"))
    assert {e.kind for e in i.edges} == {"updates"}


def test_copies_that_credit_different_agencies_are_told_to_be_neither_s() -> None:
    body = " ".join(f"mot{n}" for n in range(80))
    a, b = (reading(k, "2024-03-05", [Line(f"Graville touchée {body}", "attack", "Graville", "2024-03-04")]) for k in "ab")

    def credited(r: Reading, line: str) -> Reading:
        text = f"{r.report.text}\n{line}"
        return replace(
            r, report=replace(r.report, text=text, passages=(*r.report.passages, Passage("byline", len(r.report.text) + 1, len(text))))
        )

    found = fold_origins([credited(a, "AFP"), credited(b, "Reuters"), told("c", credit="AFP"), told("d", credit="Reuters")])
    assert found["a"] == found["b"] and len({found["a"], found["c"], found["d"]}) == 3
    found = fold_origins([credited(a, "AFP"), b, told("c", credit="AFP")])
    assert found["a"] == found["b"] == found["c"]


@given(st.permutations(["a", "b", "c", "d"]))
def test_order_does_not_matter(order: list[str]) -> None:
    made = {"a": told("a", credit="Avec AFP"), "b": told("b", credit="AFP"), "c": heard(told("c"), channel="Reuters"), "d": told("d")}
    one, two = fold_origins(made.values()), fold_origins(made[k] for k in order)
    assert dict(one) == dict(two) and one.agencies == two.agencies and one.credits == two.credits
