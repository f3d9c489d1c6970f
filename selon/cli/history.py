"""`selon history INCIDENT`: who revised what when."""

from __future__ import annotations

from typing import Annotated

import typer

from selon.cli.messages import say, words
from selon.cli.options import AsOfOption, FormatOption, LangOption, LedgerOption, as_lines, moment, open_existing
from selon.cli.screen import put, put_json
from selon.errors import UsageError
from selon.views.history import history_lines, readings_of, step_json, steps, touching
from selon.views.incidents import incident_lines
from selon.views.judgements import told


def history_command(
    incident: Annotated[str, typer.Argument(help=say("incident.id"), show_default=False, metavar="ID")],
    ledger: LedgerOption = "",
    as_of: AsOfOption = "",
    format: FormatOption = "table",
    lang: LangOption = "",
) -> None:
    """Figures of an incident by source, then its readings and judgements by time."""
    from selon.linked import linked

    lines, then = as_lines(format), moment(as_of)
    with open_existing(ledger) as store:
        found = linked(store, then)
        fitting = [i for i in found.incidents if i.id.startswith(incident)] if len(incident) >= 4 else []
        if len(fitting) != 1:
            remedy = say("incident.unknown_remedy")
            raise UsageError("SEL-U020", say("incident.unknown", count=len(fitting)), excerpt=incident, remedy=remedy)
        (i,) = fitting
        reads = []
        for report in i.reports:
            id = found.rows[report].id
            rows = [v for v in store.versions(id) if then is None or v.recorded_at <= then]
            reads += readings_of(report, rows, lambda row, id=id: store.reading(id, row.recorded_at))  # type: ignore[misc]
        judgements = touching(told(list(store.judgements(then)), found.judged.standings), i, found.incident_of)
    course = steps(reads, judgements)
    if lines:
        for s in course:
            put_json(step_json(s))
        return
    put(incident_lines(i, words(), say))
    put(history_lines(i, course, words(), say))
