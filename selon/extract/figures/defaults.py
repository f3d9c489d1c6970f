"""What a count in a role of an event counts when no word says it: by event type, role and class of the unit. Knows no language."""

from __future__ import annotations

from collections.abc import Mapping

from selon.model import CountOf

STRIKES = frozenset(("airstrike", "drone_strike", "missile_strike", "shelling", "attack", "explosion"))
_THINGS = ("building", "place", "vehicle", "vessel", "aircraft", "area")
_PERSONS = ("person", "victim", "group", "")
_STRIKE: Mapping[str, Mapping[str, CountOf]] = {
    "instrument": {"weapon": "launched", "aircraft": "launched", "vessel": "launched"},
    "agent": {"weapon": "launched", "person": "participants", "group": "participants", "aircraft": "participants"},
    "target": dict.fromkeys(_THINGS, "hit"),
    "patient": {**dict.fromkeys(_THINGS, "hit"), "weapon": "launched"},
}


def _all(slots: tuple[str, ...], classes: tuple[str, ...], count: CountOf) -> dict[str, dict[str, CountOf]]:
    return {s: dict.fromkeys(classes, count) for s in slots}


BY_TYPE: Mapping[str, Mapping[str, Mapping[str, CountOf]]] = {
    **dict.fromkeys(STRIKES, _STRIKE),
    "explosion": _all(("target",), tuple(c for c in _THINGS if c != "vehicle"), "hit"),
    "interception": _all(("patient", "target"), ("weapon", "aircraft", ""), "intercepted"),
    "detention": _all(("patient", "target", "agent"), _PERSONS, "captured"),
    "killing": _all(("patient", "target"), _PERSONS, "killed"),
    "evacuation": {
        s: {"person": "displaced", "victim": "displaced", "": "displaced", "place": "other", "building": "other"}
        for s in ("patient", "target", "agent")
    },
    "closure": _all(("patient", "target"), ("place", "building", "person"), "other"),
    "warning": _all(("patient", "target"), ("place", "building"), "other"),
    "sheltering": _all(("patient", "target", "agent"), _PERSONS, "sheltered"),
    "outage": _all(("patient", "target", "agent"), ("person", "place", "building", ""), "cut_off"),
    "training": _all(("patient", "target"), _PERSONS, "trained"),
    "protest": _all(("patient", "agent", "target"), _PERSONS, "participants"),
    "deployment": {
        s: {"person": "participants", "victim": "participants", "": "participants", "group": "other", "vehicle": "other", "aircraft": "other",
            "vessel": "other", "weapon": "other"}
        for s in ("patient", "target", "agent", "instrument")
    },
    "incursion": {**_all(("agent", "patient"), _PERSONS, "participants"), "target": {"place": "other"}},
    "clash": {**_all(("agent",), _PERSONS, "participants"), "target": {"place": "other"}},
    "weapons_transfer": _all(("patient", "target", "instrument"), ("weapon", "aircraft", "vehicle", "gun", "vessel", "goods", "money"), "delivered"),
    "relief": {
        "agent": {"person": "participants", "group": "participants"},
        "patient": {"goods": "delivered", "group": "other"},
        "instrument": {"goods": "delivered"},
    },
    "disaster": {
        "patient": {"area": "destroyed", "place": "hit"},
        "target": {"area": "destroyed", "place": "hit"},
        "agent": {"area": "destroyed"},
    },
    "harm": {"target": dict.fromkeys(("building", "vehicle", "vessel", "area"), "damaged"),
             "patient": dict.fromkeys(("building", "vehicle", "vessel", "area"), "damaged")},
    "sanction": _all(("patient", "target", "agent"), _PERSONS, "other"),
    "territory_change": _all(("patient", "target"), ("place",), "captured"),
}  # fmt: skip

NEAREST: Mapping[str, Mapping[str, CountOf]] = {
    **{key: {"person": "killed", "weapon": "launched", "place": "hit", "vessel": "hit"} for key in STRIKES},
    "killing": {"person": "killed"},
    "interception": {"weapon": "intercepted", "aircraft": "intercepted"},
    "detention": {"person": "captured", "": "captured"},
    "evacuation": {"person": "displaced", "unknown": "displaced", "": "displaced", "place": "other"},
    "sheltering": {"person": "sheltered", "place": "other", "building": "other"},
    "outage": {"person": "cut_off", "place": "cut_off"},
    "closure": {"place": "other", "vehicle": "other", "aircraft": "other"},
    "warning": {"place": "other"},
    "restriction": {"place": "other"},
    "relief": {
        "person": "participants",
        "place": "other",
        "goods": "delivered",
        "vehicle": "other",
        "aircraft": "other",
        "building": "other",
    },
    "sanction": {"person": "other"},
    "weapons_transfer": {"weapon": "delivered", "gun": "delivered", "vehicle": "delivered", "aircraft": "delivered"},
    "deployment": {"person": "participants", "vessel": "other", "aircraft": "other", "vehicle": "other", "place": "other"},
    "incursion": {"person": "participants", "place": "other"},
    "clash": {"place": "other"},
    "protest": {"person": "participants", "": "participants", "place": "other"},
    "training": {"person": "trained"},
    "disaster": {"place": "other", "person": "other"},
    "meeting": {"place": "other"},
}
"""What a count is taken for where nothing but the event nearest to it in the sentence speaks: event type, class of the unit."""

_HUMAN = frozenset(
    ("attack", "airstrike", "drone_strike", "missile_strike", "shelling", "explosion", "clash", "incursion", "harm", "killing", "disaster",
     "interception", "detention", "protest", "relief", "evacuation", "territory_change")
)  # fmt: skip
FITS: Mapping[CountOf, frozenset[str]] = {
    "killed": _HUMAN,
    "wounded": _HUMAN,
    "missing": frozenset(("harm", "disaster", "detention", *STRIKES, "clash")),
    "captured": frozenset(("detention", "territory_change", "attack", "clash", "incursion", "weapons_transfer")),
    "displaced": frozenset(("evacuation", "attack", "shelling", "clash", "disaster", "airstrike", "incursion")),
    "sheltered": frozenset(("sheltering", "evacuation", "relief")),
    "participants": frozenset(
        ("deployment", "relief", "protest", "attack", "incursion", "clash", "weapons_transfer", "disaster", "evacuation")
    ),
    "launched": STRIKES | {"interception"},
    "intercepted": frozenset(("interception", "missile_strike", "drone_strike")),
    "hit": STRIKES | {"harm", "disaster"},
    "destroyed": STRIKES | {"harm", "disaster", "clash"},
    "damaged": STRIKES | {"harm", "disaster", "clash"},
    "delivered": frozenset(("relief", "weapons_transfer")),
    "trained": frozenset(("training",)),
    "requested": frozenset(("relief", "weapons_transfer")),
    "cut_off": frozenset(("outage",)),
    "money": frozenset(("relief", "weapons_transfer")),
}
"""Event types that take a count. The first test of where a figure belongs; nearness is the second."""
