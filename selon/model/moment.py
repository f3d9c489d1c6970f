"""A moment as formats write it. May import: nothing of Selon."""

from __future__ import annotations

from datetime import UTC, datetime


def utc(moment: datetime) -> str:
    """ISO 8601 in UTC, to the second: `2024-03-05T14:30:00Z`. `moment` has a time zone."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
