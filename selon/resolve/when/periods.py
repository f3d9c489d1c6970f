"""What periods and lengths mean: months, years, weeks, seasons, "ten months ago", "the last 24 hours". May import: `calendar`, `timex`, `meaning`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from selon.model.values import TimePrecision
from selon.resolve.when import calendar as cal
from selon.resolve.when.calendar import Interval
from selon.resolve.when.grammar import Expr
from selon.resolve.when.meaning import Anchor, Meaning, mean
from selon.resolve.when.timex import day_value, duration, period_value

_PRECISION: dict[str, TimePrecision] = {"D": "day", "W": "week", "WE": "days", "M": "month", "Y": "year"}
NO_DAY = "the report has no day to count from"


def _month(e: Expr, a: Anchor) -> Meaning:
    month, year, yy, dir = e.number("month") or 1, e.number("yyyy"), e.number("yy"), e.text("dir")
    if year is None and yy is not None:
        year = 2000 + yy if yy < 50 else 1900 + yy
    anchor, because = "absolute", "month and year are named"
    if year is None:
        if a.day is None:
            return Meaning("DATE", day_value(None, month, None), because=NO_DAY)
        anchor, because = a.name, "the month of that name that tense and direction point to"
        offset = e.number("yearshift")
        year = _year_for_month(month, dir, a) if offset is None else a.day.year + offset
    interval = cal.month_of(year, month)
    return Meaning("DATE", period_value("M", interval), interval, "month", anchor, because, None)


def _year_for_month(month: int, dir: str, a: Anchor) -> int:
    assert a.day is not None
    year, now = a.day.year, a.day.month
    if dir in ("last", "before"):
        return year if month < now else year - 1
    if dir in ("next", "after"):
        return year if month > now else year + 1
    if a.tense == "future":
        return year if month >= now else year + 1
    if a.tense == "past":
        return year if month <= now else year - 1
    ahead, behind = (month - now) % 12, (now - month) % 12
    if month == now:
        return year
    return (year if month > now else year + 1) if ahead * 2 < behind else (year if month < now else year - 1)


def _year(e: Expr, a: Anchor) -> Meaning:
    year = e.number("yyyy") or 1
    return Meaning("DATE", f"{year:04d}", cal.year_of(year), "year", "absolute", "the year is named")


def _decade(e: Expr, a: Anchor) -> Meaning:
    year = e.number("yyyy") or e.number("yy") or 0
    if year < 100:
        year += 1900 if year >= 30 else 2000
    interval = cal.year_of(year)[0], cal.year_of(year + 9)[1]
    return Meaning("DATE", f"{year // 10:03d}", interval, "year", "absolute", "the decade is named")


def _century(e: Expr, a: Anchor) -> Meaning:
    n = e.number("n") or 1
    if not 1 <= n <= 30:
        return Meaning("DATE", "XX", because="no such century")
    interval = cal.unit_around(date(n * 100 - 50, 1, 1), "C")
    return Meaning("DATE", f"{n - 1:02d}", interval, "year", "absolute", "the century is named")


def _unit(e: Expr, a: Anchor) -> Meaning:
    unit, dir, n = e.text("unit"), e.text("dir"), e.number("n") or 0
    if dir:
        n = -1 if dir in ("last", "before") else 1
    base, name = a.day, a.name
    if (dir in ("before", "after") or e.text("from") == "text") and a.text_day is not None:
        base, name = a.text_day, a.text_name
    if base is None:
        value = (
            "PAST_REF"
            if n < 0
            else "FUTURE_REF"
            if n > 0
            else {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX"}.get(unit, "XXXX")
        )
        return Meaning("DATE", value, because=NO_DAY)
    if unit == "WE":
        interval = _weekend(base, n, bool(dir), a.tense)
    else:
        day = cal.shift(base, n, unit)
        if day is None:
            return Meaning("DATE", "XXXX", because=NO_DAY)
        interval = cal.unit_around(day, unit)
    if e.text("vague"):
        return Meaning("DATE", "PRESENT_REF", because="around the anchor")
    value = period_value(unit, interval)
    reason = {-1: "the one before the anchor's", 0: "the one that holds the anchor", 1: "the one after the anchor's"}[n]
    return Meaning("DATE", value, interval, _PRECISION.get(unit, "year"), name, reason, interval[0] if unit == "D" else None)


def _weekend(base: date, n: int, directed: bool, tense: str) -> Interval:
    own = cal.weekend_of(base)
    week = timedelta(days=7)
    if directed and n > 0:
        return (own[0] + week, own[1] + week) if base >= own[0] else own
    if directed or (tense != "future" and base < own[0]):
        return own[0] - week, own[1] - week
    return own


def _week_of_day(e: Expr, a: Anchor) -> Meaning:
    inner = mean(replace(e, op="day"), a)
    if inner.day is None:
        return Meaning("DATE", "XXXX-WXX", because=NO_DAY)
    unit = "WE" if e.op == "weekendofday" else "W"
    interval = cal.unit_around(inner.day, unit)
    return Meaning("DATE", period_value(unit, interval), interval, _PRECISION[unit], inner.anchor, "the week of a named day")


def _season(e: Expr, a: Anchor) -> Meaning:
    season, year, dir, n = e.text("season"), e.number("yyyy"), e.text("dir"), e.number("n")
    if year is None:
        if a.day is None:
            return Meaning("DATE", f"XXXX-{season}", because=NO_DAY)
        today = a.day
        options = [cal.season_of(today.year + k, season) for k in (-2, -1, 0, 1)]
        if dir in ("last", "before"):
            chosen = [x for x in options if x[1] < a.day][-1]
        elif dir in ("next", "after"):
            chosen = next(x for x in options if x[0] > a.day)
        elif n == 0 or not a.tense:
            chosen = min(options, key=lambda x: _distance(a.day, x) * (3 if a.tense == "past" and x[0] > today else 1))
        elif a.tense == "future":
            chosen = next(x for x in options if x[1] >= a.day)
        else:
            chosen = [x for x in options if x[0] <= a.day][-1]
        year = chosen[0].year
    interval = cal.season_of(year, season)
    return Meaning(
        "DATE", f"{year:04d}-{season}", interval, "part", a.name if e.number("yyyy") is None else "absolute", "a season in whole months"
    )


def _distance(day: date | None, interval: Interval) -> int:
    """Days from a day to an interval, 0 inside it."""
    assert day is not None
    first, last = interval
    return (first - day).days if day < first else (day - last).days if day > last else 0


def _section(e: Expr, a: Anchor) -> Meaning:
    part, of = e.text("section"), e.args.get("of") or e.args.get("monthly") or e.args.get("period")
    if isinstance(of, Expr):
        inner = mean(of, a)
        first, last = inner.interval
        unit = {"month": "M", "year": "Y", "week": "W"}.get(inner.precision or "", "")
        value = inner.value
        anchor = inner.anchor
    else:
        unit = str(of)
        if a.day is None:
            return Meaning("DATE", {"W": "XXXX-WXX", "M": "XXXX-XX"}.get(unit, "XXXX"), because=NO_DAY)
        first, last = cal.unit_around(a.day, unit)
        value, anchor = period_value(unit, (first, last)), a.name
    if first is None or last is None:
        return Meaning("DATE", value, because=NO_DAY)
    cut = _cut(first, last, part, unit)
    return Meaning("DATE", value, cut, "part", anchor, "a part of a longer period: a third, unless the words say otherwise")


def _cut(first: date, last: date, part: str, unit: str) -> Interval:
    def at(k: int) -> date:
        return min(first + timedelta(days=k), last)

    if part.startswith("WEEK"):
        k = int(part[4:]) - 1
        return (last - timedelta(days=6), last) if k == 3 else (at(7 * k), at(7 * k + 6))
    if part in ("HALF1", "HALF2"):
        return (first, at(14)) if part == "HALF1" else (at(15), last)
    if unit == "W":
        return {"START": (first, at(1)), "MID": (at(2), at(3)), "END": (at(4), last)}.get(part, (first, last))
    if unit == "Y":
        y = first.year
        return {"START": (first, date(y, 3, 31)), "MID": (date(y, 5, 1), date(y, 8, 31)), "END": (date(y, 10, 1), last)}.get(
            part, (first, last)
        )
    size = (last - first).days + 1
    if unit == "M":
        return {
            "START": (first, at(9)),
            "MID": (at(9), at(19)),
            "END": (at(20), last),
            "DAYS1": (first, at(4)),
            "DAYS2": (at(size - 6), last),
        }.get(part, (first, last))
    return {"START": (first, at(size // 3 - 1)), "MID": (at(size // 3 - 1), at(2 * size // 3 - 1)), "END": (at(2 * size // 3), last)}.get(
        part, (first, last)
    )


def _quarter(e: Expr, a: Anchor) -> Meaning:
    q, size = e.number("q") or 1, 3 if e.op == "quarter" else 6
    year = e.number("yyyy") or (a.day.year if a.day else None)
    letter = "Q" if size == 3 else "H"
    if year is None:
        return Meaning("DATE", f"XXXX-{letter}{q}", because=NO_DAY)
    interval = cal.month_of(year, (q - 1) * size + 1)[0], cal.month_of(year, q * size)[1]
    return Meaning(
        "DATE", f"{year:04d}-{letter}{q}", interval, "part", a.name if e.number("yyyy") is None else "absolute", "a part of the year"
    )


def _new_year(e: Expr, a: Anchor) -> Meaning:
    if a.day is None:
        return Meaning("DATE", "XXXX", because=NO_DAY)
    year = a.day.year + (1 if a.day.month >= 11 else 0)
    return Meaning("DATE", f"{year:04d}", cal.year_of(year), "year", a.name, "the year that has just begun or is about to")


def amount_of(e: Expr) -> tuple[int | None, str]:
    """Number (None = uncounted) and unit of a length."""
    inner = e.expr("it") or e.expr("amount") or e
    return inner.number("n"), inner.text("unit")


def _value(e: Expr) -> str:
    inner = e.expr("it") or e
    number = None if inner.args.get("vague") and inner.number("n") is None else inner.number("n")
    return duration(number, inner.text("unit"), inner.text("fraction"), inner.text("frac"))


def days_in(number: int, unit: str) -> int:
    """Whole days that a length covers, at least one."""
    if unit in ("S", "MIN"):
        return 1
    if unit == "HOUR":
        return max(1, -(-number // 24))
    return (
        number
        * {"D": 1, "NI": 1, "W": 7, "WE": 7, "M": 30, "Q": 91, "H": 182, "Y": 365, "E": 3652, "C": 36524, "MIL": 365242, "FIVE": 1826}[unit]
    )


def _moved(base: date | None, number: int | None, unit: str, sign: int) -> date | None:
    if base is None or number is None:
        return None
    if unit in ("S", "MIN") or (unit == "HOUR" and number < 12):
        return base
    if unit == "HOUR":
        return base + timedelta(days=sign * max(1, number // 24))
    if unit == "WE":
        unit = "W"
    return cal.shift(base, sign * number, unit if unit != "NI" else "D")


def _rounded(day: date, number: int, unit: str) -> tuple[Interval, TimePrecision]:
    """What "ten months ago" can mean: the day for days and weeks, the month for months, the year for years."""
    if unit in ("M", "Q", "H"):
        return cal.unit_around(day, "M"), "month"
    if unit in ("Y", "E", "C", "MIL", "FIVE"):
        return cal.unit_around(day, "Y"), "year"
    return (day, day), "day"


def _point(e: Expr, a: Anchor, base: date | None, name: str, sign: int) -> Meaning:
    number, unit = amount_of(e)
    if number is None and unit in ("S", "MIN", "HOUR"):
        number = 1  # some hours before or after lie in the same day
    day = _moved(base, number, unit, sign)
    if day is None or number is None:
        return Meaning("DURATION", _value(e), because=NO_DAY if base is None else "the number is not counted")
    interval, precision = _rounded(day, number, unit)
    because = f"{_value(e)} {'before' if sign < 0 else 'after'} the anchor"
    single = day if precision == "day" else None
    # TimeML shows the length alone ("ten months" in "ten months ago"); the interval is the point that the phrase means.
    return Meaning("DURATION", _value(e), interval, precision, name, because, single)


def _ago(e: Expr, a: Anchor) -> Meaning:
    return _point(e, a, a.day, a.name, -1)


def _later(e: Expr, a: Anchor) -> Meaning:
    sign = 1 if e.op == "later" else -1
    of = e.expr("point")
    if of is not None:
        inner = mean(of, a)
        return _point(e, a, inner.day, inner.anchor or a.name, sign)
    if e.text("of") == "noun":
        # "Three days after the attack": told from now, so it is the attack that lies three days back.
        base, name = (a.near_day, a.near_name) if a.near_day is not None else (a.day, a.name)
        return replace(_point(e, a, base, name, -sign), because="the occurrence named behind it, counted from now")
    if e.op == "earlier" or a.past_day is None:
        # "A week earlier" is told from the news of the day; "a week later" goes on from the day told last.
        after = e.op == "later" and a.tense != "future"
        return _point(e, a, a.day, a.name, -1 if after else sign)
    later = _point(e, a, a.past_day, a.past_name, sign)
    if a.day is not None and a.tense != "future" and later.interval[0] is not None and later.interval[0] > a.day:
        return _point(e, a, a.day, a.name, -1)
    return later


def _last(e: Expr, a: Anchor) -> Meaning:
    number, unit = e.number("n"), e.text("unit")
    value = duration(number, unit)
    base = a.text_day if e.text("dir") == "before" and a.text_day is not None else a.day
    if base is None:
        return Meaning("DURATION", value, because=NO_DAY)
    size = days_in(number, unit) if number is not None else {"HOUR": 1, "D": 7, "W": 28, "M": 120, "Y": 1461}.get(unit, 0)
    if not size:
        return Meaning("DURATION", value, because="the number is not counted")
    back = size if unit not in ("D", "NI") else size - 1
    start = cal.shift(base, -number, unit) if number is not None and unit in cal.MONTHS_OF_UNIT else base - timedelta(days=back)
    return Meaning("DURATION", value, (start, base), "days", a.name, "the stretch that ends at the anchor")


def _coming(e: Expr, a: Anchor) -> Meaning:
    number, unit = e.number("n"), e.text("unit")
    value = duration(number, unit)
    if a.day is None:
        return Meaning("DURATION", value, because=NO_DAY)
    size = days_in(number, unit) if number is not None else {"HOUR": 1, "D": 7, "W": 28, "M": 120, "Y": 1461}.get(unit, 0)
    return Meaning("DURATION", value, (a.day, a.day + timedelta(days=size)), "days", a.name, "the stretch that begins at the anchor")


def length(e: Expr, a: Anchor) -> Meaning:
    """A length by itself: where the words before it say since, ago, ahead or within, it also bounds a stretch at the anchor."""
    number, unit = amount_of(e)
    lead = {"past": "within", "future": "ahead"}.get(a.tense, "") if e.lead == "in" else e.lead
    if lead == "ago":
        return _ago(e, a)
    if lead == "ahead":
        return _point(e, a, a.day, a.name, 1)
    if a.day is None or number is None or lead not in ("since", "within") or unit in ("S", "MIN") or (unit == "HOUR" and number < 12):
        return Meaning("DURATION", _value(e), because="a length of time")
    size = days_in(number, unit)
    back = size if unit not in ("D", "NI") or lead == "since" else size - 1
    try:
        by_calendar = lead == "since" or unit in cal.MONTHS_OF_UNIT
        start = _moved(a.day, number, unit, -1) if by_calendar else a.day - timedelta(days=back)
    except OverflowError:
        start = None
    return Meaning(
        "DURATION", _value(e), (start, a.day if lead == "within" else None), "days", a.name, "the stretch that leads to the anchor"
    )


def _lasting(e: Expr, a: Anchor) -> Meaning:
    """It has gone on for so long ("that makes three days that…"): a stretch that is still open."""
    point = _ago(e, a)
    first = point.interval[0]
    return point if first is None else replace(point, interval=(first, None), day=None, because=f"{point.because}; from then on")


def _nth_day(e: Expr, a: Anchor) -> Meaning:
    return Meaning("DATE", "XXXX-XX-XX", because="counted from a beginning that has no date here")


def _anniversary(e: Expr, a: Anchor) -> Meaning:
    n = e.number("n") or 0
    day = cal.shift(a.day, -n, "Y") if a.day is not None else None
    if day is None:
        return Meaning("DATE", "XXXX-XX-XX", because=NO_DAY)
    return Meaning("DATE", day.isoformat(), (day, day), "day", a.name, "the occurrence whose anniversary it is")


def _same_period(e: Expr, a: Anchor) -> Meaning:
    if a.text_year is None or a.day is None:
        return Meaning("DATE", "PAST_REF", because="a period spoken of before")
    interval = cal.month_of(a.text_year, a.day.month)
    return Meaning("DATE", period_value("M", interval), interval, "month", a.name, "the same month of the year spoken of")


PERIOD_OPERATIONS: dict[str, Callable[[Expr, Anchor], Meaning]] = {
    "month": _month,
    "year": _year,
    "decade": _decade,
    "century": _century,
    "unit": _unit,
    "weekofday": _week_of_day,
    "weekendofday": _week_of_day,
    "season": _season,
    "section": _section,
    "quarter": _quarter,
    "half": _quarter,
    "newyear": _new_year,
    "ago": _ago,
    "later": _later,
    "earlier": _later,
    "last": _last,
    "coming": _coming,
    "length": length,
    "lasting": _lasting,
    "nthday": _nth_day,
    "warday": _nth_day,
    "sameperiod": _same_period,
    "anniversary": _anniversary,
}
