"""Writing a gazetteer file in the layout of `layout`: the one that ships with Selon, and the layers that a user adds. May import: `layout`, `rows`."""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Sequence
from pathlib import Path

from selon.resolve.where.layout import KINDS, MAGIC, RECORD, key_hash
from selon.resolve.where.rows import Row


def write(rows: Sequence[Row], out: Path) -> int:
    """Writes the rows and returns the size of the file in bytes. The same rows always give the same file."""
    order = sorted(rows, key=lambda r: (r.country, r.admin1, r.admin2, -r.population, r.geonameid, r.name))
    isos = sorted({r.country for r in order})
    country_no = {iso: k for k, iso in enumerate(isos)}
    # Number 0 means "no region", so its record number is a dummy.
    admin1 = {c: k + 1 for k, c in enumerate(sorted({r.admin1 for r in order if r.kind == "admin1" and r.admin1}))}
    admin2 = {c: k + 1 for k, c in enumerate(sorted({r.admin2 for r in order if r.kind == "admin2" and r.admin2}))}
    at1, at2 = array("I", [0] * (len(admin1) + 1)), array("I", [0] * (len(admin2) + 1))
    places, names = bytearray(), bytearray()
    keys: list[tuple[int, int]] = []
    for k, r in enumerate(order):
        places += RECORD.pack(
            r.geonameid, round(r.lat * 1e5), round(r.lon * 1e5), min(r.population, 2**32 - 1), len(names), admin1.get(r.admin1, 0),
            admin2.get(r.admin2, 0), r.radius, country_no[r.country], KINDS.index(r.kind),
        )  # fmt: skip
        names += r.name.encode("utf-8")
        if r.kind == "admin1" and r.admin1:
            at1[admin1[r.admin1]] = k
        elif r.kind == "admin2" and r.admin2:
            at2[admin2[r.admin2]] = k
        keys.extend((key_hash(name), rank << 24 | k) for name, rank in r.names.items())
    places += RECORD.pack(0, 0, 0, 0, len(names), 0, 0, 0, 0, 0)
    keys.sort()
    buckets = array("I", [0] * 65537)
    for h, _ in keys:
        buckets[(h >> 32) + 1] += 1
    for b in range(65536):
        buckets[b + 1] += buckets[b]
    sections = {
        "places": bytes(places), "names": bytes(names), "buckets": buckets.tobytes(), "hashes": array("I", [h & 0xFFFFFFFF for h, _ in keys]).tobytes(),
        "refs": array("I", [r for _, r in keys]).tobytes(), "admin1": at1.tobytes(), "admin2": at2.tobytes(),
    }  # fmt: skip
    # A capital keeps the number of its record, found by the name that the country gives for it.
    capitals = {iso: next((k for k, r in enumerate(order) if r.country == iso and r.capital), -1) for iso in isos}
    firsts = {iso: next(k for k, r in enumerate(order) if r.country == iso) for iso in isos}
    toc: dict[str, object] = {
        "countries": isos,
        "firsts": list(firsts.values()),
        "capitals": list(capitals.values()),
        "places": len(order),
        "keys": len(keys),
    }
    offsets: dict[str, tuple[int, int]] = {}
    position = 0
    for name, raw in sections.items():
        offsets[name] = (position, len(raw))
        position += (len(raw) + 7) // 8 * 8
    toc["sections"] = offsets
    head = json.dumps(toc, separators=(",", ":")).encode()
    head += b" " * (-(len(MAGIC) + 4 + len(head)) % 8)
    out.parent.mkdir(parents=True, exist_ok=True)
    # Programs that run have the old file mapped: it must stay as it is. A new file takes its name only once it is whole.
    fresh = out.with_name(f"{out.name}.{os.getpid()}.new")
    try:
        with fresh.open("wb") as f:
            f.write(MAGIC + len(head).to_bytes(4, "little") + head)
            for raw in sections.values():
                f.write(raw + b"\0" * (-len(raw) % 8))
            size = f.tell()
        fresh.replace(out)
    finally:
        fresh.unlink(missing_ok=True)
    return size
