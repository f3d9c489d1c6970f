"""`selon serve`: the pages, on this computer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from selon.cli.messages import say
from selon.cli.options import LangOption, LedgerOption, ledger_address
from selon.cli.screen import note
from selon.errors import UsageError


def serve_command(
    port: Annotated[int, typer.Option(min=1, max=65535, help=say("serve.port"))] = 8123,
    host: Annotated[str, typer.Option(help=say("serve.host"))] = "127.0.0.1",
    show: Annotated[bool, typer.Option("--open", help=say("serve.open"))] = False,
    ledger: LedgerOption = "",
    lang: LangOption = "",
) -> None:
    """Serves until interrupted. Without accounts the pages answer to this computer only."""
    if host not in ("127.0.0.1", "localhost", "::1"):
        raise UsageError("SEL-U021", say("serve.foreign"), place="--host", excerpt=host, remedy=say("serve.foreign_remedy"))
    import uvicorn

    from selon.ledger import open_ledger
    from selon.web import create_app

    address = ledger_address(ledger)
    if "://" not in address:
        Path(address).parent.mkdir(parents=True, exist_ok=True)
    open_ledger(address).close()
    url = f"http://{'[::1]' if host == '::1' else host}:{port}/"
    note(say("serve.where", url=url, ledger=address))
    if show:
        import webbrowser

        webbrowser.open(url)
    uvicorn.run(create_app(address), host=host, port=port, log_level="warning")
