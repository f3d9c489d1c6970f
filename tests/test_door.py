"""The public door: its names are pinned, it opens quickly, and its functions do what their words say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import selon
from selon.errors import InputError, Issue
from tests.intake.formats.made import ORDINARY, page, warc
from tests.intake.formats.made import TEXT as WAR

NAMES = [
    "Event", "EventQuestion", "Figure", "Issue", "Ledger", "Reading", "Report", "SelonError", "Statement", "StatementQuestion",
    "explain", "open_ledger", "read",
]  # fmt: skip
TEXT = "Selon la police, trois civils ont été tués à Goma."


def test_public_names_are_pinned() -> None:
    assert selon.__all__ == NAMES == sorted(NAMES)
    assert dir(selon) == NAMES
    for name in NAMES:
        assert getattr(selon, name).__doc__
    with pytest.raises(AttributeError, match="nothing_here"):
        selon.nothing_here  # noqa: B018


def test_the_door_imports_nothing_heavy() -> None:
    code = "import sys, selon; print(*[m for m in sys.modules if m.partition('.')[0] in ('spacy', 'sqlalchemy', 'yaml', 'typer', 'selon')])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["selon"]


def test_reading_a_text_and_asking_a_ledger(tmp_path: Path) -> None:
    (reading,) = selon.read(TEXT, published="2024-03-06", lang="fr")
    assert reading.report.text == TEXT
    assert reading.published.day == "2024-03-06" and reading.published.basis == "given"
    with selon.open_ledger(str(tmp_path / "l.sqlite")) as ledger:
        assert ledger.add(reading)
        rows = list(ledger.statements(selon.StatementQuestion(source="police")))
    assert [r.source for r in rows] == ["la police"]


def test_reading_files(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.txt").write_text(TEXT + "\n" + name, "utf-8")
    (tmp_path / "empty.txt").touch()
    issues: list[Issue] = []
    found = list(selon.read(tmp_path, lang="fr", on_issue=issues.append))
    assert [r.report.id for r in found] == ["a", "b"] and [i.code for i in issues] == ["SEL-I001"]
    assert [r.report.id for r in selon.read([str(tmp_path / "b.txt")], lang="fr")] == ["b"]
    with pytest.raises(InputError, match="SEL-I001"):
        list(selon.read(tmp_path / "empty.txt"))
    with pytest.raises(InputError, match=r"SEL-I095.*SEL-P002"):
        list(selon.read("Habari za leo.", lang="sw"))


def test_reading_a_dump_tells_what_was_left(tmp_path: Path) -> None:
    pages = [("https://a.example/1", page("Gare touchée", WAR).encode()), ("https://a.example/2", page("Victoire", ORDINARY).encode())]
    (tmp_path / "crawl.warc.gz").write_bytes(warc(pages))
    issues: list[Issue] = []
    (found,) = selon.read(tmp_path / "crawl.warc.gz", on_issue=issues.append)
    assert found.report.source.url == "https://a.example/1" and [i.code for i in issues] == ["SEL-I044"]
    assert len(list(selon.read(tmp_path / "crawl.warc.gz", gate=False))) == 2


def test_explaining_a_text() -> None:
    found = selon.explain(TEXT, lang="fr")
    assert any(f.rule.startswith("fr.statement.") for f in found.findings)
    assert any(h.lexicon for f in found.findings for h in f.hits)
