"""Killed in the middle of a dump (SIGKILL) and started again: nothing lost, nothing there twice."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from selon.ledger import open_ledger
from tests.intake.formats.made import ORDINARY, page, warc

COUNT, FOOT = 44, 6
PLACES = ["Tessaba", "Ourdane", "Kelira", "Mondé", "Astrel", "Vareille", "Sarre", "Pendry", "Lanner", "Goubak", "Tessit"]


def dump() -> bytes:
    pages = [
        (
            f"https://relais.example/{k}",
            page(
                f"Tirs à {PLACES[k % 11]}",
                f"Le {k + 1}e obus de la semaine est tombé sur {PLACES[k % 11]} et a blessé {k + 2} soldats, selon l'armée.",
            ).encode(),
        )
        for k in range(COUNT)
    ]
    return warc(pages + [(f"https://relais.example/foot/{k}", page("Le derby", ORDINARY).encode()) for k in range(FOOT)])


def start(path: Path, ledger: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "selon.cli", "read", str(path), "--ledger", str(ledger), "--quiet"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def rows(ledger: Path) -> int:
    if not ledger.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{ledger}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM reading").fetchone()[0])
    except sqlite3.Error:
        return 0


def contents(ledger: Path) -> list[tuple[str, str | None, str]]:
    with open_ledger(str(ledger)) as store:
        out = []
        for row in list(store.reports()):
            reading = store.reading(row.id)
            assert store.raw(reading.report.source.sha256 or "").startswith(b"<!doctype html>")
            made = [v.version for v in store.versions(row.id)]
            assert len(made) == len(set(made))  # nothing was read twice by one version
            out.append((row.id, reading.report.source.url, reading.report.text))
        return sorted(out)


def test_a_dump_survives_kills(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(dump())
    whole, broken = tmp_path / "whole.sqlite", tmp_path / "broken.sqlite"
    assert start(path, whole).wait(timeout=300) == 0
    for wanted in (1, 20):
        process = start(path, broken)
        until = time.monotonic() + 120
        while process.poll() is None and rows(broken) < wanted and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=60)
        assert 0 < rows(broken) <= COUNT
    last = start(path, broken)
    assert last.wait(timeout=300) == 0, last.stderr.read() if last.stderr else ""
    found = contents(broken)
    assert found == contents(whole) and len(found) == COUNT
    with open_ledger(str(broken)) as store:
        (sifted,) = [i for i in list(store.issues()) if i.code == "SEL-I044"]  # what the gate left is on record once
    assert f"left {FOOT}" in sifted.problem
