"""The ledger: readings in, answers out. May import: `ledger`, `model`, `errors`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self, cast

from sqlalchemy import Connection, Engine, Select, select

from selon.errors import Issue, LedgerError
from selon.ledger import query, schema
from selon.ledger.copies import copies_of, original_of
from selon.ledger.engine import BUSY_MS, engine_for, in_words
from selon.ledger.judge import insert_judgement
from selon.ledger.migrate import prepare
from selon.ledger.rows import given_id, reading_id, report_id
from selon.ledger.store import ANY_EVENT, ANY_STATEMENT, EventQuestion, StatementQuestion
from selon.ledger.write import insert_issue, insert_reading, insert_report, is_known
from selon.model import Published, Reading, Report, from_json
from selon.model.judgement import Judgement, from_judgement_json
from selon.model.rows import CopyRow, EventRow, FigureRow, IssueRow, ReadingRow, ReportRow, StatementRow, Under

_UNREAD = ("published_basis", "statements", "events", "figures")
CHUNK = 500
"""Rows fetched at a time: questions run in constant memory."""


def open_ledger(address: str, *, create: bool = True, busy_ms: int = BUSY_MS) -> Ledger:
    """Opens the ledger at a file name or `postgresql://` address, makes or migrates it where needed.

    Raises LedgerError when it is not there (and `create` is false), is something else, is newer, or cannot be opened.
    """
    engine = engine_for(address, create=create, busy_ms=busy_ms)
    try:
        prepare(engine, address, create=create)
    except BaseException:
        engine.dispose()
        raise
    return Ledger(engine, address)


@dataclass
class Ledger:
    """A store over SQLite or PostgreSQL. One report is one transaction; rows are only ever added."""

    engine: Engine
    address: str

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _reads(self) -> Iterator[Connection]:
        with in_words(self.address), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def _writes(self) -> Iterator[Connection]:
        with in_words(self.address), self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection

    # -- adding ----------------------------------------------------------------------------------------------------------------------

    def add(self, reading: Reading, raw: bytes | None = None, given: Published | None = None) -> bool:
        """Adds a reading with its report and raw bytes; False when the ledger has it already (then nothing changes).

        `given` is what was known of the day of publication before reading; without it, the reading's own basis tells.
        """
        known = given or (reading.published if reading.published.basis in ("given", "metadata") else Published())
        with self._writes() as connection:
            now = datetime.now(UTC)
            key = insert_report(connection, reading.report, _archived(raw), now)
            return insert_reading(connection, reading, key, given_id(known, reading.report.title), now)

    def keep(self, report: Report, raw: bytes | None = None) -> bool:
        """Adds a report without a reading, or notes where else a known one was met; False when all of this is known."""
        with self._reads() as connection:
            if is_known(connection, report):
                return False
        with self._writes() as connection:
            insert_report(connection, report, _archived(raw), datetime.now(UTC))
            return True

    def has(self, report: Report, version: str) -> bool:
        """Whether this version has read the report, with the same facts given beside its text."""
        wanted = reading_id(report_id(report), version, given_id(report.published, report.title))
        with self._reads() as connection:
            return connection.execute(select(schema.reading.c.key).where(schema.reading.c.id == wanted)).first() is not None

    def record(self, issue: Issue) -> bool:
        """Records a problem with an input; False when the same problem is on record."""
        with self._writes() as connection:
            return insert_issue(connection, issue, datetime.now(UTC))

    def judge(self, judgement: Judgement, after: int | None = None) -> bool:
        """Adds a judgement; False when the ledger has it already.

        `after` is how many judgements on this target its author had seen. Raises LedgerError SEL-L030 when another one was added since,
        SEL-L031 and SEL-L032 when it retracts what is not there or not its author's.
        """
        with self._writes() as connection:
            return insert_judgement(connection, judgement, after)

    def judgements(self, as_of: datetime | None = None) -> Iterator[Judgement]:
        """All judgements, retracted ones and retractions too, in the order in which they were made."""
        j = schema.judgement.c
        asked = select(j.body).order_by(j.made_at, j.key)
        for row in self._stream(asked if as_of is None else asked.where(j.made_at <= as_of)):
            yield from_judgement_json(row.body)

    def original(self, report: Report) -> CopyRow | None:
        """The earlier report of which this one is a copy, exact or near; None when it is none."""
        with self._reads() as connection:
            return original_of(connection, report_id(report))

    def copies(self, report: Report) -> tuple[CopyRow, ...]:
        """The later reports that are copies of this one."""
        with self._reads() as connection:
            return copies_of(connection, report_id(report))

    # -- readings --------------------------------------------------------------------------------------------------------------------

    def reading(self, ref: str, as_of: datetime | None = None) -> Reading:
        """The current reading of a report by name, id or the beginning of its id.

        Raises LedgerError SEL-L010 when there is none, SEL-L011 when several reports fit.
        """
        with self._reads() as connection:
            key = self._report_key(connection, ref)
            now = query.current(as_of)
            row = connection.execute(_readings(now).where(schema.report.c.key == key)).first()
            if row is None:
                raise LedgerError("SEL-L012", "this report had not been read", place=ref, remedy="read it, or leave out --as-of")
            return _reading(row)

    def readings(self, as_of: datetime | None = None) -> Iterator[Reading]:
        """The current reading of every report, in the order in which they were added."""
        now = query.current(as_of)
        for row in self._stream(_readings(now).order_by(schema.report.c.key), 50):
            yield _reading(row)

    def versions(self, ref: str) -> list[ReadingRow]:
        """All readings of a report, the oldest first."""
        r = schema.reading.c
        with self._reads() as connection:
            key = self._report_key(connection, ref)
            rows = connection.execute(
                select(schema.report.c.id, r.version, r.recorded_at, r.statements, r.events, r.figures)
                .join_from(schema.reading, schema.report, r.report == schema.report.c.key)
                .where(r.report == key)
                .order_by(r.recorded_at, r.key)
            )
            return [ReadingRow(*row) for row in rows]

    def raw(self, sha256: str) -> bytes:
        """The archived bytes. Raises LedgerError SEL-L013 when there are none."""
        with self._reads() as connection:
            found = connection.execute(select(schema.archive.c.content).where(schema.archive.c.sha256 == sha256)).scalar()
        if found is None:
            raise LedgerError("SEL-L013", "the archive has no such file", place=sha256, remedy="`selon show REPORT` names its SHA-256")
        return cast(bytes, found)

    def _report_key(self, connection: Connection, ref: str) -> int:
        rows = connection.execute(select(schema.report.c.key, schema.report.c.id, schema.report.c.name).where(query.named(ref))).all()
        exact = [r for r in rows if r.id == ref] or [r for r in rows if r.name == ref] or rows
        if not exact:
            raise LedgerError("SEL-L010", "the ledger has no such report", place=ref, remedy="`selon show` lists them")
        if len(exact) > 1:
            ids = ", ".join(r.id for r in exact[:8])
            raise LedgerError("SEL-L011", f"{len(exact)} reports have this name", place=ref, remedy=f"name one by its id: {ids}")
        return int(exact[0].key)

    # -- questions -------------------------------------------------------------------------------------------------------------------

    def reports(self, search: str | None = None, as_of: datetime | None = None) -> Iterator[ReportRow]:
        """Reports in the order of their days, then of their addition; `search` finds words in title and text."""
        now, r, g = query.current(as_of), schema.report.c, schema.reading.c
        names = [f.name for f in fields(ReportRow)]
        asked = (
            select(*(r[n] if n in r else g[n] for n in names))
            .select_from(schema.report.outerjoin(now, now.c.report == r.key).outerjoin(schema.reading, g.key == now.c.key))
            .order_by(g.published_earliest.is_(None), g.published_earliest, r.key)
        )
        if as_of is not None:
            asked = asked.where(r.added_at <= as_of)
        if search:
            asked = asked.where(query.searched("report_search", r.key, search, self.engine.dialect.name))
        for row in self._stream(asked):
            # A report that was not read has nulls where the row has defaults.
            yield ReportRow(**{n: row._mapping[n] for n in names if row._mapping[n] is not None or n not in _UNREAD})

    def events(self, question: EventQuestion = ANY_EVENT, as_of: datetime | None = None) -> Iterator[EventRow]:
        """Events in the order of their days (of publication where they have none), each with figures and the statements that hold it."""
        names = [f.name for f in fields(EventRow) if f.name not in ("figures", "under")]
        with self._reads() as connection:
            result = connection.execution_options(stream_results=True).execute(query.events(question, as_of))
            for rows in result.mappings().partitions(CHUNK):
                keys = [row["key"] for row in rows]
                figures, under = self._figures(connection, keys), self._under(connection, keys)
                for row in rows:
                    k = row["key"]
                    yield EventRow(**{n: row[n] for n in names}, figures=tuple(figures.get(k, ())), under=tuple(under.get(k, ())))

    def statements(self, question: StatementQuestion = ANY_STATEMENT, as_of: datetime | None = None) -> Iterator[StatementRow]:
        """Statements by day of publication, then in the order of their report."""
        names = [f.name for f in fields(StatementRow)]
        for row in self._stream(query.statements(question, as_of, self.engine.dialect.name)):
            yield StatementRow(**{n: row._mapping[n] for n in names})

    def issues(self, as_of: datetime | None = None) -> Iterator[IssueRow]:
        """Inputs that could not be read, the oldest first."""
        i = schema.issue.c
        asked = select(i.id, i.code, i.place, i.problem, i.excerpt, i.remedy, i.recorded_at).order_by(i.recorded_at, i.id)
        for row in self._stream(asked if as_of is None else asked.where(i.recorded_at <= as_of)):
            yield IssueRow(*row)

    def _figures(self, connection: Connection, keys: list[int]) -> dict[int, list[FigureRow]]:
        c = schema.figure.c
        columns = [c[f.name] for f in fields(FigureRow)]
        rows = connection.execute(select(c.event, *columns).where(c.event.in_(keys)).order_by(c.start, c.key))
        out: dict[int, list[FigureRow]] = {}
        for row in rows:
            out.setdefault(row[0], []).append(FigureRow(*row[1:]))
        return out

    def _under(self, connection: Connection, keys: list[int]) -> dict[int, list[Under]]:
        h, c = schema.holds.c, schema.statement.c
        rows = connection.execute(
            select(h.event, c.id, c.source_name, c.stance)
            .join_from(schema.holds, schema.statement, h.statement == c.key)
            .where(h.event.in_(keys))
            .order_by(c.key)
        )
        out: dict[int, list[Under]] = {}
        for row in rows:
            out.setdefault(row[0], []).append(Under(*row[1:]))
        return out

    def _stream(self, asked: Select[Any], chunk: int = CHUNK) -> Iterator[Any]:
        with self._reads() as connection:
            for rows in connection.execution_options(stream_results=True).execute(asked).partitions(chunk):
                yield from rows


def _archived(raw: bytes | None) -> tuple[str, bytes] | None:
    return None if raw is None else (hashlib.sha256(raw).hexdigest(), raw)


def _readings(now: Any) -> Select[Any]:
    return (
        select(schema.reading.c.body, schema.report.c.text)
        .join_from(schema.reading, now, schema.reading.c.key == now.c.key)
        .join(schema.report, schema.report.c.key == now.c.report)
    )


def _reading(row: Any) -> Reading:
    return from_json({**row.body, "text": row.text.decode("utf-8", "surrogatepass")})
