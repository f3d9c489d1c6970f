"""The API against its own description: whatever is asked, nothing breaks, and answers are what the description says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import positive_data_acceptance, unsupported_method

from selon.ledger import open_ledger
from selon.web import create_app
from tests.web.conftest import READINGS

PAGES = [
    "/",
    "/incident/x",
    "/report/a",
    "/report/a/compare",
    "/measures",
    "/sources",
    "/source",
    "/reports",
    "/search",
    "/review",
    "/save/incidents.csv",
]
NAMES = ["q", "place", "since", "until", "type", "source", "side", "measure", "disputed", "origins", "box", "as_of", "at", "sort", "lang", "mark", "layer",
         "explain", "old", "new", "rule", "territory", "day", "name", "stance", "reason", "names"]  # fmt: skip


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = str(Path(tmp_path_factory.mktemp("api")) / "ledger.sqlite")
    with open_ledger(path) as ledger:
        for r in READINGS:
            ledger.add(r)
    return create_app(path)


@pytest.fixture(scope="module")
def described(app: Any) -> Any:
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app).include(path_regex="^/api/")


def test_the_api_keeps_its_description(described: Any) -> None:
    seen = 0
    for operation in (found.ok() for found in described.get_all_operations()):

        @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
        @given(case=operation.as_strategy())
        def keeps(case: Any) -> None:
            case.call_and_validate(excluded_checks=[unsupported_method, positive_data_acceptance])

        keeps()
        seen += 1
    assert seen > 8


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    page=st.sampled_from(PAGES),
    asked=st.dictionaries(st.sampled_from(NAMES), st.text(max_size=30) | st.from_regex(r"[-0-9.,:]{0,20}", fullmatch=True), max_size=5),
)
def test_no_address_breaks_a_page(app: Any, page: str, asked: dict[str, str]) -> None:
    r = TestClient(app).get(page, params=asked)
    assert r.status_code in (200, 400, 404, 422), (page, asked, r.text[:300])
    if r.headers["content-type"].startswith("text/html"):
        assert "<script>" not in r.text and r.text.startswith("<!doctype html>")
