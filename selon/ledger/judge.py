"""Adding judgements inside a transaction. May import: `ledger`, `model`, `errors`."""

from __future__ import annotations

from sqlalchemy import Connection, func, select, text

from selon.errors import LedgerError
from selon.ledger import schema
from selon.ledger.columns import JUDGING
from selon.ledger.write import add_new
from selon.model.judgement import Judgement, from_judgement_json, judgement_json


def insert_judgement(connection: Connection, j: Judgement, after: int | None) -> bool:
    """Adds a judgement; False when it is there already.

    Raises LedgerError SEL-L030 when `after` is given and is not the number of judgements on the target, SEL-L031 when it retracts
    what the ledger does not have, SEL-L032 when it retracts somebody else's.
    """
    table = schema.judgement
    if connection.dialect.name == "postgresql":  # SQLite's writers already wait for each other
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": JUDGING})
    if after is not None and j.about:
        there = connection.execute(select(func.count()).select_from(table).where(table.c.about == j.about)).scalar_one()
        if there != after:
            raise LedgerError("SEL-L030", "somebody judged this in the meantime", remedy="look at the other judgement, then judge again")
    if j.retracts is not None:
        earlier = connection.execute(select(table.c.body).where(table.c.id == j.retracts)).first()
        if earlier is None:
            raise LedgerError("SEL-L031", "the ledger has no such judgement", place=j.retracts, remedy="`selon judgements` lists them")
        if (author := from_judgement_json(earlier.body).author) != j.author:
            raise LedgerError("SEL-L032", f"this judgement is {author}'s: only its author takes it back", place=j.retracts,
                              remedy="add a judgement of your own instead")  # fmt: skip
    row = {"id": j.id, "about": j.about, "verdict": j.verdict, "author": j.author, "retracts": j.retracts, "made_at": j.made_at,
           "body": judgement_json(j)}  # fmt: skip
    return add_new(connection, table, row)
