"""Adding countries to the gazetteer: from a folder with GeoNames' files, or from a server that offers them.

    add(["UA"], "https://download.geonames.org/export/dump")
    add(["UA"], "downloads/geonames")

Wires retrieval and reading; what is kept of the dumps stands in `resolve.where.geonames`. May import: `intake`, `resolve`, `errors`.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from selon.errors import FetchError, UsageError
from selon.intake.fetch import Client, Limits, agent
from selon.resolve.where.gazetteer import Gazetteer
from selon.resolve.where.geonames import read_country
from selon.resolve.where.layers import Layer, add_layer, list_layers, remove_layer

__all__ = ["SERVER", "Layer", "add", "list_layers", "remove"]

SERVER = "https://download.geonames.org/export/dump"
# The archive of the largest country has about 70 MB; a slow line takes minutes for it.
LIMITS = Limits(wire=250_000_000, unpacked=250_000_000, seconds=900.0)


def add(countries: Sequence[str], source: str = SERVER, *, private: bool = False, folder: Path | None = None) -> Iterator[Layer]:
    """Adds each country and yields its layer; a country that fails leaves those before it in place.

    `source` is the address of a folder on a server or the path of one here: it holds XX.zip or XX.txt, and under `alternatenames` the same for
    names (which may be missing). `private` lets servers on loopback and private networks in. Raises UsageError SEL-U070 for what is no
    country, PackError SEL-P051 and SEL-P052 for files, FetchError for what goes wrong on the way.
    """
    codes = [country_code(c) for c in countries]
    shipped = Gazetteer()
    today = datetime.now(UTC).date().isoformat()
    with _files(source, private) as find:
        for iso in codes:
            dump = find(f"{iso}.zip", f"{iso}.txt")
            if dump is None:
                raise UsageError(
                    "SEL-U071", f"there is no {iso}.zip or {iso}.txt", place=source, remedy=f"fetch {SERVER}/{iso}.zip into the folder"
                )
            names = find(f"alternatenames/{iso}.zip", f"alternatenames/{iso}.txt")
            yield add_layer(iso, read_country(iso, dump, names, shipped), source, today, folder)


def remove(country: str, folder: Path | None = None) -> bool:
    """Removes the layer of a country; whether there was one. Raises UsageError SEL-U070."""
    return remove_layer(country_code(country), folder)


def country_code(text: str) -> str:
    """The ISO 3166 alpha-2 code in capitals. Raises UsageError SEL-U070."""
    code = text.strip().upper()
    if not re.fullmatch("[A-Z]{2}", code):
        raise UsageError("SEL-U070", "this is no code of a country", excerpt=text[:40], remedy="two letters (ISO 3166), such as UA or SD")
    return code


class _Found:
    """Looks for the first of several files: in a folder here, or on a server, from which it is fetched into a folder that is thrown away."""

    def __init__(self, here: Path, client: Client | None = None, server: str = "") -> None:
        self.here, self.client, self.server = here, client, server

    def __call__(self, *names: str) -> Path | None:
        for name in names:
            path = self.here / name
            if self.client is not None and not self._fetch(name, path):
                continue
            if path.is_file():
                return path
        return None

    def _fetch(self, name: str, path: Path) -> bool:
        if self.client is None or name.endswith(".txt"):
            return False  # servers offer archives only
        found = self.client.get(f"{self.server.rstrip('/')}/{name}", limits=LIMITS)
        problem = found.problem()
        if problem is not None:
            if problem.code == "SEL-F012" and name.startswith("alternatenames/"):
                return False  # a country may have no names of its own
            raise problem
        if not found.body.startswith(b"PK"):
            raise FetchError("SEL-F050", "the server gave no ZIP archive", place=found.final_url, remedy="check the address of the folder")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(found.body)
        return True


@contextmanager
def _files(source: str, private: bool) -> Iterator[_Found]:
    if not re.match("https?://", source):
        yield _Found(Path(source))
        return
    with tempfile.TemporaryDirectory(prefix="selon-gazetteer-") as folder, Client(agent=agent(), limits=LIMITS, private=private) as client:
        yield _Found(Path(folder), client, source)
