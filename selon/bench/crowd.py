"""A crowd of made-up reports, for measuring what depends on how much a ledger holds. May import: `model`, `ledger`.

Each occurrence is told by one to six reports, some of them copies; sources give figures that agree, differ or are revised. Towns,
names and numbers are drawn at random from a seed: the same seed makes the same crowd.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import get_args

from selon.ledger import open_ledger
from selon.model import Event, EventType, Figure, Passage, Place, Published, Reading, Report, Source, Span, Stance, Statement, TimeSpan

BOXES = (("UA", 46.5, 52.0, 23.0, 39.5), ("SD", 9.0, 20.0, 22.0, 37.0), ("MM", 11.0, 26.0, 93.0, 100.0), ("CD", -10.0, 4.0, 15.0, 30.0))
"""Country, south, north, west, east: where towns are made up."""
_EVENTS, _TOWNS, _DAYS = 8, 1500, 900
_SOURCES = (("the governor", "official"), ("the army", "official"), ("a spokesman of the rebels", "armed_group"), ("residents", "witness"),
            ("the rescue service", "organisation"), ("the ministry", "official"), ("a hospital", "organisation"), ("an analyst", "expert"))  # fmt: skip
_STANCES: tuple[Stance, ...] = ("asserts", "claims", "confirms", "denies", "accuses", "hearsay", "unconfirmed")
_TYPES: tuple[EventType, ...] = get_args(EventType)


def crowd(events: int, seed: int = 1) -> Iterator[Reading]:
    """Readings that hold about so many events in all."""
    dice = random.Random(seed)
    towns = []
    for k in range(_TOWNS):
        country, south, north, west, east = dice.choice(BOXES)
        name = "".join(dice.choice(("ka", "lo", "mir", "sta", "ven", "do", "bel", "ru", "ti", "shan")) for _ in range(3)).capitalize()
        towns.append((1_000_000 + k, name, country, f"{country} {k % 20}", dice.uniform(south, north), dice.uniform(west, east)))
    made, number = 0, 0
    while made < events:
        town, day = dice.choice(towns), date(2022, 1, 1) + timedelta(dice.randrange(_DAYS))
        kind = dice.choice(_TYPES)
        first: Reading | None = None
        for _ in range(min(6, 1 + int(dice.expovariate(0.7)))):
            copied = first is not None and dice.random() < 0.3
            told = _reading(dice, f"r{number}", town, day, kind, first.report.text if copied and first else None)
            first = first or told
            number += 1
            made += len(told.events)
            yield told
            if made >= events:
                return


def fill(address: str, events: int, seed: int = 1) -> int:
    """Adds a crowd to a ledger and returns how many reports it has."""
    with open_ledger(address) as ledger:
        return sum(ledger.add(r) for r in crowd(events, seed))


def _reading(
    dice: random.Random, id: str, town: tuple[int, str, str, str, float, float], day: date, kind: EventType, copied: str | None
) -> Reading:
    number, name, country, admin1, lat, lon = town
    lines = [f"{kind} in {name} on {day}, number {dice.randrange(10**9)}"]
    lines += [f"In {name} {dice.randrange(1, 90)} people were {dice.choice(('killed', 'wounded', 'moved'))}, "
              f"{dice.choice(_SOURCES)[0]} says, {dice.randrange(10**9)}." for _ in range(_EVENTS - 1)]  # fmt: skip
    # A copy differs in its number, so that it is a report of its own.
    text = copied.replace("number", f"number {dice.randrange(10**6)}", 1) if copied is not None else "\n".join(lines)
    published = day + timedelta(dice.randrange(4))
    passages, statements, events, at = [], [], [], 0
    for k, line in enumerate(text.split("\n")):
        span = Span.of(text, at, at + len(line))
        at = span.end + 1
        passages.append(Passage("headline" if k == 0 else "paragraph", span.start, span.end))
        speaker, speaks = dice.choice(_SOURCES)
        held: tuple[str, ...] = ()
        if dice.random() < 0.7:
            who = Source(span, f"{speaker} of {name}" if dice.random() < 0.5 else speaker, speaks, country)  # type: ignore[arg-type]
            statements.append(Statement(f"s{k}", who, Span.of(text, span.start, span.start + 2), dice.choice(_STANCES), span, "crowd"))
            held = (f"s{k}",)
        low = dice.randrange(1, 60)
        figures = (Figure(span, dice.choice(("killed", "wounded", "displaced")), "people", low, low),) if dice.random() < 0.5 else ()
        placed = dice.random() < 0.95
        place = Place(span, name, "exact" if placed else "unresolved", admin1, country, number if placed else None,
                      lat if placed else None, lon if placed else None, 3.0 if placed else None)  # fmt: skip
        told = kind if k == 0 or dice.random() < 0.7 else dice.choice(_TYPES)
        time = TimeSpan(span, "DATE", day.isoformat(), day.isoformat(), day.isoformat()) if dice.random() < 0.9 else None
        events.append(Event(f"e{k}", told, span, "happened", "crowd", place=place, time=time, figures=figures, statements=held))
    given = Published(published.isoformat(), published.isoformat(), "given")
    report = Report(id, text, "en", title=lines[0], passages=tuple(passages), published=given)
    return Reading(report, given, tuple(statements), tuple(events), version="crowd")
