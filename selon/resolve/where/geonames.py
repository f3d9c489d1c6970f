"""Reading GeoNames' country dumps (XX.txt or XX.zip, and the alternate names of the same country): lines -> rows of a layer.

Kept are settlements, quarters, refugee camps and the three upper orders of regions. Waters, mountains and buildings are left out: dumps hold
streams and farms by the thousand whose names are common words. Format: the readme of download.geonames.org/export/dump. May import: `rows`,
`romanise`, `fold`, `gazetteer`, `errors`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from selon.errors import PackError
from selon.resolve.where.fold import ascii_name
from selon.resolve.where.gazetteer import Gazetteer
from selon.resolve.where.layout import KNOWN, MAIN, OTHER, Kind
from selon.resolve.where.romanise import CYRILLIC, CYRILLIC_COUNTRIES, romanisations
from selon.resolve.where.rows import Row, useful

# The most that one text file may hold, in bytes: that of the United States has 300 million.
LARGEST = 1_000_000_000
COLUMNS = 19
SKIPPED = frozenset({"PPLH", "PPLQ", "PPLCH"})
REGIONS: dict[str, Kind] = {"ADM1": "admin1", "ADM2": "admin2", "ADM3": "admin2"}
KNOWN_LANGUAGES = frozenset({"fr", "en", "uk", "ru", "ar"})
# Languages of GeoNames that are no languages: links, codes, postal numbers.
CODES = re.compile(r"link|post|iata|icao|faac|tcid|unlc|abbr|wkdt|phon|piny|nuts")


def read_country(iso: str, dump: Path, names: Path | None, shipped: Gazetteer) -> list[Row]:
    """The rows of a country. `dump` and `names` are text files or ZIP archives that hold them; `shipped` gives first-order regions their names.

    Raises PackError SEL-P051 where a file is missing or no archive, SEL-P052 with the line where it is no GeoNames dump of this country.
    """
    other = _alternate(iso, names) if names is not None else {}
    rows: list[Row] = []
    for number, line in enumerate(_lines(iso, dump), 1):
        row = _row(iso, line, dump, number, other)
        if row is not None:
            rows.append(row)
    if not rows:
        raise _wrong(dump, 0, "it holds no place")
    for r in rows:
        if r.kind == "admin1":
            mine = [c for key in r.names for c in shipped.lookup(key) if c.kind == "admin1" and c.country == iso]
            r.name = mine[0].name if mine else r.name
    return rows


def _row(iso: str, line: str, dump: Path, number: int, other: dict[int, list[tuple[str, str]]]) -> Row | None:
    cells = line.rstrip("\n").split("\t")
    if len(cells) != COLUMNS:
        raise _wrong(dump, number, f"a line has {len(cells)} columns, not {COLUMNS}")
    gid, name, ascii_, alternate, lat, lon, category, code, country, _, admin1, admin2, _, _, population, *_ = cells
    kind = _kind(category, code)
    if kind is None or country != iso:
        return None
    try:
        row = Row(ascii_name(ascii_ or name), kind, iso, float(lat), float(lon), int(gid), int(population or 0))
    except ValueError:
        raise _wrong(dump, number, "a number cannot be read") from None
    if not (-90 <= row.lat <= 90 and -180 <= row.lon <= 180):
        raise _wrong(dump, number, "a point lies outside the earth")
    if kind == "city" and row.population < 5000:
        row.kind = "village"
    row.admin1 = f"{iso}.{admin1}" if admin1 and admin1 != "00" else ""
    # A third-order region is no parent of places: it keeps no code.
    row.admin2 = f"{row.admin1}.{admin2}" if admin2 and row.admin1 and code != "ADM3" else ""
    row.radius = {"admin1": 100, "admin2": 25, "district": 3, "site": 2}.get(kind, 0)
    row.add(name, MAIN)
    row.add(row.name, MAIN)
    known = {n for lang, n in other.get(row.geonameid, ()) if lang in KNOWN_LANGUAGES and useful(n)}
    rest = {n for n in (*alternate.split(","), *(n for _, n in other.get(row.geonameid, ()))) if useful(n)}
    for n in known:
        row.add(n, KNOWN)
    for n in rest:
        row.add(n, OTHER)
    if iso in CYRILLIC_COUNTRIES:
        for n in known | rest:
            if CYRILLIC.search(n):
                for latin, rank in romanisations(n, iso).items():
                    row.add(latin, rank)
    return row if row.names else None


def _kind(category: str, code: str) -> Kind | None:
    if category == "P":
        return None if code in SKIPPED else "district" if code == "PPLX" else "city"
    if category == "A":
        return REGIONS.get(code)
    return "site" if code == "CMPRF" else None


def _alternate(iso: str, path: Path) -> dict[int, list[tuple[str, str]]]:
    out: dict[int, list[tuple[str, str]]] = {}
    for number, line in enumerate(_lines(iso, path), 1):
        cells = line.rstrip("\n").split("\t")
        if len(cells) < 4 or not cells[1].isdigit():
            raise _wrong(path, number, "this is no line of alternate names")
        if not CODES.fullmatch(cells[2]):
            out.setdefault(int(cells[1]), []).append((cells[2], cells[3]))
    return out


def _lines(iso: str, path: Path) -> Iterator[str]:
    """The lines of XX.txt, packed or not, within the size that a country can have."""
    try:
        if not zipfile.is_zipfile(path):
            with path.open("rb") as f:
                yield from _decoded(f, path)
            return
        with zipfile.ZipFile(path) as archive, archive.open(f"{iso}.txt") as packed:
            yield from _decoded(packed, path)
    except KeyError:
        raise PackError(
            "SEL-P051", f"the archive has no {iso}.txt", place=str(path), remedy="give the archive as GeoNames offers it"
        ) from None
    except (OSError, zipfile.BadZipFile, EOFError, RuntimeError) as e:
        raise PackError("SEL-P051", f"cannot be read: {e}", place=str(path), remedy="fetch the file again") from e


def _decoded(raw: IO[bytes], path: Path) -> Iterator[str]:
    size = 0
    try:
        for line in io.TextIOWrapper(raw, "utf-8", newline="\n"):
            size += len(line)
            if size > LARGEST:
                raise _wrong(path, 0, f"it is larger than {LARGEST // 1_000_000} MB")
            if line.strip():
                yield line
    except UnicodeDecodeError as e:
        raise _wrong(path, 0, f"it is not UTF-8: {e.reason}") from None


def _wrong(path: Path, line: int, why: str) -> PackError:
    return PackError(
        "SEL-P052",
        f"this is no GeoNames dump: {why}",
        place=f"{path}:{line}" if line else str(path),
        remedy="take XX.zip and alternatenames/XX.zip from download.geonames.org/export/dump",
    )
