"""What sites allow to robots (RFC 9309). The only place that imports protego. May import: `intake.fetch`, `errors`."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from selon.errors import FetchError
from selon.intake.fetch.client import TOKEN, origin_of, readable_url
from selon.intake.fetch.values import Fetched, Limits

FOR = 6 * 3600.0
"""Seconds for which rules hold (the standard allows a day)."""
FOR_UNREACHED = 600.0
SIZE = 500_000
"""Bytes of rules that are read: what the standard demands at least."""
LIMITS = Limits(wire=2 * SIZE, unpacked=4 * SIZE, seconds=15)
Ask = Callable[[str, Limits], Fetched]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one origin until `until`; None = everything is allowed; `closed` says why nothing is until then."""

    until: float
    rules: Protego | None = None
    closed: str = ""


class Robots:
    """Asks for the rules of each origin once. A site without rules allows everything; one whose rules cannot be read, nothing until they are asked for again."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self._known: dict[str, Rules] = {}
        self._guard = threading.Lock()
        self._asking: dict[str, threading.Lock] = {}

    def admit(self, url: str) -> float | None:
        """The rest that the site asks for (Crawl-delay), in seconds, or None.

        Raises FetchError SEL-F011 when its rules forbid the address to us, SEL-F016 when they cannot be had at the moment.
        """
        found = self._rules(origin_of(readable_url(url)))
        if found.closed:
            raise FetchError("SEL-F016", f"the site's rules for robots cannot be read, so nothing is asked of it: {found.closed}", place=url,
                             remedy="try again later")  # fmt: skip
        if found.rules is None:
            return None
        if not found.rules.can_fetch(url, TOKEN):
            raise FetchError("SEL-F011", "the site forbids robots to read this page (robots.txt)", place=url,
                             remedy="ask the site, or save the page in a browser and read the file")  # fmt: skip
        return found.rules.crawl_delay(TOKEN)

    def sitemaps(self, url: str) -> list[str]:
        """The sitemaps that the rules of the site of `url` name."""
        rules = self._rules(origin_of(readable_url(url))).rules
        return [] if rules is None else list(rules.sitemaps)

    def _rules(self, origin: str) -> Rules:
        with self._guard:
            lock = self._asking.setdefault(origin, threading.Lock())
        with lock:
            known = self._known.get(origin)
            if known is None or known.until < time.monotonic():
                known = self._known[origin] = self._asked(origin)
            return known

    def _asked(self, origin: str) -> Rules:
        now = time.monotonic()
        try:
            found = self.ask(f"{origin}/robots.txt", LIMITS)
        except FetchError as e:
            if e.code in ("SEL-F001", "SEL-F002", "SEL-F003", "SEL-F004"):
                raise FetchError(e.code, e.problem, place=origin, remedy=e.remedy) from e  # the page itself could not be had either
            if e.code in ("SEL-F006", "SEL-F010"):
                return Rules(now + FOR)  # circles and nonsense: no rules, says the standard
            return Rules(now + FOR_UNREACHED, closed=e.problem)
        if found.status >= 500 or found.status == 429:
            return Rules(now + FOR_UNREACHED, closed=f"status {found.status}")
        if not found.ok:
            return Rules(now + FOR)
        try:
            return Rules(now + FOR, Protego.parse(found.body[:SIZE].decode("utf-8", "replace")))
        except Exception as e:  # a parser of hostile files: whatever it raises, the file says nothing we understand
            return Rules(now + FOR_UNREACHED, closed=f"{type(e).__name__}")
