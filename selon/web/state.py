"""The linked ledger behind the pages, made anew when the ledger grows. May import: `linked`, `ledger`, `views`, `web`.

StillLinkingError a large ledger takes seconds. One thread does it, beside the pages: those that were linked before go on to be shown until the
new ones are there, and only when nothing was linked yet does a page wait.
"""

from __future__ import annotations

import gc
import threading
import time
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as StillRunning
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property

from selon.ledger import Ledger, open_ledger
from selon.ledger.marks import Mark, mark
from selon.ledger.words import current_readings, statements_with
from selon.linked import Linked, linked
from selon.model.fold import fold
from selon.views.review import Doubt, doubts
from selon.views.sources import Spoken, spoken
from selon.web.index import Index, build_index

_KEPT = 3  # moments held at once
PATIENCE = 0.5
"""Seconds of linking above which pages go on with what they have, while the new moment is made in the background."""
WAIT = 8.0
"""Seconds a page waits for the first linking before it says that it is under way."""
_SETTLED = timedelta(minutes=2)  # a moment so long ago does not change any more

_Key = tuple[datetime | None, Mark | None]


class StillLinkingError(Exception):
    """Nothing is linked yet; it is under way."""


@dataclass(frozen=True)
class Moment:
    """The linked ledger at one moment with what pages look up in it. What few pages need is made when it is first asked for."""

    linked: Linked
    index: Index
    mark: Mark
    as_of: datetime | None = None
    _current: dict[int, str] = field(default_factory=dict)
    _said: dict[str, frozenset[str]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def key_of(self) -> Mapping[str, str]:
        """The name of each report by its id in the ledger."""
        return {row.id: key for key, row in self.linked.rows.items()}

    @cached_property
    def sources(self) -> Mapping[str, Spoken]:
        """What each source said and how others met it, by folded name."""
        return spoken(self.linked.incidents, self.linked.readings)

    @cached_property
    def territories(self) -> list[str]:
        """Where measures are told of, the most often named first."""
        named = Counter(m.territory for m in self.linked.measures)
        return [t for t, _ in named.most_common(120)]

    @cached_property
    def _there(self) -> Mapping[str, set[str]]:
        there: dict[str, set[str]] = defaultdict(set)
        for report, r in self.linked.readings.items():
            for name in {x for e in r.events if e.place for x in (e.place.name, e.place.admin1) if x}:
                there[fold(name)].add(report)
        return there

    @cached_property
    def doubt_counts(self) -> Counter[str]:
        """How many doubts of each kind wait."""
        return Counter(d.reason for d in self.doubts)

    def warm(self) -> None:
        """Makes what pages would otherwise make while somebody waits."""
        for made in (self.key_of, self.territories, self._there, self.sources, self.doubt_counts):
            len(made)

    def reports_at(self, territory: str) -> list[str]:
        """The reports that place events in a territory: a place or a first-order region, by name."""
        return sorted(self._there.get(fold(territory), ()))

    def said(self, ledger: Ledger, words: str) -> frozenset[str]:
        """The incidents of which statements with these words speak."""
        with self._lock:
            known = self._said.get(words)
        if known is not None:
            return known
        if not self._current:
            self._current.update(current_readings(ledger, self.as_of))
        of, readings, held = self.key_of, self.linked.readings, self.linked.incident_of
        ids: dict[str, set[str]] = defaultdict(set)
        for reading, id in statements_with(ledger, words):
            if (report := of.get(self._current.get(reading, ""))) is not None:
                ids[report].add(id)
        found = frozenset(
            i for report, mine in ids.items() if report in readings for e in readings[report].events
            if not mine.isdisjoint(e.statements) and (i := held.get((report, e.id))) is not None
        )  # fmt: skip
        with self._lock:
            if len(self._said) > 30:
                self._said.clear()
            self._said[words] = found
        return found

    @cached_property
    def doubts(self) -> list[Doubt]:
        """What waits for a person."""
        ids = {key: row.id for key, row in self.linked.rows.items()}
        return doubts(self.linked.incidents, self.linked.readings, ids, self.linked.judged.standings)


@dataclass
class State:
    """One open ledger and the last linked moments. Safe for several threads."""

    address: str
    _moments: OrderedDict[_Key, Moment] = field(default_factory=OrderedDict)
    _making: dict[_Key, Future[Moment]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _one: threading.Lock = field(default_factory=threading.Lock)
    _took: float = 0.0

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger, opened once: its engine keeps connections for threads."""
        return open_ledger(self.address)

    def moment(self, as_of: datetime | None = None, wait: float = WAIT) -> Moment:
        """The linked ledger as of a moment (None = now), or, while that is made from a large one, of a little before.

        Raises StillLinkingError when there is none after `wait` seconds.
        """
        now = mark(self.ledger)
        key = (as_of, None if as_of is not None and as_of < datetime.now(UTC) - _SETTLED else now)
        with self._lock:
            if key in self._moments:
                self._moments.move_to_end(key)
                return self._moments[key]
            making = self._making.get(key)
            if making is None:
                making = self._making[key] = Future()
                threading.Thread(target=self._make, args=(key, now, making), daemon=True).start()
            before = next((m for (at, _), m in reversed(self._moments.items()) if at is None), None) if as_of is None else None
        if before is not None and self._took > PATIENCE:
            return before
        try:
            return making.result(wait)
        except StillRunning as e:
            raise StillLinkingError from e

    def linking(self) -> bool:
        """Whether a newer moment of now is being made while an older one is shown."""
        with self._lock:
            return any(at is None for at, _ in self._making) and any(at is None for at, _ in self._moments)

    def snapshot(self, as_of: datetime | None = None) -> Linked:
        """The linked ledger as of a moment."""
        return self.moment(as_of).linked

    def _make(self, key: _Key, now: Mark, making: Future[Moment]) -> None:
        try:
            with self._one:
                began = time.monotonic()
                found = linked(self.ledger, key[0])
                made = Moment(found, build_index(found), now, key[0])
                took = time.monotonic() - began
            if took > PATIENCE:
                # Millions of objects that stay: a full collection would stop all pages for seconds to look at each of them again.
                gc.freeze()
        except BaseException as e:
            with self._lock:
                self._making.pop(key, None)
            making.set_exception(e)
            return
        with self._lock:
            for old in [k for k in self._moments if k[0] is None and key[0] is None]:
                del self._moments[old]
            self._moments[key] = made
            self._took = took if key[0] is None else self._took
            while len(self._moments) > _KEPT:
                oldest = next(k for k in self._moments if k != key)
                del self._moments[oldest]
            self._making.pop(key, None)
        making.set_result(made)
        made.warm()
        if took > PATIENCE:
            gc.freeze()

    def close(self) -> None:
        self.ledger.close()
