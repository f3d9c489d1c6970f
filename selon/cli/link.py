"""`selon link`: incidents as JSON Lines, from the ledger or from readings in JSON Lines files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from selon.cli.messages import say
from selon.cli.options import AsOfOption, LangOption, LedgerOption, moment, open_existing
from selon.cli.screen import put_json
from selon.errors import InputError
from selon.model import Reading, from_json
from selon.model.incident import incident_json


def link_command(
    files: Annotated[list[Path] | None, typer.Argument(help=say("link.files"), show_default=False, metavar="[READINGS.jsonl]...")] = None,
    ledger: LedgerOption = "",
    as_of: AsOfOption = "",
    lang: LangOption = "",
) -> None:
    """One JSON object an incident, as the format describes it."""
    from selon.linked import link_readings, linked

    if files:
        found = link_readings(r for f in files for r in readings_of(f))
    else:
        with open_existing(ledger) as store:
            found = linked(store, moment(as_of))
    for i in found.incidents:
        put_json(incident_json(i))


def readings_of(path: Path) -> Iterator[Reading]:
    """Readings of a JSON Lines file. Raises InputError SEL-I093 with the line that is none."""
    try:
        with path.open("rb") as f:
            for number, line in enumerate(f, 1):
                if line.strip():
                    try:
                        yield from_json(json.loads(line))
                    except (ValueError, KeyError, TypeError, AttributeError) as e:
                        raise InputError(
                            "SEL-I093", say("link.broken"), place=f"{path}:{number}", excerpt=line[:60].decode("utf-8", "replace"),
                            remedy=say("link.broken_remedy"),
                        ) from e  # fmt: skip
    except OSError as e:
        raise InputError("SEL-I094", say("link.missing", why=e.strerror or str(e)), place=str(path)) from e
