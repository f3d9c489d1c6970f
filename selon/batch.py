"""Reading many inputs in one or several processes, in order, in constant memory; what cannot be read becomes an issue and the run goes on.

May import: `reader`, `intake`, `lang`, `model`, `errors`.
"""

from __future__ import annotations

import multiprocessing
import signal
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from selon.errors import InputError, Issue, PackError, PipelineError, SelonError
from selon.model import Published, Reading, Report

if TYPE_CHECKING:
    from selon.intake import Input
    from selon.reader import Reader, Stopwatch

CHUNK_REPORTS = 16
CHUNK_LETTERS = 60_000
"""A chunk of work ends at so many reports or code points: small enough that little is lost, large enough to keep the parser busy."""
NOT_YET = ("SEL-P002", "SEL-N01")
"""Errors that say that a language cannot be read yet: there is no pack, or no pipeline ships with it."""
AHEAD = 3
"""Chunks that wait for each process: bounds memory."""

Found: TypeAlias = "Reading | Issue"
Work: TypeAlias = "Callable[[list[Report]], list[Found]]"


@dataclass(frozen=True, slots=True)
class Read:
    """A report that was read. `given` is what was known of its day before."""

    reading: Reading
    raw: bytes
    given: Published


@dataclass(frozen=True, slots=True)
class Unread:
    """A report that is kept but could not be read: no pack for its language, or the reader failed."""

    report: Report
    raw: bytes
    issue: Issue


@dataclass(frozen=True, slots=True)
class Known:
    """A report that this version has read before."""

    report: Report


@dataclass(frozen=True, slots=True)
class Note:
    """Something noticed on an input that did not keep it from being read (an encoding that was guessed, for example)."""

    issue: Issue


Outcome: TypeAlias = Read | Unread | Known | Note | Issue
Knows: TypeAlias = Callable[[Report, str], bool]


@dataclass
class Shelf:
    """The readers of a process, one per language, loaded when first needed."""

    pipeline: str | None = None
    readers: dict[str, Reader | Issue] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)

    def get(self, lang: str) -> Reader | Issue:
        """The reader of a language, or the issue that says why there is none. A broken pack or pipeline is an error of the whole run."""
        if lang not in self.readers:
            from selon.lang import load_pack
            from selon.reader import Reader

            try:
                load_pack(lang)  # before the pipeline: a language that is not known at all has neither
                self.readers[lang] = Reader.load(lang, self.pipeline)
            except (PackError, PipelineError) as e:
                if e.code not in NOT_YET:
                    raise
                self.readers[lang] = e.issue()
        return self.readers[lang]

    def version(self, lang: str) -> str:
        """The version that reads this language; empty when none does. Loads nothing: most reports of a second run are known."""
        if lang not in self.versions:
            from selon.reader import reader_version

            try:
                self.versions[lang] = reader_version(lang, self.pipeline)
            except (PackError, PipelineError) as e:
                if e.code not in NOT_YET:
                    raise
                self.versions[lang] = ""
        return self.versions[lang]

    def read(self, reports: Sequence[Report]) -> list[Found]:
        """A reading, or an issue, for each report. One bad report does not take others with it."""
        out: dict[int, Found] = {}
        for lang in dict.fromkeys(r.lang for r in reports):
            here = [k for k, r in enumerate(reports) if r.lang == lang]
            reader = self.get(lang)
            if isinstance(reader, Issue):
                out.update((k, replace(reader, place=_place(reports[k]))) for k in here)
                continue
            try:
                out.update(zip(here, reader.read_many(reports[k] for k in here), strict=True))
            except Exception:
                # Somewhere in the chunk: each by itself then, to find which.
                for k in here:
                    if k not in out:
                        out[k] = _read_alone(reader, reports[k])
        return [out[k] for k in range(len(reports))]


def _read_alone(reader: Reader, report: Report) -> Found:
    try:
        return reader.read(report)
    except SelonError as e:
        return replace(e.issue(), place=_place(report))
    except Exception as e:
        at = traceback.extract_tb(e.__traceback__)[-1]
        problem = f"the reader failed on this report ({type(e).__name__} at {Path(at.filename).name}:{at.lineno}: {str(e)[:120]})"
        return _failure("SEL-I090", problem, report, "this is a fault of Selon: please report it with the text, if you may")


def _failure(code: str, problem: str, report: Report, remedy: str) -> Issue:
    return InputError(code, problem, place=_place(report), excerpt=report.text[:60].strip(), remedy=remedy).issue()


def _place(report: Report) -> str:
    return report.source.path or report.source.url or report.id


def read_inputs(
    inputs: Iterable[Input | Issue],
    *,
    pipeline: str | None = None,
    jobs: int = 1,
    knows: Knows | None = None,
    watch: Stopwatch | None = None,
    shelf: Shelf | None = None,
) -> Generator[Outcome, None, None]:
    """Reads inputs and passes their issues on, all in order.

    `knows(report, version)` says whether a report need not be read again. With `jobs` > 1 as many processes read (the caller's main module
    must be safe to import). `watch` gathers seconds per stage when one process reads, and
    `shelf` then keeps its readers from call to call. Raises PipelineError, or PackError for a pack that
    does not load.
    """
    engine: _Alone | _Several = _Alone(shelf or Shelf(pipeline), watch) if jobs <= 1 else _Several(pipeline, jobs)
    with engine:
        waiting: deque[tuple[list[_Slot], Callable[[], list[Found]]]] = deque()
        chunk: list[_Slot] = []

        def send() -> None:
            nonlocal chunk
            waiting.append((chunk, engine.submit([s.report for s in chunk if isinstance(s, _Todo)])))
            chunk = []

        def done() -> Iterator[Outcome]:
            while len(waiting) > engine.ahead:
                yield from _outcomes(*waiting.popleft())

        for item in inputs:
            if isinstance(item, Issue):
                chunk.append(item)
                continue
            if len(item.report.text) >= CHUNK_LETTERS:
                send()  # what waits must not wait for a very long report
                yield from done()
            chunk.extend(Note(n) for n in item.notes)
            if knows is not None and knows(item.report, engine.version(item.report.lang)):
                chunk.append(Known(item.report))
            else:
                chunk.append(_Todo(item.report, item.raw))
            size = sum(len(s.report.text) for s in chunk if isinstance(s, _Todo))
            if len(chunk) >= CHUNK_REPORTS or size >= CHUNK_LETTERS:
                send()
                yield from done()
        send()
        engine.ahead = 0
        yield from done()


@dataclass(frozen=True, slots=True)
class _Todo:
    report: Report
    raw: bytes


_Slot: TypeAlias = _Todo | Known | Note | Issue


def _outcomes(slots: list[_Slot], result: Callable[[], list[Found]]) -> Iterator[Outcome]:
    found = iter(result())
    for slot in slots:
        if not isinstance(slot, _Todo):
            yield slot
            continue
        value = next(found)
        yield Unread(slot.report, slot.raw, value) if isinstance(value, Issue) else Read(value, slot.raw, slot.report.published)


class _Alone:
    """The process itself reads."""

    ahead = 0

    def __init__(self, shelf: Shelf, watch: Stopwatch | None) -> None:
        self.shelf, self.watch = shelf, watch

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...

    def version(self, lang: str) -> str:
        return self.shelf.version(lang)

    def submit(self, reports: list[Report]) -> Callable[[], list[Found]]:
        if self.watch is not None:
            for lang in {r.lang for r in reports}:
                reader = self.shelf.get(lang)
                if not isinstance(reader, Issue):
                    reader.watch = self.watch
        found = self.shelf.read(reports)
        return lambda: found


class _Several:
    """A pool of processes reads. A process that dies (killed, out of memory) costs only the report that it died of."""

    def __init__(self, pipeline: str | None, jobs: int, work: Work | None = None) -> None:
        self.pipeline, self.jobs, self.ahead = pipeline, jobs, jobs * AHEAD
        self.work = work or _work
        self.version = Shelf(pipeline).version

    def __enter__(self) -> None:
        self.pool = self._pool(self.jobs)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        # Whoever interrupts does not want to wait; the processes keep nothing that could be lost.
        processes = [] if kind is None else list((self.pool._processes or {}).values())
        self.pool.shutdown(wait=kind is None, cancel_futures=True)
        for process in processes:
            process.terminate()

    def _pool(self, jobs: int) -> ProcessPoolExecutor:
        # Forking a process that has threads (a progress bar, a database) can hang; spawning is slower once and safe everywhere.
        return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(self.pipeline,))

    def submit(self, reports: list[Report]) -> Callable[[], list[Found]]:
        if not reports:
            return list
        pool = self.pool
        try:
            future = pool.submit(self.work, reports)
        except BrokenProcessPool:
            return lambda: self._one_by_one(reports, pool)
        return lambda: self._result(future, reports, pool)

    def _result(self, future: Future[list[Found]], reports: list[Report], pool: ProcessPoolExecutor) -> list[Found]:
        try:
            return future.result()
        except BrokenProcessPool:
            return self._one_by_one(reports, pool)

    def _one_by_one(self, reports: list[Report], broken: ProcessPoolExecutor) -> list[Found]:
        if self.pool is broken:
            self.pool = self._pool(self.jobs)
        out: list[Found] = []
        alone = self._pool(1)
        for report in reports:
            try:
                out += alone.submit(self.work, [report]).result()
            except BrokenProcessPool:
                remedy = "read it by itself with more memory, or leave it out"
                out.append(_failure("SEL-I091", "the process that read this report was killed", report, remedy))
                alone = self._pool(1)
        alone.shutdown()
        return out


_shelf = Shelf()


def _begin(pipeline: str | None) -> None:
    """In a new process: an interrupt is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _shelf.pipeline = pipeline


def _work(reports: list[Report]) -> list[Found]:
    return _shelf.read(reports)
