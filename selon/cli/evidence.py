"""`selon evidence ID OUT`: what a report, or all reports of an incident, rest on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selon.cli.messages import say
from selon.cli.options import AsOfOption, LangOption, LedgerOption, moment, open_existing
from selon.cli.screen import note
from selon.errors import LedgerError

if TYPE_CHECKING:
    from selon.ledger import Ledger


def evidence_command(
    id: Annotated[str, typer.Argument(help=say("evidence.id"), show_default=False, metavar="ID")],
    out: Annotated[Path, typer.Argument(help=say("evidence.out"), show_default=False, metavar="OUT")],
    wacz: Annotated[bool, typer.Option("--wacz/--folder", help=say("evidence.wacz"), show_default=False)] = False,
    ledger: LedgerOption = "",
    as_of: AsOfOption = "",
    lang: LangOption = "",
) -> None:
    """Writes a folder, or one WACZ file (also when the name ends in .wacz)."""
    from selon.export.evidence import bundle_of, write_folder, write_wacz

    then = moment(as_of)
    one_file = wacz or out.suffix.lower() == ".wacz"
    with open_existing(ledger) as store:
        bundle = bundle_of(store, _reports(store, id, then), datetime.now(UTC), then, flat=one_file)
    (write_wacz if one_file else write_folder)(bundle, out)
    note(say("evidence.done", out=out, files=len(bundle.files) + 1, captures=len(bundle.captures)))


def _reports(store: Ledger, id: str, then: datetime | None) -> list[str]:
    """The report of this name, else the reports of the incident with this id."""
    from selon.linked import linked

    try:
        store.reading(id, then)
    except LedgerError as e:
        found = linked(store, then)
        fitting = [i for i in found.incidents if i.id.startswith(id)] if e.code == "SEL-L010" and len(id) >= 4 else []
        if len(fitting) != 1:
            raise
        return [found.rows[r].id for r in fitting[0].reports]
    return [id]
