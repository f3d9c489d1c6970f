"""The versions of a page: when it was new, changed, gone, and what changed in its words. May import: `model`, `views`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from selon.model.pages import Version
from selon.views.changes import Change, change_lines, changes
from selon.views.notes import Line

Say = Callable[..., str]
Text = Callable[[str], str]
"""The text of a report by its id."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A version of a page, its number, and what changed against the text before it."""

    number: int
    version: Version
    changes: tuple[Change, ...] = ()


def turns(versions: Sequence[Version], text: Text) -> list[Turn]:
    """The versions in order, each against the last text before it."""
    out: list[Turn] = []
    before: str | None = None
    for n, v in enumerate(versions, 1):
        after = text(v.report) if v.report else None
        out.append(Turn(n, v, changes(before, after) if before is not None and after is not None else ()))
        before = after if after is not None else before
    return out


def turn_line(t: Turn, say: Say, label: str = "") -> Line:
    """A version on one line."""
    told = say(f"page.{t.version.kind}") + (f" ({say('page.passages', count=len(t.changes))})" if t.changes else "")
    text = f"{t.version.at:%Y-%m-%d %H:%M}  {told}  {label or t.version.name or t.version.url}"
    return Line(text, "warn" if t.version.kind in ("changed", "gone") else "text", 1)


def page_lines(found: Sequence[Turn], say: Say, *, full: bool) -> Iterator[Line]:
    """The versions of a page, where there are several; with their changes when they are asked for in full."""
    if len(found) < 2:
        return
    yield Line("")
    yield Line(say("page.versions"), "head")
    for t in found:
        yield turn_line(t, say)
        if full:
            yield from change_lines(t.changes, 2)
    if not full and any(t.changes for t in found):
        yield Line(say("page.more"), "dim", 1)
