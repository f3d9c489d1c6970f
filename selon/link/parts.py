"""A wave and its parts: strikes on several towns, told of as one. May import: `link`, `model`.

Reports tell of a wave in two ways. Some tell of it in one breath, over the country and town by town: then the towns are parts inside the
incident, and figures of a town are not held against those of the whole ("23 drones over Kyiv", "35 over the country"). Others tell of a town
at length: that is an incident of its own, and a part of the one over the wider territory.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from selon.link.days import Days, days
from selon.link.telling import FAMILY_OF, fold, place_relation
from selon.model import Event, EventType, Place, Reading
from selon.model.incident import Incident, IncidentPart, IncidentPlace

_WHOLE = ("admin1", "country")  # the narrower whole first
_FINE = frozenset(("exact", "near", "admin2"))
_TOWN = frozenset(("exact", "near"))
_LONGEST = 2  # days minus one: a wave is a night or two days, not a campaign
_WAVES = frozenset(("strike", "disaster"))
_MOST = 40  # towns that are told apart: a list of hundreds is no wave


def incident_place(p: Place) -> IncidentPlace:
    """The place of an event as a place of an incident."""
    return IncidentPlace(p.name, p.country, p.admin1, p.geonameid, p.lat, p.lon, p.radius_km, p.precision)


def towns_in(members: Sequence[tuple[Reading, Event]], kind: EventType) -> tuple[IncidentPart, ...]:
    """The towns of an incident that are farther than 25 km apart, each with its events; none where all is told of one town."""
    if FAMILY_OF[kind] not in _WAVES:
        return ()
    towns: list[list[Place]] = []
    events: list[list[tuple[str, str]]] = []
    struck: list[bool] = []
    fine = [(r, e, e.place) for r, e in members if e.place is not None and e.place.precision in _TOWN]
    for reading, event, place in sorted(fine, key=lambda m: (m[2].name, m[0].report.id, m[1].id)):
        home = next((k for k, ps in enumerate(towns) if any(place_relation(place, p) != "apart" for p in ps[:8])), None)
        if home is None:
            if len(towns) == _MOST:
                continue
            home = len(towns)
            towns.append([])
            events.append([])
            struck.append(False)
        towns[home].append(place)
        events[home].append((reading.report.id, event.id))
        struck[home] |= FAMILY_OF[event.type] == FAMILY_OF[kind]
    # Where people fled to, or were treated, is no part of the wave.
    hit = [k for k, s in enumerate(struck) if s]
    return tuple(IncidentPart(_commonest(towns[k]), tuple(sorted(events[k]))) for k in hit) if len(hit) > 1 else ()


def _commonest(places: Sequence[Place]) -> IncidentPlace:
    names = Counter(p.name for p in places)
    name = min(names, key=lambda n: (-names[n], n))
    return incident_place(next(p for p in places if p.name == name))


def wholes_of(incidents: Sequence[Incident]) -> Mapping[str, str]:
    """Id of a part -> id of its whole: same kind of incident, days that meet, a place inside, and a report that tells of both."""
    wholes: dict[str, list[Incident]] = defaultdict(list)
    for i in incidents:
        if i.place is not None and i.place.precision in _WHOLE and i.place.country and FAMILY_OF[i.type] in _WAVES and _short(i):
            for report in i.reports:
                wholes[report].append(i)
    out: dict[str, str] = {}
    for part in incidents:
        if part.place is None or FAMILY_OF[part.type] not in _WAVES or not _short(part):
            continue
        fitting = {w.id: w for report in part.reports for w in wholes.get(report, ()) if w.id != part.id and _is_part(part, w)}
        if fitting:
            out[part.id] = min(fitting.values(), key=lambda w: (_level(w), -len(set(w.reports) & set(part.reports)), w.id)).id
    return out


def _level(i: Incident) -> int:
    return _WHOLE.index(i.place.precision) if i.place is not None else len(_WHOLE)


def _when(i: Incident) -> Days:
    return days(i.earliest, i.latest)


def _short(i: Incident) -> bool:
    width = _when(i).width
    return width is not None and width <= _LONGEST


def _is_part(part: Incident, whole: Incident) -> bool:
    a, b = part.place, whole.place
    if a is None or b is None or FAMILY_OF[part.type] != FAMILY_OF[whole.type] or _when(part).gap(_when(whole)) != 0:
        return False
    return _lies_in(a, b)


def _lies_in(a: IncidentPlace, b: IncidentPlace) -> bool:
    if a.country != b.country:
        return False
    if b.precision == "country":
        return a.precision != "country"
    return a.precision in _FINE and a.admin1 is not None and fold(b.name) == fold(a.admin1)
