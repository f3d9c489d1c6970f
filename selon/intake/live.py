"""Stamps of live entries. May import: `fold`."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from selon.intake.fold import words

_STAMP = re.compile(
    r"[\[(«•▶►■●*–—-]?\s?(?P<h>[0-2]?\d)\s?(?P<by>[hH:.])\s?(?P<m>[0-5]\d)?(?![\d%])(?P<half>\s?[aApP]\.?[mM](?:\.|\b))?"
    r"(?P<zone>\s?\(?(?:GMT|UTC|CET|CEST|EET|EEST|BST|IST|E[SD]?T|P[SD]?T|AE[SD]T)(?![A-Za-z])(?:[+-]\d{1,2})?\)?)?"
    r"(?P<day>(?<=[mMTC.]),\s[^\W\d_]+\.?\s[0-3]?\d,?\s\d{4}(?=\s*$))?[\])]?"
    r"(?P<sep>\s*(?:[:|–—>•]|-(?=\s)|\.(?=\s))\s*|\s+|$)"
)
_CLOCK = re.compile(r"(?<!\d)(?P<h>[0-2]?\d)\s?[hH:]\s?(?P<m>[0-5]\d)(?!\d)")
DATED_MAX = 40
"""Code points of a line that is only a stamp with its day."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """The time at the head of a line: minutes after midnight, how many code points it takes, and whether a mark parts it from what follows."""

    minutes: int
    length: int
    firm: bool

    @property
    def clock(self) -> str:
        """As in ISO 8601, without a day."""
        return f"T{self.minutes // 60:02d}:{self.minutes % 60:02d}"


def stamp_of(raw: str) -> Stamp | None:
    """The stamp that a line begins with: `11h58 :`, `07:44 –`, `[14h05]`, `18:22 |`, `4:58 p.m. ET`."""
    if not any(c.isdigit() for c in raw[:4]):
        return None
    m = _STAMP.match(raw[:40])
    if m is None:
        return None
    hour, minute = int(m["h"]), int(m["m"] or 0)
    if hour > 23 or (m["m"] is None and m["by"] not in "hH"):
        return None
    if m["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if m["half"].strip()[0] in "pP" else 0)
    alone = m.end() == len(raw)
    bracket = raw[0] in "[("
    firm = bool(m["sep"].strip()) or alone or bracket
    if not firm and m["by"] == ".":
        return None
    if not firm and m["m"] is None:
        return None
    return Stamp(hour * 60 + minute, m.end(), firm)


def dated_stamp(raw: str, words_of_dates: Container[str]) -> Stamp | None:
    """The stamp of a line that holds a day and a time and nothing else: `Hier à 22h10`, `23 mai, 11:58`. With a year it dates the page instead."""
    if len(raw) > DATED_MAX:
        return None
    clock = _CLOCK.search(raw)
    if clock is None or int(clock["h"]) > 23:
        return None
    rest = words(raw[: clock.start()] + " " + raw[clock.end() :])
    if not rest or not all(w in words_of_dates or (w.isdigit() and len(w) < 3) for w in rest):
        return None
    return Stamp(int(clock["h"]) * 60 + int(clock["m"]), len(raw), True)


def days(stamps: Sequence[Stamp], day: str | None) -> list[str]:
    """The ISO times of a live text's entries, in order. `day` is the day of its newest entry; without it the times have no day.

    Newest first or oldest first is read off the entries. A text that runs newest first and passes midnight goes back a day there; one that
    passes midnight oldest first gets no days, for its first day is not known.
    """
    if not stamps:
        return []
    pairs = list(pairwise(stamps))
    down = sum(a.minutes > b.minutes for a, b in pairs)
    up = sum(a.minutes < b.minutes for a, b in pairs)
    if day is None or (up > down and down):
        return [s.clock for s in stamps]
    current = date.fromisoformat(day)
    out = [current.isoformat() + stamps[0].clock]
    for before, s in pairs:
        if down >= up and s.minutes > before.minutes + 360:
            try:
                current -= timedelta(days=1)
            except OverflowError:
                return [t.clock for t in stamps]
        out.append(current.isoformat() + s.clock)
    return out
