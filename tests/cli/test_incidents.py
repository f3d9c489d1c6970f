"""The commands about incidents, on a ledger made by hand."""

from __future__ import annotations

import csv
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


def test_incident_says_why_its_reports_belong_together(selon: Selon, ledger: str) -> None:
    _, listed = both(selon, "incidents", "--ledger", ledger)
    code, out = both(selon, "incident", listed.split()[0], "--ledger", ledger, "--why")
    assert code == 0 and "% likely with the others" in out and "Place: the same place" in out
    assert "Lieu : le même lieu" in both(selon, "incident", listed.split()[0], "--ledger", ledger, "--why", "--lang", "fr")[1]


@pytest.mark.parametrize("rule", ["acled", "ucdp", "airwars", "latest"])
def test_incident_counted_by_a_rule_names_what_it_used_and_dropped(selon: Selon, ledger: str, rule: str) -> None:
    _, listed = both(selon, "incidents", "--ledger", ledger)
    code, out = both(selon, "incident", listed.split()[0], "--ledger", ledger, "--rule", rule)
    assert code == 0 and f"Counted by {rule}" in out and "used:" in out


def test_incident_as_csv_is_a_line_an_entry(selon: Selon, ledger: str) -> None:
    _, listed = both(selon, "incidents", "--ledger", ledger)
    ran = selon("incident", listed.split()[0], "--ledger", ledger, "--format", "csv", "--names")
    rows = list(csv.DictReader(ran.out.splitlines()))
    assert {"question", "source", "words", "stance", "report", "event"} <= rows[0].keys()
    assert "12" in {r["low"] for r in rows if r["source"] == "Jean Dupont"}


@pytest.mark.parametrize("command", [["incidents"], ["timeline"]])
def test_lists_as_csv_and_html(selon: Selon, ledger: str, command: list[str]) -> None:
    rows = list(csv.reader(selon(*command, "--ledger", ledger, "--format", "csv").out.splitlines()))
    assert len(rows) > 3 and len({len(r) for r in rows}) == 1
    page = selon(*command, "--ledger", ledger, "--format", "html").out
    assert page.startswith("<!doctype html>") and "default-src 'none'" in page and "Graville" in page and "<script" not in page


def test_incident_and_history_as_one_file(selon: Selon, ledger: str) -> None:
    _, listed = both(selon, "incidents", "--ledger", ledger)
    for command in ("incident", "history"):
        page = selon(command, listed.split()[0], "--ledger", ledger, "--format", "html").out
        assert page.lstrip().startswith("<!doctype html>") and page.rstrip().endswith("</html>") and "Graville" in page


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
