"""`selon timeline`: incidents by day."""

from __future__ import annotations

from typing import Annotated

import typer

from selon.cli.messages import say, words
from selon.cli.options import AsOfOption, LangOption, LedgerOption, NamesOption, OutputOption, day, moment, open_existing, output
from selon.cli.screen import note, put, put_csv, put_document, put_json
from selon.model.incident import incident_json
from selon.views.incidents import Wanted
from selon.views.timeline import by_day, timeline_lines


def timeline_command(
    place: Annotated[str, typer.Option(help=say("events.place"), show_default=False)] = "",
    since: Annotated[str, typer.Option(help=say("events.since"), show_default=False)] = "",
    until: Annotated[str, typer.Option(help=say("events.until"), show_default=False)] = "",
    ledger: LedgerOption = "",
    as_of: AsOfOption = "",
    format: OutputOption = "table",
    names: NamesOption = False,
    lang: LangOption = "",
) -> None:
    """Days with what is said to have happened on them, and by whom."""
    from selon.linked import linked

    wanted = Wanted(place, day("--since", since) or "", day("--until", until) or "")
    form = output(format, "table", "jsonl", "csv", "html")
    with open_existing(ledger) as store:
        found = linked(store, moment(as_of))
    fitting = [i for i in found.incidents if wanted.fits(i, found.readings)]
    reports = len(found.readings)
    counted = say("incidents.count", count=len(fitting), reports=reports) if fitting else say("timeline.none", reports=reports)
    if form == "jsonl":
        for when, incidents in by_day(fitting):
            put_json({"day": when, "incidents": [incident_json(i) for i in incidents]})
    elif form == "csv":
        put_csv(found, [i for _, incidents in by_day(fitting) for i in incidents], names)
    elif form == "html":
        put_document(counted, timeline_lines(fitting, words(), say), words().lang)
    else:
        put(timeline_lines(fitting, words(), say))
        note(counted)
