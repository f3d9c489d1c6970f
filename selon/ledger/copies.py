"""Copies among the reports of a ledger: found when a report is added, marked, never dropped. May import: `ledger`, `model`.

A few of a text's shingles are kept in a table, so that looking for what it copies costs one question, however many reports there are; the
share is then counted on the whole texts. Two writers at once may each miss the other's report: links between reports are found from the texts
themselves, this mark is for whoever reads along.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Column, Connection, func, insert, select

from selon.ledger import schema
from selon.model.fold import fold
from selon.model.rows import CopyRow
from selon.model.shingle import LEAST, SHARE, share, shingles

SPARSE, FEW, MOST = 16, 12, 200
"""Of a text's shingles those are kept whose hash is 0 modulo `SPARSE`, all when these are fewer than `FEW`, never more than `MOST`."""
CANDIDATES = 6
"""Earlier reports that are compared as a whole."""


def mark_copy(connection: Connection, report: int, text: str, url: str | None, now: datetime) -> None:
    """Adds the marks of a new report: its shingles, and of which earlier one it is a copy. The share of an exact copy (the same words) is 1.

    What stood at the same address is an earlier version, not an original.
    """
    mine = shingles(text)
    if not mine:
        return
    best, of = 0.0, 0
    for other in _candidates(connection, mine):
        row = connection.execute(select(schema.report.c.text, schema.report.c.url).where(schema.report.c.key == other)).one()
        if url and row.url == url:
            continue
        theirs = row.text.decode("utf-8", "surrogatepass")
        # A report's text is archived whole, with its boilerplate; what is told in the new one is looked for in it.
        found = share(mine, shingles(theirs))
        if found >= 1.0 and fold(text) not in fold(theirs):
            found = 0.99
        if found > best:
            best, of = found, other
    if best >= SHARE:
        connection.execute(insert(schema.copy).values(report=report, original=of, share=best, added_at=now))
    connection.execute(insert(schema.shingle), [{"hash": h, "report": report} for h in kept(mine)])


def mark_all(connection: Connection, now: datetime) -> None:
    """Marks the reports of a ledger that has no marks yet, in the order in which they came."""
    r = schema.report.c
    for key in connection.execute(select(r.key).order_by(r.key)).scalars().all():
        row = connection.execute(select(r.text, r.url).where(r.key == key)).one()
        mark_copy(connection, key, row.text.decode("utf-8", "surrogatepass"), row.url, now)


def original_of(connection: Connection, report: str) -> CopyRow | None:
    """Of which report one (by its id) is a copy."""
    return next(iter(_rows(connection, schema.copy.c.report, schema.copy.c.original, report)), None)


def copies_of(connection: Connection, report: str) -> tuple[CopyRow, ...]:
    """Which reports are copies of one (by its id), in the order in which they came."""
    return tuple(_rows(connection, schema.copy.c.original, schema.copy.c.report, report))


def _rows(connection: Connection, mine: Column[int], other: Column[int], report: str) -> list[CopyRow]:
    here, there = schema.report.alias("here"), schema.report.alias("there")
    asked = (
        select(there.c.id, there.c.name, there.c.title, schema.copy.c.share)
        .select_from(schema.copy.join(here, mine == here.c.key).join(there, other == there.c.key))
        .where(here.c.id == report).order_by(there.c.key)
    )  # fmt: skip
    return [CopyRow(row.id, row.name, row.title, row.share) for row in connection.execute(asked)]


def kept(hashes: Collection[int]) -> list[int]:
    """The shingles of a text by which it is found again."""
    sparse = [h for h in hashes if h % SPARSE == 0]
    return sorted(sparse if len(sparse) >= FEW else hashes)[:MOST]


def _candidates(connection: Connection, mine: frozenset[int]) -> list[int]:
    s = schema.shingle.c
    asked = (
        select(s.report, func.count().label("n")).where(s.hash.in_(sorted(mine)[: 4 * MOST])).group_by(s.report)
        .order_by(func.count().desc(), s.report).limit(CANDIDATES)
    )  # fmt: skip
    return [int(row.report) for row in connection.execute(asked) if row.n >= min(LEAST, len(mine))]
