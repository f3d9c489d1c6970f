"""Adding rows inside a transaction. May import: `ledger`, `model`, `errors`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select, text
from sqlalchemy.dialects import postgresql, sqlite

from selon.errors import Issue
from selon.ledger import schema
from selon.ledger.copies import mark_copy
from selon.ledger.rows import Row, event_row, figure_rows, reading_row, report_id, report_row, side_rows, statement_row
from selon.model import Reading, Report, content_id
from selon.model.fold import fold
from selon.model.shingle import told


def insert_report(connection: Connection, report: Report, archived: tuple[str, bytes] | None, now: datetime) -> int:
    """The key of the report, which is added when it is new. A report met under another name or path is noted as a sighting."""
    id_ = report_id(report)
    if archived is not None:
        sha256, raw = archived
        known = connection.execute(select(schema.archive.c.sha256).where(schema.archive.c.sha256 == sha256)).first()
        if known is None:
            add_new(connection, schema.archive, {"sha256": sha256, "size": len(raw), "content": raw, "added_at": now})
    find = select(schema.report.c.key).where(schema.report.c.id == id_)
    key = connection.execute(find).scalar()
    if key is None:
        row = {**report_row(report), "sha256": archived[0] if archived else None, "added_at": now}
        fresh = add_new(connection, schema.report, row)
        key = connection.execute(find).scalar_one()
        if fresh:
            _index(connection, "report_search", [(key, report.title or "", report.text)])
            mark_copy(connection, int(key), told(report), report.source.url, now)
    if not is_known(connection, report):
        row = {"id": _sighting(report), "report": key, "name": report.id, "path": report.source.path, "seen_at": now}
        add_new(connection, schema.sighting, row)
    return int(key)


def _sighting(report: Report) -> str:
    return content_id("sighting", report_id(report), report.id, report.source.path)


def is_known(connection: Connection, report: Report) -> bool:
    """Whether this report was met before under this name and path."""
    return connection.execute(select(schema.sighting.c.id).where(schema.sighting.c.id == _sighting(report))).first() is not None


def insert_reading(connection: Connection, reading: Reading, report: int, given: str, now: datetime) -> bool:
    """Adds the reading and its rows; False when it is there already."""
    row = {**reading_row(reading, given), "report": report, "recorded_at": now}
    if connection.execute(select(schema.reading.c.key).where(schema.reading.c.id == row["id"])).first() is not None:
        return False
    if not add_new(connection, schema.reading, row):
        return False
    key = connection.execute(select(schema.reading.c.key).where(schema.reading.c.id == row["id"])).scalar_one()
    body = reading.report.text
    statements = _add(connection, schema.statement, [{**statement_row(body, s), "reading": key} for s in reading.statements])
    pairs = zip(statements, reading.statements, strict=True)
    _index(connection, "statement_search", [(k, s.content.text, s.source.name if s.source else "") for k, s in pairs])
    events = _add(connection, schema.event, [{**event_row(body, e), "reading": key} for e in reading.events])
    by_id = {s.id: k for k, s in zip(statements, reading.statements, strict=True)}
    told = list(zip(events, reading.events, strict=True))
    _put(connection, schema.figure, [{**f, "event": k} for k, e in told for f in figure_rows(e)])
    held = [(k, by_id[s]) for k, e in told for s in dict.fromkeys(e.statements) if s in by_id]
    _put(connection, schema.holds, [{"event": k, "statement": s} for k, s in held])
    for table, rows in zip((schema.time, schema.place, schema.actor), side_rows(reading), strict=True):
        _put(connection, table, [{**r, "reading": key} for r in rows])
    return True


def insert_issue(connection: Connection, issue: Issue, now: datetime) -> bool:
    """Adds an issue; False when the same one is on record."""
    row = {"id": content_id("issue", issue.code, issue.place, issue.problem, issue.excerpt), "code": issue.code, "place": issue.place,
           "problem": issue.problem, "excerpt": issue.excerpt, "remedy": issue.remedy, "recorded_at": now}  # fmt: skip
    return add_new(connection, schema.issue, row)


def add_new(connection: Connection, table: Table, row: Row) -> bool:
    """Inserts a row unless one with the same unique key is there: two writers may add the same thing at once."""
    make: Any = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    first = next(iter(table.columns))
    # What comes back is told apart reliably; the count of rows is not the same thing to every driver.
    return connection.execute(make(table).values(row).on_conflict_do_nothing().returning(first)).first() is not None


def _add(connection: Connection, table: Table, rows: Sequence[Row]) -> list[int]:
    """Inserts rows and returns their keys in order."""
    if not rows:
        return []
    made = connection.execute(insert(table).returning(table.c.key, sort_by_parameter_order=True), rows)
    return [int(k) for k in made.scalars()]


def _put(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _index(connection: Connection, table: str, rows: Sequence[tuple[int, str, str]]) -> None:
    """Adds (key, words, words) to a full-text table, folded."""
    if not rows:
        return
    folded = [{"key": key, "a": fold(a), "b": fold(b)} for key, a, b in rows]
    if connection.dialect.name == "sqlite":
        columns = "content, source" if table == "statement_search" else "title, text"
        connection.execute(text(f"INSERT INTO {table} (rowid, {columns}) VALUES (:key, :a, :b)"), folded)
    else:
        # The tsvector of one document is limited to 1 MB of words; a longer text is found by its first part.
        sql = text(f"INSERT INTO {table} (key, words) VALUES (:key, to_tsvector('simple', :words)) ON CONFLICT DO NOTHING")
        connection.execute(sql, [{"key": r["key"], "words": f"{r['a']} {r['b']}"[:500_000]} for r in folded])
