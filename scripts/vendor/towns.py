"""Writes the towns that the map names, from the gazetteer that ships with Selon: name, latitude, longitude, population in thousands.

python scripts/vendor/towns.py            All towns of 150,000 people, and the largest of each square degree from 15,000 on.
"""

from __future__ import annotations

import json
from pathlib import Path

from selon.resolve.where.gazetteer import Gazetteer

OUT = Path(__file__).parents[2] / "selon" / "web" / "static" / "vendor" / "towns.json"
LARGE, LEAST = 150_000, 15_000


def main() -> None:
    """Largest first, so that whoever draws them in order names the larger one where two do not fit."""
    gazetteer = Gazetteer()
    towns = sorted((c for k in range(gazetteer.places) if (c := gazetteer._candidate(k, 0)).kind == "city" and c.population >= LEAST),
                   key=lambda c: (-c.population, c.name))  # fmt: skip
    squares: set[tuple[int, int]] = set()
    kept: list[list[object]] = []
    seen: set[tuple[str, str]] = set()
    for c in towns:
        square = (int(c.lat // 1), int(c.lon // 1))
        if (c.population >= LARGE or square not in squares) and (c.name, c.country) not in seen:
            kept.append([c.name, round(c.lat, 2), round(c.lon, 2), c.population // 1000])
        squares.add(square)
        seen.add((c.name, c.country))
    OUT.write_text(json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    print(f"{len(kept)} towns, {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
