"""Pages of the network as the ledger remembers them: entries of sources, retrievals, versions, time stamps, alerts. May import: `model`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from selon.model.reading import content_id

Purpose = Literal["list", "page", "once"]
"""Why something was asked for: the list of a source, a page that a source lists, a page that somebody named."""
PageChange = Literal["new", "changed", "gone", "back"]


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as a source listed it. A new `stamp` makes a new entry of the same page. `content` is text (HTML) that the list itself gave, and
    `sha256` names the archived list; `skipped` entries were there before watching began and too many to fetch."""

    source: str
    url: str
    listed_at: datetime
    title: str | None = None
    published: str | None = None
    stamp: str = ""
    content: str | None = None
    lang: str | None = None
    outlet: str | None = None
    sha256: str | None = None
    skipped: bool = False

    @property
    def id(self) -> str:
        return content_id("item", self.url, self.stamp)


@dataclass(frozen=True, slots=True)
class Retrieval:
    """One attempt to get something. `status` None = no answer; `code` and `problem` say what went wrong; `chain` holds the redirects as (address, status, where to);
    `sha256` names the archived bytes. For lists: entries `listed`, of them `fresh` and `dated`, and the `shape` of the list. `wait` is what the server
    asked for, in seconds. `item` is the id of the entry that it was for."""

    purpose: Purpose
    url: str
    at: datetime
    source: str | None = None
    status: int | None = None
    code: str | None = None
    problem: str = ""
    final_url: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    chain: tuple[tuple[str, int, str | None], ...] = ()
    server: str | None = None
    agent: str | None = None
    sha256: str | None = None
    listed: int | None = None
    fresh: int | None = None
    shape: str | None = None
    dated: int | None = None
    wait: float | None = None
    item: str | None = None

    @property
    def id(self) -> str:
        return content_id("retrieval", self.purpose, self.source, self.url, self.at.isoformat(), self.item)

    def header(self, name: str) -> str | None:
        """The value of a header field, the first if it stands several times."""
        return next((v for k, v in self.headers if k.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class Version:
    """A page as it stood from `at` on. `report` is the ledger's id of the text, `name` its name; both None when the page was gone."""

    url: str
    kind: PageChange
    at: datetime
    source: str | None
    report: str | None
    name: str | None
    retrieval: Retrieval


@dataclass(frozen=True, slots=True)
class Watched:
    """A page that is followed: its address, who listed it, its first version in the time asked about, when it was last asked for, what it is now."""

    url: str
    source: str | None
    first: datetime
    last: datetime
    kind: PageChange


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time stamp (RFC 3161) on archived bytes: the answer of an authority in DER, and the time that it says."""

    sha256: str
    authority: str
    said_at: datetime
    token: bytes


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that a rule found. `body` is what channels send; `about` names what it is about, so that nothing is told twice."""

    id: str
    rule: str
    made_at: datetime
    body: dict[str, Any]
    about: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to deliver an alert by a channel."""

    alert: str
    channel: str
    at: datetime
    done: bool
    problem: str = ""
