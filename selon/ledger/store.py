"""What a ledger can do, whatever database keeps it. May import: `model`, `errors`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from selon.errors import Issue
from selon.model import Published, Reading, Report
from selon.model.judgement import Judgement
from selon.model.rows import CopyRow, EventRow, IssueRow, ReadingRow, ReportRow, StatementRow


@dataclass(frozen=True, slots=True)
class EventQuestion:
    """Which events. Words are compared without case and accents, whole words only; days are ISO and inclusive.

    An event whose days are not known is left out of a question about days, unless `undated`.
    """

    place: str | None = None
    since: str | None = None
    until: str | None = None
    undated: bool = False
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    counts_of: tuple[str, ...] = ()
    who: str | None = None
    source: str | None = None
    report: str | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class StatementQuestion:
    """Which statements. `search` finds words in content and source (all of them; `bomb*` for a beginning)."""

    source: str | None = None
    kinds: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    search: str | None = None
    report: str | None = None
    limit: int | None = None


ANY_EVENT, ANY_STATEMENT = EventQuestion(), StatementQuestion()


class Store(Protocol):
    """A ledger. Every question takes `as_of`: of each report only the newest reading recorded at or before that time counts."""

    def add(self, reading: Reading, raw: bytes | None = None, given: Published | None = None) -> bool: ...

    def keep(self, report: Report, raw: bytes | None = None) -> bool: ...

    def has(self, report: Report, version: str) -> bool: ...

    def record(self, issue: Issue) -> bool: ...

    def original(self, report: Report) -> CopyRow | None: ...

    def copies(self, report: Report) -> tuple[CopyRow, ...]: ...

    def reading(self, ref: str, as_of: datetime | None = None) -> Reading: ...

    def readings(self, as_of: datetime | None = None) -> Iterator[Reading]: ...

    def versions(self, ref: str) -> list[ReadingRow]: ...

    def reports(self, search: str | None = None, as_of: datetime | None = None) -> Iterator[ReportRow]: ...

    def events(self, question: EventQuestion = ANY_EVENT, as_of: datetime | None = None) -> Iterator[EventRow]: ...

    def statements(self, question: StatementQuestion = ANY_STATEMENT, as_of: datetime | None = None) -> Iterator[StatementRow]: ...

    def issues(self, as_of: datetime | None = None) -> Iterator[IssueRow]: ...

    def raw(self, sha256: str) -> bytes: ...

    def judge(self, judgement: Judgement, after: int | None = None) -> bool: ...

    def judgements(self, as_of: datetime | None = None) -> Iterator[Judgement]: ...

    def close(self) -> None: ...
