"""An address dropped into the pages: kept as evidence, read, and refused where it leads inside."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from selon.intake.fetch import address as addresses
from selon.ledger import open_ledger
from selon.ledger.pages import Pages
from tests.intake.fetch.server import Site, serving
from tests.watching.conftest import STRIKE, article
from tests.web.conftest import finished


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        running.answers["/nyala"] = article("Nyala frappée", *STRIKE)
        yield running


def test_loopback_is_refused_in_words(client: TestClient, site: Site) -> None:
    shown = finished(client, client.post("/add", data={"url": site.url + "/nyala"}))
    assert "SEL-F002" in shown.text and site.asked == []


def test_a_page_is_kept_with_the_way_it_came(client: TestClient, site: Site, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "is_public", lambda _: True)
    shown = finished(client, client.post("/add", data={"url": site.url + "/nyala", "published": "2026-11-26"}))
    assert "Nyala frappée" in shown.text
    with open_ledger(address) as ledger:
        (version,) = Pages(ledger).versions(site.url + "/nyala")
        assert version.retrieval.status == 200 and version.retrieval.server == "127.0.0.1"
        row = next(r for r in ledger.reports() if r.id == version.report)
        assert row.published_earliest == "2026-11-26" and row.version is not None
