"""Alembic's entry: runs the migrations on the connection that `selon.ledger.migrate` hands over. May import: `ledger`."""

from __future__ import annotations

from typing import Any

from alembic import context

from selon.ledger.schema import is_ours, metadata


def _ours(_object: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
    return kind != "table" or is_ours(name)


context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, include_object=_ours)
context.run_migrations()
