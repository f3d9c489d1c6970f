"""What a source lists: entries with address, title, time, and what else it gives of each. May import: `intake.fetch`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from selon.errors import FetchError
from selon.intake.fetch import readable_url
from selon.model.moment import utc

Shape = Literal["rss", "atom", "json", "sitemap", "sitemap-index", "telegram", "page"]
MOST = 2000
"""Entries of one list that are looked at; the rest is older news or an attack."""
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|xtor|at_(?:medium|campaign|link\w*|format|creation|variant)|ns_\w+|cmp|smid|ref_src", re.I)
_BOUNDED = 20_000


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry. `stamp` changes when the source says that the entry did; `published` is an ISO time; `content` what the source itself gives of the
    text (HTML), with `whole` when that is all of it (a message of a channel)."""

    url: str
    title: str | None = None
    published: str | None = None
    stamp: str = ""
    content: str | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """What came back from a source. `more` are other lists that this one names (sitemaps of an index, feeds of a site); `dropped` counts entries
    without an address that can be fetched; `present` are all entries that can be seen, with text or without, where the list is complete between its
    first and its last (a channel): what is not among them was taken away."""

    shape: Shape
    items: tuple[Listed, ...] = ()
    title: str | None = None
    lang: str | None = None
    more: tuple[str, ...] = ()
    dropped: int = 0
    present: tuple[str, ...] = ()


def entry_url(href: str | None, base: str) -> str | None:
    """The address of an entry without fragment and without what only counts visitors; None when nothing can be fetched there."""
    if not href:
        return None
    try:
        parts = urlsplit(urljoin(base, href.strip()))
        query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)]
        asked = parts.query if len(query) == len(parse_qsl(parts.query, keep_blank_values=True)) else urlencode(query)
        return str(readable_url(urlunsplit((parts.scheme, parts.netloc, parts.path, asked, ""))))
    except (ValueError, FetchError):
        return None


def instant(text: str | None) -> str | None:
    """An ISO time in UTC (or the day alone where only that is said) of an RFC 3339 or RFC 822 time, None when it is neither."""
    value = " ".join((text or "").split())[:64]
    if not value:
        return None
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return datetime.fromisoformat(value).date().isoformat()
        except ValueError:
            return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        try:
            found = parsedate_to_datetime(value)
        except (ValueError, TypeError, OverflowError, IndexError):
            return None
    if not 1970 <= found.year <= 2200:
        return None
    try:
        return utc(found) if found.tzinfo else found.isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        return None


def listing(shape: Shape, found: Iterable[tuple[str | None, Listed]], base: str, *, title: str | None = None, lang: str | None = None, more: Iterable[str] = ()) -> Listing:  # fmt: skip
    """A listing of entries with the addresses that the source wrote, each once, at most MOST."""
    items: dict[str, Listed] = {}
    dropped = 0
    for n, (href, one) in enumerate(found):
        if n >= MOST:
            break
        url = entry_url(href, base)
        if url is None:
            dropped += 1
        elif url not in items:
            items[url] = Listed(url, flat(one.title), one.published, one.stamp, one.content, one.whole)
    lists = dict.fromkeys(u for m in more if (u := entry_url(m, base)))
    return Listing(shape, tuple(items.values()), flat(title), flat(lang), tuple(lists)[:MOST], dropped)


def flat(text: str | None) -> str | None:
    """Words on one line, None when there are none."""
    return " ".join(text[:_BOUNDED].split()) or None if text else None
