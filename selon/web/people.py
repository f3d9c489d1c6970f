"""Making and changing accounts, from a page or from the command line. May import: `web.passwords`, `ledger`, `errors`."""

from __future__ import annotations

import re

from selon.errors import UsageError
from selon.ledger import Ledger
from selon.ledger.accounts import ROLES, accounts, set_account
from selon.web.passwords import hashed

_NAME = re.compile(r"[\w.@-](?:[\w.@ -]{0,58}[\w.@-])?")


def change_account(ledger: Ledger, by: str, name: str, role: str, password: str) -> None:
    """Makes an account, or gives one a role and, where a password is given, a password.

    Raises UsageError SEL-U060 when the name is none, SEL-U061 when the password is too short or too long, SEL-U062 when the role does not
    exist, SEL-U063 when no owner would be left.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(
            "SEL-U060", "this cannot be the name of an account", excerpt=name[:60], remedy="letters, digits, spaces, . @ - _, at most 60"
        )
    if role not in ROLES:
        raise UsageError("SEL-U062", "there is no such role", excerpt=role[:20], remedy="one of: reader, reviewer, owner, closed")
    there = {a.name: a for a in accounts(ledger)}
    known = there.get(name)
    if known is not None and known.role == "owner" and role != "owner" and sum(a.role == "owner" for a in there.values()) == 1:
        raise UsageError("SEL-U063", "this is the only owner", excerpt=name, remedy="make another account an owner first")
    kept = known.password if known is not None and not password else hashed(password)
    set_account(ledger, name, role, kept, by)  # type: ignore[arg-type]
