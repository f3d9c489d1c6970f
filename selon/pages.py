"""From a fetched page to the ledger: what is kept, what is a new version, what is to be read. May import: `ledger`, `intake`, `model`, `errors`.

A page is archived, with the way it came, before it is read: what was seen stays proven even if the reading is never done.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from selon.errors import FetchError, InputError, Issue
from selon.intake import Input, build_report, read_bytes
from selon.intake.day import given
from selon.intake.fetch import Fetched, Fetcher, agent
from selon.intake.gate import verdict
from selon.intake.html_text import visible_text
from selon.intake.watch.listing import entry_url
from selon.ledger import Ledger, report_id
from selon.ledger.pages import Pages
from selon.model import Report, SourceInfo
from selon.model.fold import fold
from selon.model.moment import utc
from selon.model.pages import Item, PageChange, Purpose, Retrieval, Version

_NAME = re.compile(r"[^\w-]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page was asked for: its address as it is followed, by which source and entry, and what the user said of it (`published`: an ISO day)."""

    url: str
    purpose: Purpose = "once"
    source: str | None = None
    item: Item | None = None
    outlet: str | None = None
    lang: str | None = None
    gate: bool = False
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a page: `change` None = it is as it was, or no report; `input` is what there is to read; `issue` why there is nothing.
    `sifted`: the gate found that it tells of no conflict or crisis."""

    change: PageChange | None = None
    input: Input | None = None
    issue: Issue | None = None
    sifted: bool = False


def attempt(asked: Asked, got: Fetched | FetchError, problem: FetchError | None = None) -> Retrieval:
    """The record of an attempt."""
    item = asked.item.id if asked.item else None
    if isinstance(got, FetchError):
        return Retrieval(
            asked.purpose, asked.url, datetime.now(UTC), asked.source, code=got.code, problem=got.problem, agent=agent(), item=item
        )
    return Retrieval(
        asked.purpose, asked.url, got.retrieved, asked.source, got.status, problem.code if problem else None, problem.problem if problem else "",
        got.final_url, got.headers, tuple((h.url, h.status, h.location) for h in got.chain), got.server, agent(),
        hashlib.sha256(got.body).hexdigest() if got.ok else None, wait=got.retry_after, item=item,
    )  # fmt: skip


def take(ledger: Ledger, asked: Asked, got: Fetched | FetchError) -> Taken:
    """Puts the outcome of a retrieval into the ledger, and gives what there is to read."""
    pages = Pages(ledger)
    before = pages.versions(asked.url)
    if before and asked.source is None:
        asked = replace(asked, source=before[-1].source)  # whoever follows the page goes on following it
    problem = got if isinstance(got, FetchError) else got.problem()
    retrieval = attempt(asked, got, problem)
    if problem is not None or isinstance(got, FetchError):
        assert problem is not None
        if retrieval.status in (404, 410) and pages.gone(retrieval):
            return Taken("gone", issue=_at(problem.issue(), asked.url))
        pages.failed(retrieval)
        return Taken(issue=_at(problem.issue(), asked.url))
    if got.status == 304:
        pages.failed(retrieval)
        return Taken()
    found = page_input(got.body, retrieval, asked, version_name(asked, before))
    if isinstance(found, Issue):
        # A fence or an error page in place of a known article says nothing of the article.
        kept = replace(retrieval, code=found.code, problem=found.problem)
        pages.page(kept, got.body, None)
        return Taken(issue=_at(found, asked.url))
    return _store(pages, retrieval, got.body, found, before, asked)


def fetched_inputs(
    urls: Iterable[str], ledger: Ledger | None, fetcher: Fetcher, *, lang: str | None = None, published: str | None = None,
    on_taken: Callable[[Asked, Taken], None] = lambda *_: None,
) -> Iterator[Input | Issue]:  # fmt: skip
    """Pages that somebody names: fetched, kept where there is a ledger, and given to be read. `on_taken` hears of each; one that is as it was gives nothing."""
    for url in urls:
        asked = Asked(entry_url(url, "") or url, lang=lang, published=published)
        got: Fetched | FetchError
        try:
            got = fetcher.get(asked.url)
        except FetchError as e:
            got = e
        taken = take(ledger, asked, got) if ledger is not None else _unkept(asked, got)
        on_taken(asked, taken)
        if taken.issue is not None:
            yield taken.issue
        if taken.input is not None:
            yield taken.input


def _unkept(asked: Asked, got: Fetched | FetchError) -> Taken:
    """The report of a page that is not to be kept."""
    problem = got if isinstance(got, FetchError) else got.problem()
    if problem is not None or isinstance(got, FetchError):
        return Taken(issue=_at(problem.issue(), asked.url) if problem is not None else None)
    found = page_input(got.body, attempt(asked, got), asked, version_name(asked, ()))
    return Taken(issue=_at(found, asked.url)) if isinstance(found, Issue) else Taken("new", found)


def take_listed(ledger: Ledger, asked: Asked, item: Item, look: Retrieval) -> Taken:
    """Puts an entry whose text stands in the list itself (a message of a channel) into the ledger; its raw bytes are those of the list."""
    pages = Pages(ledger)
    raw = ledger.raw(item.sha256 or "")
    retrieval = replace(look, purpose="page", url=item.url, item=item.id, listed=None, fresh=None, shape=None, dated=None)
    before = pages.versions(item.url)
    try:
        found = listed_input(item, raw, retrieval, asked, version_name(asked, before))
    except Exception as e:  # as with pages
        issue = unforeseen(item.url, e)
        pages.failed(replace(retrieval, code=issue.code, problem=issue.problem))
        return Taken(issue=issue)
    if found is None:
        pages.failed(retrieval)
        return Taken()
    return _store(pages, retrieval, raw, found, before, asked)


def _store(pages: Pages, retrieval: Retrieval, raw: bytes, found: Input, before: Sequence[Version], asked: Asked) -> Taken:
    last = before[-1].report if before else None
    if last is not None and same_words(pages.kept(last)[0], found.report.text):
        pages.failed(retrieval)  # as it was, but for spaces; the bytes need not be kept twice
        return Taken()
    if asked.gate and verdict(f"{found.report.title or ''}\n{found.report.text}") == "rejected":
        pages.page(replace(retrieval, problem="gate"), raw, None)
        return Taken(sifted=True)
    known = next((v.name for v in before if v.report == report_id(found.report)), None)  # an earlier text has come back
    found = replace(found, report=replace(found.report, id=known)) if known else found
    change = pages.page(retrieval, raw, found.report)
    return Taken(change, found if change is not None else None)


def page_input(raw: bytes, retrieval: Retrieval, asked: Asked, name: str) -> Input | Issue:
    """The report of a page, or why it is none. The same bytes give the same report, today and when a run is taken up again."""
    item = asked.item
    issue: Issue | None = None
    try:
        for found in read_bytes(
            raw, name=name, url=retrieval.final_url or asked.url, content_type=retrieval.header("content-type"), status=retrieval.status,
            retrieved=utc(retrieval.at), published=asked.published, lang=asked.lang or (item.lang if item else None),
        ):  # fmt: skip
            if isinstance(found, Issue):
                issue = issue or found
                continue
            return replace(found, report=_filled(found.report, asked))
    except InputError as e:
        issue = e.issue()
    except Exception as e:  # one page that nobody foresaw must not end a watch of all others, nor begin it anew for ever
        issue = unforeseen(asked.url, e)
    return issue or Issue("SEL-F040", asked.url, "there is nothing to read in this page")


def _filled(report: Report, asked: Asked) -> Report:
    """What the list said of the page stands in where the page says nothing."""
    item, source = asked.item, report.source
    outlet = source.outlet or asked.outlet or (item.outlet if item else None)
    report = replace(report, source=replace(source, outlet=outlet), title=report.title or (item.title if item else None))
    if report.published.basis == "unknown" and item is not None and item.published:
        report = replace(report, published=given(item.published, "metadata", asked.url))
    return report


def listed_input(item: Item, raw: bytes, retrieval: Retrieval, asked: Asked, name: str) -> Input | None:
    """The report of an entry that the list gives whole; None when there is no text in it."""
    body = visible_text(item.content or "").strip()
    if not body:
        return None
    text = f"{item.title}\n\n{body}" if item.title and not body.startswith(item.title) else body
    info = SourceInfo(None, item.url, asked.outlet or item.outlet, item.sha256, utc(retrieval.at))
    try:
        day = given(item.published, "metadata") if item.published else None
        report = build_report(
            text,
            id=name,
            lang=asked.lang,
            published=day,
            source=info,
            title=item.title,
            spoken=item.lang,
        )
    except InputError:
        return None
    return Input(report, raw)


def unforeseen(place: str, error: Exception) -> Issue:
    """The issue of a page that our own programs failed on."""
    return Issue("SEL-F041", place, f"taking up this page failed in a way that was not foreseen ({type(error).__name__}: {str(error)[:120]})", "",
                 "this is a fault of Selon: please report it with the address, if you may")  # fmt: skip


def same_words(a: str, b: str) -> bool:
    """Whether two texts differ in nothing but spaces."""
    return a == b or a.split() == b.split()


def version_name(asked: Asked, before: Sequence[Version]) -> str:
    """The name of a page's next report: that of its first one, numbered, so that versions sort in their order."""
    names = [v.name for v in before if v.name]
    if not names:
        return page_name(asked.url, asked.source)
    return f"{names[0].partition('~')[0]}~{len(dict.fromkeys(names)) + 1}"


def page_name(url: str, source: str | None) -> str:
    """The name of a page's first report: source, words of the address, a few digits of its hash."""
    parts = urlsplit(url)
    words = next((s for s in reversed(parts.path.split("/")) if re.search(r"[^\W\d]{3}", s) and not s.startswith("index.")), parts.path)
    words = re.sub(r"\.\w{1,5}$", "", words)
    stem = "-".join(w for w in (_word(source or parts.netloc.removeprefix("www.")), _word(words)[:48].strip("-")) if w)
    return f"{stem}-{hashlib.sha256(url.encode('utf-8', 'replace')).hexdigest()[:6]}"


def _word(text: str) -> str:
    return _NAME.sub("-", fold(text)).strip("-")


def _at(issue: Issue, place: str) -> Issue:
    return replace(issue, place=place)


def unread_inputs(ledger: Ledger, sources: Sequence[str], asked: Mapping[str, Asked]) -> Iterator[Input]:
    """Inputs of versions that were stored and not read: a run was ended in between. Made again from the archived bytes; where these are read in another way
    since, the text that was archived counts."""
    pages = Pages(ledger)
    for item, v in pages.unread(sources):
        if v.retrieval.sha256 is None or v.report is None:
            continue
        raw = ledger.raw(v.retrieval.sha256)
        how = replace(asked.get(v.source or "", Asked(v.url)), url=v.url, source=v.source, item=item)
        name = v.name or version_name(how, ())
        if item is not None and item.sha256 == v.retrieval.sha256:
            made: Input | Issue | None = listed_input(item, raw, v.retrieval, how, name)
        else:
            made = page_input(raw, v.retrieval, how, name)
        if isinstance(made, Input) and report_id(replace(made.report, id=name)) == v.report:
            yield Input(replace(made.report, id=name), raw)
            continue
        text, address = pages.kept(v.report)
        like = made.report if isinstance(made, Input) else None
        info = SourceInfo(None, address, like.source.outlet if like else how.outlet, v.retrieval.sha256, utc(v.retrieval.at))
        day = like.published if like else None
        yield Input(
            build_report(
                text, id=name, lang=like.lang if like else how.lang, published=day, source=info, title=like.title if like else None
            ),
            raw,
        )
