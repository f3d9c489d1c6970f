"""From files to notes: `read`, `show`, `events`, `statements`, `explain`, `issues`."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from selon.lang import load_pack
from selon.model import from_json, schema
from tests.cli.conftest import STORY, Selon


def test_read_then_show(selon: Selon, story: Path) -> None:
    r = selon("read", "pont.txt", "--published", "2024-03-06")
    assert r.code == 0
    assert r.out.startswith("pont  2024-03-06") and len(r.out.splitlines()) == 1
    assert "1 reports read, 0 known before, 0 with issues" in r.err and "Next: selon show" in r.err
    listed = selon("show")
    assert listed.out.startswith("pont  2024-03-06") and "1 reports" in listed.err
    notes = selon("show", "pont").out
    assert "WHO SAYS WHAT" in notes and "WHAT IS SAID TO HAVE HAPPENED" in notes
    assert "gouverneur de la province" in notes and "« L'armée »" in notes and "denies" in notes
    assert "killed: at least 17" in notes and "wounded: 23" in notes
    assert "published 2024-03-06 (given with it" in notes
    assert "SHA-256 " in notes


def test_a_second_run_skips_and_changes_nothing(selon: Selon, story: Path) -> None:
    selon("read", "pont.txt")
    before = selon("show", "pont", "--format", "jsonl").out
    r = selon("read", "pont.txt")
    assert r.code == 0 and "read before by this version" in r.out and "0 reports read, 1 known before" in r.err
    assert selon("show", "pont", "--format", "jsonl").out == before
    again = selon("read", "pont.txt", "--again")
    assert again.code == 0 and "1 reports read" in again.err
    assert len([line for line in selon("show", "pont", "--versions").out.splitlines() if " UTC  " in line]) == 1


def test_jsonl_is_the_contract_and_needs_no_ledger(selon: Selon, story: Path, tmp_path: Path) -> None:
    r = selon("read", "pont.txt", "--format", "jsonl")
    assert r.code == 0 and not (tmp_path / "ledger.sqlite").exists()
    (line,) = r.out.splitlines()
    data = json.loads(line)
    Draft202012Validator(schema()).validate(data)
    reading = from_json(data)
    assert reading.report.text == STORY and reading.statements and reading.events
    for span in (s.content for s in reading.statements):
        assert STORY[span.start : span.end] == span.text


def test_jsonl_with_a_ledger_goes_to_both(selon: Selon, story: Path) -> None:
    r = selon("read", "pont.txt", "--format", "jsonl", "--ledger", "other.sqlite")
    assert json.loads(r.out)["id"] == "pont"
    assert selon("show", "--ledger", "other.sqlite").out.startswith("pont")


def test_a_bad_input_does_not_stop_the_run(selon: Selon, story: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(50))
    r = selon("read", "empty.txt", "missing.txt", "picture.txt", "pont.txt")
    assert r.code == 1
    assert r.out.startswith("pont  ") and len(r.out.splitlines()) == 1
    assert "1 reports read, 0 known before, 3 with issues" in r.err
    issues = selon("issues")
    assert issues.code == 0
    assert all(name in issues.out for name in ("empty.txt", "missing.txt", "picture.txt")) and "Try:" in issues.out
    assert len(selon("issues", "--format", "jsonl").out.splitlines()) == 3
    selon("read", "empty.txt")
    assert "3 issues" in selon("issues").err


def test_standard_input_and_json_lines(selon: Selon, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [{"id": "a", "text": STORY, "published": "2024-03-06"}, {"text": STORY + "Fin.", "url": "https://news.example/b", "lang": "fr"}]
    data = "".join(json.dumps(line) + "\n" for line in lines) + "not json\n"

    class Pipe:
        buffer = io.BytesIO(data.encode())

        def isatty(self) -> bool:
            return False

    monkeypatch.setattr(sys, "stdin", Pipe())
    r = selon("read", "-")
    assert r.code == 1 and "2 reports read, 0 known before, 1 with issues" in r.err
    rows = [json.loads(line) for line in selon("show", "--format", "jsonl").out.splitlines()]
    assert {row["name"] for row in rows} >= {"a"} and {row["url"] for row in rows} == {None, "https://news.example/b"}


def test_a_language_without_a_pack_is_kept_and_said(selon: Selon, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Wikiendi ilipita bila habari. " * 5, "utf-8")
    r = selon("read", "x.txt", "--report-lang", "sw")
    assert r.code == 1 and "x  kept, not read" in r.out and "1 with issues" in r.err
    assert "SEL-P002" in selon("issues").out
    assert "not read (sw)" in selon("show").out
    assert selon("show", "x").code == 3


def test_events_by_question(selon: Selon, story: Path) -> None:
    selon("read", "pont.txt", "--published", "2024-03-06")
    everything = selon("events")
    assert everything.code == 0 and "« " in everything.out and "events in 1 reports" in everything.err
    killed = [json.loads(line) for line in selon("events", "--figure", "killed", "--format", "jsonl").out.splitlines()]
    assert killed and all(any(f["count_of"] == "killed" and f["low"] == 17 for f in e["figures"]) for e in killed)
    assert killed[0]["sentence"].startswith("Au moins 17 civils")
    none = selon("events", "--place", "Reykjavik")
    assert none.code == 0 and none.out == "" and "Nothing found is not the same as nothing happened: 1 reports" in none.err
    past = selon("events", "--since", "1990-01-01", "--until", "1990-12-31")
    assert past.out == "" and "No event fits" in past.err
    assert "left out" in past.err or all(e["earliest"] for e in map(json.loads, selon("events", "--format", "jsonl").out.splitlines()))
    assert len(selon("events", "--limit", "1", "--format", "jsonl").out.splitlines()) == 1


def test_types_are_understood_by_their_labels_too(selon: Selon, story: Path) -> None:
    selon("read", "pont.txt")
    by_name = selon("events", "--type", "shelling", "--format", "jsonl").out
    assert by_name and by_name == selon("events", "--type", "Tir d'artillerie", "--format", "jsonl").out
    assert by_name == selon("events", "--type", "SHELLING", "--format", "jsonl").out


def test_statements_by_question(selon: Selon, story: Path) -> None:
    selon("read", "pont.txt")
    denied = [json.loads(line) for line in selon("statements", "--stance", "denies", "--format", "jsonl").out.splitlines()]
    assert len(denied) == 1 and "armée" in denied[0]["source_name"]
    assert "Croix-Rouge" in selon("statements", "--source", "croix rouge").out
    assert "Croix-Rouge" in selon("statements", "--search", "blessees").out
    assert "No statement fits" in selon("statements", "--country", "is").err


def test_as_of_before_the_first_reading(selon: Selon, story: Path) -> None:
    selon("read", "pont.txt")
    assert selon("show", "--as-of", "2001-01-01").out == ""
    assert selon("events", "--as-of", "2001-01-01T00:00+02:00").out == ""
    assert selon("events", "--as-of", "2999-01-01").out != ""
    assert selon("show", "pont", "--as-of", "2001-01-01").code == 3


def test_explain_a_sentence(selon: Selon) -> None:
    r = selon("explain", "Selon la police, trois civils ont été tués.", "--tree")
    assert r.code == 0
    assert "rule fr.statement." in r.out and "rule fr.event." in r.out
    assert "« la police »" in r.out and "lexicon" in r.out and "nsubj" in r.out
    assert "No rule holds here" in selon("explain", "Bonjour.").out


def test_explain_a_cell(selon: Selon, story: Path) -> None:
    selon("read", "pont.txt")
    r = selon("explain", "pont/e1")
    assert r.code == 0 and "Event e1" in r.out and "trigger" in r.out and "pont/e1, recorded " in r.out
    missing = selon("explain", "pont/e99")
    assert missing.code == 2 and "SEL-U004" in missing.err
    assert selon("explain", "nobody/s1").code == 3


def test_hostile_text_cannot_steer_the_terminal(selon: Selon, tmp_path: Path) -> None:
    text = "Selon \x1b[2J\u202ela police\u202c, trois civils ont été tués à Goma, a annoncé l'armée.\n" * 3
    (tmp_path / "bad.txt").write_text(text, "utf-8")
    selon("read", "bad.txt", "--report-lang", "fr")
    shown = selon("show", "bad").out + selon("events").out + selon("statements").out + selon("show").out
    assert "civils" in shown and "\x1b[2J" not in shown and "\u202e" not in shown


def test_several_processes_give_the_same_in_the_same_order(selon: Selon, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for k in range(20):
        (folder / f"r{k:02}.txt").write_text(STORY.replace("17", str(100 + k)), "utf-8")
    (folder / "r05.txt").write_bytes(b"")
    one = selon("read", "many", "--format", "jsonl")
    two = selon("read", "many", "--format", "jsonl", "--jobs", "2")
    assert one.code == two.code == 1
    assert [json.loads(line)["id"] for line in two.out.splitlines()] == [f"r{k:02}" for k in range(20) if k != 5]

    def found(out: str) -> list[object]:
        return [{k: v for k, v in json.loads(line).items() if k != "source"} for line in out.splitlines()]

    if load_pack.__wrapped__("fr").hash != load_pack("fr").hash:
        pytest.skip("the pack was edited while this session ran: new processes read with another version")
    assert found(one.out) == found(two.out)


def test_demo(selon: Selon, tmp_path: Path) -> None:
    r = selon("demo")
    assert r.code == 0
    assert "WHO SAYS HOW MANY" in r.out and "Where to look next:" in r.out
    assert (tmp_path / "demo" / "ledger.sqlite").exists()
    again = selon("demo")
    assert again.code == 0 and "0 reports read" in again.err
