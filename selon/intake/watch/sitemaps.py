"""Sitemaps, their index, and the news extension. May import: `intake.watch`, `errors`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from selon.errors import FetchError
from selon.intake.fetch import unpacked_gzip
from selon.intake.watch.listing import MOST, Listed, Listing, instant, listing

UNPACKED = 60_000_000
"""Bytes that a sitemap may have: the protocol allows 50 MB."""
MOST_ELEMENTS, DEEPEST = 300_000, 20
"""Elements and depth that a sitemap may have: the protocol allows 50,000 pages, each of four fields."""
_STEP = 1 << 16
LISTS = 10
"""Sitemaps of an index that are asked: those that changed last."""


def is_sitemap(head: bytes) -> bool:
    """Whether bytes begin like a sitemap or the index of some."""
    start = head[:2000].lower()
    return b"<urlset" in start or b"<sitemapindex" in start


def read_sitemap(body: bytes, url: str) -> Listing:
    """Pages, newest first (those without a time last). Raises FetchError SEL-F102 when it is no sitemap, SEL-F008 when it unpacks to too much."""
    if body.startswith(b"\x1f\x8b"):
        body = unpacked_gzip(body, UNPACKED, url)
    if b"<!DOCTYPE" in body[:2000] or b"<!ENTITY" in body:
        raise _no_sitemap(url, "it declares entities, which sitemaps have none of")
    found: list[tuple[str, Listed]] = []
    parser: XMLPullParser[Any] = XMLPullParser(["start", "end"])
    reader = _Reader()
    try:
        for k in range(0, len(body), _STEP):
            parser.feed(body[k : k + _STEP])
            found += reader.entries(parser)
        parser.close()
        found += reader.entries(parser)
    except ParseError as e:
        if not found:  # what stands before the fault is sound
            raise _no_sitemap(url, str(e)) from e
    if reader.wild:
        raise _no_sitemap(url, "it is larger or deeper than any sitemap")
    kinds = reader.kinds
    if not kinds:
        raise _no_sitemap(url, "there is neither urlset nor sitemapindex in it")
    # Newest first, whatever the order in the file; sorting is stable, so pages without a time stay in their order at the end.
    found.sort(key=lambda pair: pair[1].published or "", reverse=True)
    if "sitemap" in kinds:
        return listing("sitemap-index", (), url, more=[href for href, _ in found[:LISTS]])
    return listing("sitemap", found[:MOST], url)


class _Reader:
    """Takes entries from a parser as they end, and forgets them, so that memory stays small."""

    def __init__(self) -> None:
        self.kinds: set[str] = set()
        self.open: list[Element] = []
        self.elements, self.wild = 0, False

    def entries(self, parser: XMLPullParser[Any]) -> Iterator[tuple[str, Listed]]:
        for event, element in cast(Iterator[tuple[str, Element]], parser.read_events()):
            if event == "start":
                self.open.append(element)
                self.elements += 1
                if self.elements > MOST_ELEMENTS or len(self.open) > DEEPEST:
                    self.wild = True
                    raise ParseError("too many elements")
                continue
            self.open.pop()
            name = _name(element)
            if name in ("urlset", "sitemapindex"):
                self.kinds.add("url" if name == "urlset" else "sitemap")
            elif name in ("url", "sitemap"):
                self.kinds.add(name)
                said = {_name(e): " ".join((e.text or "").split()) for e in reversed(list(element.iter())) if e is not element}
                if href := said.get("loc"):
                    changed = instant(said.get("lastmod"))
                    yield href, Listed("", said.get("title"), instant(said.get("publication_date")) or changed, changed or "")
                if self.open:
                    self.open[-1].clear()


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _no_sitemap(url: str, why: str) -> FetchError:
    return FetchError("SEL-F102", f"this is no sitemap: {why}", place=url, remedy="robots.txt of the site names its sitemaps")
