"""Layers: gazetteer files that the user adds for single countries, kept in the user's data folder and read over the one that ships.

Each layer is a file XX.bin with a note XX.json beside it (source, day, counts, SHA-256). The note is written last: a layer without one does not
exist. May import: `gazetteer`, `geonames`, `write`, `errors`.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from platformdirs import user_data_path

from selon.errors import PackError
from selon.resolve.where.gazetteer import DATA, Gazetteer
from selon.resolve.where.rows import Row
from selon.resolve.where.write import write


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer as `selon gazetteer list` shows it. `places` and `names` are counts, `size` is in bytes, `added` an ISO day."""

    country: str
    source: str
    added: str
    places: int
    names: int
    size: int
    sha256: str


def layer_folder() -> Path:
    """Where layers lie: `gazetteer` in the user's data folder for Selon."""
    return user_data_path("selon", appauthor=False) / "gazetteer"


def list_layers(folder: Path | None = None) -> list[Layer]:
    """The layers of a folder by country. Raises PackError SEL-P053 where a note or its file is broken."""
    folder = folder or layer_folder()
    try:
        notes = sorted(folder.glob("*.json"))
    except OSError:
        return []
    return [_read(n) for n in notes]


def _read(note: Path) -> Layer:
    try:
        layer = Layer(**json.loads(note.read_text("utf-8")))
        if note.with_suffix(".bin").stat().st_size == layer.size and layer.country == note.stem:
            return layer
        why = "its size differs from its note"
    except (OSError, ValueError, TypeError) as e:
        why = str(e)[:120]
    raise PackError(
        "SEL-P053",
        f"the layer of the gazetteer is broken: {why}",
        place=str(note),
        remedy=f"selon gazetteer remove {note.stem}, then add it again",
    )


def add_layer(country: str, rows: Iterable[Row], source: str, added: str, folder: Path | None = None) -> Layer:
    """Writes the layer of a country, in place of an older one. Readers that have the older one open keep it."""
    folder = folder or layer_folder()
    folder.mkdir(parents=True, exist_ok=True)
    rows = list(rows)
    path, note = folder / f"{country}.bin", folder / f"{country}.json"
    size = write(rows, path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    layer = Layer(country, source, added, len(rows), sum(len(r.names) for r in rows), size, digest)
    fresh = note.with_name(f"{note.name}.{os.getpid()}.new")
    try:
        fresh.write_text(json.dumps(asdict(layer), ensure_ascii=False, indent=1) + "\n", "utf-8")
        fresh.replace(note)
    finally:
        fresh.unlink(missing_ok=True)
    return layer


def remove_layer(country: str, folder: Path | None = None) -> bool:
    """Removes a layer, broken or not; whether there was one."""
    folder = folder or layer_folder()
    there = False
    for path in (folder / f"{country}.json", folder / f"{country}.bin"):
        if path.exists():
            path.unlink()
            there = True
    return there


def layers_key(folder: Path | None = None) -> str:
    """Eight hex digits that change with any layer; empty when there are none. Part of the version of a reading."""
    layers = list_layers(folder)
    if not layers:
        return ""
    return hashlib.sha256("".join(f"{x.country}{x.sha256}" for x in layers).encode()).hexdigest()[:8]


def load_gazetteer() -> Gazetteer:
    """The gazetteer that ships with Selon under the layers of this user; opened anew when the layers have changed. Raises PackError."""
    folder = layer_folder()
    layers = list_layers(folder)
    return _open(folder, tuple((x.country, x.sha256) for x in layers))


@lru_cache(maxsize=2)
def _open(folder: Path, layers: tuple[tuple[str, str], ...]) -> Gazetteer:
    return Gazetteer(DATA, [folder / f"{country}.bin" for country, _ in layers])
