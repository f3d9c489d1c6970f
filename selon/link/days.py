"""Intervals of days as ordinals (days since 0001-01-01), the arithmetic of linking. May import: nothing of Selon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Days:
    """A closed interval of ordinals; None = open end."""

    low: int | None
    high: int | None

    @property
    def known(self) -> bool:
        return self.low is not None and self.high is not None

    @property
    def width(self) -> int | None:
        """Length in days minus one: 0 for one day; None when an end is open."""
        return self.high - self.low if self.low is not None and self.high is not None else None

    def gap(self, other: Days) -> int | None:
        """Days between the intervals, 0 when they touch or overlap; None when open ends leave it unknown."""
        if self.low is not None and other.high is not None and self.low > other.high:
            return self.low - other.high
        if other.low is not None and self.high is not None and other.low > self.high:
            return other.low - self.high
        return 0 if self.known and other.known else None

    def sharpened(self, other: Days) -> Days:
        """What both say together: the narrower of two that meet, the hull of two neighbouring days or nights, else this one.

        "Since October" and "on 4 June" of one occurrence are about 4 June; a report's vague interval does not stretch what is clear.
        """
        if not self.known or not other.known:
            return self if self.known else other
        mine, theirs = self.width or 0, other.width or 0
        gap = self.gap(other)
        if gap == 0:
            return self if mine <= theirs else other
        return self.union(other) if gap == 1 and mine <= 1 and theirs <= 1 else self

    def union(self, other: Days) -> Days:
        """The hull of both; an open end of one is closed by the other."""
        lows = [d for d in (self.low, other.low) if d is not None]
        highs = [d for d in (self.high, other.high) if d is not None]
        return Days(min(lows, default=None), max(highs, default=None))


UNKNOWN = Days(None, None)


def ordinal(iso: str | None) -> int | None:
    """The ordinal of an ISO day, None when there is none or it is not a day."""
    if not iso or len(iso) < 10:
        return None
    try:
        return date.fromisoformat(iso[:10]).toordinal()
    except ValueError:
        return None


def days(earliest: str | None, latest: str | None) -> Days:
    """The interval between two ISO days."""
    return Days(ordinal(earliest), ordinal(latest))


def iso(day: int | None) -> str | None:
    """The ISO day of an ordinal."""
    return date.fromordinal(day).isoformat() if day is not None else None
