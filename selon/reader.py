"""The way from a report to its reading: parse, extract, resolve. Wires the stages; holds no idea of its own.

May import: `nlp`, `intake`, `extract`, `resolve`, `lang`, `model`, `errors`.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import tee
from typing import TYPE_CHECKING, TypeVar

from selon.extract import find_events, find_quantities, find_statements
from selon.lang import Pack, load_pack, pack_hash
from selon.model import Parse, Reading, Report
from selon.resolve import (
    date_report,
    find_places,
    layers_key,
    name_actors,
    name_sources,
    place_events,
    resolve_times,
    time_events,
)

if TYPE_CHECKING:
    from selon.nlp import Pipeline

READER_VERSION = "1"
T = TypeVar("T")


@dataclass
class Stopwatch:
    """Seconds spent per stage, for `selon bench`."""

    seconds: dict[str, float] = field(default_factory=dict)

    def lap(self, stage: str, since: float) -> float:
        now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - since
        return now


def read_parse(report: Report, parse: Parse, pack: Pack, version: str, watch: Stopwatch | None = None) -> Reading:
    """The reading of a report whose parse is given: a pure function of its arguments."""
    w = watch or Stopwatch()
    t = time.perf_counter()
    published = date_report(report, pack)
    times = resolve_times(report, parse, published, pack)
    t = w.lap("when", t)
    places = find_places(report, parse, pack)
    t = w.lap("where", t)
    statements = find_statements(report, parse, pack)
    t = w.lap("statements", t)
    statements = name_sources(report, parse, pack, statements, places)
    t = w.lap("who", t)
    quantities = find_quantities(report, parse, pack, times)
    events = find_events(report, parse, pack, quantities, statements)
    t = w.lap("events", t)
    events = place_events(report, parse, pack, events, places, statements)
    t = w.lap("where", t)
    # Where it happened tells occurrences apart when a time is carried on.
    events, statements = time_events(parse, pack, published, events, times, statements)
    t = w.lap("when", t)
    events, actors = name_actors(report, parse, pack, events, statements)
    w.lap("who", t)
    return Reading(replace(report, published=published), published, statements, events, times, places, actors, version)


@dataclass
class Reader:
    """Reads reports of one language with one pipeline."""

    pipeline: Pipeline
    pack: Pack
    watch: Stopwatch = field(default_factory=Stopwatch)

    @classmethod
    def load(cls, lang: str, pipeline: str | None = None) -> Reader:
        """Raises PackError or PipelineError when the language or the pipeline is not there."""
        from selon.nlp import load_pipeline

        return cls(load_pipeline(pipeline, lang), load_pack(lang))

    @property
    def version(self) -> str:
        """Reader version, pack and pipeline: two readings with the same version of the same report are equal."""
        return _version(self.pack.lang, self.pack.hash, self.pipeline.hash)

    def read(self, report: Report) -> Reading:
        return next(self.read_many([report]))

    def read_many(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """Readings in the order of the reports; parses in batches, in constant memory."""
        kept, sent = tee(reports)
        parses = self.pipeline.parse_many((r.text, readable(r)) for r in sent)
        while True:
            t = time.perf_counter()
            parse = next(parses, None)
            self.watch.lap("parse", t)
            if parse is None:
                return
            yield read_parse(next(kept), parse, self.pack, self.version, self.watch)


def reader_version(lang: str, pipeline: str | None = None) -> str:
    """The version that `Reader.load` would read with, without loading it. Raises PackError or PipelineError as that does."""
    from selon.nlp import pipeline_hash

    return _version(lang, pack_hash(lang), pipeline_hash(pipeline, lang))


def _version(lang: str, pack: str, pipeline: str) -> str:
    places = layers_key()  # empty unless the user has added to the gazetteer
    return f"{READER_VERSION}+{lang}.{pack[:8]}+{pipeline[:8]}" + (f"+{places}" if places else "")


def readable(report: Report) -> list[tuple[int, int]]:
    """The passages that are the report itself: everything but boilerplate and bylines."""
    return [(p.start, p.end) for p in report.passages if p.kind not in ("boilerplate", "byline")]
