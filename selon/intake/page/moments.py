"""Times as documents give them, as ISO 8601. May import: nothing of Selon."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

EARLIEST = 1990
"""Years before the Web are mistakes of a program (1970-01-01), not times of publication."""

_ISO = re.compile(
    r"\s*(\d{4})-?(\d{2})-?(\d{2})(?:[T ]+(\d{1,2}):?(\d{2})(?::?(\d{2}))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?)?\s*", re.I
)
_RFC = re.compile(r"\s*(?:[A-Za-z]{3,9},?\s+)?\d{1,2}\s+[A-Za-z]{3}[a-z]*\s+\d{4}\s+\d{1,2}:\d{2}.{0,20}", re.S)
_IN_PATH = re.compile(r"/((?:19|20)\d{2})[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")


def moment(raw: str | None) -> str | None:
    """`2024-05-03` or `2024-05-03T08:12:00+02:00`; without an offset when none was given. None for what is no such time."""
    if not raw or len(raw) > 60:
        return None
    m = _ISO.fullmatch(raw)
    if m is None:
        return _from_message(raw)
    try:
        if m[4] is None:
            return _sane(datetime(int(m[1]), int(m[2]), int(m[3])), whole_day=True)
        found = datetime(int(m[1]), int(m[2]), int(m[3]), int(m[4]), int(m[5]), int(m[6] or 0))
        zone = (m[7] or "").upper().replace("UTC", "Z").replace("GMT", "Z")
        if zone == "Z":
            found = found.replace(tzinfo=UTC)
        elif zone:
            digits = zone[1:].replace(":", "").ljust(4, "0")
            return _sane(datetime.fromisoformat(f"{found.isoformat()}{zone[0]}{digits[:2]}:{digits[2:4]}"))
        return _sane(found)
    except ValueError:
        return None


def _from_message(raw: str) -> str | None:
    """As in the header of a message: `Fri, 03 May 2024 08:12:00 +0200`."""
    if not _RFC.fullmatch(raw):
        return None
    try:
        return _sane(parsedate_to_datetime(raw.strip()))
    except (ValueError, IndexError, OverflowError):
        return None


def _sane(found: datetime, whole_day: bool = False) -> str | None:
    if not EARLIEST <= found.year <= 2100:
        return None
    return found.date().isoformat() if whole_day else found.isoformat(timespec="seconds")


def in_address(url: str) -> str | None:
    """The day that stands in the path of an address: `/2024/05/03/…`, `/20240503-…`."""
    m = _IN_PATH.search(url.partition("?")[0].partition("//")[2])
    return moment(f"{m[1]}-{m[2]}-{m[3]}") if m else None


def in_zone(when: str, zone: str | None) -> str:
    """A time as clocks show it in a zone of the IANA database; a time without an offset, or an unknown zone, leaves it as it is."""
    found = datetime.fromisoformat(when)
    if zone is None or found.tzinfo is None:
        return when
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return found.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")
    except (ZoneInfoNotFoundError, ValueError, OverflowError):
        return when


def clock(when: str, shift: int = 0) -> str:
    """The stamp of a live entry, `2024-05-03T08:12`, `shift` minutes later."""
    found = datetime.fromisoformat(when) + timedelta(minutes=shift)
    return found.replace(tzinfo=None).isoformat(timespec="minutes")
