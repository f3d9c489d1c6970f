"""Protective measures with a life, and what is in force where on a day. May import: `model`, `link`.

The phases follow the lifecycle of the Common Alerting Protocol (CAP 1.2, OASIS): announced, in force, extended, lifted, expired. A measure
expires on a day that a report named as its end; that nobody speaks of it any more is no end, and after 30 days nothing is known.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from selon.link.days import days, ordinal
from selon.link.figures import teller
from selon.link.telling import fold
from selon.model import Event, Reading, content_id
from selon.model.incident import STANDS, Measure, MeasurePhase, Phase

PROTECTIVE = frozenset(("evacuation", "sheltering", "closure", "restriction", "warning", "outage"))
_AROUND = 60  # code points to both sides of the word that names the measure
_CUT = re.compile(r"[.!?\n]")


@cache
def _longer() -> tuple[str, ...]:
    data = tomllib.loads(resources.files("selon.link").joinpath("measures.toml").read_text("utf-8"))
    return tuple(fold(w) for words in data["extended"].values() for w in words)


def _phase(reading: Reading, event: Event) -> MeasurePhase | None:
    if event.status == "ended":
        return "lifted"
    if event.status not in ("planned", "happened", "ongoing"):
        return None
    text, at, end = reading.report.text, event.trigger.start, event.trigger.end
    before = _CUT.split(text[max(0, at - _AROUND) : at])[-1]
    near = before + text[at:end] + _CUT.split(text[end : end + _AROUND])[0]
    if any(w.startswith(_longer()) for w in fold(near).split()):
        return "extended"
    return "announced" if event.status == "planned" else "in_force"


def _until(reading: Reading, event: Event) -> str | None:
    """The day that a report names as the end: later than its own day, and not just the day of the measure."""
    t = event.time
    if t is None or t.latest is None or t.latest == t.earliest:
        return None
    told = reading.published.latest
    return t.latest[:10] if told is None or t.latest[:10] > told else None


@dataclass
class _Told:
    """One mention of a measure."""

    phase: Phase
    reading: Reading
    event: Event


def find_measures(readings: Iterable[Reading]) -> list[Measure]:
    """Measures by territory and type, from readings with their texts. A mention more than 30 days after the last opens a new measure."""
    told: dict[tuple[str, str | None, str], list[_Told]] = defaultdict(list)
    for r in readings:
        for e in r.events:
            if e.type not in PROTECTIVE or e.place is None:
                continue
            phase = _phase(r, e)
            if phase is not None:
                # A plan is known from the day it was told, the measure itself from its own day.
                own = e.time.earliest if e.time and phase == "in_force" else None
                known = Phase(own or r.published.earliest, phase, (r.report.id, e.id), _until(r, e))
                told[e.type, e.place.country, e.place.name].append(_Told(known, r, e))
    out: list[Measure] = []
    for (kind, country, territory), mentions in sorted(told.items(), key=lambda x: (x[0][0], x[0][1] or "", x[0][2])):
        mentions.sort(key=lambda m: (m.phase.day or "9999", m.phase.at))
        run: list[_Told] = []
        for m in mentions:
            last = ordinal(run[-1].phase.day) if run else None
            now = ordinal(m.phase.day)
            if run and last is not None and now is not None and now - last > STANDS:
                out.append(_measure(kind, territory, country, run))
                run = []
            run.append(m)
        out.append(_measure(kind, territory, country, run))
    return out


def _measure(kind: str, territory: str, country: str | None, run: Sequence[_Told]) -> Measure:
    phases: list[Phase] = []
    for m in run:
        p = m.phase
        ends = [q.until for q in phases if q.until]
        if p.phase == "in_force" and p.until and ends and p.until > max(ends):
            p = p._replace(phase="extended")  # a later end is an extension, whatever the words
        phases.append(p)
    whom = Counter(m.event.target.span.text for m in run if m.event.target is not None)
    by: Counter[str] = Counter()
    for m in run:
        said = teller(m.event, {s.id: s for s in m.reading.statements})
        if m.event.actor is not None:
            by[m.event.actor.name or m.event.actor.span.text] += 2
        elif said is not None and said.source is not None and said.source.kind == "official":
            by[said.source.name] += 1
    place = run[0].event.place
    return Measure(
        content_id("measure", kind, territory, country, *phases[0].at), kind, territory, country, tuple(phases),  # type: ignore[arg-type]
        place.admin1 if place else None, _first(whom), _first(by),
    )  # fmt: skip


def _first(votes: Counter[str]) -> str | None:
    return min(votes, key=lambda k: (-votes[k], k)) if votes else None


def _inside(wanted: str, territory: str, admin1: str | None) -> bool:
    """Whether a territory, or the region it lies in, is the one wanted: « Belgorod » asks for the town and for Belgorod Oblast."""
    return any(name == wanted or name.startswith(wanted + " ") for name in (fold(territory), fold(admin1 or "")))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of measures in a territory on a day. `no_record` never means "no measure": `reports` tells how many reports were read."""

    verdict: Literal["in_force", "announced", "expired", "lifted", "no_record"]
    measures: tuple[Measure, ...]
    reports: int


def coverage(readings: Iterable[Reading], measures: Iterable[Measure], territory: str, day: str) -> Verdict:
    """Measures in a territory (the name of a place or first-order region, or its first words) on an ISO day, with the number of reports read about it that week.

    Raises ValueError when the day is none.
    """
    wanted = fold(territory)
    at = ordinal(day)
    if at is None:
        raise ValueError(f"{day!r} is not an ISO day")
    about: set[str] = set()
    for r in readings:
        published = days(r.published.earliest, r.published.latest)
        if (published.high is None or abs(published.high - at) <= 7) and any(
            e.place and _inside(wanted, e.place.name, e.place.admin1) for e in r.events
        ):
            about.add(r.report.id)
    inside = (m for m in measures if _inside(wanted, m.territory, m.admin1))
    current = [now for m in inside if (now := m.on(day)) is not None]
    phases = {m.phase for m in current}
    verdict: Literal["in_force", "announced", "expired", "lifted", "no_record"] = (
        "in_force" if phases & {"in_force", "extended"} else "announced" if "announced" in phases
        else "lifted" if "lifted" in phases else "expired" if phases else "no_record"
    )  # fmt: skip
    return Verdict(verdict, tuple(current), len(about))
