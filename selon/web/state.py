"""The linked ledger behind the pages, made anew when the ledger grows. May import: `linked`, `ledger`, `model`."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime

from selon.ledger import open_ledger
from selon.linked import Linked, linked
from selon.model import Reading

_KEPT = 4  # moments held at once


@dataclass
class State:
    """Opens the ledger for each question and keeps the last linked moments. Safe for several threads."""

    address: str
    _moments: OrderedDict[tuple[object, ...], Linked] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def snapshot(self, as_of: datetime | None = None) -> Linked:
        """The linked ledger as of a moment (None = now)."""
        with open_ledger(self.address) as ledger:
            rows = list(ledger.reports(as_of=as_of))
            judged = tuple(j.id for j in ledger.judgements(as_of))
            mark = (as_of, len(rows), max((r.recorded_at for r in rows if r.recorded_at), default=None), len(judged), judged[-1:])
            # One thread links while others that want the same moment wait for it.
            with self._lock:
                if mark not in self._moments:
                    self._moments[mark] = linked(ledger, as_of, rows)
                    while len(self._moments) > _KEPT:
                        self._moments.popitem(last=False)
                self._moments.move_to_end(mark)
                return self._moments[mark]

    def reading(self, report: str, as_of: datetime | None = None) -> Reading:
        """One whole reading. Raises LedgerError when there is none."""
        with open_ledger(self.address) as ledger:
            return ledger.reading(report, as_of)
