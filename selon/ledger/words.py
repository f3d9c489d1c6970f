"""Where words stand: full-text search that names statements and does not load them. May import: `ledger`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from selon.ledger import query, schema
from selon.ledger.engine import in_words
from selon.ledger.ledger import Ledger


def current_readings(ledger: Ledger, as_of: datetime | None = None) -> Mapping[int, str]:
    """The key of each report's reading of a moment, with the report's id."""
    now, r = query.current(as_of), schema.report.c
    with in_words(ledger.address), ledger.engine.connect() as connection:
        rows = connection.execute(select(now.c.key, r.id).join_from(now, schema.report, r.key == now.c.report))
        return {int(key): str(id) for key, id in rows}


def statements_with(ledger: Ledger, words: str) -> list[tuple[int, str]]:
    """Statements of all readings that have these words in content or source: the reading's key and the statement's id."""
    c = schema.statement.c
    asked = select(c.reading, c.id).where(query.searched("statement_search", c.key, words, ledger.engine.dialect.name))
    with in_words(ledger.address), ledger.engine.connect() as connection:
        return [(int(reading), str(id)) for reading, id in connection.execute(asked)]
