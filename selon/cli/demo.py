"""`selon demo`: the example reports, read and questioned."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from selon.cli.messages import say, words
from selon.cli.options import LangOption
from selon.cli.screen import note, put
from selon.errors import InputError
from selon.views.abreast import Said, abreast
from selon.views.notes import Line, days, number, quoted

GROUPS, LINES = 4, 8


def demo_command(
    folder: Annotated[Path, typer.Option(help=say("demo.folder"))] = Path("demo"),
    lang: LangOption = "",
) -> None:
    """Reads the examples into a ledger of their own, shows conflicting figures and where to look next."""
    from selon.cli.read import read_into
    from selon.ledger import open_ledger

    examples = example_reports()
    address = folder / "ledger.sqlite"
    note(say("demo.reading", count=len(examples), ledger=address))
    with open_ledger(str(address)) as store:
        tally = read_into([str(p) for p in examples], store)
        groups = abreast(store.events())
    put([Line(""), Line(say("demo.summary"), "head"), Line(say("demo.disputed"), "dim")])
    for g in groups[:GROUPS]:
        what = words().get("count_of", g.count_of) + (f" ({words().get('population', g.population)})" if g.population else "")
        where = f"{g.place} ({g.country})" if g.country else g.place
        put([Line(""), Line(f"{where} · {days(g.earliest, g.latest, words())} · {what}", "strong", 1)])
        put(Line(_said(s), "text", 2) for s in g.said[:LINES])
    put([Line(""), Line(say("demo.look"), "head")])
    first = examples[0].stem
    for command in (f"show {first}", "events --figure killed", "statements --stance denies", f"explain {first}/e1"):
        put([Line(f"selon {command} --ledger {address}", "as_is", 1)])
    if tally.issues > tally.later:
        raise typer.Exit(1)


def _said(s: Said) -> str:
    who = quoted(s.source) if s.source else say("demo.itself")
    stance = f" ({words().get('stance', s.stance)})" if s.stance else ""
    return f"{number(s.figure, words())}: {who}{stance} — {quoted(s.figure.text)}, {s.report}"


def example_reports() -> list[Path]:
    """The example reports: inside the installed package, or beside it in a checkout. Raises InputError SEL-I092 when there are none."""
    package = Path(str(resources.files("selon")))
    for folder in (package / "examples", package.parent / "examples"):
        found = sorted(folder.glob("[0-9]*.txt"))
        if found:
            return found
    raise InputError("SEL-I092", say("demo.missing"), place=str(package), remedy=say("demo.missing_remedy"))
