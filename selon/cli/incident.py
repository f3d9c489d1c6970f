"""`selon incident ID`: the claim matrix, with agreements, contradictions and origins."""

from __future__ import annotations

from typing import Annotated

import typer

from selon.cli.messages import say, words
from selon.cli.options import AsOfOption, FormatOption, LangOption, LedgerOption, as_lines, moment, open_existing
from selon.cli.screen import put, put_json
from selon.errors import UsageError
from selon.model.incident import incident_json
from selon.views.incidents import matrix_lines
from selon.views.judgements import standing_lines
from selon.views.matrix import build_matrix


def incident_command(
    incident: Annotated[str, typer.Argument(help=say("incident.id"), show_default=False, metavar="ID")],
    ledger: LedgerOption = "",
    as_of: AsOfOption = "",
    format: FormatOption = "table",
    lang: LangOption = "",
) -> None:
    """Who says what to each question about one incident."""
    from selon.linked import linked, standings_in

    lines = as_lines(format)
    with open_existing(ledger) as store:
        found = linked(store, moment(as_of))
    fitting = [i for i in found.incidents if i.id.startswith(incident)] if len(incident) >= 4 else []
    if len(fitting) != 1:
        raise UsageError("SEL-U020", say("incident.unknown", count=len(fitting)), excerpt=incident, remedy=say("incident.unknown_remedy"))
    if lines:
        put_json(incident_json(fitting[0]))
    else:
        put(matrix_lines(build_matrix(fitting[0], found.readings), found, words(), say))
        put(standing_lines(standings_in(fitting[0], found), words(), say("judgements.title")))
