"""What the pages answer: replay of an incident, readings compared, why a thing was found, sources with evidence, merging and splitting."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from selon.ledger import open_ledger
from selon.linked import linked
from selon.model import Reading, Source
from selon.model.incident import STANDS
from selon.views.compare import compare
from selon.views.measures import on_day
from selon.views.replay import as_told, told_days
from selon.web.index import UNKNOWN, Wanted, build_index
from selon.web.svg import toll_svg
from tests.link.build import Line, reading
from tests.web.conftest import ledger_of
from tests.web.test_pages import incident_of


def strike(id: str, day: str, text: str, killed: int, by: str) -> Reading:
    """A report of one strike on one town."""
    return reading(id, day, [Line(text, "airstrike", "Graville", "2024-03-04", figures=(("killed", killed, killed),), by=(by, "asserts"))])


TOLD = [
    strike("a", "2024-03-04", "Graville : dix morts", 10, "le maire"),
    strike("b", "2024-03-05", "Graville : douze morts à présent", 12, "le maire"),
    strike("c", "2024-03-06", "L'armée ne compte que trois morts", 3, "l'armée"),
    reading("d", "2024-03-06", [Line("Autreville évacuée", "evacuation", "Autreville", "2024-03-05")]),
]  # fmt: skip


@pytest.fixture
def address(tmp_path: Path) -> str:
    return ledger_of(tmp_path, TOLD)


def test_an_incident_is_replayed_by_the_days_on_which_it_was_told(client: TestClient, address: str) -> None:
    with open_ledger(address) as store:
        found = linked(store)
    i = next(x for x in found.incidents if "a" in x.reports)
    assert told_days(i, found.readings) == ["2024-03-04", "2024-03-05", "2024-03-06"]
    assert i.disputed and len(i.reports) == 3
    early = as_told(i, found.readings, found.origins, "2024-03-05")
    assert early.reports == ("a", "b") and early.origins == 2 and {v.low for g in early.figures for v in g.values} == {10, 12}
    assert not any("c" in (e.source[0], e.target[0]) for e in early.edges)
    page = client.get(f"/incident/{i.id}?until=2024-03-05").text
    assert "Only what 2 of 3 reports said" in page and "ne compte que" not in page
    assert client.get(f"/incident/{i.id}?until=1999-01-01").status_code == 200


def test_the_toll_curve_shows_who_revised_what(client: TestClient) -> None:
    page = client.get(f"/incident/{incident_of(client, 'a')}").text
    assert '<svg class="toll"' in page and 'class="revised"' in page and ">revised<" in page
    assert page.index(">10<") < page.index("→")


def test_edges_have_both_ends_and_a_reason(client: TestClient) -> None:
    page = client.get(f"/incident/{incident_of(client, 'a')}").text
    table = page[page.index('class="edges"') :]
    assert (
        "contradicts" in table
        and "l&#39;armée" in table
        and 'href="/report/c?mark=e0#e0"' in table
        and 'href="/report/a?mark=e0#e0"' in table
    )


def test_readings_of_a_report_are_compared(client: TestClient, address: str) -> None:
    s, e = TOLD[0].statements[0], TOLD[0].events[0]
    assert s.source is not None
    other = replace(
        TOLD[0],
        version="2",
        statements=(replace(s, source=Source(s.source.span, "le préfet")),),
        events=(replace(e, status="denied", figures=()),),
    )
    changes = {(c.kind, c.state): c.values for c in compare(TOLD[0], other)}
    assert changes[("statement", "changed")] == (("source", "le maire", "le préfet"),) and changes[("event", "changed")] == (
        ("status", "happened", "denied"),
    )
    assert ("figure", "went") in changes and compare(other, other) == []
    with open_ledger(address) as ledger:
        ledger.add(other)
    page = client.get("/report/a/compare").text
    assert "0 came, 1 went, 2 changed" in page and "le préfet" in page and client.get("/report/a/compare?old=99&new=0").status_code == 200
    assert "/report/a/compare?old=0" in client.get("/report/a").text


def test_layers_are_shown_one_by_one(client: TestClient) -> None:
    assert 'class="time' in client.get("/report/a?layer=times").text
    page = client.get("/report/a?layer=none").text
    article = page[page.index("<article") : page.index("</article>")]
    assert "<mark" not in article


def test_a_source_has_its_statements_revisions_and_who_met_it(client: TestClient) -> None:
    page = client.get("/source?name=le+maire").text
    assert "2 statements in 2 reports" in page and "contradicts" in page and "/source?name=l%27arm%C3%A9e" in page
    assert re.search(r"Figures it revised.*10.*→.*12", page, re.S)
    assert client.get("/sources?q=armee").text.count('scope="row"') == 1


def test_incidents_are_split_and_merged_by_judgement(client: TestClient, address: str) -> None:
    i = incident_of(client, "a")
    assert client.post("/review/pair", data={"verdict": "different", "one": "c/e0", "two": "a/e0"}).status_code == 400  # nobody has signed
    client.post("/review/author", data={"author": "Ada"})
    assert client.post("/review/pair", data={"verdict": "different", "one": "c/e0", "two": "a/e0", "back": i}).status_code == 200
    assert incident_of(client, "c") != incident_of(client, "a")
    other = incident_of(client, "d")
    assert client.post("/review/pair", data={"verdict": "same", "one": incident_of(client, "a"), "two": other}).status_code == 200
    assert incident_of(client, "d") == incident_of(client, "a")
    assert client.post("/review/pair", data={"verdict": "same", "one": "nowhere", "two": other}).status_code == 404
    assert client.post("/review/pair", data={"verdict": "same", "one": "a/e0", "two": "a/e0"}).status_code == 400
    with open_ledger(address) as ledger:
        assert [(j.verdict, j.author) for j in ledger.judgements()] == [("different", "Ada"), ("same", "Ada")]


def test_measures_stand_on_a_day_as_the_verdict_says(address: str) -> None:
    from selon.link import coverage

    with open_ledger(address) as store:
        found = linked(store)
    for day in ("2024-03-04", "2024-03-05", "2024-03-20", "2024-04-04", "2024-04-05"):
        there = {m.id for m in on_day(found.measures, day, "Autreville")}
        assert there == {m.id for m in coverage(found.readings.values(), found.measures, "Autreville", day).measures}
    assert STANDS == 30


@pytest.mark.parametrize(
    ("wanted", "reports"),
    [(Wanted(), {"a", "d"}), (Wanted(place="autre"), {"d"}), (Wanted(measure="any"), {"d"}), (Wanted(measure="closure"), set()), (Wanted(source="maire"), {"a"}),
     (Wanted(disputed=True), {"a"}), (Wanted(type="airstrike"), {"a"}), (Wanted(since="2024-03-05"), {"d"}), (Wanted(until="2024-03-04"), {"a"}), (Wanted(origins=2), {"a"}),
     (Wanted(box=(2.9, 49.9, 3.2, 50.2)), {"a"}), (Wanted(type="nothing"), {"a", "d"}), (Wanted(side="XX"), set())],
)  # fmt: skip
def test_filters_are_masks(address: str, wanted: Wanted, reports: set[str]) -> None:
    with open_ledger(address) as store:
        index = build_index(linked(store))
    assert {r for k in index.find(wanted) for r in index.incidents[k].reports if r in ("a", "d")} == reports


def test_columns_are_what_they_say(address: str) -> None:
    import json

    with open_ledger(address) as store:
        index = build_index(linked(store))
    raw = index.columns(index.find(Wanted()))
    length = int.from_bytes(raw[:4], "little")
    head = json.loads(raw[4 : 4 + length])
    at, columns = 4 + length, {}
    assert at % 8 == 0
    for name, kind in head["columns"]:
        columns[name] = np.frombuffer(raw, kind, head["n"], at)
        at += columns[name].nbytes
    assert at == len(raw) and [f"{x:016x}" for x in columns["id"]] == [i.id for i in index.incidents]
    assert [head["places"][k] for k in columns["place"]] == [i.place.name if i.place else "" for i in index.incidents]
    assert all(d == UNKNOWN or d > 19000 for d in columns["earliest"])


@given(st.lists(st.fixed_dictionaries({
    "by": st.text(max_size=8), "day": st.none() | st.dates().map(str), "low": st.none() | st.integers(0, 10**9), "high": st.none() | st.integers(0, 10**9),
    "text": st.text(max_size=8), "revised": st.booleans()}), max_size=8))  # fmt: skip
def test_any_points_make_a_drawing_that_is_xml(points: list[dict[str, object]]) -> None:
    from xml.etree import ElementTree

    drawn = str(toll_svg(points, "tués"))
    clean = re.sub("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", drawn)
    if drawn:
        ElementTree.fromstring(clean)
