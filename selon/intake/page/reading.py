"""What was read from a page. May import: `model`, `errors`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from selon.errors import Issue
from selon.model import Declared, DeclaredField

BlockKind = Literal["headline", "subhead", "paragraph", "caption", "list_item", "quote", "row", "box", "clock"]
PageKind = Literal["article", "live", "error", "consent", "paid", "list", "empty"]


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a document's text as its markup has it. `stamp` is the ISO time of the live entry it belongs to."""

    kind: BlockKind
    start: int
    end: int
    stamp: str | None = None


@dataclass(frozen=True, slots=True)
class PageReading:
    """A page as text.

    `kind` says what it is: only `article` and `live` are reports. `text` is what the report archives and what all offsets point into; `blocks`
    cover it in order. `declared` is what the page says of itself, the most telling place first. `issues` are remarks on a page that was read, and
    for one that is no report the last of them says why in words.
    """

    kind: PageKind
    text: str
    blocks: tuple[Block, ...] = ()
    declared: tuple[Declared, ...] = ()
    encoding: str = "utf-8"
    issues: tuple[Issue, ...] = ()

    @property
    def is_report(self) -> bool:
        """Whether there is something to read."""
        return self.kind in ("article", "live")

    def says(self, field: DeclaredField) -> str | None:
        """The most telling value for a field."""
        return next((d.value for d in self.declared if d.field == field), None)

    @property
    def title(self) -> str | None:
        return self.says("title")

    @property
    def url(self) -> str | None:
        """The canonical address."""
        return self.says("url")

    @property
    def outlet(self) -> str | None:
        return self.says("outlet")

    @property
    def authors(self) -> tuple[str, ...]:
        return tuple(d.value for d in self.declared if d.field == "author")

    @property
    def language(self) -> str | None:
        """The ISO 639 code that the page gives; the text decides where it is long enough."""
        return self.says("language")

    @property
    def published(self) -> str | None:
        """ISO 8601, a day or a time, with the offset where one was given."""
        return self.says("published")

    @property
    def modified(self) -> str | None:
        return self.says("modified")
