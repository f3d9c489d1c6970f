"""`selon bench`: speed, start-up and memory on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from selon.cli.messages import say
from selon.cli.options import LangOption, PipelineOption
from selon.cli.screen import put_json


def bench_command(
    paths: Annotated[list[str] | None, typer.Argument(help=say("bench.texts"), show_default=False, metavar="[PATH]")] = None,
    repeat: Annotated[int, typer.Option(min=1, help=say("bench.repeat"))] = 1,
    report_lang: Annotated[str, typer.Option(help=say("option.report_lang"))] = "fr",
    pipeline: PipelineOption = "",
    web: Annotated[bool, typer.Option("--web", help=say("bench.web"))] = False,
    linking: Annotated[bool, typer.Option("--linking", help=say("bench.linking"))] = False,
    events: Annotated[int, typer.Option(min=1000, help=say("bench.events_of"))] = 100_000,
    as_json: Annotated[bool, typer.Option("--json", help=say("bench.as_json"))] = False,
    lang: LangOption = "",
) -> None:
    """Figures beside those of the bare parse of the same texts in the same run."""
    from dataclasses import asdict

    if web:
        _pages(events, as_json)
        return
    if linking:
        _linking(events, as_json)
        return
    from selon.bench.intake import measure_intake
    from selon.bench.speed import measure
    from selon.cli.demo import example_reports

    named = paths or [str(p) for p in example_reports()]
    s = measure(named, repeat=repeat, lang=report_lang, pipeline=pipeline or None)
    i = measure_intake(named)
    if as_json:
        put_json(
            asdict(s)
            | {"intake_speed": asdict(i)}
            | {"ratio": s.ratio, "reports_per_second": s.reports_per_second, "words_per_second": s.words_per_second}
        )
        return
    rows = [
        ("reports", f"{s.reports} ({s.words} {say('bench.words')})"),
        ("bare", f"{s.bare:.2f} s, {s.words / s.bare:,.0f} {say('bench.words')}/s"),
        (
            "reading",
            f"{s.reading:.2f} s, {s.words_per_second:,.0f} {say('bench.words')}/s, {s.reports_per_second:.1f} {say('read.pages')}/s",
        ),
        ("ratio", f"{s.ratio:.2f}"),
        *(("stage", f"{name:<12} {seconds:6.2f} s  {100 * seconds / s.reading:3.0f} %") for name, seconds in s.stages.items()),
        ("intake", f"{s.intake:.2f} s"),
        ("gate", f"{i.gate:,.0f} {say('bench.texts_per_second')}"),
        ("pages", f"{i.pages:,.0f}/s ({i.page_kb:.0f} kB); {say('bench.bare_library', name='trafilatura')} {i.pages_bare:,.0f}/s"),
        ("dump", say("bench.dump_line", gated=f"{i.dump:.1f}", whole=f"{i.dump_all:.1f}", bare=f"{i.dump_bare:.1f}")),
        ("ledger", f"{s.ledger:.2f} s"),
        ("load", f"{s.load:.2f} s"),
        ("help", f"{s.help:.2f} s"),
        ("memory", f"{s.memory_mb:.0f} MB"),
    ]
    for key, value in rows:
        typer.echo(f"{say(f'bench.{key}'):<26} {value}")


def _linking(events: int, as_json: bool) -> None:
    """Linking, as the number of events grows."""
    from selon.bench.links import measure_linking

    for found in measure_linking(events):
        if as_json:
            put_json(found)
        else:
            told = f"{found.events:,} {say('bench.events')}, {found.reports:,} {say('bench.reports')}, {found.incidents:,} {say('bench.incidents')}"
            typer.echo(f"{told:<60} {found.seconds:6.1f} s  {found.memory_mb:5.0f} MB")


def _pages(events: int, as_json: bool) -> None:
    """The pages of the workbench, each with its times over HTTP."""
    from dataclasses import asdict

    from selon.bench.pages import measure_pages

    found = measure_pages(events)
    if as_json:
        put_json(asdict(found) | {"p95": found.p95})
        return
    rows = [
        (
            "crowd",
            f"{found.events:,} {say('bench.events')}, {found.reports:,} {say('bench.reports')}, {found.incidents:,} {say('bench.incidents')}",
        ),
        ("start", f"{found.start:.1f} s"),
        ("memory", f"{found.memory_mb:.0f} MB"),
        ("paint", "–" if found.first_paint is None else f"{found.first_paint:.0f} ms"),
        ("slowest", f"{found.p95:.0f} ms"),
    ]
    for key, value in rows:
        typer.echo(f"{say(f'bench.{key}'):<38} {value}")
    for page in found.pages:
        typer.echo(f"{'  ' + page.page:<38} {say('bench.times', p50=page.p50, p95=page.p95, worst=page.worst, cpu=page.processor)}")
