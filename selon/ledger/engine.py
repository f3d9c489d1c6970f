"""Opening databases and turning their errors into words. May import: `errors`."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool, StaticPool

from selon.errors import LedgerError

BUSY_MS = 30_000
"""How long a process waits for another one that writes."""


def engine_for(address: str, *, create: bool, busy_ms: int = BUSY_MS) -> Engine:
    """An engine for a file name, `:memory:` or a `postgresql://` address.

    Raises LedgerError SEL-L001 when the file is not there and `create` is false, SEL-L008 when PostgreSQL's driver is missing.
    """
    if address.startswith(("postgresql:", "postgres:", "postgresql+psycopg:")):
        return _postgres(address)
    if "://" in address and not address.startswith("sqlite:///"):
        raise LedgerError("SEL-L009", "this kind of database is not known", place=address.partition("://")[0],
                          remedy="a file name, or postgresql://user@host/name")  # fmt: skip
    path = address.removeprefix("sqlite:///")
    if path == ":memory:":
        engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
        return _tuned(engine, busy_ms, writable=True)
    file = Path(path).expanduser()
    try:
        is_folder, is_there = file.is_dir(), file.exists()
    except OSError as e:
        raise LedgerError("SEL-L005", f"the file cannot be opened: {e.strerror}", place=str(file),
                          remedy="look at the permissions of file and folder") from e  # fmt: skip
    if is_folder:
        raise LedgerError("SEL-L002", "this is a folder, not a ledger", place=str(file), remedy="name a file, for example ledger.sqlite")
    if not is_there:
        if not create:
            raise LedgerError("SEL-L001", "there is no ledger here", place=str(file),
                              remedy="read some reports into it first: selon read FOLDER --ledger FILE")  # fmt: skip
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as e:
            raise LedgerError("SEL-L005", f"its folder cannot be made: {e.strerror}", place=str(file),
                              remedy="choose a folder that you may write to with --ledger") from e  # fmt: skip
    writable = os.access(file, os.W_OK) and os.access(file.parent, os.W_OK) if file.exists() else True
    return _tuned(_file_engine(file, writable), busy_ms, writable=writable)


def _file_engine(file: Path, writable: bool) -> Engine:
    uri = file.absolute().as_uri()
    if not writable:
        # In a folder that cannot be written, the shared memory of WAL cannot be made: the file is then read as it stands.
        uri += "?mode=ro" if os.access(file.parent, os.W_OK) else "?immutable=1"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None)

    return create_engine("sqlite://", creator=connect, poolclass=NullPool if not writable else None)


def _tuned(engine: Engine, busy_ms: int, *, writable: bool) -> Engine:
    """Our own transactions (the driver's begin too late), WAL, foreign keys, a wait for other writers."""

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {int(busy_ms)}")
        connection.execute("PRAGMA foreign_keys = ON")
        if writable:
            connection.execute("PRAGMA synchronous = NORMAL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        # A writer that begins as a reader can be refused in the middle; it asks for its turn at once.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")

    return engine


def _postgres(address: str) -> Engine:
    rest = address.partition(":")[2]
    try:
        return create_engine(f"postgresql+psycopg:{rest}", pool_pre_ping=True)
    except ImportError as e:
        raise LedgerError("SEL-L008", "PostgreSQL needs a driver that is not installed", remedy='pip install "selon[pg]"') from e


@contextmanager
def in_words(place: str) -> Iterator[None]:
    """Database errors as LedgerError with a remedy."""
    try:
        yield
    except SQLAlchemyError as e:
        raise translated(e, place) from e


def translated(error: SQLAlchemyError, place: str) -> LedgerError:
    """The LedgerError that says in words what a database error means."""
    original = error.orig if isinstance(error, DBAPIError) else None
    name = str(getattr(original, "sqlite_errorname", ""))
    text = str(original or error).strip().splitlines()[0] if str(original or error).strip() else type(error).__name__
    low = text.lower()
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return LedgerError("SEL-L004", "another program is writing to the ledger and does not let go", place=place,
                           remedy="wait until it is done, or end it; nothing was lost; run the command again")  # fmt: skip
    if name.startswith("SQLITE_READONLY") or "read-only" in low or "readonly" in low:
        return LedgerError("SEL-L005", "the ledger cannot be written", place=place,
                           remedy="ask for permission to write to the file and its folder, or name another file with --ledger")  # fmt: skip
    if name.startswith("SQLITE_FULL") or "disk full" in low or "no space left" in low:
        return LedgerError("SEL-L006", "the disk is full", place=place,
                           remedy="make room and run the same command again: what was read before is kept and will be skipped")  # fmt: skip
    if name.startswith("SQLITE_NOTADB"):
        return LedgerError("SEL-L002", "this file is not a ledger", place=place, remedy="name another file with --ledger")
    if name.startswith("SQLITE_CORRUPT"):
        return LedgerError("SEL-L007", f"the ledger's file is damaged: {text}", place=place,
                           remedy="restore a copy, or rescue what is there with: sqlite3 FILE .recover")  # fmt: skip
    if name.startswith("SQLITE_CANTOPEN"):
        return LedgerError("SEL-L005", "the file cannot be opened", place=place, remedy="look at the permissions of file and folder")
    if "append-only" in low:
        return LedgerError("SEL-L020", "rows of a ledger are never changed or deleted", place=place, remedy="add a new reading instead")
    return LedgerError("SEL-L099", f"the database refused: {text}", place=place, remedy="this may be a fault of Selon: please report it")
