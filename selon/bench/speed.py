"""How fast, on this machine: reports and words per second, the share of each stage, start-up, peak memory.

The bare parse of the same texts runs in the same process just before, so that the ratio means something on a busy machine too.
May import: `reader` and all below it.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from selon.errors import InputError, Issue
from selon.intake import iter_inputs
from selon.ledger import open_ledger
from selon.model import Report
from selon.reader import Reader, Stopwatch, readable

STARTS = 3
"""Start-up is the best of so many."""


@dataclass(frozen=True)
class Speed:
    """Seconds unless said otherwise. `stages` are parts of `reading`; `bare` parses the same texts and does nothing else."""

    reports: int
    words: int
    intake: float
    load: float
    bare: float
    reading: float
    ledger: float
    stages: dict[str, float]
    help: float
    memory_mb: float
    processor: tuple[float, float]
    """Processor seconds of `bare` and `reading`: what other programs take on a busy machine is not in them."""

    @property
    def ratio(self) -> float:
        """Whole reading over bare parse, in processor time."""
        return self.processor[1] / self.processor[0] if self.processor[0] else 0.0

    @property
    def reports_per_second(self) -> float:
        return self.reports / self.reading if self.reading else 0.0

    @property
    def words_per_second(self) -> float:
        return self.words / self.reading if self.reading else 0.0


def measure(paths: Sequence[str], *, repeat: int = 1, lang: str = "fr", pipeline: str | None = None) -> Speed:
    """Reads the reports of one language `repeat` times. Raises InputError SEL-I096 when there are none."""
    began = time.perf_counter()
    found = [i for i in iter_inputs(paths) if not isinstance(i, Issue) and i.report.lang == lang]
    intake = time.perf_counter() - began
    if not found:
        raise InputError("SEL-I096", f"there are no reports in {lang!r} to measure with", place=", ".join(paths), remedy="name other files")
    began = time.perf_counter()
    reader = Reader.load(lang, pipeline)
    load = time.perf_counter() - began
    once = [i.report for i in found]
    reader.read(once[0])  # tables and caches are filled once per process, not once per report
    reader.watch = Stopwatch()
    reports = once * repeat
    bare = _bare(reader, reports)
    began, before = time.perf_counter(), time.process_time()
    readings = list(reader.read_many(reports))
    reading, worked = time.perf_counter() - began, time.process_time() - before
    words = sum(len(t.split()) for r in reports for a, b in readable(r) for t in [r.text[a:b]])
    with tempfile.TemporaryDirectory() as folder, open_ledger(str(Path(folder) / "ledger.sqlite")) as ledger:
        began = time.perf_counter()
        for done, given in zip(readings, found, strict=False):
            ledger.add(done, given.raw)
        written = (time.perf_counter() - began) * repeat
    return Speed(
        len(reports), words, intake * repeat, load, bare[0], reading, written, dict(reader.watch.seconds), _help(), peak_memory(), (bare[1], worked)
    )  # fmt: skip


def _bare(reader: Reader, reports: Sequence[Report]) -> tuple[float, float]:
    """Seconds and processor seconds of the parse alone."""
    began, before = time.perf_counter(), time.process_time()
    for _ in reader.pipeline.parse_many((r.text, readable(r)) for r in reports):
        pass
    return time.perf_counter() - began, time.process_time() - before


def _help() -> float:
    """Seconds from the shell to the help text."""
    best = float("inf")
    for _ in range(STARTS):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "selon", "--help"], check=True, capture_output=True)
        best = min(best, time.perf_counter() - began)
    return best


def peak_memory() -> float:
    """Peak resident memory of this process in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024) if sys.platform == "darwin" else peak / 1024
