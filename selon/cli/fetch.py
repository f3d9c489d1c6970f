"""`selon fetch URL…`: pages of the network into the ledger, with the way they came, and read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from selon.cli.messages import say
from selon.cli.options import LangOption, LedgerOption, PipelineOption, ledger_address
from selon.cli.screen import note
from selon.errors import FetchError, Issue

if TYPE_CHECKING:
    from selon.cli.watch import Teller
    from selon.intake import Input
    from selon.ledger import Ledger


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
    from selon.batch import Read, Unread, read_inputs
    from selon.cli.watch import Teller
    from selon.ledger import open_ledger
    from selon.watching import WasRead

    teller = Teller()
    with open_ledger(ledger_address(ledger)) as store:
        inputs = _inputs(store, urls, report_lang or None, allow_private, timestamp, roots, teller)
        for outcome in read_inputs(inputs, pipeline=pipeline or None, knows=store.has):
            match outcome:
                case Read(reading, raw, given):
                    store.add(reading, raw, given)
                    teller(WasRead(reading))
                case Unread(report, raw, issue):
                    store.keep(report, raw)
                    _trouble(store, issue, teller)
                case Issue() as issue:
                    _trouble(store, issue, teller)
    if teller.troubles:
        raise typer.Exit(1)


def _inputs(
    store: Ledger, urls: list[str], lang: str | None, private: bool, timestamp: str, roots: str, teller: Teller
) -> Iterator[Input | Issue]:
    from selon.intake.fetch import open_fetcher
    from selon.intake.fetch.timestamp import read_roots, time_stamp
    from selon.intake.watch.listing import entry_url
    from selon.ledger.pages import Pages
    from selon.pages import Asked, take
    from selon.watching import Kept

    trusted = read_roots(roots) if roots else []
    with open_fetcher(private=private) as fetcher:
        for url in urls:
            asked = Asked(entry_url(url, "") or url, "once", lang=lang)
            try:
                got = fetcher.get(asked.url)
            except FetchError as e:
                take(store, asked, e)
                yield e.issue()
                continue
            taken = take(store, asked, got)
            if taken.issue is not None:
                yield taken.issue
            if taken.change is not None and taken.input is not None:
                report = taken.input.report
                teller(Kept(taken.change, asked.url, report.id, report.title))
                if timestamp:
                    try:
                        Pages(store).stamp(time_stamp(fetcher.client, timestamp, taken.input.raw, trusted), got.retrieved)
                    except FetchError as e:
                        yield e.issue()
                yield taken.input
            elif taken.issue is None:
                note(say("fetch.same", url=asked.url))


def _trouble(store: Ledger, issue: Issue, teller: Teller) -> None:
    from selon.watching import Trouble

    store.record(issue)
    teller(Trouble(issue))
