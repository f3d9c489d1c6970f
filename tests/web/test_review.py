"""The review page: what waits, verdicts by form, undo, conflicts, foreign forms; nothing of a report gets through as markup."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from selon.ledger import open_ledger
from selon.model import Source
from selon.web import create_app, state
from tests.link.build import Line, reading
from tests.web.conftest import HOSTILE, ledger_of

READINGS = [
    reading("a", "2024-03-05", [
        Line("Graville : douze morts dans une frappe", "airstrike", "Graville", "2024-03-04", figures=(("killed", 12, 12),), by=("le maire", "asserts")),
    ]),
    reading("b", "2024-03-05", [
        Line(f"L'armée parle de trois morts à Graville {HOSTILE}", "airstrike", "Graville", "2024-03-04", figures=(("killed", 3, 3),), by=(HOSTILE, "asserts")),
    ]),
    reading("c", "2024-03-06", [Line("Un barrage aurait cédé à Loinville", "disaster", "Loinville", "2024-03-01", by=("la rumeur", "hearsay"))]),
]  # fmt: skip


@pytest.fixture
def address(tmp_path: Path) -> str:
    return ledger_of(tmp_path, READINGS)


def signed(client: TestClient, name: str = "Zoé Ray") -> None:
    assert client.post("/review/author", data={"author": name}).status_code == 200


def hidden(page: str) -> dict[str, list[str]]:
    """The hidden fields of the form that carries verdicts."""
    form = page[page.index('class="verdicts"') :]
    form = form[: form.index("</form>")]
    out: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form):
        out.setdefault(name, []).append(value)
    return out


def fates(address: str) -> list[tuple[str | None, str, str]]:
    with open_ledger(address) as ledger:
        return [(j.verdict, j.author, j.note) for j in ledger.judgements()]


def test_doubts_come_in_order_and_the_pair_of_a_disputed_incident_is_first(client: TestClient) -> None:
    signed(client)
    pages = [client.get(f"/review?at={k}").text for k in range(4)]
    reasons = [re.search(r'<p><span class="tag[^"]*">([^<]*)<', p) for p in pages]
    assert [r and r[1] for r in reasons] == [
        "disputed incident",
        "figures contradict each other",
        "figures contradict each other",
        "hearsay",
    ]
    assert "Do both tell of the same occurrence?" in pages[0] and pages[0].count("<blockquote") == 2
    assert all("of 4" in p for p in pages)


def test_nothing_of_a_report_gets_through_as_markup(client: TestClient) -> None:
    signed(client, HOSTILE)
    for k in range(4):
        page = client.get(f"/review?at={k}").text
        assert "<script>alert" not in page and "<img" not in page and " style=" not in page
        assert not re.search(r"<script(?![^>]*src=)", page)


def test_nobody_judges_without_a_name(client: TestClient, address: str) -> None:
    page = client.get("/review").text
    assert 'name="verdict"' not in page and "judgements are signed" in page
    signed(client)
    fields = hidden(client.get("/review").text)
    client.post("/review/author", data={"author": "  "})
    r = client.post("/review/judge", data={**fields, "verdict": "same", "note": "kept"})
    assert r.status_code == 400 and "« kept »" in r.text and fates(address) == []


def test_a_verdict_is_stored_signed_and_takes_the_doubt_off_the_queue(client: TestClient, address: str) -> None:
    signed(client)
    fields = hidden(client.get("/review").text)
    r = client.post("/review/judge", data={**fields, "verdict": "different", "note": "autre frappe"})
    assert r.status_code == 200 and fates(address) == [("different", "Zoé Ray", "autre frappe")]
    assert "of 1" in client.get("/review").text  # the incidents fell apart: nothing contradicts any more
    assert len(client.get("/api/v1/incidents").json()) == 3


def test_undo_brings_the_doubt_back(client: TestClient, address: str) -> None:
    signed(client)
    before = client.get("/api/v1/incidents").json()
    client.post("/review/judge", data={**hidden(client.get("/review").text), "verdict": "different"})
    page = client.get("/review").text
    found = re.search(r'action="/review/undo"><input type="hidden" name="id" value="(\w+)"', page)
    assert found is not None
    client.post("/review/undo", data={"id": found[1], "at": "0"})
    assert client.get("/api/v1/incidents").json() == before and "of 4" in client.get("/review").text
    assert 'action="/review/undo"' not in client.get("/review").text


def test_a_correction_changes_the_figure_and_shows_both(client: TestClient, address: str) -> None:
    signed(client)
    page = client.get("/review?at=1").text
    report = hidden(page)["report"][0]
    r = client.post("/review/judge", data={**hidden(page), "verdict": "correct", "low": "10", "high": "10"})
    assert r.status_code == 200
    values = {v["report"]: v["low"] for i in client.get("/api/v1/incidents").json() for g in i["figures"] for v in g["values"]}
    assert values[report] == 10
    id = next(i["id"] for i in client.get("/api/v1/incidents").json() if report in i["reports"])
    incident = client.get(f"/incident/{id}").text
    assert "corrected" in incident and "→ 10" in incident and "Zoé Ray" in incident
    assert "→ 10" in client.get(f"/report/{report}").text


@pytest.mark.parametrize("fields", [{"low": "x"}, {"low": "5", "high": "4"}, {"low": "-3"}, {}])
def test_a_correction_that_does_not_fit_is_refused_and_the_note_kept(client: TestClient, address: str, fields: dict[str, str]) -> None:
    signed(client)
    page = client.get("/review?at=1").text
    value = re.search(r'name="low" value="(\d+)"', page)
    assert value is not None
    same = {"low": value[1], "high": value[1]}
    r = client.post("/review/judge", data={**hidden(page), **same, **fields, "verdict": "correct", "note": "ma note"})
    assert r.status_code == 400 and 'value="ma note"' in r.text and fates(address) == []


@pytest.mark.parametrize("verdict", ["accept", "correct", "bless"])
def test_a_verdict_that_is_not_said_of_pairs_is_refused(client: TestClient, address: str, verdict: str) -> None:
    signed(client)
    r = client.post("/review/judge", data={**hidden(client.get("/review").text), "verdict": verdict})
    assert r.status_code == 400 and fates(address) == []


def test_two_people_at_once_the_second_sees_the_first_and_loses_nothing(client: TestClient, address: str) -> None:
    signed(client, "Ada")
    fields = hidden(client.get("/review?at=3").text)
    client.post("/review/judge", data={**fields, "verdict": "reject", "note": "une rumeur"})
    signed(client, "Bob")
    r = client.post("/review/judge", data={**fields, "verdict": "accept", "note": "vu ailleurs"})
    assert r.status_code == 409 and "Somebody judged this in the meantime" in r.text
    assert "Ada · rejected" in r.text and "« une rumeur »" in r.text and 'value="vu ailleurs"' in r.text
    assert fates(address) == [("reject", "Ada", "une rumeur")]
    again = client.post("/review/judge", data={**hidden(r.text), "verdict": "accept", "note": "vu ailleurs"})
    assert again.status_code == 200 and [f[1] for f in fates(address)] == ["Ada", "Bob"]
    signed(client, "Cid")
    assert "people disagree" in client.get("/review").text


def test_a_reading_that_changed_meanwhile_is_shown_before_judging(client: TestClient, address: str) -> None:
    signed(client)
    fields = hidden(client.get("/review?at=3").text)
    (s,) = READINGS[2].statements
    assert s.source is not None
    other = replace(s, source=Source(s.source.span, "un témoin", "witness"))
    with open_ledger(address) as ledger:
        ledger.add(replace(READINGS[2], statements=(other,), version="2"))
    r = client.post("/review/judge", data={**fields, "verdict": "accept", "note": "ma note"})
    assert r.status_code == 409 and "has changed in the meantime" in r.text and "un témoin" in r.text and 'value="ma note"' in r.text
    with open_ledger(address) as ledger:
        ledger.add(replace(READINGS[2], statements=(), events=(), version="3"))
    r = client.post("/review/judge", data={**fields, "verdict": "accept", "note": "ma note"})
    assert r.status_code == 409 and "no longer found" in r.text and "« ma note »" in r.text
    assert fates(address) == []


@pytest.mark.parametrize("url", ["/review/judge", "/review/undo", "/review/author"])
@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "http://evil.example"}])
def test_forms_from_elsewhere_are_refused(client: TestClient, url: str, headers: dict[str, str], address: str) -> None:
    signed(client)
    r = client.post(url, data={"author": "x", "id": "y"}, headers=headers)
    assert r.status_code == 403 and fates(address) == []


def test_the_name_is_a_cookie_that_no_other_site_gets(client: TestClient) -> None:
    cookie = client.post("/review/author", data={"author": "Zoé"}, follow_redirects=False).headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and "author=zo%c3%a9" in cookie


def test_nobody_undoes_what_another_said(client: TestClient, address: str) -> None:
    signed(client, "Ada")
    client.post("/review/judge", data={**hidden(client.get("/review").text), "verdict": "unsure"})
    with open_ledger(address) as ledger:
        (j,) = ledger.judgements()
    signed(client, "Bob")
    assert client.post("/review/undo", data={"id": j.id}).status_code == 400
    assert fates(address) == [("unsure", "Ada", "")]


def test_an_empty_queue_says_so_in_both_languages(tmp_path: Path) -> None:
    path = str(tmp_path / "empty.sqlite")
    open_ledger(path).close()
    with TestClient(create_app(path)) as c:
        assert "Rien ne vous attend" in c.get("/review", headers={"accept-language": "fr"}).text
        assert "Nothing is waiting" in c.get("/review", headers={"accept-language": "en"}).text


def test_judgements_are_in_the_api(client: TestClient) -> None:
    signed(client)
    client.post("/review/judge", data={**hidden(client.get("/review").text), "verdict": "same"})
    (j,) = client.get("/api/v1/judgements").json()
    assert (j["verdict"], j["author"], j["fate"]) == ("same", "Zoé Ray", "counts")
    assert client.get("/api/v1/judgements?as_of=2020-01-01").json() == []


def test_where_linking_takes_long_the_queue_goes_on_and_judgements_follow(
    client: TestClient, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(client)
    monkeypatch.setattr(state, "PATIENCE", -1.0)
    first = client.get("/review").text
    client.post("/review/judge", data={**hidden(first), "verdict": "different"})
    assert "of 3" in client.get("/review").text or "of 1" in client.get("/review").text  # its own doubt is gone at once
    for _ in range(100):
        if "of 1" in client.get("/review").text:
            break
        time.sleep(0.02)
    assert "of 1" in client.get("/review").text
    assert len(client.get("/api/v1/incidents").json()) == 3


def test_an_event_is_split_off_its_incident_from_the_queue(client: TestClient, address: str) -> None:
    signed(client)
    page = client.get("/review?reason=contradiction").text
    form = re.search(r'<form method="post" action="/review/pair">(.*?)</form>', page)
    assert form and 'data-key="s"' in form[1] and "/incident/" in page and 'data-key="m"' in page
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form[1]))
    r = client.post("/review/pair", data=fields)
    assert r.url.path == "/review" and [f[0] for f in fates(address)] == ["different"]
    assert len(client.get("/api/v1/incidents").json()) == 3


def test_the_queue_is_narrowed_to_one_kind_of_doubt(client: TestClient) -> None:
    signed(client)
    assert "of 2" in client.get("/review?reason=contradiction").text and "of 1" in client.get("/review?reason=hearsay").text
    assert "of 4" in client.get("/review?reason=nonsense").text
