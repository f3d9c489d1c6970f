"""`selon timeline`: incidents by day."""

from __future__ import annotations

from typing import Annotated

import typer

from selon.cli.messages import say, words
from selon.cli.options import AsOfOption, FormatOption, LangOption, LedgerOption, as_lines, day, moment, open_existing
from selon.cli.screen import note, put, put_json
from selon.model.incident import incident_json
from selon.views.incidents import Wanted
from selon.views.timeline import by_day, timeline_lines


def timeline_command(
    place: Annotated[str, typer.Option(help=say("events.place"), show_default=False)] = "",
    since: Annotated[str, typer.Option(help=say("events.since"), show_default=False)] = "",
    until: Annotated[str, typer.Option(help=say("events.until"), show_default=False)] = "",
    ledger: LedgerOption = "",
    as_of: AsOfOption = "",
    format: FormatOption = "table",
    lang: LangOption = "",
) -> None:
    """Days with what is said to have happened on them, and by whom."""
    from selon.linked import linked

    wanted = Wanted(place, day("--since", since) or "", day("--until", until) or "")
    lines = as_lines(format)
    with open_existing(ledger) as store:
        found = linked(store, moment(as_of))
    fitting = [i for i in found.incidents if wanted.fits(i, found.readings)]
    if lines:
        for when, incidents in by_day(fitting):
            put_json({"day": when, "incidents": [incident_json(i) for i in incidents]})
        return
    put(timeline_lines(fitting, words(), say))
    reports = len(found.readings)
    note(say("incidents.count", count=len(fitting), reports=reports) if fitting else say("timeline.none", reports=reports))
