"""`selon history INCIDENT`: who revised what when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from selon.cli.messages import say, words
from selon.cli.options import AsOfOption, FormatOption, LangOption, LedgerOption, as_lines, moment, open_existing
from selon.cli.screen import put, put_json
from selon.errors import UsageError
from selon.views.history import Turned, history_lines, readings_of, step_json, steps, touching
from selon.views.incidents import incident_lines
from selon.views.judgements import told
from selon.views.pages import turns

if TYPE_CHECKING:
    from datetime import datetime

    from selon.ledger import Ledger


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
        turned = _turned(store, [(r, found.rows[r].id) for r in i.reports], then)
    course = steps(reads, judgements, turned)
    if lines:
        for s in course:
            put_json(step_json(s))
        return
    put(incident_lines(i, words(), say))
    put(history_lines(i, course, words(), say))


def _turned(store: Ledger, reports: list[tuple[str, str]], then: datetime | None) -> list[Turned]:
    """What became of the pages of the reports after they were first seen; a page with several of them once."""
    from selon.ledger.pages import Pages

    pages, seen, out = Pages(store), set[tuple[str, datetime]](), list[Turned]()
    for name, id in reports:
        for t in turns(pages.versions_of(id, then), lambda r: pages.kept(r)[0])[1:]:
            if (at := (t.version.url, t.version.at)) not in seen:
                seen.add(at)
                out.append(Turned(name, t))
    return out
