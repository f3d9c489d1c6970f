"""`selon gazetteer`: add whole countries to the places that Selon knows, list and remove them."""

from __future__ import annotations

from typing import Annotated

import typer

from selon.cli.messages import say
from selon.cli.options import LangOption, choices
from selon.cli.screen import put
from selon.errors import UsageError
from selon.gazetteers import SERVER
from selon.views.notes import Line

ACTIONS = ("list", "add", "remove")


def gazetteer_command(
    action: Annotated[str, typer.Argument(help=say("gazetteer.action"), show_default=False, metavar="list|add|remove")] = "list",
    countries: Annotated[list[str] | None, typer.Argument(help=say("gazetteer.countries"), show_default=False, metavar="[XX...]")] = None,
    source: Annotated[str, typer.Option("--from", help=say("gazetteer.source"), metavar="FOLDER|URL")] = SERVER,
    private: Annotated[bool, typer.Option("--allow-private", help=say("gazetteer.private"))] = False,
    lang: LangOption = "",
) -> None:
    """Layers lie in the user's data folder; readings made with them carry their hash in the version."""
    (wanted,) = choices("ACTION", [action], ACTIONS)
    if wanted != "list" and not countries:
        raise UsageError("SEL-U072", say("gazetteer.none_given"), remedy=f"selon gazetteer {wanted} UA")
    if wanted == "add":
        _add(countries or [], source, private)
    elif wanted == "remove":
        _remove(countries or [])
    else:
        _list()


def _add(countries: list[str], source: str, private: bool) -> None:
    from selon.gazetteers import add

    for layer in add(countries, source, private=private):
        put([Line(say("gazetteer.added", country=layer.country, places=layer.places, names=layer.names, mb=f"{layer.size / 1e6:.1f}"))])
    put([Line(say("gazetteer.reread"), "dim")])


def _remove(countries: list[str]) -> None:
    from selon.gazetteers import remove

    for country in countries:
        key = "gazetteer.removed" if remove(country) else "gazetteer.absent"
        put([Line(say(key, country=country.strip().upper()))])


def _list() -> None:
    from selon.gazetteers import list_layers

    layers = list_layers()
    for x in layers:
        counts = say("gazetteer.added", country=x.country, places=x.places, names=x.names, mb=f"{x.size / 1e6:.1f}")
        put([Line(f"{counts} — {x.added}, {x.source}")])
    if not layers:
        put([Line(say("gazetteer.empty"), "dim")])
