"""The linked ledger behind the pages, made anew when the ledger grows. May import: `linked`, `ledger`, `model`."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime

from selon.ledger import Store, open_ledger
from selon.linked import Linked, linked
from selon.model import Reading
from selon.model.rows import ReportRow

_KEPT = 4  # moments held at once
PATIENCE = 0.5
"""Seconds of linking above which the review page goes on with what it has, while judgements take effect in the background."""

Mark = tuple[object, ...]


@dataclass
class State:
    """Opens the ledger for each question and keeps the last linked moments. Safe for several threads."""

    address: str
    _moments: OrderedDict[Mark, Linked] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _took: float = 0.0
    _now: tuple[Mark, Linked] | None = None
    _behind: threading.Thread | None = None

    def snapshot(self, as_of: datetime | None = None) -> Linked:
        """The linked ledger as of a moment (None = now)."""
        with open_ledger(self.address) as ledger:
            mark, rows = _mark(ledger, as_of)
            # One thread links while others that want the same moment wait for it.
            with self._lock:
                if mark not in self._moments:
                    began = time.monotonic()
                    self._moments[mark] = linked(ledger, as_of, rows)
                    self._took = time.monotonic() - began
                    while len(self._moments) > _KEPT:
                        self._moments.popitem(last=False)
                self._moments.move_to_end(mark)
                if as_of is None:
                    self._now = (mark, self._moments[mark])
                return self._moments[mark]

    def recent(self) -> Linked:
        """The linked ledger of now; where linking takes long and only judgements are new, that of a moment ago, with the new one on its way."""
        if self._took <= PATIENCE:
            return self.snapshot()
        with open_ledger(self.address) as ledger:
            mark, _ = _mark(ledger, None)
        held = self._now
        if held is None or held[0][:-1] != mark[:-1]:
            return self.snapshot()
        if held[0] == mark:
            return held[1]
        if self._behind is None or not self._behind.is_alive():
            self._behind = threading.Thread(target=self.snapshot, daemon=True)
            self._behind.start()
        return held[1]

    def reading(self, report: str, as_of: datetime | None = None) -> Reading:
        """One whole reading. Raises LedgerError when there is none."""
        with open_ledger(self.address) as ledger:
            return ledger.reading(report, as_of)


def _mark(ledger: Store, as_of: datetime | None) -> tuple[Mark, list[ReportRow]]:
    """What tells one state of the ledger from another (judgements last), and the reports of it."""
    rows = list(ledger.reports(as_of=as_of))
    judged = tuple(j.id for j in ledger.judgements(as_of))
    newest = max((r.recorded_at for r in rows if r.recorded_at), default=None)
    return (as_of, len(rows), newest, (len(judged), *judged[-1:])), rows
