"""Readings and incidents in the formats of others, one file per format. May import: `linked`, `link`, `views`, `model`, `errors`.

A format is a function from a linked ledger to lines of text. Names of private persons (victims, witnesses) are replaced unless asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from selon.errors import UsageError
from selon.export import acled, events_csv, geojson, ucdp
from selon.export.privacy import Pseudonyms
from selon.linked import Linked

Exporter = Callable[[Linked, Pseudonyms], Iterator[str]]

FORMATS: Mapping[str, Exporter] = {"csv": events_csv.lines, "geojson": geojson.lines, "acled": acled.lines, "ucdp": ucdp.lines}


def export(linked: Linked, format: str, *, names: bool = False) -> Iterator[str]:
    """Lines of text without line ends. `names` True keeps the names of private persons.

    Raises UsageError SEL-U040 for a format that does not exist.
    """
    if format not in FORMATS:
        raise UsageError("SEL-U040", f"there is no export format {format!r}", remedy=f"one of {', '.join(FORMATS)}")
    return FORMATS[format](linked, Pseudonyms.off() if names else Pseudonyms.of(linked.readings.values()))
