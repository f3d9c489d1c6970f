"""Carrying a time forward to later mentions of the same occurrence. May import: `model`.

Only forward, to an event without a time of its own sentence, from an event of the same kind or from a strike to
the harm that it did, at the same place, and only a day near the day of publication: what happened long before is background.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from selon.model import Event, Parse, Place, TimeSpan

STRIKES = frozenset(["airstrike", "drone_strike", "missile_strike", "shelling", "attack", "explosion"])
EFFECTS = frozenset(("harm", "killing"))
_NEAR_DAYS = 14
# Sentences over which a time is carried: where all strikes told of so far share one time, the report is about one; else only to the next.
# Without places to tell occurrences apart it is carried no further than a few sentences.
_REACH_ONE, _REACH_MORE, _REACH_NOWHERE = 30, 1, 3


def carry(parse: Parse, events: Sequence[Event], sentences: Sequence[int], day: str | None) -> tuple[Event, ...]:
    """The events with times carried on."""
    order = sorted(range(len(events)), key=lambda k: events[k].trigger.start)
    out = list(events)
    open_times: list[tuple[int, Event, TimeSpan]] = []
    for k in order:
        e = events[k]
        if e.time is not None:
            if _carries(e.time, day):
                open_times.append((sentences[k], e, e.time))
            continue
        if e.status not in ("happened", "denied"):
            continue
        told = {(t.earliest, t.latest) for _, source, t in open_times if source.type in STRIKES}
        reach = _REACH_MORE if len(told) != 1 else _REACH_ONE if e.place is not None else _REACH_NOWHERE
        for sentence, source, time in reversed(open_times):
            if sentences[k] - sentence > reach:
                break
            together = "\n" not in parse.text[source.trigger.end : e.trigger.start]
            if sentences[k] > sentence and _same(source, e, together):
                out[k] = replace(
                    e, time=replace(time, because=f"{time.because}; carried on from an earlier mention of the same occurrence")
                )
                break
    return tuple(out)


def _carries(t: TimeSpan, day: str | None) -> bool:
    if t.earliest is None or t.latest is None or t.precision not in ("day", "night", "days"):
        return False
    return day is None or abs((date.fromisoformat(t.earliest) - date.fromisoformat(day)).days) <= _NEAR_DAYS


def _same(source: Event, e: Event, together: bool) -> bool:
    if source.type in STRIKES:
        kin = e.type in EFFECTS or e.type == source.type
    elif source.type in ("clash", "disaster"):
        kin = (together and e.type in EFFECTS) or (e.type == source.type == "disaster")
    else:
        kin = e.type == source.type and e.type in ("evacuation", "disaster")
    if not kin:
        return False
    return _one_place(source.place, e.place, together)


def _one_place(a: Place | None, b: Place | None, together: bool) -> bool:
    """Whether two places may be one: the same name, or within a paragraph one that lies in the other."""
    if a is None or b is None:
        return a is b
    if a.name == b.name:
        return True
    if not together or a.country != b.country:
        return False
    return any(x.precision == "country" or (x.precision == "admin1" and x.admin1 == y.admin1) for x, y in ((a, b), (b, a)))
