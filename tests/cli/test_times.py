"""`selon times`: expressions with their values, against an anchor or without."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Selon


def test_times_are_resolved_against_the_anchor(selon: Selon, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Mardi soir, deux obus sont tombés. Le 3 mars 2024, rien.", "utf-8")
    r = selon("times", "x.txt", "--anchor", "2024-03-07", "--format", "jsonl")
    rows = [json.loads(line) for line in r.out.splitlines()]
    assert r.code == 0 and [(x["earliest"], x["latest"]) for x in rows] == [("2024-03-05", "2024-03-05"), ("2024-03-03", "2024-03-03")]
    loose = [json.loads(line) for line in selon("times", "x.txt", "--format", "jsonl").out.splitlines()]
    assert loose[0]["earliest"] is None and loose[1]["earliest"] == "2024-03-03"


def test_times_refuses_what_is_no_day_and_no_file(selon: Selon, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Mardi.", "utf-8")
    assert selon("times", "x.txt", "--anchor", "2024-99-01").code == 2
    missing = selon("times", "none.txt")
    assert missing.code == 1 and "SEL-I004" in missing.err
