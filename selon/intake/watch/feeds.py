"""RSS, Atom and JSON Feed. The only place that imports feedparser. May import: `intake.watch`, `errors`."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

from selon.errors import FetchError
from selon.intake.watch.listing import Listed, Listing, Shape, instant, listing

MOST_TAGS, DEEPEST = 100_000, 100
"""Elements and depth up to which XML is parsed: the parser takes quadratic time on deep nesting. Feeds have about 2,000 and 8."""


def is_tame(body: bytes) -> bool:
    """Whether the elements of a feed (those within CDATA are text) are as many and as deep as people's feeds have them. Linear in its length."""
    at, tags, depth = body.find(b"<"), 0, 0
    while at >= 0:
        if body.startswith(b"<![CDATA[", at):
            end = body.find(b"]]>", at)
            at = body.find(b"<", end) if end >= 0 else -1
            continue
        following = body[at + 1 : at + 2]
        tags += 1
        if following == b"/":
            depth -= depth > 0
        elif following not in (b"!", b"?"):
            close = body.find(b">", at)
            depth += close < 0 or body[close - 1 : close] != b"/"
        if tags > MOST_TAGS or depth > DEEPEST:
            return False
        at = body.find(b"<", at + 1)
    return True


def read_json_feed(body: bytes, url: str) -> Listing:
    """JSON Feed 1.0 and 1.1. Raises FetchError SEL-F101 when it is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as e:
        raise _no_feed(url, f"JSON that cannot be read: {e}") from e
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        raise _no_feed(url, "JSON without a list of items")

    def entries() -> Iterator[tuple[str | None, Listed]]:
        for one in found["items"]:
            if isinstance(one, dict):
                content = _text(one.get("content_html")) or _paragraph(_text(one.get("content_text")))
                modified = instant(_text(one.get("date_modified")))
                yield (
                    _text(one.get("url")) or _text(one.get("id")),
                    Listed("", _text(one.get("title")), instant(_text(one.get("date_published"))) or modified, modified or "", content),
                )

    return listing("json", entries(), url, title=_text(found.get("title")), lang=_text(found.get("language")))


def read_xml_feed(body: bytes, url: str, content_type: str | None) -> Listing:
    """RSS (all versions) and Atom, broken XML too. Raises FetchError SEL-F101 when it is neither."""
    if not is_tame(body):
        raise _no_feed(url, "its markup is larger or deeper than that of any feed")
    if re.match(rb"\s*(?:<!doctype html|<html)", body[:1000].removeprefix(b"\xef\xbb\xbf"), re.I):
        raise _no_feed(url, "it is a page")
    import feedparser  # type: ignore[import-untyped]

    headers = {"content-location": url, **({"content-type": content_type} if content_type else {})}
    try:
        # Never bytes or text: both would be taken as the name of a file or an address first.
        found: Any = feedparser.parse(io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except Exception as e:  # a parser of hostile files, with several parsers below it: whatever it raises, this is no feed
        raise _no_feed(url, f"XML that cannot be read ({type(e).__name__})") from e
    version = str(found.get("version") or "")
    if not version and not found.entries:
        raise _no_feed(url, "no feed in it")
    shape: Shape = "atom" if version.startswith("atom") else "rss"
    about: Any = found.feed

    def entries() -> Iterator[tuple[str | None, Listed]]:
        for e in found.entries:
            updated = instant(_text(dict.get(e, "updated")))  # the library itself would answer with the time of publication
            content = max((_text(c.get("value")) or "" for c in e.get("content") or ()), key=len, default="")
            yield (
                _text(e.get("link")) or _text(e.get("id")),
                Listed("", _text(e.get("title")), _published(e) or updated, updated or "", content or _text(e.get("summary"))),
            )

    return listing(shape, entries(), url, title=_text(about.get("title")), lang=_text(about.get("language")))


def _published(e: Any) -> str | None:
    said = instant(_text(e.get("published")))
    parsed = e.get("published_parsed")
    if said is not None or parsed is None:
        return said
    return instant(
        f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}T{parsed.tm_hour:02}:{parsed.tm_min:02}:{min(parsed.tm_sec, 59):02}Z"
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _paragraph(text: str | None) -> str | None:
    from html import escape

    return None if text is None else "".join(f"<p>{escape(p)}</p>" for p in text.split("\n") if p.strip())


def _no_feed(url: str, why: str) -> FetchError:
    return FetchError(
        "SEL-F101",
        f"this is no feed: {why}",
        place=url,
        remedy="open the address in a browser: feeds move, and error pages take their place",
    )
