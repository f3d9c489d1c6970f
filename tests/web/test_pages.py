"""What the pages show, in both languages, and that nothing of a report gets through as markup."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

PAGES = ["/", "/?sort=weight", "/?sort=oldest&disputed=1&box=-10,40,20,60", "/?q=frappe&measure=any&side=UA", "/?disputed=1&place=graville&type=airstrike&source=maire&since=2024-03-01&until=2024-04-01&origins=1", "/measures",
         "/measures?territory=Graville&day=2024-03-05", "/sources", "/reports", "/search?q=frappe", "/search?source=armée&stance=denies", "/add", "/report/c?layer=statements&layer=events&layer=figures&layer=times&layer=places",
         "/source?name=l'armée", "/report/a/compare", "/review"]  # fmt: skip


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("url", PAGES)
def test_page_is_whole_and_hostile_text_stays_text(client: TestClient, url: str, lang: str) -> None:
    r = client.get(url, headers={"accept-language": lang})
    assert r.status_code == 200
    assert f'<html lang="{lang}">' in r.text
    assert "<script>alert" not in r.text and "<img" not in r.text
    assert not re.search(r"\son\w+=", re.sub(r"<(mark|title)[^>]*>", "", re.sub(r">[^<]*<", "><", r.text))), (
        "an event handler in the markup"
    )
    assert not re.search(r"<script(?![^>]*(src=|application/json))", r.text) and " style=" not in r.text


def incident_of(client: TestClient, report: str) -> str:
    return str(next(i["id"] for i in client.get("/api/v1/incidents").json() if report in i["main_of"]))


def test_list_shows_figures_side_by_side_under_their_sources(client: TestClient) -> None:
    text = client.get("/", headers={"accept-language": "fr"}).text
    assert re.search(r"<b>12</b> le maire.*<b>3</b> l&#39;armée", text, re.S)
    assert "disputé" in text


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [("place=loin", "Loinville", "Graville"), ("disputed=1", "Graville", "Loinville"), ("source=maire", "Graville", "Loinville"), ("type=disaster", "Loinville", "Graville"),
     ("since=2025-01-01", "", "Graville"), ("origins=2", "Graville", "Loinville")],
)  # fmt: skip
def test_filters(client: TestClient, query: str, there: str, gone: str) -> None:
    names = re.findall(r'<a href="/incident/[^"]+"><span class="family \w+"></span>[^<]* · (\w+)', client.get(f"/?{query}").text)
    assert (there in names) if there else not names
    assert gone not in names


def test_matrix_links_each_cell_to_its_sentence(client: TestClient) -> None:
    page = client.get(f"/incident/{incident_of(client, 'a')}", headers={"accept-language": "fr"}).text
    link = re.search(r'href="(/report/a\?mark=e0#e0)"', page)
    assert link and "dément" in page and "le maire" in page
    report = client.get(link[1]).text
    assert re.search(r'<mark class="[^"]*chosen[^"]*"[^>]*>', report)


def test_unknown_things_are_404_in_words(client: TestClient) -> None:
    for url in (
        "/incident/none",
        "/report/none",
        "/api/v1/incidents/none",
        "/api/v1/reports/none",
        "/save/incident/none.json",
        "/save/incident/none.html",
        "/source?name=none",
        "/report/none/compare",
        "/add/none",
    ):
        assert client.get(url).status_code == 404, url
    assert client.get("/?as_of=yesterday").status_code == 400
    assert client.get("/measures?territory=x&day=2024-99-99").status_code == 400


def test_as_of_replays_the_past(client: TestClient) -> None:
    assert len(client.get("/api/v1/incidents?as_of=2020-01-01").json()) == 0
    assert len(client.get("/api/v1/incidents").json()) == 3


def test_undated_and_unplaced_incidents_are_counted_and_listed(client: TestClient) -> None:
    text = client.get("/", headers={"accept-language": "en"}).text
    assert "1 without a place on the map" in text and "1 without a known day" in text


def test_no_record_is_said_not_to_be_no_measure(client: TestClient) -> None:
    text = client.get("/measures?territory=Loinville&day=2024-03-05", headers={"accept-language": "en"}).text
    assert "no record" in text and "No record is not" in text
    assert "in force" in client.get("/measures?territory=Graville&day=2024-03-05", headers={"accept-language": "en"}).text


def test_empty_ledger_shows_a_way_in(empty: TestClient) -> None:
    assert 'href="/add"' in empty.get("/").text and "Nothing has been read yet" in empty.get("/").text


def test_language_choice_is_kept(client: TestClient) -> None:
    assert '<html lang="fr">' in client.get("/?lang=fr").text
    assert '<html lang="fr">' in client.get("/reports", headers={"accept-language": "en"}).text


def test_catalogues_have_the_same_keys() -> None:
    from selon.views.labels import load_words

    fr, en = (load_words("selon.web.messages", lang).texts for lang in ("fr", "en"))
    assert {(s, k) for s in fr for k in fr[s]} == {(s, k) for s in en for k in en[s]}


def test_geojson_has_points_with_uncertainty(client: TestClient) -> None:
    d = client.get("/api/v1/incidents.geojson").json()
    assert d["unplaced"] == 1 and {f["geometry"]["type"] for f in d["features"]} == {"Point"}
    assert all(f["properties"]["radius_km"] for f in d["features"])


def test_openapi_describes_the_api(client: TestClient) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {"/api/v1/incidents", "/api/v1/events", "/api/v1/statements", "/api/v1/reports", "/api/v1/measures"} <= set(paths)


def test_a_search_that_finds_nothing_looks_for_beginnings(client: TestClient) -> None:
    text = client.get("/search?q=frapp", headers={"accept-language": "en"}).text
    assert "douze morts" in text and "begin so" in text
    assert "begin so" not in client.get("/search?q=frappe", headers={"accept-language": "en"}).text
    assert len(client.get("/api/v1/incidents?q=frapp").json()) == 1
