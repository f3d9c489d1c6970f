"""Measures as they stand on a day. May import: `model`."""

from __future__ import annotations

from collections.abc import Iterable

from selon.model.fold import fold
from selon.model.incident import Measure


def on_day(measures: Iterable[Measure], day: str, territory: str = "") -> list[Measure]:
    """Measures of which something is known on an ISO day, each with no more than its phases up to then; lifted ones too.

    `territory` is a part of a territory's name. Raises ValueError when the day is none.
    """
    words = fold(territory)
    return [now for m in measures if words in fold(m.territory) and (now := m.on(day)) is not None]
