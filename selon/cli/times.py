"""`selon times`: just the time expressions, so that the temporal tagger can be held against TimeML corpora."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from selon.cli.messages import say
from selon.cli.options import FormatOption, LangOption, as_lines, day


def times_command(
    files: Annotated[list[Path], typer.Argument(help=say("times.files"), show_default=False, metavar="FILE...")],
    anchor: Annotated[str, typer.Option(help=say("times.anchor"), show_default=False)] = "",
    format: FormatOption = "table",
    report_lang: Annotated[str, typer.Option("--report-lang", help=say("times.lang"))] = "fr",
    lang: LangOption = "",
) -> None:
    """Time expressions with type, TIMEX3 value, interval of days, anchor and reason. Needs no parsing pipeline."""
    from selon.errors import InputError
    from selon.lang import load_pack
    from selon.resolve.when import tag_times

    lines, day_zero = as_lines(format), day("--anchor", anchor)
    pack = load_pack(report_lang)
    for file in files:
        try:
            text = sys.stdin.read() if str(file) == "-" else file.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as e:
            raise InputError("SEL-I004", f"cannot be read: {e}", place=str(file), remedy="a UTF-8 text file") from e
        for t in tag_times(text, pack, day_zero):
            if lines:
                row = {**asdict(t.span), **{k: v for k, v in asdict(t).items() if k != "span"}}
                if len(files) > 1:
                    row["file"] = str(file)
                typer.echo(json.dumps(row, ensure_ascii=False))
            else:
                days = f"{t.earliest or '..'}/{t.latest or '..'}" if t.earliest or t.latest else "-"
                typer.echo(f"{t.span.start:6d} {t.span.text!r:36} {t.type:8} {t.value:20} {days:23} {t.because}")
