"""`selon gate`: what the relevance gate says of texts, and by which words."""

from __future__ import annotations

from typing import Annotated

import typer

from selon.cli.messages import say
from selon.cli.options import FormatOption, LangOption, as_lines
from selon.cli.screen import note, one_line, put_json


def gate_command(
    paths: Annotated[list[str], typer.Argument(help=say("gate.paths"), show_default=False, metavar="PATH")],
    columns: Annotated[str, typer.Option(help=say("read.columns"), show_default=False, metavar="FIELD=NAME,…")] = "",
    format: FormatOption = "table",
    lang: LangOption = "",
) -> None:
    """A line (or an object) for each report: passed, left or unknown, with the words that weigh and what they weigh. Nothing is read or kept."""
    from selon.cli.app import error_text
    from selon.cli.options import column_map
    from selon.errors import Issue
    from selon.intake import Sieve, iter_inputs
    from selon.intake.gate import reasons

    lines, sieve, issues = as_lines(format), Sieve(always=True), 0
    for item in iter_inputs(paths, gate=False, columns=column_map(columns)):
        if isinstance(item, Issue):
            issues += 1
            note(error_text(item.code, item.place, item.problem, item.excerpt, item.remedy))
            continue
        text = f"{item.report.title or ''}\n{item.report.text}"
        before = (sieve.kept, sieve.rejected)
        sieve.lets_through(text, dump=False)
        verdict = "kept" if sieve.kept > before[0] else "rejected" if sieve.rejected > before[1] else "unknown"
        words = reasons(text)
        if lines:
            put_json({"id": item.report.id, "verdict": verdict, "sum": sum(n for _, n in words), "words": dict(words)})
        else:
            shown = "  ".join(f"{w} {n:+d}" for w, n in words[:12])
            typer.echo(f"{one_line(item.report.id, 40)}  {say(f'gate.{verdict}')} ({sum(n for _, n in words):+d})  {shown}")
    if not lines:
        note(say("gate.summary", seen=sieve.seen, kept=sieve.kept, left=sieve.rejected, unknown=sieve.unknown))
    if issues:
        raise typer.Exit(1)
