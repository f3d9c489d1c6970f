"""`selon incident ID`: the claim matrix, with agreements, contradictions and origins."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from selon.cli.messages import say, words
from selon.cli.options import (
    AsOfOption,
    LangOption,
    LedgerOption,
    NamesOption,
    OutputOption,
    choices,
    ledger_address,
    moment,
    open_existing,
    output,
)
from selon.cli.screen import put, put_json
from selon.errors import UsageError
from selon.model.incident import Incident, incident_json
from selon.views.counting import RULES, count, count_lines
from selon.views.csv_text import csv_line
from selon.views.incidents import incident_lines, matrix_lines, row_label
from selon.views.judgements import standing_lines
from selon.views.matrix import COLUMNS, build_matrix, matrix_rows
from selon.views.notes import Line

if TYPE_CHECKING:
    from selon.linked import Linked


def incident_command(
    incident: Annotated[str, typer.Argument(help=say("incident.id"), show_default=False, metavar="ID")],
    why: Annotated[bool, typer.Option("--why", help=say("incident.why"))] = False,
    rule: Annotated[str, typer.Option("--rule", help=say("incident.rule"), show_default=False)] = "",
    ledger: LedgerOption = "",
    as_of: AsOfOption = "",
    format: OutputOption = "table",
    names: NamesOption = False,
    lang: LangOption = "",
) -> None:
    """Who says what to each question about one incident."""
    from selon.linked import explain_incident, linked, standings_in

    form = output(format, "table", "jsonl", "csv", "html")
    rule = choices("--rule", [rule], RULES)[0] if rule else ""
    with open_existing(ledger) as store:
        found = linked(store, moment(as_of))
        i = one_incident(found, incident)
        reasons = explain_incident(store, found, i, moment(as_of)) if why else []
    if form == "jsonl":
        put_json(incident_json(i))
    elif form == "csv":
        _csv(found, i, names)
    elif form == "html":
        from selon.web import offline_file

        typer.echo(offline_file(ledger_address(ledger), i.id, words().lang, as_of, _mask(found, i, names)))
    elif rule:
        put(incident_lines(i, words(), say))
        put([Line(""), Line(say("incident.counts_title", rule=rule), "head")])
        put(count_lines(count(i, rule), words(), say("incident.narration"), say("incident.used"), say("incident.dropped")))
    else:
        put(matrix_lines(build_matrix(i, found.readings, found.withdrawn), found, words(), say))
        put(standing_lines(standings_in(i, found), words(), say("judgements.title")))
    if reasons and form == "table":
        from selon.views.why import why_lines

        put(why_lines(reasons, words(), say))


def one_incident(found: Linked, start: str) -> Incident:
    """The incident whose id begins so. Raises UsageError SEL-U020 where it is not one."""
    fitting = [i for i in found.incidents if i.id.startswith(start)] if len(start) >= 4 else []
    if len(fitting) != 1:
        raise UsageError("SEL-U020", say("incident.unknown", count=len(fitting)), excerpt=start, remedy=say("incident.unknown_remedy"))
    return fitting[0]


def _csv(found: Linked, i: Incident, names: bool) -> None:
    typer.echo(csv_line(COLUMNS))
    matrix = build_matrix(i, found.readings, found.withdrawn)
    for row in matrix_rows(matrix, lambda r: row_label(r, words(), say), _mask(found, i, names)):
        typer.echo(csv_line(row))


def _mask(found: Linked, i: Incident, names: bool) -> Callable[[str | None], str | None]:
    from selon.export.privacy import Pseudonyms

    return (Pseudonyms.off() if names else Pseudonyms.of(found.readings[r] for r in i.reports)).mask
