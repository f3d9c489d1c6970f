"""Readings made by hand for the tests of linking: one line of text an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selon.model import (
    Event,
    EventType,
    Figure,
    Passage,
    Place,
    Published,
    Reading,
    Report,
    Source,
    Span,
    Stance,
    Statement,
    Status,
    TimeSpan,
)

PLACES = {
    "France": (100, "FR", None, 46.0, 2.0),
    "Graville": (101, "FR", "Nord", 50.0, 3.0),
    "Petitville": (102, "FR", "Nord", 50.1, 3.1),
    "Loinville": (103, "FR", "Sud", 44.0, 3.0),
    "Autreville": (104, "BE", "Hainaut", 50.4, 3.9),
}


@dataclass(frozen=True)
class Line:
    """One event: its sentence, type, place, day or days, figures (count_of, low, high) and who says it (source, stance)."""

    text: str
    type: EventType
    place: str | None = None
    day: str | None = None
    until: str | None = None
    figures: tuple[tuple[str, int | None, int | None], ...] = ()
    by: tuple[str, Stance] | None = None
    status: Status = "happened"


def reading(id: str, published: str | None, lines: Sequence[Line]) -> Reading:
    """A reading whose passages are the lines, the first one a headline."""
    text = "\n".join(line.text for line in lines)
    passages, events, statements, at = [], [], [], 0
    for i, line in enumerate(lines):
        span = Span.of(text, at, at + len(line.text))
        passages.append(Passage("headline" if i == 0 else "paragraph", span.start, span.end))
        place = None
        if line.place:
            number, country, admin1, lat, lon = PLACES[line.place]
            place = Place(span, line.place, "exact" if admin1 else "country", admin1, country, number, lat, lon, 2.0)
        time = TimeSpan(span, "DATE", line.day, line.day, line.until or line.day) if line.day else None
        held: tuple[str, ...] = ()
        if line.by:
            held = (f"s{i}",)
            statements.append(Statement(f"s{i}", Source(span, line.by[0], "official"), span, line.by[1], span, "test"))
        figures = tuple(Figure(span, count, None, low, high) for count, low, high in line.figures)  # type: ignore[arg-type]
        events.append(Event(f"e{i}", line.type, span, line.status, "test", place=place, time=time, figures=figures, statements=held))
        at = span.end + 1
    day = Published(published, published, "given") if published else Published()
    return Reading(Report(id, text, "fr", passages=tuple(passages), published=day), day, tuple(statements), tuple(events))
