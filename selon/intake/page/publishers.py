"""Peculiarities of publishers: data files in `publishers/`, one a publisher, each with the periods in which its pages look so. May import: `lang` (the loader of YAML), `errors`.

A file says of which hosts it holds (`hosts`; those below a host are meant too), what its pages never say of themselves (`outlet`, `zone`: the
IANA name of the time zone of its clocks), and for each period (`from`, `until`: ISO days, both may be absent) CSS selectors: `body` of the article,
`drop` of what stands in it and is none of it, `entry` of a live entry, `stamp` of the clock in an entry, `stub` of the fence before a paid text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from selon.errors import PackError
from selon.lang.strict_yaml import load_yaml

FOLDER = Path(__file__).parent / "publishers"
_FIELDS = frozenset({"hosts", "outlet", "zone", "periods"})
_PERIOD = frozenset({"from", "until", "body", "drop", "entry", "stamp", "stub"})


@dataclass(frozen=True, slots=True)
class Layout:
    """How pages look in one period. Selectors are CSS; empty ones are left to shape."""

    body: str = ""
    drop: tuple[str, ...] = ()
    entry: str = ""
    stamp: str = ""
    stub: str = ""


@dataclass(frozen=True, slots=True)
class Publisher:
    """What is known of a publisher. `periods` are (first ISO day or empty, last or empty, layout), oldest first."""

    hosts: tuple[str, ...] = ()
    outlet: str | None = None
    zone: str | None = None
    periods: tuple[tuple[str, str, Layout], ...] = ()

    def layout(self, day: str | None) -> Layout:
        """The layout of pages fetched on an ISO day; None = now, so the newest."""
        if day is None:
            return self.periods[-1][2] if self.periods else Layout()
        return next((x for a, b, x in reversed(self.periods) if a <= day[:10] and (not b or day[:10] <= b)), Layout())


NOBODY = Publisher()


def publisher_of(url: str | None) -> Publisher:
    """The publisher of an address; nobody in particular when no file names its host."""
    host = host_of(url)
    known = _by_host()
    while host:
        if host in known:
            return known[host]
        host = host.partition(".")[2]
    return NOBODY


def host_of(url: str | None) -> str:
    """The host of an address in lower case, empty when there is none."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


@cache
def _by_host() -> Mapping[str, Publisher]:
    return {host: p for file in sorted(FOLDER.glob("*.yml")) for p in [load_publisher(file)] for host in p.hosts}


def load_publisher(file: Path) -> Publisher:
    """One data file. Raises PackError SEL-P060 when it does not hold what it should."""
    data: Any = load_yaml(file)
    if not isinstance(data, dict) or not data.get("hosts") or not data.keys() <= _FIELDS:
        raise PackError("SEL-P060", "a publisher has hosts, outlet, zone and periods", place=str(file), remedy="see the other files")
    periods = []
    for raw in data.get("periods", ()):
        if not raw.keys() <= _PERIOD:
            raise PackError(
                "SEL-P060", "a period has from, until and selectors", place=str(file), excerpt=", ".join(raw), remedy="see the other files"
            )
        layout = Layout(raw.get("body", ""), tuple(raw.get("drop", ())), raw.get("entry", ""), raw.get("stamp", ""), raw.get("stub", ""))
        periods.append((raw.get("from", ""), raw.get("until", ""), layout))
    periods.sort(key=lambda p: p[0])
    return Publisher(tuple(data["hosts"]), data.get("outlet"), data.get("zone"), tuple(periods))
