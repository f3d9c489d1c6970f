"""Protective measures with a life, and what is in force where on a day. May import: `model`, `link`.

The phases follow the lifecycle of the Common Alerting Protocol (CAP 1.2, OASIS): announced, in force, extended, lifted, expired.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from selon.link.days import days, ordinal
from selon.link.telling import fold
from selon.model import Event, Reading, content_id
from selon.model.incident import Measure, MeasurePhase

PROTECTIVE = frozenset(("evacuation", "sheltering", "closure", "restriction", "warning", "outage"))
_GAP = 30  # days without a word after which a new mention opens a new measure


def _phase(event: Event) -> MeasurePhase | None:
    if event.status == "planned":
        return "announced"
    if event.status in ("happened", "ongoing"):
        return "in_force"
    return "lifted" if event.status == "ended" else None


def find_measures(readings: Iterable[Reading]) -> list[Measure]:
    """Measures by territory and type. A mention more than 30 days after the last opens a new measure."""
    told: dict[tuple[str, str | None, str], list[tuple[str | None, MeasurePhase, tuple[str, str]]]] = defaultdict(list)
    for r in readings:
        for e in r.events:
            phase = _phase(e)
            if e.type in PROTECTIVE and phase is not None and e.place is not None:
                # A plan is known from the day it was told, the measure itself from its own day.
                own = e.time.earliest if e.time and phase != "announced" else None
                day = own or r.published.earliest
                told[e.type, e.place.country, e.place.name].append((day, phase, (r.report.id, e.id)))
    out: list[Measure] = []
    for (kind, country, territory), phases in sorted(told.items(), key=lambda x: (x[0][0], x[0][1] or "", x[0][2])):
        phases.sort(key=lambda p: (p[0] or "9999", p[2]))
        run: list[tuple[str | None, MeasurePhase, tuple[str, str]]] = []
        for p in phases:
            last = ordinal(run[-1][0]) if run else None
            now = ordinal(p[0])
            if run and last is not None and now is not None and now - last > _GAP:
                out.append(_measure(kind, territory, country, run))
                run = []
            run.append(p)
        out.append(_measure(kind, territory, country, run))
    return out


def _measure(kind: str, territory: str, country: str | None, phases: Sequence[tuple[str | None, MeasurePhase, tuple[str, str]]]) -> Measure:
    return Measure(content_id("measure", kind, territory, country, *phases[0][2]), kind, territory, country, tuple(phases))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of measures in a territory on a day. `no_record` never means "no measure": `reports` tells how many reports were read."""

    verdict: Literal["in_force", "announced", "lifted", "no_record"]
    measures: tuple[Measure, ...]
    reports: int


def coverage(readings: Sequence[Reading], territory: str, day: str) -> Verdict:
    """Measures in a territory (place or first-order region name) on an ISO day, with the number of reports read about it that week."""
    wanted = fold(territory)
    at = ordinal(day)
    if at is None:
        raise ValueError(f"{day!r} is not an ISO day")
    about: set[str] = set()
    inside: list[Reading] = []
    for r in readings:
        mine = [e for e in r.events if e.place and wanted in (fold(e.place.name), fold(e.place.admin1 or ""))]
        published = days(r.published.earliest, r.published.latest)
        if mine:
            inside.append(r)
            if published.high is None or abs(published.high - at) <= 7:
                about.add(r.report.id)
    known = {(r.report.id, e.id): e for r in inside for e in r.events}
    current: list[Measure] = []
    for m in find_measures(inside):
        event = known[m.phases[0][2]]
        if event.place is None or wanted not in (fold(m.territory), fold(event.place.admin1 or "")):
            continue
        past = [p for p in m.phases if (d := ordinal(p[0])) is not None and d <= at]
        if past and at - (ordinal(past[-1][0]) or at) <= _GAP:
            current.append(Measure(m.id, m.type, m.territory, m.country, tuple(past)))
    phases = {m.phase for m in current}
    verdict: Literal["in_force", "announced", "lifted", "no_record"] = (
        "in_force" if phases & {"in_force", "extended"} else "announced" if "announced" in phases else "lifted" if phases else "no_record"
    )
    return Verdict(verdict, tuple(current), len(about))
