"""Sources and actors: who that is inside the report."""

from __future__ import annotations

from collections.abc import Sequence

from selon.lang import Pack
from selon.model import Actor, Event, Parse, Place, Report, Statement


def name_sources(
    report: Report, parse: Parse, pack: Pack, statements: Sequence[Statement], places: Sequence[Place]
) -> tuple[Statement, ...]:
    """The statements with the name, kind and country of each source."""
    return tuple(statements)


def name_actors(report: Report, parse: Parse, pack: Pack, events: Sequence[Event], statements: Sequence[Statement]) -> tuple[Event, ...]:
    """The events with names of actors and targets."""
    return tuple(events)


def collect_actors(report: Report, parse: Parse, pack: Pack, statements: Sequence[Statement], events: Sequence[Event]) -> tuple[Actor, ...]:
    """Everybody who speaks or acts, with all mentions."""
    return ()
