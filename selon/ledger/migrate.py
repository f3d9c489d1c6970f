"""Bringing a ledger to the newest schema when it is opened. May import: `ledger`, `errors`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, select, text
from sqlalchemy.sql import column, table

from selon.errors import LedgerError
from selon.ledger.engine import in_words
from selon.ledger.schema import APPLICATION_ID, HEAD

HOME = Path(__file__).parent / "migrations"
_VERSION = table("alembic_version", column("version_num"))


def config() -> Any:
    """Alembic's settings for the migrations that ship with the package."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(HOME).replace("%", "%%"))
    return made


def prepare(engine: Engine, place: str, *, create: bool) -> None:
    """Creates an empty ledger, migrates an older one, leaves a current one alone.

    Raises LedgerError SEL-L002 when the database holds something else, SEL-L003 when a newer Selon wrote it.
    """
    with in_words(place):
        with engine.connect() as connection:
            found = _found(connection, place)
        if found == HEAD:
            return
        if found is None and not create:
            raise LedgerError("SEL-L001", "there is no ledger here", place=place, remedy="read some reports into it first: selon read")
        if engine.dialect.name == "sqlite":
            _wal(engine)
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": APPLICATION_ID})
            # Another process may have been first while this one waited.
            if _found(connection, place) != HEAD:
                _upgrade(connection)


def _found(connection: Connection, place: str) -> str | None:
    """The schema version of the database; None when it is empty."""
    names = set(inspect(connection).get_table_names())
    if "alembic_version" not in names:
        if names:
            raise LedgerError("SEL-L002", "this database holds something else than a ledger", place=place,
                              excerpt=", ".join(sorted(names)[:5]), remedy="name another file with --ledger")  # fmt: skip
        return None
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID:
        raise LedgerError("SEL-L002", "this database belongs to another program", place=place, remedy="name another file with --ledger")
    found = connection.execute(select(_VERSION.c.version_num)).scalar()
    if found is not None and str(found) > HEAD:
        raise LedgerError("SEL-L003", f"a newer version of Selon wrote this ledger (schema {found}, here {HEAD})", place=place,
                          remedy="bring Selon up to date: pip install --upgrade selon")  # fmt: skip
    return None if found is None else str(found)


def _wal(engine: Engine) -> None:
    """Write-ahead logging, so that questions are answered while another process writes. It cannot be switched inside a transaction."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()


def _upgrade(connection: Connection) -> None:
    from alembic import command

    made = config()
    made.attributes["connection"] = connection
    command.upgrade(made, "head")
