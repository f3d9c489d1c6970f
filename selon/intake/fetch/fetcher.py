"""Polite retrieval: the site's rules for robots, its pace, and a second try where a server stumbles. May import: `intake.fetch`, `errors`."""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message

from selon.errors import FetchError
from selon.intake.fetch.client import Client, origin_of, readable_url
from selon.intake.fetch.pace import Pace
from selon.intake.fetch.robots import Robots
from selon.intake.fetch.values import PASSING, Fetched, Limits, passing

PAGE = ("text/", "application/xhtml+xml", "application/xml", "application/json", "application/pdf", "application/octet-stream",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "message/rfc822", "multipart/related")  # fmt: skip
"""Media types in which reports come; a missing one is judged by the bytes."""
LIST = ("text/", "application/", "multipart/")
"""Media types in which feeds come: servers are careless, so only pictures, sound, film and fonts are refused unseen."""
BACKOFF = 2.0
"""Seconds before the second try; each further one doubles it. A server that asks to wait longer than PATIENCE is left for another run."""
PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to recognise a version of a page by (RFC 9110, section 8.8)."""

    etag: str | None = None
    modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The header fields of a conditional request."""
        out = {}
        if self.etag:
            out["If-None-Match"] = self.etag
        if self.modified:
            out["If-Modified-Since"] = self.modified
        return out


NO_VALIDATORS = Validators()


class StoppedError(Exception):
    """A run was asked to stop while it rested."""


class Fetcher:
    """What the rest of Selon fetches with. Threads may share one; requests to one host follow each other.

    `tries` is how often a server that stumbles is asked in all; `stop`, once set, ends rests with StoppedError.
    """

    def __init__(
        self, client: Client, *, rest: float = 1.0, tries: int = 3, backoff: float = BACKOFF, patience: float = PATIENCE,
        obey_robots: bool = True, stop: threading.Event | None = None,
    ) -> None:  # fmt: skip
        self.client, self.tries, self.backoff, self.patience = client, tries, backoff, patience
        self.stop = stop or threading.Event()
        self.pace = Pace(rest, self._sleep)
        self.robots = Robots(self._ask_rules) if obey_robots else None

    def get(self, url: str, *, known: Validators = NO_VALIDATORS, accept: tuple[str, ...] = PAGE, limits: Limits | None = None) -> Fetched:
        """The answer behind an address (status 304 when it is as `known` has it; other statuses that are no success are returned, too).

        Raises FetchError: SEL-F001 to F010 and F014 for what went wrong on the way, SEL-F009 for a media type outside `accept`, SEL-F011 and F016
        where robots.txt forbids.
        """
        tried = 0
        while True:
            tried += 1
            try:
                found = self._once(url, known.headers(), limits)
            except FetchError as e:
                if tried >= self.tries or not passing(e.code) or e.code == "SEL-F016":
                    raise
                wait = 0.0
            else:
                if found.status not in PASSING or tried >= self.tries or (found.retry_after or 0) > self.patience:
                    return _typed(found, accept)
                wait = found.retry_after or 0.0
            self._sleep(max(wait, self.backoff * 2 ** (tried - 1) * random.uniform(0.8, 1.2)))

    def _once(self, url: str, headers: Mapping[str, str], limits: Limits | None) -> Fetched:
        first = readable_url(url)
        wish = self.robots.admit(str(first)) if self.robots is not None else None

        def admit(hop: str) -> None:
            if self.robots is not None and hop != str(first):
                self.robots.admit(hop)

        with self.pace.turn(origin_of(first), wish):
            return self.client.get(url, headers={"Accept": "*/*", **headers}, admit=admit, limits=limits)

    def _ask_rules(self, url: str, limits: Limits) -> Fetched:
        # Once per origin, and sometimes in the turn of a host that sent us on: it waits for no turn of its own.
        return self.client.get(url, limits=limits)

    def _sleep(self, seconds: float) -> None:
        if self.stop.wait(seconds):
            raise StoppedError


def _typed(found: Fetched, accept: tuple[str, ...]) -> Fetched:
    kind = media_type(found.content_type)
    if found.ok and kind and not kind.startswith(accept):
        raise FetchError(
            "SEL-F009", f"this is no page but {kind}", place=found.final_url, remedy="give the address of an article or a feed"
        )
    return found


def media_type(content_type: str | None) -> str:
    """The media type of a Content-Type, in lower case, without parameters; empty when there is none."""
    message = Message()
    message["content-type"] = content_type or ""
    return message.get_content_type() if content_type and "/" in content_type else ""
