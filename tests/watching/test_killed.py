"""Killed at any moment (SIGKILL) and started again: nothing lost, nothing there twice."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from selon.ledger import open_ledger
from selon.ledger.pages import Pages
from tests.intake.fetch.server import Request, Site
from tests.watching.conftest import STRIKE, article, rss

COUNT = 8


def command(plan: Path, ledger: Path) -> list[str]:
    return [sys.executable, "-m", "selon.cli", "watch", str(plan), "--once", "--allow-private", "--ledger", str(ledger)]


@pytest.fixture
def plan(tmp_path: Path, site: Site) -> Path:
    """A feed of eight articles that come slowly, so that every moment of a run is long enough to be hit; alerts to a webhook and a file."""

    def slowly(text: str, seconds: float) -> object:
        def answer(r: Request) -> None:
            time.sleep(seconds)
            r.give(text)

        return answer

    site.answers["/rss"] = slowly(rss(site, *((f"/a{n}", f"Titre {n}") for n in range(COUNT))), 0.2)  # type: ignore[assignment]
    for n in range(COUNT):
        site.answers[f"/a{n}"] = slowly(article(f"Titre {n}", f"Nyala, quartier {n}.", *STRIKE), 0.05)  # type: ignore[assignment]
    site.answers["/hook"] = slowly("", 0.1)  # type: ignore[assignment]
    file = tmp_path / "plan.toml"
    file.write_text(
        f'[watch]\nrest = "0s"\n[[source]]\nname = "monts"\nurl = "{site.url}/rss"\n'
        f'[[alert]]\nname = "nyala"\nterms = ["nyala"]\nchannels = ["desk", "feed"]\n'
        f'[[channel]]\nname = "desk"\nkind = "webhook"\nurl = "{site.url}/hook"\nprivate = true\n'
        f'[[channel]]\nname = "feed"\nkind = "atom"\nfile = "{tmp_path}/alerts.xml"\n',
        "utf-8",
    )
    return file


def begin(site: Site, words: list[str], asked: int, **how: Any) -> subprocess.Popen[str]:
    """A run that has asked the server for so many things, or has ended: how fast it gets there is the machine's business."""
    before, run = len(site.asked), subprocess.Popen(words, text=True, **how)
    for _ in range(1200):
        if run.poll() is not None or len(site.asked) >= before + asked:
            break
        time.sleep(0.05)
    return run


def test_killed_again_and_again(plan: Path, tmp_path: Path, site: Site) -> None:
    ledger = tmp_path / "ledger.sqlite"
    for asked, moment in ((1, 0.0), (2, 0.1), (4, 0.0), (9, 0.05), (3, 1.0), (1, 2.0)):
        run = begin(site, command(plan, ledger), asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moment)
        run.kill()  # SIGKILL
        run.wait()
        if ledger.exists():
            assert sqlite3.connect(ledger).execute("PRAGMA integrity_check").fetchone() == ("ok",)
    for _ in range(2):
        done = subprocess.run(command(plan, ledger), capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    with open_ledger(str(ledger)) as store:
        rows = list(store.reports())
        assert sorted(r.title or "" for r in rows) == [f"Titre {n}" for n in range(COUNT)]
        assert all(r.version for r in rows) and all(len(store.versions(r.id)) == 1 for r in rows)
        pages = Pages(store)
        assert all([v.kind for v in pages.versions(f"{site.url}/a{n}")] == ["new"] for n in range(COUNT))
        assert all(store.raw(r.sha256 or "") for r in rows)
    told = Counter(a.headers["Idempotency-Key"] for a in site.asked if a.path == "/hook")
    assert len(told) == COUNT and max(told.values()) <= 2, "after a crash an alert may come twice, under one key"
    assert (tmp_path / "alerts.xml").read_text("utf-8").count("<entry>") == COUNT


def test_a_friendly_end_stops_between_two_steps(plan: Path, tmp_path: Path, site: Site) -> None:
    ledger = tmp_path / "ledger.sqlite"
    words = [w for w in command(plan, ledger) if w != "--once"]
    run = begin(site, words, 2, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    run.send_signal(signal.SIGTERM)
    _, err = run.communicate(timeout=120)
    assert run.returncode == 130 and ("Stopped" in err or "Arrêté" in err), err
