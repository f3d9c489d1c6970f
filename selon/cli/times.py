"""`selon times`: just the time expressions, so that the temporal tagger can be held against TimeML corpora."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer


def times_command(
    files: Annotated[list[Path], typer.Argument(help="Text files; - reads standard input.")],
    anchor: Annotated[
        str | None, typer.Option(help="The day that times are counted from, as 1999-05-23. Without it they stay symbolic.")
    ] = None,
    format: Annotated[str, typer.Option(help="jsonl or table.")] = "table",
    language: Annotated[str, typer.Option("--language", help="Language of the texts.")] = "fr",
) -> None:
    """Time expressions with type, TIMEX3 value, interval of days, anchor and reason. Needs no parsing pipeline."""
    from datetime import date

    from selon.errors import InputError, UsageError
    from selon.lang import load_pack
    from selon.resolve.when import tag_times

    if format not in ("jsonl", "table"):
        raise UsageError("SEL-U010", f"there is no format {format!r}", remedy="jsonl or table")
    if anchor is not None:
        try:
            date.fromisoformat(anchor)
        except ValueError as e:
            raise UsageError("SEL-U011", f"{anchor!r} is not a day", remedy="write it as 1999-05-23") from e
    pack = load_pack(language)
    for file in files:
        try:
            text = sys.stdin.read() if str(file) == "-" else file.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as e:
            raise InputError("SEL-I004", f"cannot be read: {e}", place=str(file), remedy="a UTF-8 text file") from e
        for t in tag_times(text, pack, anchor):
            if format == "jsonl":
                row = {**asdict(t.span), **{k: v for k, v in asdict(t).items() if k != "span"}}
                if len(files) > 1:
                    row["file"] = str(file)
                typer.echo(json.dumps(row, ensure_ascii=False))
            else:
                days = f"{t.earliest or '..'}/{t.latest or '..'}" if t.earliest or t.latest else "-"
                typer.echo(f"{t.span.start:6d} {t.span.text!r:36} {t.type:8} {t.value:20} {days:23} {t.because}")
