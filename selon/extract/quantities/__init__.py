"""Numbers with what they count: value range, qualifier, counted noun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selon.lang import Pack
from selon.model import Parse, Qualifier, Report, Span, TimeSpan


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number phrase that counts something, not yet bound to an event.

    `span` is the phrase as gold figures mark it ("au moins 17 civils"), `unit` the counted noun as written or None,
    `head` the index of the token by which it hangs in the parse (the counted noun, else the numeral), `numeral` the index of its
    first number word. `part_of` is the index (in the returned tuple) of the quantity it is a part of ("dont trois enfants").
    """

    span: Span
    low: int | None
    high: int | None
    qualifier: Qualifier
    unit: str | None
    unit_lemma: str | None
    head: int
    numeral: int
    part_of: int | None = None


def find_quantities(report: Report, parse: Parse, pack: Pack, times: Sequence[TimeSpan]) -> tuple[Quantity, ...]:
    """All quantities in text order, without ages, distances, dates, percentages, calibres, votes and model numbers."""
    return ()
