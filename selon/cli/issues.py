"""`selon issues`: inputs that could not be read, and what to do."""

from __future__ import annotations

import typer

from selon.cli.app import error_text
from selon.cli.messages import say
from selon.cli.options import AsOfOption, FormatOption, LangOption, LedgerOption, as_lines, moment, open_existing
from selon.cli.screen import note, put_json, safe


def issues_command(ledger: LedgerOption = "", as_of: AsOfOption = "", format: FormatOption = "table", lang: LangOption = "") -> None:
    """Issues in the order in which they were recorded."""
    lines = as_lines(format)
    with open_existing(ledger) as store:
        count = 0
        for row in store.issues(moment(as_of)):
            count += 1
            if lines:
                put_json(row)
            else:
                typer.echo(
                    f"{row.recorded_at:%Y-%m-%d %H:%M}  {safe(error_text(row.code, row.place, row.problem, row.excerpt, row.remedy))}"
                )
    if not lines:
        note(say("issues.count", count=count) if count else say("issues.none"))
