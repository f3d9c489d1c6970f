"""One round of a watch: looks, pages, readings, second looks, time stamps, warnings, alerts. May import: everything below commands.

Every step puts what it found into the ledger before the next one begins, and every step begins with what the ledger says is open. A run can be killed
at any moment: the next one goes on, and nothing is lost or there twice.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from selon.alerts import Channel, Rule, alerts_of, deliver
from selon.batch import Known, Note, Read, Shelf, Unread, read_inputs
from selon.errors import FetchError, Issue
from selon.intake import Input
from selon.intake.fetch import Client, Fetcher, Limits, StoppedError, Validators, agent, passing
from selon.intake.fetch.timestamp import read_roots, time_stamp
from selon.intake.fetch.values import PASSING_CODES
from selon.intake.watch.health import WINDOW, check_due, health, retry_due
from selon.intake.watch.plan import Plan, Source
from selon.ledger import Ledger
from selon.ledger.alerts import Alerts
from selon.ledger.pages import RECENT, Pages
from selon.linked import linked
from selon.model.pages import Item, Retrieval, Watched
from selon.pages import Asked, Taken, take, take_listed, unread_inputs
from selon.views.labels import Words
from selon.watching.fetching import Errand, run_errands
from selon.watching.looking import Looking, due, list_errand, looks_of
from selon.watching.told import Alerted, Delivered, Kept, Sifted, Told, Trouble, Warned, WasRead
from selon.watching.troubles import warning

FRESH = timedelta(days=2)
"""Alerts are about reports that were added since; what was told is remembered, so nothing is told twice."""
LINKED = timedelta(days=45)
"""Reports of so long a time are linked to see what an alert is about: an incident that is told of later is another one to its readers."""
STAMPED = timedelta(days=7)
"""Pages kept for longer without a time stamp are not stamped any more: it would say little."""
LONGEST_SLEEP, SHORTEST_SLEEP = 60.0, 1.0


class Watch:
    """A plan, run over a ledger. `tell` gets what happens as it happens; `stop` ends a round between two steps."""

    def __init__(
        self, plan: Plan, ledger: Ledger, tell: Callable[[Told], None], words: Words, *, rules: Sequence[Rule] = (), channels: Sequence[Channel] = (),
        private: bool = False, pipeline: str | None = None, stop: threading.Event | None = None, environment: Mapping[str, str] | None = None,
        tries: int = 2,
    ) -> None:  # fmt: skip
        self.plan, self.ledger, self.tell, self.words, self.rules, self.channels = plan, ledger, tell, words, rules, channels
        self.sources = {s.name: replace(s, private=s.private or private) for s in plan.sources}
        self.shelf, self.stop = Shelf(pipeline), stop or threading.Event()
        self.environment = os.environ if environment is None else environment
        self.pages, self.alerts = Pages(ledger), Alerts(ledger)
        self._rounds = 0
        self._stack = ExitStack()
        limits = Limits(seconds=plan.seconds)
        self._fetchers = {
            inside: Fetcher(
                self._stack.enter_context(Client(agent=agent(plan.contact), limits=limits, private=inside)),
                rest=plan.rest,
                tries=tries,
                stop=self.stop,
            )
            for inside in {s.private for s in self.sources.values()} | {False}
        }

    def close(self) -> None:
        """Closes connections."""
        self._stack.close()

    def round(self, *, force: bool = False) -> None:
        """One round over all that is due; `force` looks at every source, due or not. Ends early when `stop` is set."""
        with suppress(StoppedError):
            looked = self._look(force)
            read = self._read()
            self._stamp()
            self._warn(looked)
            self._alert(read > 0 or self._rounds == 0)
            self._rounds += 1

    def sleep(self) -> float:
        """Seconds until something may be due again."""
        now = datetime.now(UTC)
        wait = min(((due(self.pages, s) or now) - now).total_seconds() for s in self.sources.values())
        return min(max(wait, SHORTEST_SLEEP), LONGEST_SLEEP)

    # -- looks -------------------------------------------------------------------------------------------------------------------------

    def _fetcher(self, source: Source) -> Fetcher:
        return self._fetchers[source.private]

    def _look(self, force: bool) -> list[Source]:
        """Looks at the sources that are due, and gives them."""
        now = datetime.now(UTC)
        chosen = [s for s in self.sources.values() if force or (due(self.pages, s) or now) <= now]
        looking = Looking(self.pages, self._fetcher)
        lists = [list_errand(self.pages, self._fetcher(s), s) for s in chosen if s.kind != "page"]
        for source, got in run_errands(lists, self.stop):
            for told in looking.take(source, got):
                self.tell(told)
        for source in chosen:
            if source.kind == "page":  # the page is its own list of one
                look = Retrieval("list", source.url, now, source.name, 200, listed=1, shape="page")
                self.pages.listed(look, None, [Item(source.name, source.url, now, outlet=source.outlet)])
        return chosen

    # -- pages -------------------------------------------------------------------------------------------------------------------------

    def _read(self) -> int:
        """Fetches what is open and reads it; gives the number of reports that were read."""
        count = 0
        outcomes = read_inputs(self._inputs(), knows=self.ledger.has, shelf=self.shelf)
        try:
            for outcome in outcomes:
                match outcome:
                    case Read(reading, raw, given):
                        self.ledger.add(reading, raw, given)
                        count += 1
                        self.tell(WasRead(reading))
                    case Known(report):
                        self.ledger.keep(report)
                    case Unread(report, raw, issue):
                        self.ledger.keep(report, raw)
                        self._trouble(replace(issue, place=report.source.url or issue.place))
                    case Note(_):
                        pass
                    case Issue() as issue:
                        self._trouble(issue)
        finally:
            outcomes.close()
        return count

    def _inputs(self) -> Iterator[Input | Issue]:
        asked = {s.name: self._asked(s) for s in self.sources.values()}
        yield from unread_inputs(self.ledger, list(self.sources), asked)
        now = datetime.now(UTC)
        errands: list[Errand[tuple[Asked, bool]]] = []
        for item, tried in self.pages.pending(list(self.sources), now - RECENT, PASSING_CODES):
            if self.stop.is_set():
                return
            source = self.sources[item.source]
            if item.content and item.sha256:
                yield from self._taken(take_listed(self.ledger, self._asked(source, item), item, self._list_of(item, source)), item.url)
            elif not tried or ((again := retry_due(len(tried), tried[-1].at, tried[-1].wait)) is not None and again <= now):
                errands.append(self._errand(source, item.url, item, self.pages.newest("page", item.url), last=len(tried) >= 5))
        open_ = {e.url for e in errands}
        for w in self.pages.followed(list(self.sources), now - timedelta(seconds=max(self.plan.recheck, default=0)) - RECENT):
            source = self.sources[w.source or ""]
            if w.url not in open_ and self._is_due(w, source, now):
                errands.append(self._errand(source, w.url, None, self.pages.newest("page", w.url)))
        for (how, last), got in run_errands(errands, self.stop):
            yield from self._taken(take(self.ledger, how, got), how.url, last)

    def _is_due(self, w: Watched, source: Source, now: datetime) -> bool:
        if source.kind == "page":
            return now >= w.last + timedelta(seconds=source.every)
        when = check_due(w.first, w.last, self.plan.recheck) if source.content == "page" else None
        return when is not None and when <= now

    def _asked(self, source: Source, item: Item | None = None) -> Asked:
        return Asked(item.url if item else source.url, "page", source.name, item, source.outlet, source.lang, source.gate)

    def _errand(
        self, source: Source, url: str, item: Item | None, before: Retrieval | None, last: bool = False
    ) -> Errand[tuple[Asked, bool]]:
        fetcher = self._fetcher(source)
        known = Validators(before.header("etag"), before.header("last-modified")) if before is not None else Validators()
        return Errand(url, lambda: fetcher.get(url, known=known), (replace(self._asked(source, item), url=url), last))

    def _list_of(self, item: Item, source: Source) -> Retrieval:
        """The retrieval that brought the list in which an entry stands whole."""
        found = self.pages.brought(item.sha256 or "", source.name)
        return found or Retrieval("list", source.url, item.listed_at, source.name, 200, sha256=item.sha256)

    def _taken(self, taken: Taken, url: str, last: bool = False) -> Iterator[Input]:
        if taken.sifted:
            self.tell(Sifted(url))
        if taken.change is not None:
            report = taken.input.report if taken.input else None
            self.tell(Kept(taken.change, url, report.id if report else None, report.title if report else None))
        elif taken.issue is not None:
            again = passing(taken.issue.code) and not last
            if again:
                self.tell(Trouble(taken.issue, later=True))
            else:
                self._trouble(taken.issue)
        if taken.input is not None:
            yield taken.input

    def _trouble(self, issue: Issue) -> None:
        self.ledger.record(issue)
        self.tell(Trouble(issue))

    # -- evidence, warnings, alerts ----------------------------------------------------------------------------------------------------

    def _stamp(self) -> None:
        stamping = self.plan.timestamp
        if stamping is None:
            return
        roots = read_roots(stamping.roots) if stamping.roots else []
        now = datetime.now(UTC)
        client = self._fetchers[False].client
        inside = self._fetchers.get(True)
        for sha256 in self.pages.unstamped(stamping.url, now - STAMPED):
            if self.stop.is_set():
                return
            try:
                self.pages.stamp(time_stamp(inside.client if inside else client, stamping.url, self.ledger.raw(sha256), roots), now)
            except FetchError as e:
                self._trouble(e.issue())
                return

    def _warn(self, looked: Sequence[Source]) -> None:
        now = datetime.now(UTC)
        for source in looked:
            found = health(looks_of(self.pages, source, now - WINDOW), source, now)
            for trouble, detail in found.troubles:
                issue = warning(trouble, detail, source, found.since)
                if self.ledger.record(issue):
                    self.tell(Warned(issue))

    def _alert(self, news: bool) -> None:
        if not self.channels:
            return
        now = datetime.now(UTC)
        if news and self.rules:
            found = linked(self.ledger, rows=[r for r in self.ledger.reports() if r.added_at >= now - LINKED])
            new = [name for name, row in found.rows.items() if row.added_at >= now - FRESH]
            terms = {t: {r.id for r in self.ledger.reports(search=t)} for rule in self.rules for t in rule.terms}
            for alert in alerts_of(self.rules, found, new, terms, self.words, now):
                if self.alerts.tell(alert):
                    self.tell(Alerted(alert.rule, str(alert.body["title"])))
        count, issues = deliver(self.alerts, self.channels, self.words, now, self.environment)
        if count:
            self.tell(Delivered(count))
        for issue in issues:
            self._trouble(issue)
