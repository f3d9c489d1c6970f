"""Accounts, sessions and the audit log in the ledger. May import: `ledger`.

An account is its newest row: another password or role is another row, and sessions begun under an older row are over. Passwords and the
tokens of sessions stand here as hashes only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from sqlalchemy import Connection, delete, func, insert, select

from selon.ledger import schema
from selon.ledger.engine import in_words
from selon.ledger.ledger import Ledger

Role = Literal["reader", "reviewer", "owner", "closed"]
ROLES: tuple[str, ...] = get_args(Role)
"""Who looks; who also judges and adds reports; who also keeps the accounts; who may do nothing any more."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody with a role. `password` is an argon2 hash."""

    key: int
    name: str
    role: Role
    password: str
    made_at: datetime
    made_by: str

    def may(self, role: Role) -> bool:
        """Whether this account has at least a role."""
        return self.role != "closed" and ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True, slots=True)
class Act:
    """A line of the audit log: who did what to what, from which network address."""

    key: int
    at: datetime
    who: str
    act: str
    what: str
    address: str


@contextmanager
def _writes(ledger: Ledger) -> Iterator[Connection]:
    with in_words(ledger.address), ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


def set_account(ledger: Ledger, name: str, role: Role, password: str, by: str) -> None:
    """Makes an account, or gives one another role or password (a hash)."""
    row = {"name": name, "role": role, "password": password, "made_at": datetime.now(UTC), "made_by": by}
    with _writes(ledger) as connection:
        connection.execute(insert(schema.account), row)


def accounts(ledger: Ledger) -> list[Account]:
    """Every account as it stands, closed ones too, by name."""
    c = schema.account.c
    newest = select(func.max(c.key)).group_by(c.name)
    with in_words(ledger.address), ledger.engine.connect() as connection:
        rows = connection.execute(select(c.key, c.name, c.role, c.password, c.made_at, c.made_by).where(c.key.in_(newest)).order_by(c.name))
        return [Account(*r) for r in rows]


def account(ledger: Ledger, name: str) -> Account | None:
    """An account by name as it stands."""
    return next((a for a in accounts(ledger) if a.name == name), None)


def begin_session(ledger: Ledger, token: str, who: Account, ends_at: datetime) -> None:
    """Begins a session under the hash of its token, and forgets those that are over."""
    now = datetime.now(UTC)
    with _writes(ledger) as connection:
        connection.execute(delete(schema.session).where(schema.session.c.ends_at < now))
        connection.execute(insert(schema.session), {"id": token, "account": who.key, "began_at": now, "ends_at": ends_at})


def whose_session(ledger: Ledger, token: str) -> Account | None:
    """The account whose session this is, while it lasts and the account stands as it stood."""
    c, s = schema.account.c, schema.session.c
    later = schema.account.alias("later")
    newest = select(func.max(later.c.key)).where(later.c.name == c.name).correlate(schema.account)
    asked = (
        select(c.key, c.name, c.role, c.password, c.made_at, c.made_by)
        .join_from(schema.session, schema.account, s.account == c.key)
        .where(s.id == token, s.ends_at >= datetime.now(UTC), c.role != "closed", c.key == newest.scalar_subquery())
    )
    with in_words(ledger.address), ledger.engine.connect() as connection:
        row = connection.execute(asked).first()
    return None if row is None else Account(*row)


def end_session(ledger: Ledger, token: str) -> None:
    """Ends a session."""
    with _writes(ledger) as connection:
        connection.execute(delete(schema.session).where(schema.session.c.id == token))


def note_act(ledger: Ledger, who: str, act: str, what: str = "", address: str = "") -> None:
    """Adds a line to the audit log."""
    row = {"at": datetime.now(UTC), "who": who[:80], "act": act[:32], "what": what[:2000], "address": address[:64]}
    with _writes(ledger) as connection:
        connection.execute(insert(schema.audit), row)


def acts(ledger: Ledger, before: int | None = None, limit: int = 100) -> list[Act]:
    """The newest lines of the audit log, the newest first, from before a line where one is given."""
    c = schema.audit.c
    asked = select(c.key, c.at, c.who, c.act, c.what, c.address).order_by(c.key.desc()).limit(limit)
    with in_words(ledger.address), ledger.engine.connect() as connection:
        return [Act(*r) for r in connection.execute(asked if before is None else asked.where(c.key < before))]
