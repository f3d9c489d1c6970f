"""How fast the pages are: a crowded ledger, a server of its own, and the 50th and 95th percentile of each page's time over HTTP.

The server runs as `selon serve` in another process, as it does for people. Where Playwright and a Chromium are there, the first paint of
the first page is measured too. May import: `bench`, `ledger`.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from selon.bench.crowd import fill
from selon.ledger import open_ledger

_READY = 900.0  # seconds for linking a large ledger on a slow machine


@dataclass(frozen=True)
class PageTimes:
    """One kind of page: milliseconds (median, 95th percentile, longest) over so many requests, the server's processor milliseconds for one
    (which other programs on a busy machine do not touch; 0 where the system does not tell), and bytes of the longest answer.
    """

    page: str
    requests: int
    p50: float
    p95: float
    worst: float
    processor: float
    size: int


@dataclass(frozen=True)
class Pages:
    """The run: what the ledger holds, seconds until the first page was there, each kind of page, milliseconds of first paint or None."""

    events: int
    reports: int
    incidents: int
    start: float
    pages: tuple[PageTimes, ...]
    first_paint: float | None
    memory_mb: float

    @property
    def p95(self) -> float:
        """The slowest page's 95th percentile, in milliseconds."""
        return max(p.p95 for p in self.pages)


def measure_pages(events: int = 100_000, requests: int = 60, ledger: str = "") -> Pages:
    """Measures over a crowd of so many events, or over the ledger at `ledger`."""
    with tempfile.TemporaryDirectory(prefix="selon-bench-") as folder:
        address = ledger or str(Path(folder) / "crowd.sqlite")
        if not ledger:
            fill(address, events)
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = int(s.getsockname()[1])
        began = time.monotonic()
        server = subprocess.Popen(
            [sys.executable, "-m", "selon", "serve", "--port", str(port), "--ledger", address], stderr=subprocess.DEVNULL
        )
        try:
            _wait(port)
            start = time.monotonic() - began
            paths = _paths(port, address, requests)
            for kind in paths:  # what is made once is not what a page costs
                _get(port, paths[kind][0])
            _settle(server.pid)
            found = tuple(_times(port, server.pid, kind, asked) for kind, asked in paths.items())
            total = int(_ask(port, "/api/v1/incidents?limit=1")[1].get("x-total-count", 0))
            paint = _first_paint(f"http://127.0.0.1:{port}/")
            memory = _memory(server.pid)
        finally:
            server.terminate()
            server.wait(60)
        with open_ledger(address) as store:
            rows = list(store.reports())
    return Pages(sum(r.events for r in rows), len(rows), total, start, found, paint, memory)


def _paths(port: int, address: str, requests: int) -> Mapping[str, Sequence[str]]:
    """Addresses of each kind, drawn at random with one seed."""
    dice = random.Random(7)
    some = json.loads(_get(port, "/api/v1/incidents?limit=2000"))
    ids = [i["id"] for i in some]
    places = [i["place"]["name"] for i in some if i["place"]]
    days = sorted({i["time"]["earliest"] for i in some if i["time"]["earliest"]})
    with open_ledger(address) as store:
        reports = [r.id for r in list(store.reports())[:2000]]

    def each(*makers: str) -> list[str]:
        return [
            dice.choice(makers).format(
                id=dice.choice(ids), place=quote(dice.choice(places)), day=dice.choice(days), report=dice.choice(reports), n=dice.randrange(1, 9),
                word=dice.choice(("killed", "governor", "hospital", "moved", "rebels")),
            )
            for _ in range(requests)
        ]  # fmt: skip

    return {
        "incidents": each("/", "/?at={n}", "/?sort=weight"),
        "incidents, filtered": each(
            "/?place={place}", "/?since={day}", "/?disputed=1&type=airstrike", "/?source=governor&origins=2", "/?measure=any&side=UA"
        ),
        "incidents, words": each("/?q={word}", "/?q={word}&place={place}"),
        "columns": each("/api/v1/incidents.columns", "/api/v1/incidents.columns?place={place}", "/api/v1/incidents.columns?disputed=1"),
        "incident": each("/incident/{id}"),
        "report": each("/report/{report}"),
        "measures": each("/measures", "/measures?day={day}", "/measures?territory={place}&day={day}"),
        "sources": each("/sources", "/sources?at={n}", "/source?name=the+governor+of+" + "{place}", "/source?name=the+army"),
        "reports": each("/reports", "/reports?at={n}"),
        "search": each("/search?q={word}", "/search?source=governor&stance=denies"),
        "review": each("/review", "/review?at={n}"),
        "api": each("/api/v1/incidents?limit=50&offset={n}", "/api/v1/incidents/{id}", "/api/v1/measures?territory={place}&day={day}"),
    }


def _times(port: int, pid: int, kind: str, paths: Sequence[str]) -> PageTimes:
    taken, size, before = [], 0, _processor(pid)
    for path in paths:
        began = time.perf_counter()
        size = max(size, len(_get(port, path)))
        taken.append((time.perf_counter() - began) * 1000)
    cuts = statistics.quantiles(taken, n=20, method="inclusive")
    return PageTimes(kind, len(taken), statistics.median(taken), cuts[18], max(taken), (_processor(pid) - before) / len(taken), size)


def _ask(port: int, path: str) -> tuple[int, Mapping[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_READY)
    try:
        connection.request("GET", path, headers={"Accept-Language": "en"})
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def _get(port: int, path: str) -> bytes:
    status, _, body = _ask(port, path)
    if status != 200 and not path.startswith("/source"):  # a drawn name need not be a source
        raise RuntimeError(f"{path} answered {status}")
    return body


def _wait(port: int) -> None:
    end = time.monotonic() + _READY
    while time.monotonic() < end:
        try:
            if _ask(port, "/")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.5)
    raise RuntimeError("the server was not ready in time")


def _settle(pid: int) -> None:
    """Waits until the server has made in the background what it makes after a start, a minute at most."""
    for _ in range(60):
        before = _processor(pid)
        time.sleep(1)
        if _processor(pid) - before < 50:
            return


def _first_paint(url: str) -> float | None:
    """Milliseconds from navigation to first contentful paint, the median of five fresh browsers' pages; None without a browser."""
    browser = next((b for b in (shutil.which("chromium"), shutil.which("chromium-browser"), shutil.which("google-chrome")) if b), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    if browser is None:
        return None
    seen = []
    with sync_playwright() as p:
        chromium = p.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        for _ in range(5):
            page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
            page.goto(url)
            page.wait_for_load_state("networkidle")
            seen.append(float(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN")))
            page.context.close()
        chromium.close()
    return statistics.median(seen)


def _processor(pid: int) -> float:
    """Processor milliseconds that a process has used, where the system tells; else 0."""
    try:
        used = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        return sum(map(int, used)) * 1000 / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError):
        return 0.0


def _memory(pid: int) -> float:
    """Resident megabytes of a process, where the system tells; else 0."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return 0.0
    return pages * 4096 / 1e6
