"""`selon read`: reports into the ledger, or as JSON Lines to standard output."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from selon.cli.app import INTERRUPTED, error_text
from selon.cli.messages import say, words
from selon.cli.options import LangOption, LedgerOption, PipelineOption, as_lines, column_map, day, ledger_address
from selon.cli.screen import copy_words, is_watched, note, one_line
from selon.errors import Issue

if TYPE_CHECKING:
    from selon.batch import Outcome
    from selon.intake import Input, Sieve
    from selon.ledger import Ledger
    from selon.model import Reading, Report


WEB = ("http://", "https://")
"""How an address of a page begins; everything else names files."""


@dataclass
class Tally:
    """What a run has done so far."""

    read: int = 0
    known: int = 0
    issues: int = 0
    later: int = 0
    """Of the issues: reports in a language that cannot be read yet; they are kept."""
    sifted: int = 0
    """Texts that the gate left aside: they are counted and not kept."""


def read_command(
    paths: Annotated[list[str], typer.Argument(help=say("read.paths"), show_default=False, metavar="PATH")],
    published: Annotated[str, typer.Option(help=say("read.published"), show_default=False)] = "",
    format: Annotated[str, typer.Option(help=say("option.format_read"))] = "table",
    ledger: LedgerOption = "",
    report_lang: Annotated[str, typer.Option(help=say("option.report_lang"), show_default=False)] = "",
    pipeline: PipelineOption = "",
    jobs: Annotated[int, typer.Option(min=0, help=say("read.jobs"))] = 1,
    again: Annotated[bool, typer.Option("--again", help=say("read.again"))] = False,
    columns: Annotated[str, typer.Option(help=say("read.columns"), show_default=False, metavar="FIELD=NAME,…")] = "",
    gate: Annotated[bool | None, typer.Option("--gate/--no-gate", help=say("read.gate"), show_default=False)] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=say("read.quiet"))] = False,
    lang: LangOption = "",
) -> None:
    """Reads, prints a line (or the JSON) for each report, and exits with 1 when an input had an issue."""
    lines = as_lines(format)
    given = day("--published", published)
    address = ledger if lines and not ledger else ledger_address(ledger)
    with _opened(address) as store:
        tally = read_into(
            paths, store, published=given, report_lang=report_lang or None, pipeline=pipeline or None, jobs=jobs, again=again,
            columns=column_map(columns), gate=gate, show=None if quiet and not lines else ("jsonl" if lines else "table"),
        )  # fmt: skip
    if address and tally.read and not quiet:
        note(say("read.next", ledger=address))
    if tally.issues:
        raise typer.Exit(1)


@contextmanager
def _opened(address: str) -> Iterator[Ledger | None]:
    if not address:
        yield None
        return
    from selon.ledger import open_ledger

    with open_ledger(address) as store:
        yield store


def read_into(
    paths: list[str],
    store: Ledger | None,
    *,
    published: str | None = None,
    report_lang: str | None = None,
    pipeline: str | None = None,
    jobs: int = 1,
    again: bool = False,
    columns: Mapping[str, str] | None = None,
    gate: bool | None = None,
    show: str | None = "table",
) -> Tally:
    """Reads inputs into a ledger (or none) and shows each outcome. An interrupt keeps what was read and ends the program with 130."""
    from selon.batch import read_inputs
    from selon.intake import iter_inputs

    def sifted(place: str, sieve: Sieve) -> None:
        tally.sifted += sieve.left
        issue = sieve.issue(place)
        if show is not None:
            note(
                say(
                    "read.sifted", place=place, seen=sieve.seen, let=sieve.let, left=sieve.rejected, foreign=sieve.foreign.total(),
                    stubs=sieve.stubs.total(),
                )
            )  # fmt: skip
        if store is not None:
            store.record(issue)

    tally, began = Tally(), time.monotonic()
    files = [p for p in paths if not p.startswith(WEB)]
    found = iter_inputs(files, published=published, lang=report_lang, columns=columns, gate=gate, on_sifted=sifted)
    if len(files) < len(paths):
        found = chain(found, _fetched([p for p in paths if p.startswith(WEB)], store, report_lang, published))
    outcomes = read_inputs(
        found, pipeline=pipeline, jobs=jobs or (os.cpu_count() or 1),
        knows=store.has if store is not None and not again else None,
    )  # fmt: skip
    try:
        with _progress(show == "table" or show is None) as tick:
            for outcome in outcomes:
                with _whole():
                    _take(outcome, store, tally, show)
                tick(tally)
    except KeyboardInterrupt:
        note(say("read.kept", read=tally.read + tally.known) if store is not None else say("error.interrupted"))
        raise typer.Exit(INTERRUPTED) from None
    finally:
        outcomes.close()
    if show is not None:
        total = tally.read + tally.known + tally.issues
        seconds = f"{time.monotonic() - began:.1f}"
        note(
            say("read.summary", read=tally.read, known=tally.known, issues=tally.issues, seconds=seconds) if total else say("read.nothing")
        )
    return tally


def _fetched(urls: list[str], store: Ledger | None, lang: str | None, published: str | None) -> Iterator[Input | Issue]:
    """Pages by their addresses, as `selon fetch` has them."""
    from selon.intake.fetch import open_fetcher
    from selon.pages import Asked, Taken, fetched_inputs

    def taken(asked: Asked, what: Taken) -> None:
        if what.issue is None and what.input is None:
            note(say("fetch.same", url=asked.url))

    with open_fetcher() as fetcher:
        yield from fetched_inputs(urls, store, fetcher, lang=lang, published=published, on_taken=taken)


@contextmanager
def _whole() -> Iterator[None]:
    """Holds an interrupt back until one outcome is in the ledger, counted and shown: what is told is what is kept."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _take(outcome: Outcome, store: Ledger | None, tally: Tally, show: str | None) -> None:
    """Into the ledger first, on the screen then: what was shown is kept."""
    from selon.batch import NOT_YET, Known, Note, Read, Unread

    match outcome:
        case Read(reading, raw, given):
            if store is not None:
                store.add(reading, raw, given)
            tally.read += 1
            if show == "table":
                typer.echo(_line(reading) + _copy(store, reading.report))
            elif show == "jsonl":
                from selon.model import to_line

                typer.echo(to_line(reading))
        case Known(report):
            if store is not None:
                store.keep(report)
            tally.known += 1
            if show == "table":
                typer.echo(say("read.known", name=one_line(report.id, 40)))
        case Note(issue):
            _trouble(issue, store)
        case Unread(report, raw, issue):
            if store is not None:
                store.keep(report, raw)
            tally.issues += 1
            if issue.code in NOT_YET:
                tally.later += 1
                if show == "table":
                    typer.echo(say("read.unread", name=one_line(report.id, 40), lang=report.lang))
                if store is not None:
                    store.record(issue)
            else:
                _trouble(issue, store)
        case issue:
            tally.issues += 1
            _trouble(issue, store)


def _copy(store: Ledger | None, report: Report) -> str:
    """Whether a report is a copy of an earlier one, as the end of its line."""
    found = store.original(report) if store is not None else None
    return "" if found is None else "  " + copy_words("read.copy", found)


def _trouble(issue: Issue, store: Ledger | None) -> None:
    note(error_text(issue.code, issue.place, issue.problem, issue.excerpt, issue.remedy))
    if store is not None:
        store.record(issue)


def _line(reading: Reading) -> str:
    from selon.views.notes import days

    p = reading.published
    return say(
        "read.line", name=one_line(reading.report.id, 40), day=days(p.earliest, p.latest, words()), statements=len(reading.statements),
        events=len(reading.events), figures=sum(len(e.figures) for e in reading.events), title=one_line(reading.report.title, 60),
    )  # fmt: skip


@contextmanager
def _progress(wanted: bool) -> Iterator[Callable[[Tally], None]]:
    """A progress line on stderr when somebody watches, and the reports themselves do not pass on the same terminal."""
    if not wanted or not is_watched() or sys.stdout.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description} {task.completed} {task.fields[unit]}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(say("read.progress"), total=None, unit=say("read.pages"))
        yield lambda tally: bar.update(task, completed=tally.read + tally.known + tally.issues)
