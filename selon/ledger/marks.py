"""What tells one state of a ledger from another without reading it. May import: `ledger`."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select

from selon.ledger import schema
from selon.ledger.engine import in_words
from selon.ledger.ledger import Ledger


class Mark(NamedTuple):
    """The newest keys of what is linked; 0 where there is none. Rows are only ever added, so equal marks mean equal ledgers."""

    reports: int
    readings: int
    judgements: int


def mark(ledger: Ledger) -> Mark:
    """The mark of a ledger now: three look-ups in primary keys."""
    newest = [select(func.coalesce(func.max(t.c.key), 0)).scalar_subquery() for t in (schema.report, schema.reading, schema.judgement)]
    with in_words(ledger.address), ledger.engine.connect() as connection:
        return Mark(*connection.execute(select(*newest)).one())
