"""The commands about incidents, on a ledger made by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from selon.ledger import open_ledger
from selon.model.reading import to_line
from tests.cli.conftest import Ran, Selon
from tests.views.test_matrix import READINGS


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    path = str(tmp_path / "ledger.sqlite")
    with open_ledger(path) as store:
        for r in READINGS:
            store.add(r)
    return path


def both(selon: Selon, *arguments: str) -> tuple[int, str]:
    """Exit code, and output with errors."""
    ran: Ran = selon(*arguments)
    return ran.code, ran.out + ran.err


def test_incidents_lists_figures_side_by_side(selon: Selon, ledger: str) -> None:
    code, out = both(selon, "incidents", "--ledger", ledger, "--disputed")
    assert code == 0 and "12 — Jean Dupont" in out and "disputed" in out and "1 incidents in 2 reports" in out


def test_incident_shows_the_matrix(selon: Selon, ledger: str) -> None:
    _, listed = both(selon, "incidents", "--ledger", ledger)
    code, out = both(selon, "incident", listed.split()[0], "--ledger", ledger)
    assert code == 0 and "Did it happen?" in out and "denies" in out and "origin 2: b" in out


def test_unknown_incident_is_refused_with_a_remedy(selon: Selon, ledger: str) -> None:
    code, out = both(selon, "incident", "ffffffff", "--ledger", ledger)
    assert code == 2 and "SEL-U020" in out and "selon incidents" in out


def test_link_prints_the_format_from_ledger_and_from_files(selon: Selon, ledger: str, tmp_path: Path) -> None:
    code, out = both(selon, "link", "--ledger", ledger)
    assert code == 0
    (incident,) = [json.loads(line) for line in out.splitlines()]
    assert incident["main_of"] == ["a", "b"] and incident["origins"] == 2
    lines = tmp_path / "readings.jsonl"
    lines.write_text("\n".join(to_line(r) for r in READINGS), "utf-8")
    assert [json.loads(line) for line in both(selon, "link", str(lines))[1].splitlines()] == [incident]


def test_link_names_the_line_that_is_no_reading(selon: Selon, tmp_path: Path) -> None:
    lines = tmp_path / "readings.jsonl"
    lines.write_text(to_line(READINGS[0]) + '\n{"id": 1}\n', "utf-8")
    code, out = both(selon, "link", str(lines))
    assert code == 1 and "SEL-I093" in out and "readings.jsonl:2" in out
    assert "SEL-I094" in both(selon, "link", str(tmp_path / "none.jsonl"))[1]


def test_measures_answers_for_a_territory_and_a_day(selon: Selon, ledger: str) -> None:
    _, out = both(selon, "measures", "Graville", "--on", "2024-03-06", "--ledger", ledger)
    assert "Graville, 2024-03-06: in force" in out and "2 reports" in out
    _, out = both(selon, "measures", "Loinville", "--on", "2024-03-06", "--ledger", ledger)
    assert "no record" in out and "No record does not mean no measure" in out


def test_serve_refuses_to_answer_to_others(selon: Selon, ledger: str) -> None:
    code, out = both(selon, "serve", "--host", "0.0.0.0", "--ledger", ledger)
    assert code == 2 and "SEL-U021" in out
