"""Incidents by day. May import: `model`, `views`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from selon.model.incident import Incident
from selon.views.incidents import summary
from selon.views.labels import Words
from selon.views.notes import Line, days

Say = Callable[..., str]


def by_day(incidents: Iterable[Incident]) -> list[tuple[str | None, list[Incident]]]:
    """Incidents under the first day on which they may have begun, days in order; those without a known first day last, under None."""
    out: dict[str | None, list[Incident]] = {}
    for i in sorted(incidents, key=lambda i: (i.earliest or "9999", i.latest or "9999", i.title, i.id)):
        out.setdefault(i.earliest, []).append(i)
    return list(out.items())


def timeline_lines(incidents: Iterable[Incident], words: Words, say: Say) -> Iterator[Line]:
    """A day, then a line an incident: what, where, until when at the latest, chief figures under their sources, reports and origins."""
    for n, (day, found) in enumerate(by_day(incidents)):
        if n:
            yield Line("")
        yield Line(day or say("timeline.undated"), "head")
        for i in found:
            where = f" · {i.place.name}" if i.place else ""
            until = f" ({days(i.earliest, i.latest, words)})" if i.latest != i.earliest else ""
            disputed = f" — {say('incident.disputed')}" if i.disputed else ""
            yield Line(f"{i.id[:8]}  {words.get('type', i.type)}{where}{until}{disputed}", "warn" if disputed else "strong", 1)
            said = [
                f"{what}: " + " / ".join(f"{v} — {by}" for v, by in values) for what, values in summary(i, words, say("incident.narration"))
            ]
            for line in said:
                yield Line(line, "text", 2)
            yield Line(say("incident.counts", reports=len(i.reports), origins=i.origins), "dim", 2)
