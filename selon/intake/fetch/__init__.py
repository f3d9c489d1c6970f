"""Pages of the network, safely and politely: checked addresses, limits, robots.txt, pace. May import: `errors`.

    with open_fetcher() as fetcher:
        page = fetcher.get("https://example.org/news")

The only place that talks to strangers' servers, and the only one that imports httpx2, httpcore2 and protego.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version

from selon.intake.fetch.address import Resolver, system_resolver
from selon.intake.fetch.client import Client, readable_url
from selon.intake.fetch.fetcher import LIST, NO_VALIDATORS, PAGE, Fetcher, StoppedError, Validators, media_type
from selon.intake.fetch.unpack import unpacked_gzip
from selon.intake.fetch.values import Fetched, Hop, Limits, passing

__all__ = [
    "LIST",
    "NO_VALIDATORS",
    "PAGE",
    "Client",
    "Fetched",
    "Fetcher",
    "Hop",
    "Limits",
    "StoppedError",
    "Validators",
    "agent",
    "media_type",
    "open_fetcher",
    "passing",
    "readable_url", "unpacked_gzip",
]  # fmt: skip


def agent(contact: str = "") -> str:
    """What Selon calls itself; `contact` is an address at which sites reach whoever runs it."""
    return f"Selon/{version('selon')}" + (f" (+{contact})" if contact else "")


@contextmanager
def open_fetcher(
    *, contact: str = "", private: bool = False, limits: Limits | None = None, rest: float = 1.0, tries: int = 3,
    stop: threading.Event | None = None, resolve: Resolver = system_resolver,
) -> Iterator[Fetcher]:  # fmt: skip
    """A fetcher for a run. `private` lets loopback and private networks in; `rest` is the pause in seconds between requests to one host."""
    with Client(agent=agent(contact), limits=limits, private=private, resolve=resolve) as client:
        yield Fetcher(client, rest=rest, tries=tries, stop=stop)
