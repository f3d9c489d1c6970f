"""`selon serve`: the pages, on this computer, or with accounts over a network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selon.cli.messages import say
from selon.cli.options import LangOption, LedgerOption, ledger_address
from selon.cli.screen import note
from selon.errors import UsageError

if TYPE_CHECKING:
    from selon.web import Formats

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve_command(
    port: Annotated[int, typer.Option(min=1, max=65535, help=say("serve.port"))] = 8123,
    host: Annotated[str, typer.Option(help=say("serve.host"))] = "127.0.0.1",
    certificate: Annotated[str, typer.Option(help=say("serve.certificate"), show_default=False, metavar="FILE")] = "",
    key: Annotated[str, typer.Option(help=say("serve.key"), show_default=False, metavar="FILE")] = "",
    behind_proxy: Annotated[bool, typer.Option("--behind-proxy", help=say("serve.behind_proxy"))] = False,
    tiles: Annotated[str, typer.Option(help=say("serve.tiles"), show_default=False, metavar="URL")] = "",
    show: Annotated[bool, typer.Option("--open", help=say("serve.open"))] = False,
    ledger: LedgerOption = "",
    lang: LangOption = "",
) -> None:
    """Serves until interrupted. Elsewhere than on this computer people log in, over TLS only."""
    import uvicorn

    from selon.cli.demo import example_reports
    from selon.ledger import open_ledger
    from selon.ledger.accounts import accounts
    from selon.web import create_app

    if tiles and not (tiles.startswith(("https://", "http://")) and all(f in tiles for f in ("{z}", "{x}", "{y}"))):
        raise UsageError("SEL-U022", say("serve.not_tiles"), place="--tiles", excerpt=tiles[:80], remedy=say("serve.tiles_remedy"))
    shared = behind_proxy or host not in LOOPBACK
    address = ledger_address(ledger)
    if "://" not in address:
        Path(address).parent.mkdir(parents=True, exist_ok=True)
    with open_ledger(address) as store:
        if shared and not any(a.role == "owner" for a in accounts(store)):
            raise UsageError("SEL-U021", say("serve.no_owner"), place="--host", excerpt=host, remedy=say("serve.no_owner_remedy"))
    if shared and not behind_proxy and not (certificate and key):
        raise UsageError("SEL-U023", say("serve.no_tls"), place="--host", excerpt=host, remedy=say("serve.no_tls_remedy"))
    for option, file in (("--certificate", certificate), ("--key", key)):
        if file and not Path(file).is_file():
            raise UsageError("SEL-U024", say("serve.no_file"), place=option, excerpt=file, remedy=say("serve.no_file_remedy"))
    url = f"http{'s' if certificate else ''}://{'[::1]' if host == '::1' else host}:{port}/"
    note(say("serve.where", url=url, ledger=address))
    if show:
        import webbrowser

        webbrowser.open(url)
    app = create_app(address, accounts=shared, tiles=tiles, formats=formats(), examples=example_reports())
    uvicorn.run(
        app, host=host, port=port, log_level="warning", ssl_certfile=certificate or None, ssl_keyfile=key or None, server_header=False,
        proxy_headers=behind_proxy, forwarded_allow_ips="127.0.0.1" if behind_proxy else None,
    )  # fmt: skip


def formats() -> Formats:
    """What the pages save a ledger as."""
    from selon.export import FORMATS, export
    from selon.export.privacy import Pseudonyms
    from selon.web import Formats

    return Formats(
        tuple(FORMATS), lambda linked, format, names: export(linked, format, names=names), lambda readings: Pseudonyms.of(readings).mask
    )
