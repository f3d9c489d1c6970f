"""Carrying a time forward to later mentions of the same occurrence. May import: `model`.

Only forward, to an event without a time in its own sentence, from the last violent act or disaster told before it at the same place to the
harm that it did or to another mention of it, and only where that act fell on one day or night; what is carried on can be carried further. What
a source says in later sentences, and everything in a report that looks back on an occurrence of long ago, is most often about that occurrence;
what a reporter lists is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from selon.model import Event, Parse, Place, TimeSpan
from selon.model.cover import Cover

ACTS = frozenset(["airstrike", "drone_strike", "missile_strike", "shelling", "attack", "explosion", "killing", "clash", "disaster"])
EFFECTS = frozenset(("harm", "killing"))
# Days before publication from which on a report looks back.
_LONG_AGO = 14
# Sentences over which a time is carried to what somebody says, and to what the reporter tells.
_REACH_SAID, _REACH_TOLD = 4, 1
# Sentences over which an hour is of the day of an act.
_REACH_HOURS = 4


def carry(parse: Parse, events: Sequence[Event], sentences: Sequence[int], day: str | None, said: Cover) -> tuple[Event, ...]:
    """The events with times carried on. `sentences` are the sentences of the triggers, `said` covers what statements contain."""
    order = sorted(range(len(events)), key=lambda k: events[k].trigger.start)
    out = list(events)
    acts: list[tuple[int, Event, TimeSpan]] = []
    for k in order:
        e = events[k]
        if e.time is not None:
            if e.type in ACTS and _one_day(e.time):
                acts.append((sentences[k], e, e.time))
            continue
        if e.status != "happened" or not (e.type in EFFECTS or e.type in ACTS):
            continue
        reach = _REACH_SAID if said.holding(e.trigger.start, e.trigger.end) else _REACH_TOLD
        for sentence, act, time in reversed(acts):
            gap = sentences[k] - sentence
            if gap < 1 or (gap > reach and not _long_ago(time, day)):
                continue
            if _one_place(act.place, e.place):
                why = f"{time.because}; carried on from an earlier mention of the same occurrence"
                out[k] = replace(e, time=replace(time, because=why))
                # What is carried on can be carried further.
                acts.append((sentences[k], out[k], time))
                break
    return tuple(out)


def day_of_hours(events: Sequence[Event], sentences: Sequence[int], bare: Sequence[bool], day: str | None) -> list[Event]:
    """The events whose only time is an hour or a part of a day (`bare`), put on the day of the act told of just before them, if there is one.

    "The attack on Thursday killed 25. … The missile came down shortly after three": three on Thursday, whatever day the report appeared.
    """
    out = list(events)
    acts: list[tuple[int, TimeSpan]] = []
    for k in sorted(range(len(events)), key=lambda k: events[k].trigger.start):
        e, t = events[k], events[k].time
        if t is None:
            continue
        if not bare[k]:
            if e.type in ACTS and e.status == "happened" and _one_day(t):
                acts.append((sentences[k], t))
            continue
        if e.status != "happened" or not acts or not 0 < sentences[k] - acts[-1][0] <= _REACH_HOURS or t.earliest != day:
            continue
        act = acts[-1][1]
        late = t.value.partition("T")[2][:2]
        on = act.earliest if late in ("EV", "NI") or (late.isdigit() and int(late) >= 12) else act.latest
        if on is not None and on != day and not _long_ago(act, day):
            value = on + t.value[t.value.find("T") :] if "T" in t.value else on
            because = "an hour of the day of the act told of before it"
            out[k] = replace(e, time=replace(t, value=value, earliest=on, latest=on, edtf=on, precision="day", because=because))
    return out


def _one_day(t: TimeSpan) -> bool:
    """Whether it is one day or night, and not one counted back in weeks or more, which is round."""
    if t.earliest is None or t.latest is None or t.precision not in ("day", "night"):
        return False
    rounded = t.type == "DURATION" and t.value[-1:] in "WMY"
    return not rounded and (date.fromisoformat(t.latest) - date.fromisoformat(t.earliest)).days <= 1


def _long_ago(t: TimeSpan, day: str | None) -> bool:
    return bool(day and t.latest and (date.fromisoformat(day) - date.fromisoformat(t.latest)).days > _LONG_AGO)


def _one_place(a: Place | None, b: Place | None) -> bool:
    """Whether two events have the same place, which may be none."""
    return a is b or (a is not None and b is not None and a.name == b.name)
