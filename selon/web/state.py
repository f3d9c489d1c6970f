"""What the pages show: a snapshot of the ledger, linked, made anew when the ledger grows. May import: `ledger`, `link`, `model`, `errors`."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from selon.ledger import open_ledger
from selon.link import find_measures, fold_origins, link
from selon.model import Reading
from selon.model.incident import Incident, Measure
from selon.model.rows import ReportRow

_KEPT = 4  # snapshots of different moments held at once


@dataclass(frozen=True)
class Snapshot:
    """The ledger at one moment. Readings are without their texts, times and places: those are loaded with the report.

    Report ids are the ledger's own, so that two reports of one name stay apart.
    """

    rows: Mapping[str, ReportRow]
    readings: Mapping[str, Reading]
    incidents: tuple[Incident, ...]
    by_id: Mapping[str, Incident]
    incident_of: Mapping[tuple[str, str], str]
    measures: tuple[Measure, ...]
    origins: Mapping[str, int]


def slim(reading: Reading) -> Reading:
    """Only what lists and matrices need."""
    return replace(reading, report=replace(reading.report, text=""), times=(), places=(), actors=())


@dataclass
class State:
    """Opens the ledger for each question and keeps the last snapshots. Safe for several threads."""

    address: str
    _snapshots: OrderedDict[tuple[object, ...], Snapshot] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def snapshot(self, as_of: datetime | None = None) -> Snapshot:
        """The linked ledger as of a moment (None = now)."""
        with open_ledger(self.address) as ledger:
            rows = {r.id: r for r in ledger.reports(as_of=as_of)}
            mark = (as_of, len(rows), max((r.recorded_at for r in rows.values() if r.recorded_at), default=None))
            with self._lock:
                if mark in self._snapshots:
                    self._snapshots.move_to_end(mark)
                    return self._snapshots[mark]
            readings: dict[str, Reading] = {}
            for row in rows.values():
                if row.version is not None:
                    r = ledger.reading(row.id, as_of)
                    readings[row.id] = replace(r, report=replace(r.report, id=row.id))
        origins = fold_origins(readings.values())
        incidents = tuple(link(readings.values(), origins=origins))
        kept = {k: slim(r) for k, r in readings.items()}
        made = Snapshot(
            rows, kept, incidents, {i.id: i for i in incidents}, {e: i.id for i in incidents for e in i.events},
            tuple(find_measures(kept.values())), origins,
        )  # fmt: skip
        with self._lock:
            self._snapshots[mark] = made
            while len(self._snapshots) > _KEPT:
                self._snapshots.popitem(last=False)
        return made

    def reading(self, report: str, as_of: datetime | None = None) -> Reading:
        """One whole reading under the ledger's id. Raises LedgerError when there is none."""
        with open_ledger(self.address) as ledger:
            return ledger.reading(report, as_of)
