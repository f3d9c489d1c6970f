"""The countries that a report is about, place by place. May import: `model`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from selon.model import Parse, Place, Span

_DEPENDENT = {
    "YT": "FR", "RE": "FR", "GP": "FR", "MQ": "FR", "GF": "FR", "NC": "FR", "PF": "FR", "PM": "FR", "BL": "FR", "MF": "FR", "WF": "FR",
    "GI": "GB", "FK": "GB", "BM": "GB", "KY": "GB", "PR": "US", "GU": "US", "VI": "US", "AS": "US", "GL": "DK", "FO": "DK", "AW": "NL", "CW": "NL",
    "HK": "CN", "MO": "CN",
}  # fmt: skip
"""Territories with a code of their own whose authorities belong to another state (ISO 3166)."""


class Ground:
    """Countries by where their places stand in the text; `focus` is the one with most places.

    Adjectives of nationality are places to some, but nobody is there ("l'hôpital saoudien"): they are left out as `adjectives`.
    """

    def __init__(self, parse: Parse, places: Sequence[Place], adjectives: frozenset[Span]) -> None:
        self.parse = parse
        self.placed = [False] * len(parse)
        spots: list[tuple[int, str]] = []
        for p in places:
            for t in parse.between(p.span.start, p.span.end):
                self.placed[t.i] = True
            if p.country and p.span not in adjectives:
                spots.append((p.span.start, _DEPENDENT.get(p.country, p.country)))
        spots.sort()
        self._spots = spots
        self._starts = [s for s, _ in spots]
        counts: dict[str, int] = {}
        for _, c in spots:
            counts[c] = counts.get(c, 0) + 1
        self.focus = max(counts, key=lambda c: (counts[c], c)) if counts else None

    def inside(self, start: int, end: int) -> str | None:
        """The country of the first place that begins in [start, end)."""
        k = bisect_right(self._starts, start - 1)
        return self._spots[k][1] if k < len(self._spots) and self._spots[k][0] < end else None

    def nearby(self, start: int) -> str | None:
        """The country of the last place before an offset in its paragraph, else the country most spoken of."""
        k = bisect_right(self._starts, start) - 1
        if k >= 0 and "\n" not in self.parse.text[self._spots[k][0] : start]:
            return self._spots[k][1]
        return self.focus
