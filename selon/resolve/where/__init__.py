"""Places of events."""

from __future__ import annotations

from collections.abc import Sequence

from selon.lang import Pack
from selon.model import Event, Parse, Place, Report, Statement


def find_places(report: Report, parse: Parse, pack: Pack) -> tuple[Place, ...]:
    """All place mentions in text order, resolved as far as the report's own geography allows."""
    return ()


def place_events(
    report: Report, parse: Parse, pack: Pack, events: Sequence[Event], places: Sequence[Place], statements: Sequence[Statement]
) -> tuple[Event, ...]:
    """The events with the finest named place of their sentence, else the one carried on."""
    return tuple(events)
