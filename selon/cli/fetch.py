"""`selon fetch URL…`: pages of the network into the ledger, with the way they came, and read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from selon.cli.messages import say
from selon.cli.options import LangOption, LedgerOption, PipelineOption, ledger_address
from selon.cli.screen import note
from selon.errors import FetchError, Issue


def fetch_command(
    urls: Annotated[list[str], typer.Argument(help=say("fetch.urls"), show_default=False, metavar="URL")],
    ledger: LedgerOption = "",
    report_lang: Annotated[str, typer.Option(help=say("option.report_lang"), show_default=False)] = "",
    allow_private: Annotated[bool, typer.Option("--allow-private", help=say("watch.private"))] = False,
    timestamp: Annotated[str, typer.Option(help=say("fetch.timestamp"), show_default=False)] = "",
    roots: Annotated[str, typer.Option(help=say("fetch.roots"), show_default=False)] = "",
    pipeline: PipelineOption = "",
    lang: LangOption = "",
) -> None:
    """Fetches, keeps and reads; exits with 1 when a page could not be had or is no report."""
    from selon.batch import Known, Read, Unread, read_inputs
    from selon.cli.watch import Teller
    from selon.intake.fetch import open_fetcher
    from selon.intake.fetch.timestamp import read_roots, time_stamp
    from selon.ledger import open_ledger
    from selon.ledger.pages import Pages
    from selon.pages import Asked, Taken, fetched_inputs
    from selon.watching import Kept, Trouble, WasRead

    teller, trusted = Teller(), read_roots(roots) if roots else []
    with open_ledger(ledger_address(ledger)) as store, open_fetcher(private=allow_private) as fetcher:

        def taken(asked: Asked, what: Taken) -> None:
            if what.change is not None and what.input is not None:
                report = what.input.report
                teller(Kept(what.change, asked.url, report.id, report.title))
            elif what.issue is None:
                note(say("fetch.same", url=asked.url))
            if timestamp and what.input is not None:
                try:
                    Pages(store).stamp(time_stamp(fetcher.client, timestamp, what.input.raw, trusted), datetime.now(UTC))
                except FetchError as e:
                    trouble(e.issue())

        def trouble(issue: Issue) -> None:
            store.record(issue)
            teller(Trouble(issue))

        inputs = fetched_inputs(urls, store, fetcher, lang=report_lang or None, on_taken=taken)
        for outcome in read_inputs(inputs, pipeline=pipeline or None, knows=store.has):
            match outcome:
                case Read(reading, raw, given):
                    store.add(reading, raw, given)
                    teller(WasRead(reading))
                case Known(report):
                    store.keep(report)
                case Unread(report, raw, issue):
                    store.keep(report, raw)
                    trouble(issue)
                case Issue() as issue:
                    trouble(issue)
    if teller.troubles:
        raise typer.Exit(1)
