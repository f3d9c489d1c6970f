"""What leaves the pages: formats, the offline file, CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from selon.cli.serve import formats
from selon.ledger import open_ledger
from selon.model import Actor, Span
from selon.web import create_app
from tests.link.build import Line, reading
from tests.web.conftest import HOSTILE
from tests.web.test_pages import incident_of


@pytest.fixture
def client(address: str) -> Iterator[TestClient]:
    with TestClient(create_app(address, formats=formats()), headers={"accept-language": "en"}) as c:
        yield c


@pytest.mark.parametrize("format", ["csv", "geojson", "acled", "ucdp"])
def test_a_list_is_saved_as_it_is_filtered(client: TestClient, format: str) -> None:
    everything, some = client.get(f"/save/incidents.{format}"), client.get(f"/save/incidents.{format}?place=loin")
    assert everything.status_code == some.status_code == 200
    assert "Graville" in everything.text and "Graville" not in some.text
    assert ("Loinville" in some.text) == (format in ("csv", "geojson"))  # the conflict formats hold no floods
    assert "attachment" in some.headers["content-disposition"]


def test_geojson_is_valid_and_nothing_is_dropped(client: TestClient) -> None:
    d = json.loads(client.get("/save/incidents.geojson").text)
    assert d["type"] == "FeatureCollection" and len(d["features"]) == 3
    assert sum(f["geometry"] is None for f in d["features"]) == 1


def test_unknown_formats_and_things_are_404(client: TestClient) -> None:
    i = incident_of(client, "a")
    for url in ("/save/incidents.exe", f"/save/incident/{i}.exe", "/save/incident/none.csv", "/save/incident/none/matrix.csv"):
        assert client.get(url).status_code == 404, url


def test_the_matrix_is_a_line_an_entry(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"/save/incident/{incident_of(client, 'a')}/matrix.csv").text)))
    assert {(r["source"], r["low"]) for r in rows if r["question"] == "killed"} == {("le maire", "12"), ("l'armée", "3")}


def test_the_offline_file_stands_alone_with_its_evidence(client: TestClient) -> None:
    text = client.get(f"/save/incident/{incident_of(client, 'a')}.html").text
    style = re.search(r"<style>(.*?)</style>", text, re.S)
    digest = re.search(r"style-src 'sha256-([^']+)'", text)
    assert style and digest and base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode() == digest[1]
    assert "<script" not in text and "<link" not in text and not re.search(r'(src|href)="(https?:|/)', text)
    assert "douze morts dans une frappe" in text and "nie la frappe" in text and "default-src 'none'" in text
    targets = set(re.findall(r'href="#([^"]+)"', text))
    assert {t for t in targets if t.endswith(("e0", "e1"))} <= set(re.findall(r'id="([^"]+)"', text))


def test_hostile_text_stays_text_in_every_file(client: TestClient) -> None:
    i = incident_of(client, "c")
    text = client.get(f"/save/incident/{i}.html").text
    assert "<script" not in text and "<img" not in text and "&lt;script&gt;" in text
    assert client.get(f"/save/incident/{i}.json").headers["content-type"] == "application/json"
    assert client.get(f"/save/incident/{i}/matrix.csv").headers["content-type"].startswith("text/csv")


def test_private_persons_are_not_named_unless_asked_for(tmp_path: Path) -> None:
    path = str(tmp_path / "ledger.sqlite")
    told = reading(
        "w",
        "2024-03-05",
        [
            Line(
                "Olha Kovalenko a vu deux morts à Graville",
                "airstrike",
                "Graville",
                "2024-03-04",
                figures=(("killed", 2, 2),),
                by=("Olha Kovalenko", "asserts"),
            )
        ],
    )
    name = Span.of(told.report.text, 0, 14)
    with open_ledger(path) as ledger:
        ledger.add(replace(told, actors=(Actor("a0", "Olha Kovalenko", "witness", None, (name,), private=True),)))
    with TestClient(create_app(path, formats=formats())) as c:
        i = incident_of(c, "w")
        for url in (f"/save/incident/{i}.html", f"/save/incident/{i}/matrix.csv", f"/save/incident/{i}.csv"):
            assert "Kovalenko" not in c.get(url).text and "person-" in c.get(url).text, url
            assert "Kovalenko" in c.get(f"{url}?names=1").text, url


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    path = str(tmp_path / "ledger.sqlite")
    told = reading(
        "f",
        "2024-03-05",
        [
            Line(
                "=cmd|' /C calc'!A0 : deux morts",
                "airstrike",
                "Graville",
                "2024-03-04",
                figures=(("killed", 2, 2),),
                by=("=HYPERLINK(1)", "asserts"),
            )
        ],
    )
    with open_ledger(path) as ledger:
        ledger.add(told)
    with TestClient(create_app(path)) as c:
        for url in ("/save/sources.csv", f"/save/incident/{incident_of(c, 'f')}/matrix.csv"):
            for row in csv.reader(io.StringIO(c.get(url).text)):
                assert not any(cell.startswith(("=", "+", "@")) for cell in row)


def test_sources_and_measures_as_csv(client: TestClient) -> None:
    assert "le maire,official" in client.get("/save/sources.csv").text
    assert "closure,Graville,FR" in client.get("/save/measures.csv").text
    assert HOSTILE.replace('"', '""') in client.get("/save/sources.csv").text


def test_lists_are_saved_too(client: TestClient) -> None:
    found = client.get("/save/statements.csv?q=frappe").text
    assert "douze morts" in found and "Loinville" not in found
    assert len(list(csv.reader(io.StringIO(client.get("/save/reports.csv").text)))) == 5
    d = client.get("/save/measures.geojson").json()
    assert [(f["properties"]["territory"], f["geometry"]["coordinates"]) for f in d["features"]] == [("Graville", [3.0, 50.0])]
