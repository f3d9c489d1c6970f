"""The Extended Date/Time Format (ISO 8601-2) of a closed interval of days, and back. May import: nothing of Selon.

Only what Selon needs: a day, a month, a year, a decade or a century where the interval is exactly that, `a/b`, an open end `..`.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

OPEN = ".."


def format_edtf(earliest: date | None, latest: date | None) -> str | None:
    """The shortest EDTF string of the interval; None when both ends are unknown."""
    if earliest is None and latest is None:
        return None
    if earliest is None or latest is None:
        return f"{earliest.isoformat() if earliest else OPEN}/{latest.isoformat() if latest else OPEN}"
    if earliest == latest:
        return earliest.isoformat()
    whole_years = (earliest.month, earliest.day, latest.month, latest.day) == (1, 1, 12, 31)
    if whole_years and earliest.year == latest.year:
        return f"{earliest.year:04d}"
    if whole_years and earliest.year % 10 == 0 and latest.year == earliest.year + 9:
        return f"{earliest.year // 10:03d}X"
    if whole_years:
        return f"{earliest.year:04d}/{latest.year:04d}"
    same_month = (earliest.year, earliest.month) == (latest.year, latest.month)
    if same_month and earliest.day == 1 and latest.day == monthrange(latest.year, latest.month)[1]:
        return f"{earliest.year:04d}-{earliest.month:02d}"
    return f"{earliest.isoformat()}/{latest.isoformat()}"


def _ends(part: str) -> tuple[date, date]:
    if len(part) == 4 and part.endswith("X"):
        return date(int(part[:3]) * 10, 1, 1), date(int(part[:3]) * 10 + 9, 12, 31)
    numbers = [int(p) for p in part.split("-")]
    if len(numbers) == 1:
        return date(numbers[0], 1, 1), date(numbers[0], 12, 31)
    if len(numbers) == 2:
        year, month = numbers
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    year, month, number = numbers
    day = date(year, month, number)
    return day, day


def parse_edtf(text: str) -> tuple[date | None, date | None]:
    """The closed interval of an EDTF string as `format_edtf` writes it. Raises ValueError for anything else."""
    left, bar, right = text.partition("/")
    if not bar:
        return _ends(left)
    if left == OPEN and right == OPEN:
        raise ValueError("an interval that is open on both sides says nothing")
    earliest = None if left == OPEN else _ends(left)[0]
    latest = None if right == OPEN else _ends(right)[1]
    if earliest and latest and earliest > latest:
        raise ValueError(f"the interval {text} ends before it begins")
    return earliest, latest
