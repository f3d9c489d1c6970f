"""Who says what: statements from a parse. Pure functions over values; knows no language. May import: `lang`, `rules`, `model`, `errors`."""

from __future__ import annotations

from selon.extract.statements.find import find_drafts
from selon.extract.statements.lexis import lexis_of
from selon.extract.statements.settle import settle, to_statements
from selon.extract.statements.view import View
from selon.lang import Pack
from selon.model import Parse, Report, Statement

__all__ = ["find_statements"]


def find_statements(report: Report, parse: Parse, pack: Pack) -> tuple[Statement, ...]:
    """All statements in text order. Source names, kinds and countries are settled later by `resolve.who`."""
    if not parse.tokens:
        return ()
    view = View(report, parse, lexis_of(pack))
    return to_statements(view, settle(view, find_drafts(view, pack)), pack.lang)
