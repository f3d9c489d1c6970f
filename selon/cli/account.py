"""`selon account`: who may look, judge and add over a network."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

from selon.cli.messages import say
from selon.cli.options import LangOption, LedgerOption, ledger_address
from selon.cli.screen import note
from selon.errors import UsageError

ACTS = ("add", "change", "close", "list")


def account_command(
    act: Annotated[str, typer.Argument(help=say("account.act"), show_default=False, metavar="add|change|close|list")],
    name: Annotated[str, typer.Argument(help=say("account.name"), show_default=False, metavar="[NAME]")] = "",
    role: Annotated[str, typer.Option(help=say("account.role"), show_default=False)] = "",
    ledger: LedgerOption = "",
    lang: LangOption = "",
) -> None:
    """The password is asked for twice without being shown, or read from standard input where that is no terminal."""
    from selon.ledger import open_ledger
    from selon.ledger.accounts import accounts, note_act
    from selon.web.people import change_account

    if act not in ACTS:
        raise UsageError(
            "SEL-U003", say("error.choice"), place="account", excerpt=act, remedy=say("error.choice_remedy", choices=", ".join(ACTS))
        )
    with open_ledger(ledger_address(ledger)) as store:
        known = {a.name: a for a in accounts(store)}
        if act == "list":
            for a in known.values():
                typer.echo(f"{a.name}\t{a.role}\t{a.made_at:%Y-%m-%d}")
            return
        if act == "add" and name in known:
            raise UsageError("SEL-U064", say("account.there"), excerpt=name, remedy=say("account.list_remedy"))
        if act != "add" and name not in known:
            raise UsageError("SEL-U064", say("account.not_there"), excerpt=name, remedy=say("account.list_remedy"))
        wanted = "closed" if act == "close" else role or (known[name].role if name in known else "reader")
        password = "" if act == "close" or (act == "change" and role) else _password()
        by = _user()
        change_account(store, by, name, wanted, password)
        note_act(store, by, "account", f"{name}: {wanted}{', new password' if password else ''}", "command line")
    note(say("account.done", name=name, role=wanted))


def _user() -> str:
    """Who sits at this computer, as far as it says so."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"


def _password() -> str:
    """Raises UsageError SEL-U065 when the second one differs."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(say("account.password") + ": ")
    if getpass.getpass(say("account.again") + ": ") != first:
        raise UsageError("SEL-U065", say("account.differ"), remedy=say("account.differ_remedy"))
    return first
