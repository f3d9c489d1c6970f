"""Selon: a ledger of who says what happened. This is the public door; everything else may change without notice.

`read` gives readings of texts and files, `open_ledger` a ledger to add them to and to ask, `explain` the reasons for what was found.
Names are imported when they are first used, so that `import selon` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from selon.door import explain, read
    from selon.errors import Issue, SelonError
    from selon.ledger import EventQuestion, Ledger, StatementQuestion, open_ledger
    from selon.model import Event, Figure, Reading, Report, Statement

_HOMES = {
    "Event": "selon.model",
    "EventQuestion": "selon.ledger",
    "Figure": "selon.model",
    "Issue": "selon.errors",
    "Ledger": "selon.ledger",
    "Reading": "selon.model",
    "Report": "selon.model",
    "SelonError": "selon.errors",
    "Statement": "selon.model",
    "StatementQuestion": "selon.ledger",
    "explain": "selon.door",
    "open_ledger": "selon.ledger",
    "read": "selon.door",
}

__all__ = [
    "Event",
    "EventQuestion",
    "Figure",
    "Issue",
    "Ledger",
    "Reading",
    "Report",
    "SelonError",
    "Statement",
    "StatementQuestion",
    "explain",
    "open_ledger",
    "read",
]


def __getattr__(name: str) -> Any:
    """Imports a public name when it is first used."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'selon' has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(home), name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
