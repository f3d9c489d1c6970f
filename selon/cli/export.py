"""`selon export FORMAT`: the ledger for other programs."""

from __future__ import annotations

from typing import Annotated

import typer

from selon.cli.messages import say
from selon.cli.options import AsOfOption, LangOption, LedgerOption, moment, open_existing


def export_command(
    format: Annotated[str, typer.Argument(help=say("export.format"), show_default=False, metavar="FORMAT")],
    names: Annotated[bool, typer.Option("--names", help=say("export.names"))] = False,
    ledger: LedgerOption = "",
    as_of: AsOfOption = "",
    lang: LangOption = "",
) -> None:
    """Prints the export to standard output."""
    from selon.export import export
    from selon.linked import linked

    with open_existing(ledger) as store:
        found = linked(store, moment(as_of))
    for line in export(found, format, names=names):
        typer.echo(line)
