"""Many retrievals at once: hosts side by side, one request to each at a time. May import: `intake.fetch`, `errors`."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from selon.errors import FetchError
from selon.intake.fetch import Fetched, StoppedError

Job = TypeVar("Job")
HOSTS = 8
"""Hosts that are asked at once."""
WAITING = 8
"""Pages that wait to be taken up: bounds memory, for a page may have megabytes."""


@dataclass(frozen=True, slots=True)
class Errand(Generic[Job]):
    """An address to ask, by a function that does, and what it is for."""

    url: str
    ask: Callable[[], Fetched]
    job: Job


def run_errands(errands: Sequence[Errand[Job]], stop: threading.Event) -> Iterator[tuple[Job, Fetched | FetchError]]:
    """The answers, as they come. Ends early when `stop` is set; whoever leaves the loop early sets it too, so that no thread goes on alone."""
    hosts: dict[str, list[Errand[Job]]] = {}
    for e in errands:
        hosts.setdefault(urlsplit(e.url).netloc, []).append(e)
    todo: queue.SimpleQueue[list[Errand[Job]]] = queue.SimpleQueue()
    for group in hosts.values():
        todo.put(group)
    done: queue.Queue[tuple[Job, Fetched | FetchError] | None] = queue.Queue(WAITING)
    left = threading.Event()

    def put(value: tuple[Job, Fetched | FetchError] | None) -> None:
        while not left.is_set():
            with suppress(queue.Full):
                done.put(value, timeout=0.2)
                return

    def work() -> None:
        try:
            while not stop.is_set() and not left.is_set():
                for errand in todo.get_nowait():
                    if stop.is_set() or left.is_set():
                        return
                    put((errand.job, _answer(errand)))
        except (queue.Empty, StoppedError):
            pass
        finally:
            put(None)

    workers = [threading.Thread(target=work, daemon=True) for _ in range(min(HOSTS, len(hosts)))]
    for w in workers:
        w.start()
    try:
        running = len(workers)
        while running:
            found = done.get()
            if found is None:
                running -= 1
            else:
                yield found
    finally:
        left.set()
        for w in workers:
            w.join(timeout=0.5)


def _answer(errand: Errand[Job]) -> Fetched | FetchError:
    try:
        return errand.ask()
    except FetchError as e:
        return e
    except StoppedError:
        raise
    except Exception as e:  # a fault of one page must not end the watch of all others
        return FetchError("SEL-F090", f"fetching failed in a way that was not foreseen ({type(e).__name__}: {str(e)[:120]})", place=errand.url,
                          remedy="this is a fault of Selon: please report it")  # fmt: skip
