"""From bytes to a listing: which kind of source it is. May import: `intake.watch`, `intake.page`, `intake.fetch`, `errors`."""

from __future__ import annotations

from typing import Literal

from selon.errors import FetchError
from selon.intake.fetch import media_type
from selon.intake.page.markup import attribute, tree_of
from selon.intake.watch.feeds import read_json_feed, read_xml_feed
from selon.intake.watch.listing import Listed, Listing, listing
from selon.intake.watch.sitemaps import is_sitemap, read_sitemap
from selon.intake.watch.telegram import is_telegram, read_channel

Kind = Literal["auto", "feed", "sitemap", "telegram", "page"]
KINDS: tuple[Kind, ...] = ("auto", "feed", "sitemap", "telegram", "page")
_FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/json"})


def read_listing(body: bytes, *, url: str, content_type: str | None = None, kind: Kind = "auto") -> Listing:
    """What a source lists. With `auto` the bytes decide; a site's page is asked for the feeds it names.

    Raises FetchError SEL-F101 to SEL-F104 when it is nothing that can be watched, SEL-F105 when it is what our programs fail on.
    """
    try:
        return _read(body, url, content_type, kind)
    except FetchError:
        raise
    except Exception as e:  # one source that nobody foresaw must not end the watch of all others
        why = f"{type(e).__name__}: {str(e)[:120]}"
        raise FetchError("SEL-F105", f"reading this list failed in a way that was not foreseen ({why})", place=url,
                         remedy="this is a fault of Selon: please report it with the address, if you may") from e  # fmt: skip


def _read(body: bytes, url: str, content_type: str | None, kind: Kind) -> Listing:
    if kind == "page":
        return listing("page", [(url, Listed(""))], url)
    if kind == "telegram" or (kind == "auto" and is_telegram(url)):
        return read_channel(body, url)
    head = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if kind == "sitemap" or (kind == "auto" and (is_sitemap(head) or body.startswith(b"\x1f\x8b"))):
        return read_sitemap(body, url)
    if head.startswith(b"{"):
        return read_json_feed(body, url)
    if kind == "auto" and _is_page(head, content_type):
        feeds = _feeds_of(body)
        if not feeds:
            raise FetchError("SEL-F104", "this page names no feed", place=url,
                             remedy='give the address of a feed or sitemap, or kind = "page" to watch this page itself')  # fmt: skip
        return listing("page", (), url, more=feeds[:1])
    return read_xml_feed(body, url, content_type)


def _is_page(head: bytes, content_type: str | None) -> bool:
    start = head[:500].lower()
    return start.startswith((b"<!doctype html", b"<html")) or (
        media_type(content_type) in ("text/html", "application/xhtml+xml") and not any(t in start for t in (b"<rss", b"<feed", b"<rdf"))
    )


def _feeds_of(body: bytes) -> list[str]:
    root = tree_of(body.decode("utf-8", "replace"))
    if root is None:
        return []
    return [
        attribute(n, "href")
        for n in root.css("link[rel][type][href]")
        if "alternate" in attribute(n, "rel").lower() and attribute(n, "type").lower().partition(";")[0].strip() in _FEEDS
    ]
