"""What is said to have happened: events with type, trigger, status, roles and figures."""

from __future__ import annotations

from collections.abc import Sequence

from selon.extract.quantities import Quantity
from selon.lang import Pack
from selon.model import Event, Parse, Report, Statement


def find_events(
    report: Report, parse: Parse, pack: Pack, quantities: Sequence[Quantity], statements: Sequence[Statement]
) -> tuple[Event, ...]:
    """All events in text order, with figures and statement ids. Time and place are added later by `resolve`."""
    return ()
