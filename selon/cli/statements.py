"""`selon statements`: who says what, by source, side, stance and words."""

from __future__ import annotations

from typing import Annotated

import typer

from selon.cli.messages import say, words
from selon.cli.options import AsOfOption, FormatOption, LangOption, LedgerOption, LimitOption, as_lines, choices, moment, open_existing
from selon.cli.screen import note, put_by_report
from selon.model import SOURCE_KINDS, STANCES
from selon.views.notes import statement_lines


def statements_command(
    source: Annotated[str, typer.Option(help=say("statements.source"), show_default=False)] = "",
    kind: Annotated[list[str] | None, typer.Option(help=say("statements.kind"), show_default=False)] = None,
    country: Annotated[list[str] | None, typer.Option(help=say("statements.country"), show_default=False)] = None,
    stance: Annotated[list[str] | None, typer.Option(help=say("statements.stance"), show_default=False)] = None,
    search: Annotated[str, typer.Option(help=say("statements.search"), show_default=False)] = "",
    report: Annotated[str, typer.Option(help=say("events.report"), show_default=False)] = "",
    ledger: LedgerOption = "",
    as_of: AsOfOption = "",
    format: FormatOption = "table",
    limit: LimitOption = 0,
    lang: LangOption = "",
) -> None:
    """Statements with their sources, stances and words."""
    from selon.ledger import StatementQuestion

    lines, then = as_lines(format), moment(as_of)
    question = StatementQuestion(
        source or None, choices("--kind", kind, SOURCE_KINDS, "source_kind"), tuple(c.upper() for c in country or ()), choices("--stance", stance, STANCES, "stance"),
        search or None, report or None, limit or None,
    )  # fmt: skip
    with open_existing(ledger) as store:
        count, reports = put_by_report(store.statements(question, then), lambda row: statement_lines(row, words(), 1), lines)
        if lines:
            return
        if count:
            note(say("statements.count", count=count, reports=reports))
        else:
            note(say("statements.none", reports=sum(r.version is not None for r in store.reports(as_of=then))))
