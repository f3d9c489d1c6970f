from __future__ import annotations

from collections.abc import Iterator

import pytest

from selon.intake.fetch import Fetcher, Limits, open_fetcher
from tests.intake.fetch.server import Site, serving

SMALL = Limits(redirects=4, wire=200_000, unpacked=400_000, connect=1.0, seconds=1.0)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    """Loopback allowed, small limits, no rests: servers of a test are asked as fast as it runs."""
    with open_fetcher(private=True, limits=SMALL, rest=0.0, tries=2) as made:
        made.backoff = 0.01
        yield made
