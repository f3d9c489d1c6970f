"""What days, parts of days and clock times mean against an anchor day. May import: `calendar`, `timex`, `meaning`, `grammar`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from selon.model.values import TimePrecision, TimexType
from selon.resolve.when import calendar as cal
from selon.resolve.when.calendar import ONE_DAY, Interval
from selon.resolve.when.grammar import Expr
from selon.resolve.when.meaning import Anchor, Meaning, mean
from selon.resolve.when.timex import day_value, duration, with_part


def pick_year(month: int, day: int, anchor: date, tense: str, dir: str) -> date | None:
    """The occurrence of a day of the year that is meant: by direction word, by tense, else the nearest, the past preferred."""
    options = [d for y in range(anchor.year - 4, anchor.year + 5) if (d := cal.day_of(y, month, day))]
    past = [d for d in options if d <= anchor]
    future = [d for d in options if d > anchor]
    if not past or not future:
        return None
    behind, ahead = past[-1], future[0]
    if dir in ("last", "before"):
        return behind if behind < anchor else past[-2]
    if dir in ("next", "after"):
        return ahead
    weight = {"past": 6, "future": 0}.get(tense, 2)
    if tense == "future" and behind == anchor:
        return behind
    return ahead if (ahead - anchor).days * weight < (anchor - behind).days else behind


def _part_of(e: Expr) -> str:
    p = e.text("part")
    return "" if p == "DT" else p


def _night(day: date) -> Interval:
    return day, day + ONE_DAY


def _day(e: Expr, a: Anchor) -> Meaning:
    year, month, d, wd = e.number("yyyy"), e.number("month"), e.number("d"), e.number("weekday")
    yy = e.number("yy")
    if year is None and yy is not None:
        year = 2000 + yy if yy < 50 else 1900 + yy
    part, dir = _part_of(e), e.text("dir")
    found: date | None = None
    anchor, because = a.name, "counted from the day of publication"
    offset = e.number("yearshift")
    if year is None and offset is not None and a.day is not None:
        year = a.day.year + offset
    if month is not None and d is not None:
        if year is not None:
            found, anchor, because = cal.day_of(year, month, d), "absolute", "a full date"
        elif a.day is not None:
            found = pick_year(month, d, a.day, a.tense, dir)
            if found and wd and found.isoweekday() != wd:
                # The weekday decides between the years; a mismatch with all of them is the report's own slip.
                fitting = [x for y in (0, -1, 1, -2, 2) if (x := cal.day_of(found.year + y, month, d)) and x.isoweekday() == wd]
                found = fitting[0] if fitting and abs((fitting[0] - a.day).days) < 400 else found
            because = "the nearest such day that fits the tense"
    elif d is not None:
        base = a.text_day if a.text_day and a.day and abs((a.text_day - a.day).days) < 400 else a.day
        anchor = a.text_name if base is not a.day and base is not None else a.name
        found = _day_of_month(d, wd, base, a)
        because = "the day of that number nearest to the month spoken of"
    elif wd is not None and a.day is not None:
        found = _weekday(e, wd, a)
        because = "the weekday that tense and direction point to"
    if found is None:
        value = day_value(year, month, d, wd)
        return Meaning("TIME" if part else "DATE", with_part(value, part), because="the report has no day to count from")
    interval = _night(found) if part == "NI" else (found, found)
    return Meaning(
        "TIME" if part else "DATE", with_part(found.isoformat(), part), interval, "night" if part == "NI" else "day", anchor, because, found
    )


def _day_of_month(d: int, wd: int | None, base: date | None, a: Anchor) -> date | None:
    if base is None:
        return None
    options = [x for k in (-2, -1, 0, 1) if (x := _safe_day(base, k, d))]
    if wd:
        options = [x for x in options if x.isoweekday() == wd] or options
    if a.day is not None and a.tense != "future":
        options = [x for x in options if x <= a.day] or options
    elif a.day is not None:
        options = [x for x in options if x >= a.day] or options
    return min(options, key=lambda x: abs((x - base).days), default=None)


def _safe_day(base: date, months: int, d: int) -> date | None:
    first, _ = cal.month_of(base.year, base.month + months)
    return cal.day_of(first.year, first.month, d)


def _weekday(e: Expr, wd: int, a: Anchor) -> date:
    assert a.day is not None
    dir, week = e.text("dir"), e.text("weekdir")
    if week:
        monday, _ = cal.week_of(a.day + timedelta(days=-7 if week == "last" else 7))
        return monday + timedelta(days=wd - 1)
    if dir in ("last", "before"):
        base = a.text_day if dir == "before" and a.text_day else a.day
        return cal.weekday_near(base, wd, "before")
    if dir == "after":
        return cal.weekday_near(a.text_day or a.day, wd, "after")
    if dir == "next":
        return cal.weekday_near(a.day, wd, "after")
    if e.lead == "since":
        return cal.weekday_near(a.day, wd, "before")  # "since Friday", told on Friday, is a week long
    return cal.weekday_near(a.day, wd, "future" if a.tense == "future" else "past")


def _small_hours(value: str) -> bool:
    """Whether a TIMEX3 value is of the morning, which belongs to the night before it."""
    time = value.partition("T")[2]
    return time == "MO" or (time[:2].isdigit() and int(time[:2]) < 7)


def _rel(e: Expr, a: Anchor) -> Meaning:
    n = e.number("n") or 0
    part = _part_of(e)
    of = e.expr("point")
    base, name = (a.day, a.name)
    if of is not None:
        inner = mean(of, a)
        base, name = inner.day, inner.anchor or a.name
    elif e.text("from") == "text" and (a.text_day if a.tense == "future" else a.past_day) is not None:
        base, name = (a.text_day, a.text_name) if a.tense == "future" else (a.past_day, a.past_name)
    if base is None:
        value = {0: "PRESENT_REF"}.get(n, "PAST_REF" if n < 0 else "FUTURE_REF")
        if part:
            value = with_part("XXXX-XX-XX", part)
        return Meaning("TIME" if part else "DATE", value, because="the report has no day to count from")
    day = base + timedelta(days=n)
    if part == "NI" and name == a.text_name and _small_hours(a.text_value):
        day -= ONE_DAY  # "the same night", told of a morning
    interval = _night(day) if part == "NI" else (day, day)
    because = f"{abs(n)} day{'s' if abs(n) != 1 else ''} {'before' if n < 0 else 'after'} the anchor" if n else "the anchor's own day"
    # "Today" by itself is "now" to TimeML; the day it names is in the interval.
    value = "PRESENT_REF" if e.text("now") and not part else with_part(day.isoformat(), part)
    return Meaning("TIME" if part else "DATE", value, interval, "night" if part == "NI" else "day", name, because, day)


def _next_day(e: Expr, a: Anchor) -> Meaning:
    """On the day after an occurrence: told from now, so it is the occurrence that was the day before."""
    if a.day is None:
        return Meaning("DATE", "XXXX-XX-XX", because="the report has no day to count from")
    day = a.day - ONE_DAY
    return Meaning("DATE", a.day.isoformat(), (day, day), "day", a.name, "the occurrence named behind it, counted from now")


def _part(e: Expr, a: Anchor) -> Meaning:
    part, of, wd = e.text("part"), e.expr("of") or e.expr("point"), e.number("weekday")
    if of is None and wd is not None:
        of = replace(e, op="day", args={k: v for k, v in e.args.items() if k != "part"})
    own_day = False
    if of is not None:
        inner = mean(of, a)
        day, name, because = inner.day, inner.anchor or a.name, "a part of the day named with it"
        own_day = True
    elif a.near_day is not None and not (e.text("this") or e.text("dir")):
        day, name, because = a.near_day, a.near_name, "a part of the day named beside it"
    elif part == "NI" and a.text_day is not None and a.text_value.endswith("TNI") and not (e.text("this") or e.text("dir")):
        # The night once named ("in the night of Thursday to Friday") is the night spoken of.
        day, name, because, own_day = a.text_day - ONE_DAY, a.text_name, "the night last spoken of", True
    elif a.text_day is not None and a.recent and not (e.text("this") or e.text("dir")):
        day, name, because = a.text_day, a.text_name, "a part of the day last spoken of"
    else:
        day, name, because = a.day, a.name, "a part of the day of publication"
    if part == "NI" and of is not None and of.op == "day" and not of.args.keys() & {"d", "dir", "weekdir"}:
        own_day = False  # Friday's night, told of on Friday, is over like one without a day
    if part == "NI" and not own_day and day is not None and day == a.day and a.tense != "future" and e.text("dir") != "next":
        day, because = day - ONE_DAY, "the night before the day of publication"
    if day is None:
        return Meaning("TIME", with_part("XXXX-XX-XX", part), because="the report has no day to count from")
    shown = "" if part == "DT" and own_day else part
    interval = _night(day) if part == "NI" else (day, day)
    precision: TimePrecision = "night" if part == "NI" else "day"
    return Meaning("TIME", with_part(day.isoformat(), shown), interval, precision, name, because, interval[1] if part == "NI" else day)


def _nights(e: Expr, a: Anchor) -> Meaning:
    x, y = e.expr("a"), e.expr("b")
    assert y is not None
    second = mean(y, a)
    if second.day is None:
        first = mean(x if x is not None else y, a)
        return Meaning("TIME", with_part(first.value.partition("T")[0], "NI"), because="the report has no day to count from")
    # The first day is the one before the second: the second carries month and year. A night that begins on the anchor's own weekday is the
    # one that has just begun, not that of a week ago.
    tonight = y.op == "day" and not (y.args.keys() & {"d", "dir", "weekdir"}) and a.day is not None and (a.day - second.day).days == 6
    last = second.day + timedelta(days=7) if tonight else second.day
    day = last - ONE_DAY
    return Meaning("TIME", with_part(day.isoformat(), "NI"), (day, last), "night", second.anchor, "a night between two days", last)


def _clock(e: Expr, a: Anchor) -> Meaning:
    hour, minute, part = e.number("hh") or 0, e.number("min") or 0, e.text("part")
    minute += {"half": 30, "quarter": 15}.get(e.text("fraction"), 0)
    if part in ("AF", "EV") and hour < 12:
        hour += 12
    day, name, because = a.near_day, a.near_name, "a clock time of the day named beside it"
    if day is None and a.text_day is not None and a.recent:
        day, name, because = a.text_day, a.text_name, "a clock time of the day last spoken of"
    elif day is None:
        day, name, because = a.day, a.name, "a clock time of the day of publication"
    clock = f"{hour:02d}:{minute:02d}"
    if day is None:
        return Meaning("TIME", f"XXXX-XX-XXT{clock}", because="the report has no day to count from")
    return Meaning("TIME", f"{day.isoformat()}T{clock}", (day, day), "day", name, because, day)


def _same(e: Expr, a: Anchor) -> Meaning:
    day = a.past_day
    if day is None:
        return Meaning("DATE", "PAST_REF", because="nothing earlier in the text to refer to")
    value = a.text_value if a.text_value and day == a.text_day else day.isoformat()
    return Meaning("DATE", value, (day, day), "day", a.past_name, "the moment last spoken of", day)


def _since_then(e: Expr, a: Anchor) -> Meaning:
    day = a.past_day
    if day is None:
        return Meaning("DATE", "PAST_REF", because="nothing earlier in the text to refer to")
    return Meaning("DATE", "PAST_REF", (day, None), "day", a.past_name, "from the moment last spoken of on")


def _whole_part(e: Expr, a: Anchor) -> Meaning:
    return replace(_part(e, a), type="DURATION", value="P1D")


def _weekday_of_month(e: Expr, a: Anchor) -> Meaning:
    """A Saturday of August: which of the four or five, the words alone do not tell. The second or the last (-1) one is a day."""
    n, wd, month, year = e.number("n"), e.number("weekday"), e.number("month"), e.number("yyyy")
    if n is not None and wd is not None and month is not None and (year is not None or a.day is not None):
        if year is None and a.day is not None:
            year = a.day.year if month <= a.day.month or a.tense == "future" else a.day.year - 1
        day = _nth_weekday(year or 1, month, wd, n)
        if day is not None:
            name = "absolute" if e.number("yyyy") is not None else a.name
            return Meaning("DATE", day.isoformat(), (day, day), "day", name, "a weekday counted in its month", day)
    spoken = a.text_day
    if n is None and wd is not None and spoken is not None and spoken.year == (year or spoken.year):
        # Where another clue is near ("six weeks after … that Saturday of August"), the one nearest to it.
        near = min((cal.weekday_near(spoken, wd, way) for way in ("past", "after")), key=lambda x: abs((x - spoken).days))
        if near.month == month:
            because = "the weekday of that month nearest to the day spoken of"
            return Meaning("DATE", near.isoformat(), (near, near), "day", a.text_name, because, near)
    return Meaning("DATE", day_value(e.number("yyyy"), e.number("month"), None), because="one of the weekdays of that month")


def _nth_weekday(year: int, month: int, weekday: int, n: int) -> date | None:
    first, last = cal.month_of(year, month)
    days = [d for k in range((last - first).days + 1) if (d := first + timedelta(days=k)).isoweekday() == weekday]
    return days[n if n < 0 else n - 1] if -len(days) <= n <= len(days) and n else None


def _turn_of_year(e: Expr, a: Anchor) -> Meaning:
    if a.day is None:
        return Meaning("DATE", "XXXX-01-01", because="the report has no day to count from")
    today = a.day
    first = min((date(today.year + k, 1, 1) for k in (0, 1)), key=lambda d: abs((d - today).days))
    return Meaning(
        "DATE", first.isoformat(), (first - ONE_DAY, first), "days", a.name, "the last day of a year and the first of the next", first
    )


def _feast(e: Expr, a: Anchor) -> Meaning:
    rule = (a.feasts or {}).get(e.text("feast"), "")
    year, n = e.number("yyyy"), e.number("n") or 0
    if not rule or (year is None and a.day is None):
        return Meaning("DATE", f"XXXX-{rule}" if rule[:1].isdigit() else "XXXX-XX-XX", because="the report has no day to count from")
    if year is not None:
        day = feast_day(rule, year)
    else:
        assert a.day is not None
        options = [feast_day(rule, a.day.year + k) for k in (-1, 0, 1)]
        past = [d for d in options if d <= a.day]
        future = [d for d in options if d > a.day]
        ahead = bool(future) and (a.tense == "future" or not past or (future[0] - a.day).days * 2 < (a.day - past[-1]).days)
        day = future[0] if ahead else past[-1]
    day += timedelta(days=n)
    return Meaning("DATE", day.isoformat(), (day, day), "day", a.name if year is None else "absolute", "a feast of the calendar", day)


def feast_day(rule: str, year: int) -> date:
    """The day of a feast: `12-25`, or days from Easter as `easter+39` and `orthodox-48`."""
    if rule[:1].isdigit():
        return date(year, int(rule[:2]), int(rule[3:]))
    kind, sign, days = rule.partition("+") if "+" in rule else rule.partition("-")
    base = cal.easter(year) if kind == "easter" else cal.orthodox_easter(year)
    return base + timedelta(days=int(days) * (1 if sign == "+" else -1))


def _set(e: Expr, a: Anchor) -> Meaning:
    wd, part, unit, n = e.number("weekday"), e.text("part"), e.text("unit"), e.number("n")
    if wd is not None:
        return Meaning("SET", with_part(f"XXXX-WXX-{wd}", part), because="a repetition")
    if part:
        return Meaning("SET", f"XXXX-XX-XXT{part}", because="a repetition")
    return Meaning("SET", duration(n or 1, unit), because="a repetition")


def _plain(type: TimexType, because: str) -> Callable[[Expr, Anchor], Meaning]:
    return lambda e, a: Meaning(type, e.text("value"), because=because)


def _nightly(e: Expr, a: Anchor) -> Meaning:
    return Meaning("TIME", f"T{e.text('part')}", because="an adjective of the time of day")


def _seasonal(e: Expr, a: Anchor) -> Meaning:
    return Meaning("DATE", f"XXXX-{e.text('season')}", because="an adjective of the season")


def _ref(e: Expr, a: Anchor) -> Meaning:
    return Meaning("DATE", e.text("value"), because="a reference to now, before or after without a date")


DAY_OPERATIONS: dict[str, Callable[[Expr, Anchor], Meaning]] = {
    "day": _day,
    "rel": _rel,
    "nextday": _next_day,
    "part": _part,
    "night": _nights,
    "clock": _clock,
    "same": _same,
    "feast": _feast,
    "set": _set,
    "setvalue": _plain("SET", "a repetition"),
    "nightly": _nightly,
    "seasonal": _seasonal,
    "turnofyear": _turn_of_year,
    "wholepart": _whole_part,
    "weekdaymonth": _weekday_of_month,
    "sincethen": _since_then,
    "ref": _ref,
}
