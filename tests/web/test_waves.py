"""A wave shows its towns; what a later report withdrew is shown as withdrawn."""

from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient

from selon.web import create_app
from tests.link.build import Line, reading
from tests.web.conftest import ledger_of
from tests.web.test_pages import incident_of

WAVE = reading("w", "2024-03-05", [
    Line("35 drones lancés sur la France", "drone_strike", "France", "2024-03-04", figures=(("launched", 35, 35),), by=("l'armée", "asserts")),
    Line("Neuf drones ont visé Graville", "drone_strike", "Graville", "2024-03-04", figures=(("launched", 9, 9),), by=("le maire", "asserts")),
    Line("Quatre drones ont visé Loinville", "drone_strike", "Loinville", "2024-03-04", figures=(("launched", 4, 4),), by=("le préfet", "asserts")),
])  # fmt: skip
FIRST = reading("first", "2024-05-04", [
    Line("Frappe sur Graville et Petitville : douze morts", "airstrike", "Graville", "2024-05-04", figures=(("killed", 12, 12),), by=("le maire", "asserts")),
])  # fmt: skip
KILL = reading("kill", "2024-05-05", [Line("ANNULATION : Frappe sur Graville et Petitville", "airstrike", "Graville", "2024-05-04")])


def test_parts_and_withdrawn_figures_are_shown(tmp_path: Path) -> None:
    with TestClient(create_app(ledger_of(tmp_path, (WAVE, FIRST, KILL))), headers={"accept-language": "en"}) as client:
        wave = client.get(f"/incident/{incident_of(client, 'w')}").text
        assert "<dt>Parts</dt>" in wave and "Graville, Loinville" in wave
        killed = client.get(f"/incident/{incident_of(client, 'first')}").text
        assert "withdrawn by kill" in killed and 'class="entry withdrawn"' in killed
