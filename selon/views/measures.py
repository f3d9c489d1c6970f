"""Measures as they stand on a day. May import: `model`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from selon.model.fold import fold
from selon.model.incident import Measure

STANDS = 30
"""Days after which a measure of which nobody speaks any more is not told to be in force; the same as when measures are found."""


def on_day(measures: Iterable[Measure], day: str, territory: str = "") -> list[Measure]:
    """Measures of which something is known on an ISO day, each with no more than its phases up to then; lifted ones too.

    `territory` is a part of a territory's name. Raises ValueError when the day is none.
    """
    at, words = date.fromisoformat(day).toordinal(), fold(territory)
    out = []
    for m in measures:
        past = tuple(p for p in m.phases if p[0] and p[0][:10] <= day)
        if past and (not words or words in fold(m.territory)) and at - date.fromisoformat(str(past[-1][0])[:10]).toordinal() <= STANDS:
            out.append(replace(m, phases=past))
    return out
