"""An anchor, a meaning, and the table of operations that lead from one to the other. May import: `calendar`, `grammar`, `model`.

An `Anchor` holds the day of publication (or a live entry's), the day that the text speaks of, and the direction that tense gives. Without a
day of publication a meaning stays symbolic (no interval, X in the value): a day is never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from selon.model.values import TimePrecision, TimexType
from selon.resolve.when.grammar import Expr


@dataclass(frozen=True, slots=True)
class Anchor:
    """`day`: publication or stamp; `text_day`: the day last spoken of, `near_day` the one beside the expression; `tense`: past, future or ""."""

    day: date | None
    name: str = "published"
    text_day: date | None = None
    text_name: str = ""
    past_day: date | None = None
    past_name: str = ""
    text_value: str = ""
    recent: bool = False
    text_year: int | None = None
    near_day: date | None = None
    near_name: str = ""
    tense: str = ""
    feasts: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """A resolved expression. `day` is the single day it speaks of, for what is told relative to it."""

    type: TimexType
    value: str
    interval: tuple[date | None, date | None] = (None, None)
    precision: TimePrecision | None = None
    anchor: str | None = None
    because: str = ""
    day: date | None = None


# Operation -> meaning, for both kinds of operations; filled in `resolve`, so that the two kinds may call `mean`.
OPERATIONS: dict[str, Callable[[Expr, Anchor], Meaning]] = {}


def mean(e: Expr, a: Anchor) -> Meaning:
    """The meaning of an expression against an anchor."""
    return OPERATIONS[e.op](e, a)
