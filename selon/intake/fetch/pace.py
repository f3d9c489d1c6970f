"""Politeness in time: one request to a host at once, and a rest between two. May import: nothing of Selon."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LONGEST = 60.0
"""Seconds of rest that a site's wish (Crawl-delay) can lead to."""


class Pace:
    """Rests between requests to one host. `sleep` is given so that a run can be interrupted while it rests."""

    def __init__(self, rest: float = 1.0, sleep: Callable[[float], object] = time.sleep) -> None:
        self.rest, self.sleep = rest, sleep
        self._next: dict[str, float] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    @contextmanager
    def turn(self, host: str, wish: float | None = None) -> Iterator[None]:
        """Waits for this host's turn and holds it; `wish` is the rest in seconds that the site asks for."""
        with self._guard:
            lock = self._locks.setdefault(host, threading.Lock())
        with lock:
            wait = self._next.get(host, 0.0) - time.monotonic()
            if wait > 0:
                self.sleep(wait)
            try:
                yield
            finally:
                self._next[host] = time.monotonic() + max(self.rest, min(wish or 0.0, LONGEST))
