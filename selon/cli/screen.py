"""Printing for people and for programs: widths, styles, lines of JSON and CSV. May import: `cli`, `views`, `export`, `linked`, `model`."""

from __future__ import annotations

import json
import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, is_dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from selon.cli.messages import say
from selon.model.incident import Incident
from selon.model.rows import CopyRow, EventRow, StatementRow
from selon.views.document import document
from selon.views.notes import Line

if TYPE_CHECKING:
    from selon.linked import Linked

Row = TypeVar("Row", EventRow, StatementRow)

_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "head": {"bold": True, "fg": "cyan"},
    "strong": {"bold": True},
    "dim": {"dim": True},
    "quote": {"fg": "green"},
    "warn": {"fg": "yellow"},
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def width() -> int:
    """Columns to fill: the terminal's, at most 120; 100 when the output is no terminal."""
    return min(shutil.get_terminal_size((100, 24)).columns, 120)


def safe(text: str) -> str:
    """Report text without what could steer a terminal: control characters, marks that turn the reading direction and lone surrogates."""
    return _CONTROL.sub("\ufffd", text)


def put(lines: Iterable[Line]) -> None:
    """Prints lines of a view, wrapped to the terminal, in colour where one looks at it."""
    columns = width()
    for line in lines:
        pad = "  " * line.indent
        for part in safe(line.text).split("\n"):
            if line.style == "as_is":
                typer.echo(pad + part)
                continue
            wrapped = textwrap.wrap(part, max(columns - len(pad), 20), break_long_words=False, break_on_hyphens=False) or [""]
            for piece in wrapped:
                typer.echo(pad + typer.style(piece, **_STYLES[line.style]) if line.style in _STYLES else pad + piece)


def put_document(title: str, lines: Iterable[Line], lang: str) -> None:
    """Prints lines of a view as one HTML file."""
    for part in document(title, lines, lang):
        typer.echo(safe(part))


def put_csv(found: Linked, incidents: Sequence[Incident], names: bool) -> None:
    """Prints incidents as the CSV of `selon export`: a line an event."""
    from selon.export import export

    for line in export(replace(found, incidents=tuple(incidents)), "csv", names=names):
        typer.echo(line)


def put_by_report(rows: Iterable[Row], told: Callable[[Row], Iterable[Line]], as_json: bool) -> tuple[int, int]:
    """Prints rows below the titles of their reports, or one line of JSON each; how many rows there were, and of how many reports."""
    count, reports, last = 0, set(), ""
    for row in rows:
        count += 1
        reports.add(row.report)
        if as_json:
            put_json(row)
            continue
        if row.report != last:
            put([Line(f"{row.name}  {one_line(row.title, 80)}", "title")])
            last = row.report
        put(told(row))
    return count, len(reports)


def put_json(value: Any) -> None:
    """Prints a row as one line of JSON."""
    plain = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
    typer.echo(json.dumps(plain, ensure_ascii=True, separators=(",", ":"), default=_iso))


def _iso(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def copy_words(key: str, row: CopyRow) -> str:
    """A copy in words: `{key}_exact` with the name, or `key` with the name and the share in percent."""
    name = one_line(row.name, 40)
    return say(f"{key}_exact", name=name) if row.share >= 1 else say(key, name=name, share=int(100 * row.share))


def note(text: str) -> None:
    """A remark on stderr, so that stdout stays pure."""
    typer.echo(text, err=True)


def one_line(text: str | None, limit: int) -> str:
    """Text on one line, cut at `limit`."""
    flat = " ".join(safe(text or "").split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"


def is_watched() -> bool:
    """Whether somebody watches stderr: only then is a progress bar of use."""
    return sys.stderr.isatty()
