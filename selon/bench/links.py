"""How long linking takes as a ledger grows, and with one incident of thousands of reports. May import: `link`, `model`, `bench`."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from selon.bench.crowd import crowd
from selon.bench.speed import peak_memory
from selon.link import link
from selon.model import Reading

SIZES = (10_000, 30_000, 100_000)
ONE = 5_000


@dataclass(frozen=True)
class Linking:
    """Seconds of processor time for linking so many reports and events; `memory_mb` is the peak of the process so far."""

    what: str
    reports: int
    events: int
    incidents: int
    seconds: float
    memory_mb: float


def measure_linking(largest: int = SIZES[-1]) -> Iterator[Linking]:
    """Crowds of growing size, then one incident that thousands of reports tell of."""
    for size in (*(s for s in SIZES if s < largest), largest):
        yield _timed(f"{size} events", list(crowd(size)))
    yield _timed("one incident", list(_one_incident(ONE)))


def _one_incident(reports: int) -> Iterator[Reading]:
    """So many reports that tell of the same strike, each in its own words and with its own ids."""
    first = next(islice(crowd(1_000), 1))
    for k in range(reports):
        text = f"{first.report.text} w{k} x{k * 7} y{k * 13} z{k * 31} v{k * 17}"
        yield replace(first, report=replace(first.report, id=f"one{k}", text=text))


def _timed(what: str, readings: list[Reading]) -> Linking:
    began = time.process_time()
    incidents = link(readings)
    seconds = time.process_time() - began
    return Linking(what, len(readings), sum(len(r.events) for r in readings), len(incidents), seconds, peak_memory())
