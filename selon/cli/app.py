"""The `selon` program."""

from __future__ import annotations

import typer

from selon.cli import evaluate

app = typer.Typer(name="selon", no_args_is_help=True, help="A ledger of who says what happened.")
app.command("evaluate")(evaluate.evaluate_command)


@app.callback()
def _root() -> None:
    """A ledger of who says what happened, read from news reports."""


def main() -> None:
    """Entry point of the console script."""
    app()
