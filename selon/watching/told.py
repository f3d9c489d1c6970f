"""What a run tells of as it goes. May import: `model`, `errors`."""

from __future__ import annotations

from dataclasses import dataclass

from selon.errors import Issue
from selon.model import Reading
from selon.model.pages import PageChange


@dataclass(frozen=True, slots=True)
class Looked:
    """A source was looked at: entries it lists, those that are new; None when nothing had changed since."""

    source: str
    listed: int | None
    fresh: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A page was put into the ledger as a new version."""

    change: PageChange
    url: str
    name: str | None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Sifted:
    """A page tells of no conflict or crisis, says the gate."""

    url: str


@dataclass(frozen=True, slots=True)
class WasRead:
    """A report was read."""

    reading: Reading


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something went wrong with one page, source or channel; the run goes on. `later` when it will be tried again by itself."""

    issue: Issue
    later: bool = False


@dataclass(frozen=True, slots=True)
class Warned:
    """A source is silent, fails or changed its shape; said once for each time that it happens."""

    issue: Issue


@dataclass(frozen=True, slots=True)
class Alerted:
    """A rule found something that had not been told."""

    rule: str
    title: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """So many alerts went out."""

    count: int


Told = Looked | Kept | Sifted | WasRead | Trouble | Warned | Alerted | Delivered
