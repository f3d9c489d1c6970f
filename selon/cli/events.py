"""`selon events`: what is said to have happened, by place, day, type, status, figures and source."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from selon.cli.messages import say, words
from selon.cli.options import AsOfOption, FormatOption, LangOption, LedgerOption, LimitOption, as_lines, choices, day, moment, open_existing
from selon.cli.screen import note, put_by_report
from selon.model import COUNTS_OF, EVENT_TYPES, STATUSES
from selon.views.notes import event_lines


def events_command(
    place: Annotated[str, typer.Option(help=say("events.place"), show_default=False)] = "",
    since: Annotated[str, typer.Option(help=say("events.since"), show_default=False)] = "",
    until: Annotated[str, typer.Option(help=say("events.until"), show_default=False)] = "",
    undated: Annotated[bool, typer.Option("--undated", help=say("events.undated"))] = False,
    type: Annotated[list[str] | None, typer.Option(help=say("events.type"), show_default=False)] = None,
    status: Annotated[list[str] | None, typer.Option(help=say("events.status"), show_default=False)] = None,
    figure: Annotated[list[str] | None, typer.Option(help=say("events.figure"), show_default=False)] = None,
    who: Annotated[str, typer.Option(help=say("events.who"), show_default=False)] = "",
    source: Annotated[str, typer.Option(help=say("events.source"), show_default=False)] = "",
    report: Annotated[str, typer.Option(help=say("events.report"), show_default=False)] = "",
    ledger: LedgerOption = "",
    as_of: AsOfOption = "",
    format: FormatOption = "table",
    limit: LimitOption = 0,
    lang: LangOption = "",
) -> None:
    """Events with their figures, the statements they stand under, and the sentence."""
    from selon.ledger import EventQuestion

    lines, then = as_lines(format), moment(as_of)
    question = EventQuestion(
        place or None, day("--since", since), day("--until", until), undated, choices("--type", type, EVENT_TYPES, "type"),
        choices("--status", status, STATUSES, "status"), choices("--figure", figure, COUNTS_OF, "count_of"), who or None, source or None, report or None, limit or None,
    )  # fmt: skip
    with open_existing(ledger) as store:
        count, reports = put_by_report(store.events(question, then), lambda row: event_lines(row, words(), 1), lines)
        if lines:
            return
        if count:
            note(say("events.count", count=count, reports=reports))
        else:
            note(say("events.none", reports=sum(r.version is not None for r in store.reports(as_of=then))))
        if (since or until) and not undated and not limit:
            every = sum(1 for _ in store.events(replace(question, undated=True), then))
            if every > count:
                note(say("events.left_out", count=every - count))
