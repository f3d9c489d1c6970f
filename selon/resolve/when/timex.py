"""TIMEX3 values (ISO-TimeML) of days, parts of days, periods, lengths and repetitions. May import: `calendar`."""

from __future__ import annotations

from datetime import date

from selon.resolve.when.calendar import Interval

# How a unit is written in a duration: prefix, letter, factor.
_LENGTHS = {
    "S": ("PT", "S", 1), "MIN": ("PT", "M", 1), "HOUR": ("PT", "H", 1), "D": ("P", "D", 1), "NI": ("P", "D", 1), "W": ("P", "W", 1),
    "WE": ("P", "WE", 1), "M": ("P", "M", 1), "Q": ("P", "M", 3), "H": ("P", "M", 6), "Y": ("P", "Y", 1), "E": ("P", "Y", 10),
    "C": ("P", "Y", 100), "MIL": ("P", "Y", 1000), "FIVE": ("P", "Y", 5),
}  # fmt: skip


def duration(number: int | None, unit: str, extra: str = "", fraction: str = "") -> str:
    """`P10M`, `PT24H`, `PXD` for an uncounted number. `extra` is `half`, `quarter`, `threequarter`; `fraction` decimals as written."""
    prefix, letter, factor = _LENGTHS[unit]
    if number is None:
        return f"{prefix}X{letter}"
    if extra == "half" and unit == "Y":
        return f"P{number * 12 + 6}M"
    if extra in ("half", "quarter", "threequarter") and unit == "HOUR":
        return f"PT{number * 60 + {'half': 30, 'quarter': 15, 'threequarter': 45}[extra]}M"
    if extra == "half":
        return f"{prefix}{number * factor}.5{letter}"
    if fraction:
        return f"{prefix}{number}.{fraction}{letter}"
    return f"{prefix}{number * factor}{letter}"


def day_value(year: int | None, month: int | None, day: int | None, weekday: int | None = None) -> str:
    """`2024-01-05`, with X for what is not known; a weekday without a date is `XXXX-WXX-2`."""
    if month is None and day is None and weekday is not None:
        return f"XXXX-WXX-{weekday}"
    y = f"{year:04d}" if year is not None else "XXXX"
    m = f"{month:02d}" if month is not None else "XX"
    return f"{y}-{m}-{day:02d}" if day is not None else f"{y}-{m}"


def period_value(unit: str, interval: Interval) -> str:
    """The value of a calendar unit given by its days: `2024-W05`, `2024-W05-WE`, `2024-01`, `2024-Q1`, `2024-H1`, `2024`, `199`, `19`."""
    first, last = interval
    if unit in ("W", "WE"):
        year, week, _ = last.isocalendar()
        return f"{year:04d}-W{week:02d}" + ("-WE" if unit == "WE" else "")
    if unit == "M":
        return f"{first.year:04d}-{first.month:02d}"
    if unit == "Q":
        return f"{first.year:04d}-Q{(first.month - 1) // 3 + 1}"
    if unit == "H":
        return f"{first.year:04d}-H{(first.month - 1) // 6 + 1}"
    if unit == "Y":
        return f"{first.year:04d}"
    if unit == "E":
        return f"{first.year // 10:03d}"
    if unit == "C":
        return f"{first.year // 100:02d}"
    return first.isoformat()


def with_part(value: str, part: str) -> str:
    """A day's value with a part of the day (`TMO`, `TNI`) or a clock time (`T08:30`)."""
    return f"{value}T{part}" if part else value


def iso(day: date | None) -> str | None:
    """The ISO day, or None."""
    return day.isoformat() if day is not None else None
