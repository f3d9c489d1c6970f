"""How a source does: what is expected of it, whether it has gone silent, whether it changed shape, when it is due. May import: `intake.watch`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Literal

from selon.intake.watch.plan import Source

WINDOW = timedelta(days=28)
"""What is expected is learnt from so long a time: four weeks hold four of each weekday."""
ENOUGH = timedelta(days=5)
"""A source that has been watched for less has shown no habit yet."""
SURPRISE = math.log(1000)
"""Silence is said when, at the usual rate, chance alone would bring it once in a thousand times (entries as a Poisson process), and it is half as
long again as the longest pause so far (news sleeps at night and on Sundays)."""
FAILED = 3
"""Looks in a row that must fail before it is said."""
LONGEST = 86_400.0
"""Seconds after which a source that fails is looked at again at the latest."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a source: status (None when there was no answer), what it listed, what of it was new, its shape, seconds it asked to wait."""

    at: datetime
    status: int | None
    code: str | None = None
    listed: int | None = None
    fresh: int | None = None
    shape: str | None = None
    dated: int | None = None
    wait: float | None = None

    @property
    def fine(self) -> bool:
        return self.code is None and self.status is not None

    @property
    def full(self) -> bool:
        """A look that brought a list (not: nothing changed since)."""
        return self.fine and self.listed is not None


Trouble = Literal["silent", "failing", "shape", "shrunk", "undated"]


@dataclass(frozen=True, slots=True)
class Health:
    """`per_day` entries a day are usual (None = not known yet); `quiet_since` the last new entry; `troubles` with a word of detail each."""

    per_day: float | None
    quiet_since: datetime | None
    troubles: tuple[tuple[Trouble, str], ...] = ()
    since: datetime | None = None
    """When the troubles began: so that one trouble is said once."""


def health(looks: Sequence[Look], source: Source, now: datetime) -> Health:
    """How a source does after `looks`, the oldest first."""
    recent = [k for k in looks if now - k.at <= WINDOW]
    fine = [k for k in recent if k.fine]
    if not recent:
        return Health(source.expect, None)
    # The first look finds all that was there: no measure of a rate.
    news = [(k.at, k.fresh or 0) for k in fine[1:] if k.fresh]
    began = fine[0].at if fine else recent[0].at
    last = news[-1][0] if news else (fine[0].at if fine else None)
    watched = now - began
    learnt = sum(n for _, n in news) / (watched.total_seconds() / 86_400) if watched >= ENOUGH else None
    per_day = source.expect if source.expect is not None else learnt
    troubles: list[tuple[Trouble, str]] = []
    since: list[datetime] = []
    if per_day and last is not None and _is_silent(per_day, last, news, began, now):
        troubles.append(("silent", f"{per_day:.1f}"))
        since.append(last)
    failed = 0
    for k in reversed(recent):
        if k.fine:
            break
        failed += 1
    if failed >= FAILED:
        troubles.append(("failing", recent[-1].code or str(recent[-1].status)))
        since.append(recent[-failed].at)
    for trouble, detail, at in _shape(fine):
        troubles.append((trouble, detail))
        since.append(at)
    return Health(per_day, last, tuple(troubles), min(since, default=None))


def _is_silent(per_day: float, last: datetime, news: Sequence[tuple[datetime, int]], began: datetime, now: datetime) -> bool:
    pause = (now - last).total_seconds() / 86_400
    if per_day * pause < SURPRISE:
        return False
    points = [began, *(at for at, _ in news)]
    longest = max(((b - a).total_seconds() / 86_400 for a, b in pairwise(points)), default=0.0)
    return pause > 1.5 * longest


def _shape(fine: Sequence[Look]) -> list[tuple[Trouble, str, datetime]]:
    full = [k for k in fine if k.full]
    if len(full) < 4:
        return []
    now, before = full[-1], full[:-1]
    # Since when it is as it is now: one look before the run of equal ones decides what it was.
    run = next((n for n in range(len(before) - 1, -1, -1) if before[n].shape != now.shape), None)
    if run is not None and len(before) - run <= 96 and run >= 2 and before[run].shape == before[run - 1].shape:
        return [("shape", f"{before[run].shape} → {now.shape}", full[run + 1].at)]
    usual = median(k.listed or 0 for k in before[-20:])
    if usual >= 4 and (now.listed or 0) * 4 < usual:
        return [("shrunk", f"{usual:.0f} → {now.listed}", now.at)]
    dated = [k.dated / k.listed for k in before[-20:] if k.dated is not None and k.listed]
    if dated and median(dated) > 0.8 and now.listed and (now.dated or 0) / now.listed < 0.2:
        return [("undated", f"{now.dated}/{now.listed}", now.at)]
    return []


def due_at(looks: Sequence[Look], source: Source) -> datetime | None:
    """When a source is due; None = at once. Failures double the time between looks, and a server that asks to wait is waited for."""
    if not looks:
        return None
    failed = 0
    for k in reversed(looks):
        if k.fine:
            break
        failed += 1
    last = looks[-1]
    rest = min(source.every * 2 ** min(failed, 10), max(LONGEST, source.every))
    return last.at + timedelta(seconds=max(rest, last.wait or 0.0))


def check_due(first: datetime, last: datetime, recheck: Sequence[float]) -> datetime | None:
    """When a page first seen at `first` and last looked at at `last` is looked at again; None when it has been seen at every age of `recheck`."""
    age = (last - first).total_seconds()
    step = next((r for r in recheck if r > age), None)
    return None if step is None else first + timedelta(seconds=step)


def retry_due(failed: int, last: datetime, wait: float | None) -> datetime | None:
    """When an entry whose page could not be had is tried again; None when it was tried often enough."""
    delays = (300.0, 1800.0, 2 * 3600.0, 12 * 3600.0, 86_400.0)
    if failed > len(delays):
        return None
    return last + timedelta(seconds=max(delays[failed - 1], wait or 0.0))
