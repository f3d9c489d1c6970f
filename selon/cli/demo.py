"""`selon demo`: the example reports, read and questioned."""

from __future__ import annotations

import os
import shutil
import sys
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from selon.cli.messages import say, words
from selon.cli.options import LangOption
from selon.cli.screen import note, put
from selon.errors import InputError
from selon.views.incidents import incident_lines
from selon.views.notes import Line

SHOWN = 5


def demo_command(
    folder: Annotated[Path, typer.Option(help=say("demo.folder"))] = Path("demo"),
    lang: LangOption = "",
) -> None:
    """Reads the examples into a ledger of their own, shows conflicting figures and where to look next."""
    from selon.cli.read import read_into
    from selon.ledger import open_ledger
    from selon.linked import linked

    examples = example_reports()
    address = folder / "ledger.sqlite"
    note(say("demo.reading", count=len(examples), ledger=address))
    with open_ledger(str(address)) as store:
        tally = read_into([str(p) for p in examples], store)
        found = linked(store)
    # What several reports tell of, and what they disagree on, comes first: that is what Selon is for.
    best = sorted(found.incidents, key=lambda i: (-i.disputed, -len(i.reports), -len(i.figures), i.id))[:SHOWN]
    put([Line(""), Line(say("demo.summary"), "head"), Line(say("demo.disputed"), "dim")])
    for i in best:
        put([Line("")])
        put(incident_lines(i, words(), say))
    put([Line(""), Line(say("demo.look"), "head")])
    first = examples[0].stem
    commands = [
        "serve --open",
        "incidents",
        *(f"incident {i.id[:8]}" for i in best[:1]),
        f"show {first}",
        "statements --stance denies",
        f"explain {first}/e1",
    ]
    put(Line(f"{_program()} {command} --ledger {address}", "as_is", 1) for command in commands)
    if not tally.read and not tally.known:
        raise typer.Exit(1)


def _program() -> str:
    """How this program was called, so that the lines can be copied: the name where it is on the PATH, else the path."""
    called = Path(sys.argv[0])
    if called.name != "selon" or shutil.which("selon"):
        return "selon"
    near = os.path.relpath(called)
    return near if len(near) < len(str(called)) else str(called)


def example_reports() -> list[Path]:
    """The example reports: inside the installed package, or beside it in a checkout. Raises InputError SEL-I092 when there are none."""
    package = Path(str(resources.files("selon")))
    for folder in (package / "examples", package.parent / "examples"):
        found = sorted(folder.glob("[0-9]*.txt"))
        if found:
            return found
    raise InputError("SEL-I092", say("demo.missing"), place=str(package), remedy=say("demo.missing_remedy"))
