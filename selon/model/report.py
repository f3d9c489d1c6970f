"""A report: one published text, with what is known of where and when it appeared, and its passages. May import: `model`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from selon.model.span import Span

PassageKind = Literal["headline", "lead", "paragraph", "subhead", "caption", "live_entry", "list_item", "byline", "boilerplate"]
PublishedBasis = Literal["given", "metadata", "stated", "inferred", "unknown"]
DeclaredField = Literal["title", "outlet", "author", "language", "published", "modified", "url"]
DeclaredBasis = Literal["json_ld", "meta", "element", "url", "header", "properties", "publisher", "record"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of a report. `stamp` is the ISO time a live entry carries (`2023-05-23T11:58`, or `T11:58` while the day is unknown)."""

    kind: PassageKind
    start: int
    end: int
    stamp: str | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """One thing that a document says of itself, and where: in JSON-LD, a meta element, another element of the page, its address, the
    header of a message, the properties of a file, the field of a record; or what data on its publisher say of all its pages. Times are
    ISO 8601 as they were given, with the offset where there was one.
    """

    field: DeclaredField
    value: str
    basis: DeclaredBasis


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """Where a report came from. `sha256` is of the raw bytes; `retrieved` an ISO time in UTC; `declared` with the most telling first."""

    path: str | None = None
    url: str | None = None
    outlet: str | None = None
    sha256: str | None = None
    retrieved: str | None = None
    declared: tuple[Declared, ...] = ()

    def says(self, field: DeclaredField) -> str | None:
        """The most telling value that the document gives of itself for a field."""
        return next((d.value for d in self.declared if d.field == field), None)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span and what it says about the day of publication, in words."""

    span: Span
    says: str


@dataclass(frozen=True, slots=True)
class Published:
    """When the report appeared: a closed interval of ISO days, never guessed.

    With the basis `unknown` the ends are no more than bounds (the month of a crawl header), or None when nothing is known.
    """

    earliest: str | None = None
    latest: str | None = None
    basis: PublishedBasis = "unknown"
    evidence: tuple[Evidence, ...] = ()

    @property
    def day(self) -> str | None:
        """The ISO day when it is known to be one day, else None."""
        return self.earliest if self.earliest and self.earliest == self.latest else None


@dataclass(frozen=True, slots=True)
class Report:
    """The input of reading: the whole decoded text and its passages. `published` holds only what came with the report."""

    id: str
    text: str
    lang: str
    source: SourceInfo = SourceInfo()
    title: str | None = None
    published: Published = Published()
    passages: tuple[Passage, ...] = ()
