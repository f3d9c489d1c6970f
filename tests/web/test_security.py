"""Headers, foreign hosts, foreign forms, huge bodies, names that climb out of their folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from selon.web import security
from tests.web.conftest import finished


def test_every_answer_carries_the_policy(client: TestClient) -> None:
    for url in ("/", "/static/app.css", "/nowhere", "/api/v1/incidents"):
        policy = client.get(url).headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "trusted-types" in policy


def test_foreign_host_is_refused(client: TestClient) -> None:
    r = client.get("/", headers={"host": "evil.example"})
    assert r.status_code == 403 and "SEL-W001" in r.text


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "http://evil.example"}, {"origin": "null"}])
def test_form_from_elsewhere_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    r = client.post("/add", data={"text": "x"}, headers=headers)
    assert r.status_code == 403 and "SEL-W002" in r.text


def test_huge_body_is_refused_unread(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(security, "LIMIT", 1000)
    r = client.post("/add", data={"text": "x" * 2000})
    assert r.status_code == 413 and "SEL-W003" in r.text


def test_a_body_of_unknown_length_is_refused(client: TestClient) -> None:
    r = client.post("/add", content=iter([b"text=x"]), headers={"content-type": "application/x-www-form-urlencoded"})
    assert r.status_code == 411 and "SEL-W007" in r.text


def test_dropped_text_is_read_once_and_bad_files_are_told(client: TestClient, tmp_path: Path) -> None:
    text = "Trois civils ont été tués mardi à Kherson, a déclaré le gouverneur Jean Dupont."
    files = [
        ("files", ("../../outside.txt", text.encode(), "text/plain")),
        ("files", ("empty.txt", b"", "text/plain")),
        ("files", ("bad.bin", bytes(range(256)) * 20, "application/x")),
    ]
    r = client.post("/add", files=files, data={"published": "2024-03-06"}, headers={"accept-language": "en"})
    r = finished(client, r)
    assert r.status_code == 200 and "Read: 1 new" in r.text and r.text.count('class="problem"') == 2
    assert not list(tmp_path.parent.glob("outside*"))
    again = client.post("/add", data={"text": text, "published": "2024-03-06"}, files=[], headers={"accept-language": "en"})
    assert "Read: 0 new, 1 known" in finished(client, again).text
    assert any("Kherson" in e["sentence"] for e in client.get("/api/v1/events").json())
    assert {r["path"] for r in client.get("/api/v1/reports?search=Kherson").json()} == {"outside.txt"}


def test_nothing_dropped_is_said(client: TestClient) -> None:
    r = client.post("/add", data={"text": "  "}, headers={"accept-language": "en"})
    assert "Neither file nor text" in finished(client, r).text
