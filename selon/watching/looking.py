"""Looks at sources: what they list now, into the ledger. May import: `intake`, `ledger`, `pages`, `watching`, `model`, `errors`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from selon.errors import FetchError, Issue
from selon.intake.fetch import LIST, Fetched, Fetcher, Validators
from selon.intake.watch.health import Look, due_at
from selon.intake.watch.listing import Listing
from selon.intake.watch.plan import Source
from selon.intake.watch.read import read_listing
from selon.ledger.pages import RECENT, Pages
from selon.model.pages import Item, Retrieval
from selon.pages import Asked, attempt
from selon.watching.fetching import Errand
from selon.watching.told import Kept, Looked, Told, Trouble

EARLIER = 5
"""Pages of earlier messages of a channel that are asked for when everything on the last one is new."""


LAST = 16
"""Looks that decide when a source is due: more failures in a row lengthen the time no more."""


def looks_of(pages: Pages, source: Source, since: datetime | None = None, last: int | None = None) -> list[Look]:
    """Looks at a source, the oldest first."""
    found = pages.looks(source.name, source.url, since, last)
    return [Look(r.at, r.status, r.code, r.listed, r.fresh, r.shape, r.dated, r.wait) for r in found]


def due(pages: Pages, source: Source) -> datetime | None:
    """When a source is due; None = at once."""
    return due_at(looks_of(pages, source, last=LAST), source)


def list_errand(pages: Pages, fetcher: Fetcher, source: Source) -> Errand[Source]:
    """The errand that asks a source for its list, on condition that it changed. Lists that only name other lists are asked without condition: those
    change by themselves."""
    before = pages.newest("list", source.url)
    known = Validators()
    if before is not None and before.shape not in (None, "page", "sitemap-index"):
        known = Validators(before.header("etag"), before.header("last-modified"))
    return Errand(source.url, lambda: fetcher.get(source.url, known=known, accept=LIST), source)


class Looking:
    """Takes lists into the ledger."""

    def __init__(self, pages: Pages, fetcher_of: Callable[[Source], Fetcher]) -> None:
        self.pages, self.fetcher_of = pages, fetcher_of

    def take(self, source: Source, got: Fetched | FetchError) -> Iterator[Told]:
        """One look at a source, with the lists that its list names."""
        asked = Asked(source.url, "list", source.name)
        problem = got if isinstance(got, FetchError) else got.problem()
        if problem is not None or isinstance(got, FetchError):
            assert problem is not None
            yield self._failed(asked, got, problem)
            return
        if got.status == 304:
            self.pages.listed(replace(attempt(asked, got), fresh=0), None, ())
            yield Looked(source.name, None, 0)
            return
        try:
            listing = read_listing(got.body, url=source.url, content_type=got.content_type, kind=source.kind)
        except FetchError as e:
            yield self._failed(asked, got, e)
            return
        first = self.pages.newest("list", source.url) is None
        listed, dated, fresh, shape = 0, 0, 0, listing.shape
        for inner, page in self._inner(source, listing):
            if isinstance(page, FetchError):
                yield Trouble(page.issue(), later=True)
                continue
            look = replace(attempt(Asked(page.url, "list", source.name), page), listed=len(inner.items), shape=inner.shape)
            fresh += self._store(source, inner, page, look, first)
            listed, dated, shape = listed + len(inner.items), dated + _dated(inner), inner.shape
        yield from self._taken_away(source, listing, got)
        look = replace(attempt(asked, got), listed=listed + len(listing.items), dated=dated + _dated(listing), shape=shape)
        fresh = self._store(source, listing, got, look, first, besides=fresh)
        yield Looked(source.name, look.listed, fresh)

    def _failed(self, asked: Asked, got: Fetched | FetchError, problem: FetchError) -> Trouble:
        self.pages.failed(replace(attempt(asked, got, problem), sha256=None))
        issue = problem.issue()
        return Trouble(Issue(issue.code, asked.source or issue.place, issue.problem, issue.excerpt, issue.remedy))

    def _inner(self, source: Source, listing: Listing) -> Iterator[tuple[Listing, Fetched | FetchError]]:
        """The lists that a list names, one after the other. Of a channel, earlier messages only while all are new."""
        fetcher, waiting, asked = self.fetcher_of(source), list(listing.more), 0
        if listing.shape == "telegram" and not self._all_new(source, listing):
            return
        while waiting and asked < (EARLIER if listing.shape == "telegram" else 20):
            url = waiting.pop(0)
            asked += 1
            before = self.pages.newest("list", url)
            known = Validators(before.header("etag"), before.header("last-modified")) if before else Validators()
            try:
                page = fetcher.get(url, known=known, accept=LIST)
                if page.status == 304:
                    continue
                if (problem := page.problem()) is not None:
                    raise problem
                inner = read_listing(
                    page.body, url=url, content_type=page.content_type, kind="feed" if listing.shape == "page" else source.kind
                )
            except FetchError as e:
                yield listing, e
                continue
            if inner.shape == "telegram" and self._all_new(source, inner):
                waiting += inner.more
            yield inner, page

    def _all_new(self, source: Source, listing: Listing) -> bool:
        known = {w.url for w in self.pages.followed([source.name], datetime.now(UTC) - RECENT)}
        return bool(known) and bool(listing.items) and not any(i.url in known for i in listing.items)

    def _store(self, source: Source, listing: Listing, page: Fetched, look: Retrieval, first: bool, besides: int = 0) -> int:
        """The entries of a list with the look itself, in one transaction. Of those that were there before watching began, `most` are taken and the
        others passed over; later, what is more than `most` waits for the next look."""
        wanted = [i for i in listing.items if source.wants(i.url)]
        sha256 = hashlib.sha256(page.body).hexdigest() if source.content == "list" else None
        outlet = source.outlet or listing.title
        items = [
            Item(source.name, i.url, look.at, i.title, i.published, i.stamp, i.content if sha256 else None, listing.lang, outlet, sha256)
            for i in wanted
        ]  # fmt: skip
        known = self.pages.known({i.id for i in items})
        items = [i for i in items if i.id not in known]
        items = [replace(i, skipped=n >= source.most) for n, i in enumerate(items)] if first else items[: source.most]
        if not items:
            sha256 = None  # a list without anything new in it proves nothing that is not proven yet
        raw = page.body if sha256 else None
        return besides + self.pages.listed(replace(look, sha256=sha256), raw, items, besides)

    def _taken_away(self, source: Source, listing: Listing, page: Fetched) -> Iterator[Told]:
        """Messages of a channel that should stand between those shown and do not: they were deleted."""
        numbers = [n for u in listing.present if (n := _number(u)) is not None]
        if len(numbers) < 2:
            return
        low, high, there = min(numbers), max(numbers), set(listing.present)
        for w in self.pages.followed([source.name], page.retrieved - RECENT):
            n = _number(w.url)
            if n is not None and low < n < high and w.url not in there and w.kind != "gone":
                gone = Retrieval(
                    "page",
                    w.url,
                    page.retrieved,
                    source.name,
                    page.status,
                    "SEL-F012",
                    "no longer among the messages of its channel",
                    page.final_url,
                )
                if self.pages.gone(gone):
                    yield Kept("gone", w.url, None)


def _number(url: str) -> int | None:
    last = url.rpartition("/")[2]
    return int(last) if last.isascii() and last.isdigit() else None


def _dated(listing: Listing) -> int:
    return sum(i.published is not None for i in listing.items)
