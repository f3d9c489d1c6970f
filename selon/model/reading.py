"""A reading: all that one version of the reader found in one report, and its JSON form (the public contract, version 1).

May import: `model`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from importlib import resources
from typing import Any, TypeVar, cast

from selon.model.report import Declared, Evidence, Passage, Published, Report, SourceInfo
from selon.model.span import Span
from selon.model.values import Actor, Event, Figure, Mention, Place, Said, Source, Statement, TimeSpan

FORMAT = 1
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """Statements, events, times, places and actors of one report. `version` names reader, pack and pipeline that made it."""

    report: Report
    published: Published
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    times: tuple[TimeSpan, ...] = ()
    places: tuple[Place, ...] = ()
    actors: tuple[Actor, ...] = ()
    version: str = ""


def content_id(*parts: str | int | None) -> str:
    """A short id derived from content: the same parts give the same id, on any machine.

    SHA-256 over length-prefixed parts (so that `("a", "bc")` and `("ab", "c")` differ), first 16 hexadecimal digits.
    """
    h = hashlib.sha256()
    for p in parts:
        raw = b"" if p is None else str(p).encode("utf-8", "surrogatepass")
        h.update(b"-" if p is None else str(len(raw)).encode())
        h.update(b":" + raw)
    return h.hexdigest()[:16]


def _plain(value: object) -> Any:
    """Dataclasses to dicts; a `span` field is spread into text, start, end, as the format has it."""
    if isinstance(value, Span):
        return {"text": value.text, "start": value.start, "end": value.end}
    if is_dataclass(value) and not isinstance(value, type):
        out: dict[str, Any] = {}
        for f in fields(value):
            v = getattr(value, f.name)
            if f.name == "span":
                out.update(_plain(v))
            else:
                out[f.name] = _plain(v)
        return out
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value


def to_json(reading: Reading) -> dict[str, Any]:
    """The reading as the JSON object of the format."""
    r = reading.report
    return {
        "format": FORMAT,
        "id": r.id,
        "version": reading.version,
        "source": _source(r.source),
        "lang": r.lang,
        "title": r.title,
        "text": r.text,
        "published": _plain(reading.published),
        "passages": [_plain(p) for p in r.passages],
        "statements": [_plain(s) for s in reading.statements],
        "events": [_plain(e) for e in reading.events],
        "times": [_plain(t) for t in reading.times],
        "places": [_plain(p) for p in reading.places],
        "actors": [_plain(a) for a in reading.actors],
    }


def _source(source: SourceInfo) -> dict[str, Any]:
    """Plain texts declare nothing of themselves, and their readings do not say so."""
    out: dict[str, Any] = _plain(source)
    if not source.declared:
        del out["declared"]
    return out


def to_line(reading: Reading) -> str:
    """The reading as one line of JSON Lines. Lone surrogates are escaped, so that the line is valid UTF-8."""
    line = json.dumps(to_json(reading), ensure_ascii=False, separators=(",", ":"))
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(to_json(reading), ensure_ascii=True, separators=(",", ":"))
    # U+2028 and U+2029 are line ends to some readers of JSON Lines, and U+0085 to Python's splitlines.
    return line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")


def _span(d: Mapping[str, Any]) -> Span:
    return Span(d["start"], d["end"], d["text"])


def _optional_span(d: Mapping[str, Any] | None) -> Span | None:
    return _span(d) if d else None


def _make(kind: type[T], d: Mapping[str, Any], **known: object) -> T:
    """An instance of a flat dataclass from a dict; fields that are absent keep their defaults."""
    args: dict[str, Any] = dict(known)
    for name in _names(cast(Any, kind)):
        if name == "span":
            args["span"] = _span(d)
        elif name not in args and name in d:
            args[name] = d[name]
    return kind(**args)


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass: asked for every span of a ledger."""
    return tuple(f.name for f in fields(cast(Any, kind)))


def _maybe(kind: type[T], d: Mapping[str, Any] | None) -> T | None:
    return _make(kind, d) if d else None


def from_json(d: Mapping[str, Any]) -> Reading:
    """The inverse of `to_json`."""
    published = Published(
        d["published"].get("earliest"), d["published"].get("latest"), d["published"].get("basis", "unknown"),
        tuple(Evidence(_span(e), e["says"]) for e in d["published"].get("evidence", ())),
    )  # fmt: skip
    source = d.get("source") or {}
    declared = tuple(_make(Declared, x) for x in source.get("declared", ()))
    report = Report(
        id=d["id"], text=d["text"], lang=d["lang"], source=_make(SourceInfo, source, declared=declared), title=d.get("title"),
        published=published, passages=tuple(_make(Passage, p) for p in d.get("passages", ())),
    )  # fmt: skip
    statements = tuple(
        _make(
            Statement, s, source=_maybe(Source, s.get("source")), cue=_optional_span(s.get("cue")), content=_span(s["content"]),
            said=_maybe(Said, s.get("said")),
        )
        for s in d.get("statements", ())
    )  # fmt: skip
    events = tuple(
        _make(
            Event, e, trigger=_span(e["trigger"]), actor=_maybe(Mention, e.get("actor")), target=_maybe(Mention, e.get("target")),
            instrument=_maybe(Mention, e.get("instrument")), place=_maybe(Place, e.get("place")), time=_maybe(TimeSpan, e.get("time")),
            figures=tuple(_make(Figure, f) for f in e.get("figures", ())), statements=tuple(e.get("statements", ())),
        )
        for e in d.get("events", ())
    )  # fmt: skip
    return Reading(
        report=report, published=published, statements=statements, events=events,
        times=tuple(_make(TimeSpan, t) for t in d.get("times", ())), places=tuple(_make(Place, p) for p in d.get("places", ())),
        actors=tuple(_make(Actor, a, mentions=tuple(_span(m) for m in a["mentions"])) for a in d.get("actors", ())),
        version=d.get("version", ""),
    )  # fmt: skip


def schema() -> dict[str, Any]:
    """The JSON Schema that every line of `--format jsonl` validates against."""
    text = resources.files("selon.model").joinpath("reading-1.schema.json").read_text("utf-8")
    return cast(dict[str, Any], json.loads(text))
