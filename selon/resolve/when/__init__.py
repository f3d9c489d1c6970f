"""Times of events, days of publication. May import: `lang`, `model`, `errors`."""

from __future__ import annotations

from collections.abc import Sequence

from selon.lang import Pack
from selon.model import Event, Parse, Published, Report, Statement, TimeSpan
from selon.resolve.when.dating import date_text
from selon.resolve.when.events import time_all
from selon.resolve.when.resolve import resolve

__all__ = ["date_report", "resolve_times", "tag_times", "time_events"]


def date_report(report: Report, pack: Pack) -> Published:
    """The day of publication: what came with the report, else what the text's own evidence leaves."""
    return date_text(report, pack)


def resolve_times(report: Report, parse: Parse, published: Published, pack: Pack) -> tuple[TimeSpan, ...]:
    """All time expressions in text order, with type, value, interval, precision, anchor and reason."""
    return tuple(resolve(report.text, parse, pack, report.passages, published.earliest, published.latest))


def tag_times(text: str, pack: Pack, anchor: str | None = None, parse: Parse | None = None) -> tuple[TimeSpan, ...]:
    """The time expressions of any text against a day, with no more than its words (a parse sharpens the tense where there is one)."""
    return tuple(resolve(text, parse, pack, (), anchor, anchor))


def time_events(
    parse: Parse, pack: Pack, published: Published, events: Sequence[Event], times: Sequence[TimeSpan], statements: Sequence[Statement]
) -> tuple[tuple[Event, ...], tuple[Statement, ...]]:
    """The events with their own time, and the statements with their time of saying (`said`)."""
    return time_all(parse, pack, events, times, statements, published.day)
