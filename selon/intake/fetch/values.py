"""What a retrieval may cost and what it gives. May import: `errors`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from selon.errors import FetchError

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that a server may not give the next time."""
PASSING_CODES = frozenset({"SEL-F003", "SEL-F004", "SEL-F005", "SEL-F013", "SEL-F014", "SEL-F015", "SEL-F016"})
"""Codes of problems that may pass, so that asking again later makes sense."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one retrieval may take: hops, bytes on the wire, bytes after unpacking, seconds to connect and in all."""

    redirects: int = 5
    wire: int = 20_000_000
    unpacked: int = 50_000_000
    connect: float = 10.0
    seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Hop:
    """One answer on the way: the address asked, the status, and where it sent us."""

    url: str
    status: int
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back. `url` was asked for, `final_url` answered after the redirects of `chain`; `body` is unpacked, `server` the address (IP)
    that was connected to. `headers` stand as they were received; `validators` are those that were sent along."""

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    retrieved: datetime
    chain: tuple[Hop, ...] = ()
    server: str | None = None

    def header(self, name: str) -> str | None:
        """The value of a header field, the first if it stands several times."""
        return next((v for k, v in self.headers if k.lower() == name.lower()), None)

    @property
    def content_type(self) -> str | None:
        return self.header("content-type")

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def retry_after(self) -> float | None:
        """Seconds that the server asks to wait (RFC 9110, Retry-After as seconds or date)."""
        value = (self.header("retry-after") or "").strip()
        if value.isascii() and value.isdigit():
            return float(min(int(value[:9]), 7 * 86_400))
        try:
            wait = (parsedate_to_datetime(value).astimezone(UTC) - self.retrieved).total_seconds()
        except (ValueError, TypeError, OverflowError, IndexError):
            return None
        return min(max(wait, 0.0), 7 * 86_400.0)

    def problem(self) -> FetchError | None:
        """What the status means when it is no success; None when it is one (or 304, nothing changed)."""
        if self.ok or self.status == 304:
            return None
        place = self.final_url
        if self.status in (404, 410):
            return FetchError("SEL-F012", f"the page is not there: status {self.status}", place=place, remedy="check the address")
        if self.status in (401, 402, 403, 451):
            return FetchError("SEL-F017", f"the server does not give it to us: status {self.status}", place=place,
                              remedy="open it in a browser; if you may, save the page and read the file")  # fmt: skip
        if self.status in (429, 503):
            wait = f", after {self.retry_after:.0f} s" if self.retry_after is not None else ""
            return FetchError("SEL-F013", f"the server asks to come back later{wait}: status {self.status}", place=place,
                              remedy="ask less often")  # fmt: skip
        return FetchError("SEL-F015", f"the server gave no page: status {self.status}", place=place, remedy="try again later")


def passing(code: str | None) -> bool:
    """Whether a problem with this code may pass by itself."""
    return code in PASSING_CODES
