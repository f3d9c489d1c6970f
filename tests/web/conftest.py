"""A small ledger made by hand, and the application over it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from selon.ledger import open_ledger
from selon.model import Reading
from selon.web import create_app
from tests.link.build import Line, reading

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> \"'&"

READINGS = [
    reading("a", "2024-03-05", [
        Line("Graville : douze morts dans une frappe", "airstrike", "Graville", "2024-03-04", figures=(("killed", 12, 12),), by=("le maire", "asserts")),
        Line("Les écoles ont fermé", "closure", "Graville", "2024-03-05"),
    ]),
    reading("b", "2024-03-06", [
        Line("L'armée nie la frappe de Graville", "airstrike", "Graville", "2024-03-04", figures=(("killed", 3, 3),), by=("l'armée", "denies")),
    ]),
    reading("c", "2024-03-06", [Line(f"Un barrage cède à Loinville {HOSTILE}", "disaster", "Loinville", "2024-03-04", by=(HOSTILE, "asserts"))]),
    reading("d", None, [Line("Une explosion quelque part", "explosion")]),
]  # fmt: skip


def ledger_of(folder: Path, readings: Iterable[Reading]) -> str:
    """The address of a new ledger that holds these readings."""
    path = str(folder / "ledger.sqlite")
    with open_ledger(path) as ledger:
        for r in readings:
            ledger.add(r)
    return path


@pytest.fixture
def address(tmp_path: Path) -> str:
    return ledger_of(tmp_path, READINGS)


@pytest.fixture
def client(address: str) -> Iterator[TestClient]:
    with TestClient(create_app(address), headers={"accept-language": "en"}) as c:
        yield c


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[TestClient]:
    path = str(tmp_path / "empty.sqlite")
    open_ledger(path).close()
    with TestClient(create_app(path)) as c:
        yield c


def finished(client: TestClient, answer: Response) -> Response:
    """The page of a job once it is done: until then it asks to be loaded again."""
    for _ in range(600):
        if "refresh" not in answer.headers:
            break
        time.sleep(0.1)
        answer = client.get(answer.url.path, headers=answer.request.headers)
    return answer
