"""`selon gazetteer` from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Selon

LINE = "990010\tOuadi Testour\tOuadi Testour\t\t13.1\t22.1\tP\tPPL\tTD\t\t01\t\t\t\t812\t\t\tAfrica/Ndjamena\t2026-01-01\n"


def test_added_listed_removed(selon: Selon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selon.resolve.where.layers.layer_folder", lambda: tmp_path / "layers")
    assert "selon gazetteer add" in selon("gazetteer").out
    (tmp_path / "TD.txt").write_text(LINE, "utf-8")
    added = selon("gazetteer", "add", "td", "--from", str(tmp_path))
    assert added.code == 0 and "TD: 1 places" in added.out
    assert "TD : 1 lieux" in selon("gazetteer", "list", "--lang", "fr").out
    assert "TD removed." in selon("gazetteer", "remove", "TD").out
    assert "was not there" in selon("gazetteer", "remove", "TD").out
    assert selon("gazetteer", "add").code == 2
    assert selon("gazetteer", "fetch", "TD").code == 2
    assert selon("gazetteer", "add", "TD", "--from", str(tmp_path / "none")).code == 2
