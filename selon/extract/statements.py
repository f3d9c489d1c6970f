"""Who says what: statements from a parse."""

from __future__ import annotations

from selon.lang import Pack
from selon.model import Parse, Report, Statement


def find_statements(report: Report, parse: Parse, pack: Pack) -> tuple[Statement, ...]:
    """All statements in text order. Source names, kinds and countries are settled later by `resolve.who`."""
    return ()
