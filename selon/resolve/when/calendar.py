"""Days, weeks, months, feasts: arithmetic on the Gregorian calendar without clocks or time zones. May import: nothing of Selon.

All functions work on `datetime.date`, so that summer time cannot shift a day. A closed interval is a pair of days.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TypeAlias

Interval: TypeAlias = tuple[date, date]

ONE_DAY = timedelta(days=1)
DAYS_OF_UNIT = {"D": 1, "W": 7}
MONTHS_OF_UNIT = {"M": 1, "Q": 3, "H": 6, "Y": 12, "E": 120, "C": 1200}
# Seasons of the northern hemisphere as meteorologists (and news) count them, in whole months: first month and day.
SEASON_STARTS = {"SP": (3, 1), "SU": (6, 1), "FA": (9, 1), "WI": (12, 1)}
SEASON_ORDER = ("SP", "SU", "FA", "WI")


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_of(year: int, month: int) -> Interval:
    """First and last day of a month; `month` may lie outside 1 to 12 and then counts from the year's borders."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def year_of(year: int) -> Interval:
    """First and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def week_of(day: date) -> Interval:
    """Monday to Sunday of the ISO week that holds the day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def weekend_of(day: date) -> Interval:
    """Saturday and Sunday of the ISO week that holds the day."""
    _, sunday = week_of(day)
    return sunday - ONE_DAY, sunday


def season_of(year: int, season: str) -> Interval:
    """First and last day of a season; winter is counted to the year in which it begins."""
    start = date(year, *SEASON_STARTS[season])
    k = SEASON_ORDER.index(season)
    following = SEASON_ORDER[(k + 1) % 4]
    return start, date(year + (1 if season == "WI" else 0), *SEASON_STARTS[following]) - ONE_DAY


def add_months(day: date, months: int) -> date:
    """The same day some months on, or the month's last day where that month is shorter."""
    k = day.year * 12 + day.month - 1 + months
    year, month = k // 12, k % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def shift(day: date, number: int, unit: str) -> date | None:
    """The day `number` units on (negative: back). None for hours and less, and beyond the calendar (years 1 to 9999)."""
    try:
        if unit in DAYS_OF_UNIT:
            return day + timedelta(days=number * DAYS_OF_UNIT[unit])
        if unit in MONTHS_OF_UNIT:
            return add_months(day, number * MONTHS_OF_UNIT[unit])
    except (ValueError, OverflowError):
        return None
    return None


def unit_around(day: date, unit: str) -> Interval:
    """The calendar unit (D, W, WE, M, Q, H, Y, E decade, C century) that holds the day."""
    if unit == "W":
        return week_of(day)
    if unit == "WE":
        return weekend_of(day)
    if unit in ("M", "Q", "H"):
        size = MONTHS_OF_UNIT[unit]
        first = (day.month - 1) // size * size + 1
        return month_of(day.year, first)[0], month_of(day.year, first + size - 1)[1]
    if unit == "Y":
        return year_of(day.year)
    if unit == "E":
        first = day.year // 10 * 10
        return year_of(first)[0], year_of(first + 9)[1]
    if unit == "C":
        first = (day.year - 1) // 100 * 100 + 1
        return year_of(first)[0], year_of(first + 99)[1]
    return day, day


def weekday_near(day: date, weekday: int, direction: str) -> date:
    """The nearest given weekday (1 = Monday … 7 = Sunday, as ISO 8601 has it).

    `direction`: `past` (the day itself or before), `before` (strictly before), `future` (the day itself or after), `after`.
    """
    gap = (day.isoweekday() - weekday) % 7
    if direction == "past":
        return day - timedelta(days=gap)
    if direction == "before":
        return day - timedelta(days=gap or 7)
    ahead = (7 - gap) % 7
    if direction == "future":
        return day + timedelta(days=ahead)
    return day + timedelta(days=ahead or 7)


def easter(year: int) -> date:
    """Western Easter Sunday: the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return date(year, month, day + 1)


def julian_gap(year: int) -> int:
    """Days by which the Julian calendar is behind the Gregorian (13 from 1900 to 2099)."""
    return year // 100 - year // 400 - 2


def orthodox_easter(year: int) -> date:
    """Orthodox Easter Sunday in the Gregorian calendar: Meeus's Julian computus."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=julian_gap(year))
