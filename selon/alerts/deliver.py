"""Alerts to channels: each once; what fails is recorded and tried again, later and later. May import: `ledger`, `model`, `views`, `errors`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from selon.alerts.channels import mail, post, write_feed
from selon.alerts.rules import Channel
from selon.errors import FetchError, Issue
from selon.ledger.alerts import Alerts
from selon.model.pages import Alert, Attempt
from selon.views.labels import Words

DELAYS = tuple(timedelta(seconds=s) for s in (60, 300, 1800, 7200, 6 * 3600, 12 * 3600, 86_400))
"""After the n-th failure of a channel to tell an alert, so long until the next attempt; after the last it is given up."""
KEPT = timedelta(days=30)
"""Alerts older than this are no longer in the feed, nor tried."""


def deliver(
    store: Alerts, channels: Sequence[Channel], words: Words, now: datetime, environment: Mapping[str, str]
) -> tuple[int, list[Issue]]:
    """Tells what is due; gives the number of deliveries and the problems there were."""
    told, issues = 0, list[Issue]()
    every = store.since(now - KEPT)
    for channel in channels:
        mine = [(a, [t for t in tried if t.channel == channel.name]) for a, tried in every if channel.name in a.channels]
        due = [a for a, tried in mine if is_due(tried, now)]
        if not due:
            continue
        if channel.kind == "atom":
            done, issue = _try(lambda channel=channel, mine=mine: write_feed(channel, [a for a, _ in mine], words))  # type: ignore[misc]
            for a in due:
                store.attempt(Attempt(a.id, channel.name, now, done, issue.problem if issue else ""))
            told += len(due) * done
            issues += [issue] if issue else []
            continue
        for a in due:
            done, issue = _tell(channel, a, words, environment)
            store.attempt(Attempt(a.id, channel.name, now, done, issue.problem if issue else ""))
            told += done
            if issue is not None:
                issues.append(issue)
                break  # the others of this channel wait for their next turn rather than for the same failure
    return told, issues


def standing(store: Alerts, channel: Channel, now: datetime) -> tuple[int, int, int]:
    """How a channel does: alerts it has told, those that wait, those that were given up."""
    told = waiting = given_up = 0
    for alert, tried in store.since(now - KEPT):
        if channel.name in alert.channels:
            mine = [t for t in tried if t.channel == channel.name]
            done, over = any(t.done for t in mine), len(mine) > len(DELAYS)
            told, waiting, given_up = told + done, waiting + (not done and not over), given_up + (not done and over)
    return told, waiting, given_up


def is_due(tried: Sequence[Attempt], now: datetime) -> bool:
    """Whether an alert with these attempts by one channel is to be told by it now."""
    if any(t.done for t in tried):
        return False
    return not tried or (len(tried) <= len(DELAYS) and now >= tried[-1].at + DELAYS[len(tried) - 1])


def _tell(channel: Channel, alert: Alert, words: Words, environment: Mapping[str, str]) -> tuple[bool, Issue | None]:
    if channel.kind == "webhook":
        return _try(lambda: post(channel, alert, environment))
    return _try(lambda: mail(channel, alert, environment, words))


def _try(act: Callable[[], None]) -> tuple[bool, Issue | None]:
    try:
        act()
    except FetchError as e:
        return False, e.issue()
    return True, None
