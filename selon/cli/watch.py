"""`selon watch`: sources into the ledger, round after round; and how they do."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selon.cli.app import INTERRUPTED, error_text
from selon.cli.messages import say, words
from selon.cli.options import FormatOption, LangOption, LedgerOption, PipelineOption, as_lines, ledger_address
from selon.cli.screen import note, one_line, put_json
from selon.errors import Issue, LedgerError

if TYPE_CHECKING:
    from selon.alerts import Channel
    from selon.intake.watch.health import Look
    from selon.intake.watch.plan import Plan
    from selon.ledger import Ledger
    from selon.watching import Told


def watch_command(
    plan: Annotated[Path, typer.Argument(help=say("watch.plan"), show_default=False, metavar="PLAN")],
    once: Annotated[bool, typer.Option("--once", help=say("watch.once"))] = False,
    status: Annotated[bool, typer.Option("--status", help=say("watch.status"))] = False,
    allow_private: Annotated[bool, typer.Option("--allow-private", help=say("watch.private"))] = False,
    ledger: LedgerOption = "",
    pipeline: PipelineOption = "",
    format: FormatOption = "table",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=say("read.quiet"))] = False,
    lang: LangOption = "",
) -> None:
    """Watches until interrupted; with `--once` looks at every source now and stops, with exit code 1 when something went wrong for good."""
    from selon.alerts import read_alerting
    from selon.intake.watch.plan import load_plan
    from selon.ledger import open_ledger

    lines = as_lines(format)
    found, table = load_plan(plan)
    rules, channels = read_alerting(table, str(plan))
    with open_ledger(ledger_address(ledger)) as store:
        if status:
            _status(found, channels, store, lines)
            return
        from selon.watching import Trouble, Watch

        teller = Teller(lines, quiet)
        with _stopping() as stop:
            watch = Watch(
                found, store, teller, words(), rules=rules, channels=channels, private=allow_private, pipeline=pipeline or None, stop=stop
            )
            try:
                watch.round(force=once)
                while not once and not stop.is_set():
                    try:
                        stop.wait(watch.sleep())
                        watch.round()
                    except LedgerError as e:
                        if e.code != "SEL-L004":
                            raise
                        teller(Trouble(e.issue(), later=True))  # another program writes for long; the round is made up for
            finally:
                watch.close()
        if stop.is_set():
            note(say("watch.stopped", kept=teller.kept, read=teller.read))
            raise typer.Exit(INTERRUPTED)
    if not quiet and not lines:
        note(say("watch.summary", looked=teller.looked, fresh=teller.fresh, kept=teller.kept, read=teller.read, troubles=teller.troubles))
    if teller.troubles:
        raise typer.Exit(1)


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """The first interrupt (or a friendly end by the system) ends the round between two steps; a second one ends it at once."""
    stop = threading.Event()
    before = {s: signal.getsignal(s) for s in (signal.SIGINT, signal.SIGTERM)}

    def end(number: int, _frame: object) -> None:
        stop.set()
        for s, handler in before.items():
            signal.signal(s, handler)

    for s in before:
        signal.signal(s, end)
    try:
        yield stop
    finally:
        for s, handler in before.items():
            signal.signal(s, handler)


class Teller:
    """Says what happens, a line each, and counts."""

    def __init__(self, lines: bool = False, quiet: bool = False) -> None:
        self.lines, self.quiet = lines, quiet
        self.looked = self.fresh = self.kept = self.read = self.troubles = 0

    def __call__(self, told: Told) -> None:
        from selon.watching import Alerted, Delivered, Kept, Looked, Sifted, Trouble, Warned, WasRead

        match told:
            case Looked(source, listed, fresh):
                self.looked += 1
                self.fresh += fresh
                self._say(say("watch.looked", source=source, listed=listed, fresh=fresh) if listed is not None else say("watch.same", source=source),
                          kind="looked", source=source, listed=listed, fresh=fresh)  # fmt: skip
            case Kept(change, url, name, title):
                self.kept += 1
                self._say(
                    f"{say(f'page.{change}')}  {one_line(name or url, 60)}  {one_line(title, 60)}",
                    kind=change,
                    url=url,
                    name=name,
                    title=title,
                )
            case Sifted(url):
                self._say(say("watch.sifted", url=url), kind="sifted", url=url)
            case WasRead(reading):
                self.read += 1
                name = reading.report.id
                statements, events = len(reading.statements), len(reading.events)
                self._say(say("watch.read", name=one_line(name, 60), statements=statements, events=events), kind="read", name=name,
                          statements=statements, events=events)  # fmt: skip
            case Trouble(issue, later):
                self.troubles += not later
                self._issue(issue, "later" if later else "trouble")
            case Warned(issue):
                self._issue(issue, "warning")
            case Alerted(rule, title):
                self._say(say("watch.alert", rule=rule, title=one_line(title, 100)), kind="alert", rule=rule, title=title)
            case Delivered(count):
                self._say(say("watch.delivered", count=count), kind="delivered", count=count)

    def _say(self, text: str, **values: object) -> None:
        if self.lines:
            put_json(values)
        elif not self.quiet:
            typer.echo(text)

    def _issue(self, issue: Issue, kind: str) -> None:
        if self.lines:
            put_json({"kind": kind, "code": issue.code, "place": issue.place, "problem": issue.problem})
        elif kind != "later" or not self.quiet:
            note(error_text(issue.code, issue.place, issue.problem, issue.excerpt, issue.remedy))


def _status(plan: Plan, channels: Sequence[Channel], store: Ledger, lines: bool) -> None:
    """How each source does: last look, last new entry, what is expected, troubles; then how the channels of alerts do."""
    from selon.alerts import standing
    from selon.intake.watch.health import WINDOW, due_at, health
    from selon.ledger.alerts import Alerts
    from selon.ledger.pages import Pages
    from selon.watching.looking import looks_of

    now, pages = datetime.now(UTC), Pages(store)
    for source in plan.sources:
        looks = looks_of(pages, source, now - WINDOW)
        found = health(looks, source, now)
        last, due = (looks[-1].at if looks else None), due_at(looks, source)
        if lines:
            put_json({"source": source.name, "url": source.url, "looks": len(looks), "last": last, "newest": found.quiet_since, "per_day": found.per_day,
                      "due": due, "troubles": [t for t, _ in found.troubles]})  # fmt: skip
            continue
        told = ", ".join(say(f"source.{t}", detail=d) for t, d in found.troubles) or _usual(looks)
        rate = f"{found.per_day:.1f}" if found.per_day is not None else "?"
        typer.echo(
            say(
                "watch.status_line",
                source=one_line(source.name, 30),
                last=_clock(last),
                newest=_clock(found.quiet_since),
                rate=rate,
                told=told,
            )
        )
    for channel in channels:
        out, waiting, given_up = standing(Alerts(store), channel, now)
        if lines:
            put_json({"channel": channel.name, "told": out, "waiting": waiting, "given_up": given_up})
        else:
            typer.echo(say("watch.channel_line", channel=one_line(channel.name, 30), told=out, waiting=waiting, given_up=given_up))


def _clock(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "–"


def _usual(looks: list[Look]) -> str:
    """What is said of a source without troubles."""
    if not looks:
        return say("source.never")
    return say("source.fine") if looks[-1].fine else say("source.stumbled", detail=looks[-1].code or looks[-1].status)
