"""`selon show`: a report as notes, or the list of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from selon.cli.messages import say, words
from selon.cli.options import AsOfOption, FormatOption, LangOption, LedgerOption, LimitOption, as_lines, moment, open_existing
from selon.cli.screen import copy_words, note, one_line, put, put_json
from selon.views.judgements import standing_lines
from selon.views.notes import Line, days, desk_notes
from selon.views.pages import Turn, page_lines, turns

if TYPE_CHECKING:
    from datetime import datetime

    from selon.ledger import Ledger
    from selon.model import Report
    from selon.model.rows import ReportRow


def show_command(
    report: Annotated[str, typer.Argument(help=say("show.report"), show_default=False, metavar="[REPORT]")] = "",
    ledger: LedgerOption = "",
    as_of: AsOfOption = "",
    search: Annotated[str, typer.Option(help=say("option.search_reports"), show_default=False)] = "",
    versions: Annotated[bool, typer.Option("--versions", help=say("show.again"))] = False,
    format: FormatOption = "table",
    limit: LimitOption = 0,
    lang: LangOption = "",
) -> None:
    """Notes of one report, or one line for each."""
    lines, then = as_lines(format), moment(as_of)
    with open_existing(ledger) as store:
        if report:
            _one(store, report, then, lines, versions)
        else:
            _list(store, search or None, then, lines, limit)


def _one(store: Ledger, report: str, then: datetime | None, lines: bool, versions: bool) -> None:
    from selon.linked import standings_of

    reading = store.reading(report, then)
    if lines:
        from selon.model import to_line

        typer.echo(to_line(reading))
        return
    put(desk_notes(reading, words()))
    put(standing_lines(standings_of(store, reading, then), words(), say("judgements.title")))
    put(_provenance(store, reading.report))
    put(page_lines(_turns(store, reading.report, then), say, full=versions))
    history = store.versions(report)
    made = next((v for v in reversed(history) if v.version == reading.version), history[-1])
    put([Line(""), Line(say("show.read_by", time=f"{made.recorded_at:%Y-%m-%d %H:%M}", version=made.version), "dim")])
    if reading.report.source.sha256:
        put([Line(f"SHA-256 {reading.report.source.sha256}", "dim")])
    if versions:
        put([Line(""), Line(say("show.versions"), "head")])
        put(
            Line(
                say(
                    "show.version_line", time=f"{v.recorded_at:%Y-%m-%d %H:%M:%S}", version=v.version, statements=v.statements,
                    events=v.events, figures=v.figures,
                ),
                indent=1,
            )
            for v in history
        )  # fmt: skip


def _provenance(store: Ledger, report: Report) -> list[Line]:
    """What the document says of itself and where, and what it copies or is copied by."""
    out = [
        Line(
            say("show.declared", field=say(f"declared.{d.field}"), value=one_line(d.value, 90), basis=say(f"declared.by_{d.basis}")),
            "dim",
            1,
        )
        for d in report.source.declared
    ]
    original = store.original(report)
    out += [Line(copy_words("show.copy_of", original), "warn", 1)] if original is not None else []
    out += [Line(copy_words("show.copied_by", c), "dim", 1) for c in store.copies(report)[:20]]
    return [Line(""), Line(say("show.provenance"), "head"), *out] if out else []


def _turns(store: Ledger, report: Report, then: datetime | None) -> list[Turn]:
    from selon.ledger import report_id
    from selon.ledger.pages import Pages

    pages = Pages(store)
    return turns(pages.versions_of(report_id(report), then), lambda r: pages.kept(r)[0])


def _list(store: Ledger, search: str | None, then: datetime | None, lines: bool, limit: int) -> None:
    count = 0
    for row in store.reports(search, then):
        count += 1
        if lines:
            put_json(row)
        else:
            typer.echo(_line(row))
        if limit and count >= limit:
            break
    if not lines:
        note(say("show.list_end", count=count) if count else say("show.empty"))


def _line(row: ReportRow) -> str:
    name, title = one_line(row.name, 40), one_line(row.title or say("show.untitled"), 70)
    if row.version is None:
        return say("show.list_unread", name=name, lang=row.lang, title=title)
    day = days(row.published_earliest, row.published_latest, words())
    return say("show.list_line", name=name, day=day, statements=row.statements, events=row.events, title=title)
