"""The `selon` program: commands are imported when they are called, so that help and completion are quick. May import: `cli`, `errors`.

Exit codes: 0 done; 1 some inputs had issues or could not be fetched; 2 wrong usage; 3 ledger; 4 language pack or pipeline; 5 gold;
130 interrupted; 141 the reader of the output went away.
"""

from __future__ import annotations

import errno
import functools
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

import typer
from typer.core import TyperGroup

from selon.cli import messages
from selon.cli.messages import say
from selon.errors import SelonError, UsageError

COMMANDS = {
    "read": "selon.cli.read:read_command",
    "fetch": "selon.cli.fetch:fetch_command",
    "watch": "selon.cli.watch:watch_command",
    "evidence": "selon.cli.evidence:evidence_command",
    "gate": "selon.cli.gate:gate_command",
    "show": "selon.cli.show:show_command",
    "events": "selon.cli.events:events_command",
    "statements": "selon.cli.statements:statements_command",
    "incidents": "selon.cli.incidents:incidents_command",
    "incident": "selon.cli.incident:incident_command",
    "timeline": "selon.cli.timeline:timeline_command",
    "history": "selon.cli.history:history_command",
    "measures": "selon.cli.measures:measures_command",
    "judge": "selon.cli.judge:judge_command",
    "judgements": "selon.cli.judgements:judgements_command",
    "serve": "selon.cli.serve:serve_command",
    "account": "selon.cli.account:account_command",
    "link": "selon.cli.link:link_command",
    "export": "selon.cli.export:export_command",
    "explain": "selon.cli.explain:explain_command",
    "issues": "selon.cli.issues:issues_command",
    "times": "selon.cli.times:times_command",
    "gazetteer": "selon.cli.gazetteer:gazetteer_command",
    "demo": "selon.cli.demo:demo_command",
    "evaluate": "selon.cli.evaluate:evaluate_command",
    "bench": "selon.cli.bench:bench_command",
}
"""Command -> function. A command takes its one-line help from the catalogue of messages."""
EXIT_CODES = {"SEL-I": 1, "SEL-U": 2, "SEL-L": 3, "SEL-P": 4, "SEL-N": 4, "SEL-G": 5, "SEL-F": 1}
INTERRUPTED, BROKEN_PIPE = 130, 141


def exit_code(error: SelonError) -> int:
    """The exit code for an error, by its family."""
    return EXIT_CODES.get(error.family, 1)


def report_error(error: SelonError) -> None:
    """Prints an error on stderr in the chosen language: code, place, problem, the user's own text, remedy."""
    typer.echo(error_text(error.code, error.place, error.problem, error.excerpt, error.remedy), err=True)


def error_text(code: str, place: str, problem: str, excerpt: str, remedy: str) -> str:
    """An error or issue in words. Where the catalogue has the code, its words come first and the program's detail in brackets."""
    known = messages.catalogue().get("code", code, " ")
    if known.strip():
        detail = problem
        problem, _, ours = (p.strip() for p in known.partition("|"))
        remedy = ours or remedy
        if detail:
            problem += f" ({detail})"
    head = " ".join(p for p in (code, place) if p)
    text = f"{head}: {problem}" + (f" « {excerpt} »" if excerpt else "")
    text += f"\n  {say('error.try')}: {remedy}" if remedy else ""
    from selon.cli.screen import safe

    return safe(text)


def guarded(command: Callable[..., Any]) -> Callable[..., Any]:
    """A command whose errors become words and exit codes."""

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            result = command(*args, **kwargs)
            sys.stdout.flush()
            return result
        except SelonError as e:
            report_error(e)
            raise typer.Exit(exit_code(e)) from e
        except KeyboardInterrupt as e:
            typer.echo(say("error.interrupted"), err=True)
            raise typer.Exit(INTERRUPTED) from e
        except BrokenPipeError as e:
            _drop_output()
            raise typer.Exit(BROKEN_PIPE) from e
        except OSError as e:
            if e.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO) or e.filename is not None:
                raise
            _drop_output()
            report_error(UsageError("SEL-U013", say("error.output", why=e.strerror), remedy=say("error.output_remedy")))
            raise typer.Exit(1) from e

    return run


def _drop_output() -> None:
    """Nobody gets what follows; and Python must not fail again when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class LazyGroup(TyperGroup):
    """A group that knows its commands by name and imports one only to run it."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        target = COMMANDS.get(cmd_name)
        if target is None:
            return None
        if cmd_name not in self.commands:
            module, _, name = target.partition(":")
            small = typer.Typer(add_completion=False, rich_markup_mode=None)
            text = say(f"command.{cmd_name}")
            small.command(cmd_name, help=text, short_help=text)(guarded(getattr(importlib.import_module(module), name)))
            self.commands[cmd_name] = typer.main.get_command(small)
        return self.commands[cmd_name]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section(say("root.commands")):
            formatter.write_dl([(name, say(f"command.{name}")) for name in COMMANDS])


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"selon {version('selon')}")
        raise typer.Exit()


def build() -> Any:
    """The whole program in the chosen language."""
    app = typer.Typer(
        name="selon", cls=LazyGroup, no_args_is_help=True, help=say("root.help"), epilog=say("root.epilog"), rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )  # fmt: skip

    @app.callback()
    def root(
        lang: str = typer.Option("", help=say("root.lang"), show_default=False),
        version: bool = typer.Option(False, "--version", help=say("root.version"), is_eager=True, callback=_print_version),
    ) -> None:
        """Both options have done their work before a command runs."""

    return typer.main.get_command(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point of the console script."""
    args = list(sys.argv[1:] if arguments is None else arguments)
    messages.use(messages.choose(args))
    for stream in (sys.stdout, sys.stderr):
        # A terminal in an old encoding shows a question mark rather than stopping the run.
        getattr(stream, "reconfigure", lambda **_: None)(errors="backslashreplace")
    build()(args=args, prog_name="selon")
