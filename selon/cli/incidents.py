"""`selon incidents`: what happened where and when, according to whom, what is disputed."""

from __future__ import annotations

from typing import Annotated

import typer

from selon.cli.messages import say, words
from selon.cli.options import (
    AsOfOption,
    LangOption,
    LedgerOption,
    LimitOption,
    NamesOption,
    OutputOption,
    choices,
    day,
    moment,
    open_existing,
    output,
)
from selon.cli.screen import note, put, put_csv, put_document, put_json
from selon.model import EVENT_TYPES
from selon.model.incident import incident_json
from selon.views.incidents import Wanted, incident_lines


def incidents_command(
    place: Annotated[str, typer.Option(help=say("events.place"), show_default=False)] = "",
    since: Annotated[str, typer.Option(help=say("events.since"), show_default=False)] = "",
    until: Annotated[str, typer.Option(help=say("events.until"), show_default=False)] = "",
    type: Annotated[list[str] | None, typer.Option(help=say("events.type"), show_default=False)] = None,
    source: Annotated[str, typer.Option(help=say("events.source"), show_default=False)] = "",
    disputed: Annotated[bool, typer.Option("--disputed", help=say("incidents.disputed"))] = False,
    origins: Annotated[int, typer.Option("--origins", min=0, help=say("incidents.origins"), show_default=False)] = 0,
    ledger: LedgerOption = "",
    as_of: AsOfOption = "",
    format: OutputOption = "table",
    names: NamesOption = False,
    limit: LimitOption = 0,
    lang: LangOption = "",
) -> None:
    """Incidents by day, each with its figures side by side."""
    from selon.linked import linked

    wanted = Wanted(
        place,
        day("--since", since) or "",
        day("--until", until) or "",
        choices("--type", type, EVENT_TYPES, "type"),
        source,
        disputed,
        origins,
    )
    form = output(format, "table", "jsonl", "csv", "html")
    with open_existing(ledger) as store:
        found = linked(store, moment(as_of))
    fitting = [i for i in found.incidents if wanted.fits(i, found.readings)]
    counted = say("incidents.count", count=len(fitting), reports=len(found.readings))
    shown = fitting[: limit or None]
    told = (line for i in shown for line in incident_lines(i, words(), say))
    if form == "jsonl":
        for i in shown:
            put_json(incident_json(i))
    elif form == "csv":
        put_csv(found, shown, names)
    elif form == "html":
        put_document(counted, told, words().lang)
    else:
        put(told)
        note(counted)
