"""Incidents as GeoJSON (RFC 7946). May import: `export`, `linked`, `model`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from selon.export.privacy import Pseudonyms
from selon.linked import Linked
from selon.model.incident import Incident, incident_json


def feature(i: Incident, private: Pseudonyms) -> dict[str, Any]:
    """One incident; without coordinates its geometry is null, so that nothing is dropped. `radius_km` is the uncertainty of the place."""
    place = i.place
    known = place is not None and place.lat is not None
    d = incident_json(i)
    for group in d["figures"]:
        for v in group["values"]:
            v["by"], v["text"] = private.mask(v["by"]), private.mask(v["text"])
    properties = {k: d[k] for k in ("type", "title", "time", "reports", "origins", "disputed", "figures")}
    properties |= {"place": place.name, "precision": place.precision, "radius_km": place.radius_km} if place else {"place": None}
    geometry = {"type": "Point", "coordinates": [place.lon, place.lat]} if place is not None and known else None
    return {"type": "Feature", "id": i.id, "geometry": geometry, "properties": properties}


def lines(linked: Linked, private: Pseudonyms) -> Iterator[str]:
    """A feature collection, one feature a line."""
    yield '{"type":"FeatureCollection","features":['
    last = len(linked.incidents) - 1
    for k, i in enumerate(linked.incidents):
        yield json.dumps(feature(i, private), ensure_ascii=False, separators=(",", ":")) + ("," if k < last else "")
    yield "]}"
