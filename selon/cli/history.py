"""`selon history INCIDENT`: who revised what when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from selon.cli.incident import one_incident
from selon.cli.messages import say, words
from selon.cli.options import AsOfOption, LangOption, LedgerOption, OutputOption, moment, open_existing, output
from selon.cli.screen import put, put_document, put_json
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
    format: OutputOption = "table",
    lang: LangOption = "",
) -> None:
    """Figures of an incident by source, then its readings and judgements by time."""
    from selon.linked import linked

    form, then = output(format, "table", "jsonl", "html"), moment(as_of)
    with open_existing(ledger) as store:
        found = linked(store, then)
        i = one_incident(found, incident)
        reads = []
        for report in i.reports:
            id = found.rows[report].id
            rows = [v for v in store.versions(id) if then is None or v.recorded_at <= then]
            reads += readings_of(report, rows, lambda row, id=id: store.reading(id, row.recorded_at))  # type: ignore[misc]
        judgements = touching(told(list(store.judgements(then)), found.judged.standings), i, found.incident_of)
        turned = _turned(store, [(r, found.rows[r].id) for r in i.reports], then)
    course = steps(reads, judgements, turned)
    if form == "jsonl":
        for s in course:
            put_json(step_json(s))
        return
    shown = [*incident_lines(i, words(), say), *history_lines(i, course, words(), say)]
    if form == "html":
        put_document(i.title or i.id, shown, words().lang)
    else:
        put(shown)


def _turned(store: Ledger, reports: list[tuple[str, str]], then: datetime | None) -> list[Turned]:
    """What became of the pages of the reports after they were first seen; a page with several of them once."""
    from selon.ledger.pages import Pages

    pages = Pages(store)
    seen: set[tuple[str, datetime]] = set()
    out: list[Turned] = []
    for name, id in reports:
        for t in turns(pages.versions_of(id, then), lambda r: pages.kept(r)[0])[1:]:
            if (at := (t.version.url, t.version.at)) not in seen:
                seen.add(at)
                out.append(Turned(name, t))
    return out
