"""The day of publication that comes with a report, as an interval of ISO days. May import: `model`, `errors`."""

from __future__ import annotations

import calendar
import re
from datetime import date

from selon.errors import InputError
from selon.model import Published, PublishedBasis

_ISO = re.compile(r"\s*(\d{4})-(\d{2})(?:-(\d{2})(?:[T ].{0,40})?)?\s*")


def given(value: str | None, basis: PublishedBasis = "given", place: str = "") -> Published:
    """`2024-01-05` (a time after it is left out) is that day, `2024-01` any day of the month, None or an empty value unknown.

    Raises InputError SEL-I008 when it is no such day.
    """
    if value is None or not value.strip():
        return Published()
    m = _ISO.fullmatch(value)
    try:
        if m is None:
            raise ValueError(value)
        year, month = int(m[1]), int(m[2])
        if m[3]:
            day = date(year, month, int(m[3])).isoformat()
            return Published(day, day, basis)
        last = calendar.monthrange(year, month)[1]
        return Published(date(year, month, 1).isoformat(), date(year, month, last).isoformat(), basis)
    except ValueError as e:
        raise InputError(
            "SEL-I008",
            "this is no day of publication",
            place=place,
            excerpt=value[:40],
            remedy="write it as 2024-01-05, or 2024-01 for a month",
        ) from e
