"""The day of publication of a report that does not come with one. May import: `lang`, `model`, `clues`.

A small solver: days that the text gives for itself (a "published on", a dateline, a masthead, the end of the stretch it covers) or the month
of its crawl header are the candidates; years named, names that were not in the news before, weekdays and weekdays with dates cut them down.
An exact day only when one is left; bounds where a month is left; otherwise unknown. Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from math import log

from selon.lang import Pack
from selon.model import Evidence, Published, PublishedBasis, Report
from selon.resolve.when import calendar as cal
from selon.resolve.when.clues import Clues, DayClue, dating_words, find_clues
from selon.resolve.when.operations import feast_day

# Days within which a report that gives a date is taken to tell of an occurrence as news.
_AFTERMATH = 12
# How often a weekday told of lies so many days back (rounded shares of dated reports): any, and the first in the first lines of a wire, which ends
# at an offset; and how many are looked at. What a day loses for each day that it lies behind the lower bound, and by how much the likeliest must
# be likelier than the next.
_GAPS = (0.45, 0.30, 0.10, 0.05, 0.04, 0.03, 0.03)
_LEAD, _LEAD_END = (0.65, 0.25, 0.04, 0.02, 0.02, 0.01, 0.01), 450
_TOLD = 6
_AGEING = 0.25 / 365
_CLEARLY = 3.0
# A lower bound before this day is no ground for choosing a year by weekdays alone.
_RECENT = date(2019, 1, 1)


def date_text(report: Report, pack: Pack) -> Published:
    """What came with the report, else what the clues of its text leave."""
    if report.published.earliest or report.published.latest:
        return report.published
    clues = find_clues(report, pack)
    lower, why = _lower(clues)
    horizon = dating_words(pack).horizon
    return (
        _stated(clues, lower, why, horizon)
        or _from_month(clues, lower, dating_words(pack).feasts)
        or _from_weekdays(clues, lower, why, horizon)
        or _exact(clues)
        or _from_news(clues, lower, dating_words(pack).feasts)
        or Published()
    )


def _lower(clues: Clues) -> tuple[date | None, tuple[Evidence, ...]]:
    bounds = [*clues.lower, *((t.first, t.evidence) for t in clues.terms)]
    if not bounds:
        return None, ()
    day, evidence = max(bounds, key=lambda c: c[0])
    return day, (evidence,)


def _published(day: date, basis: PublishedBasis, evidence: Iterable[Evidence]) -> Published:
    seen: list[Evidence] = []
    for e in evidence:
        if e not in seen:
            seen.append(e)
    return Published(day.isoformat(), day.isoformat(), basis, tuple(seen))


def _exact(clues: Clues) -> Published | None:
    days = {d for d, _ in clues.exact}
    if len(days) != 1:
        return None
    return _published(days.pop(), "inferred", (e for _, e in clues.exact))


def _stated(clues: Clues, lower: date | None, why: tuple[Evidence, ...], horizon: date) -> Published | None:
    """From a day that the report gives for itself."""
    signed = [(d, e) for d, e in clues.exact if "signature" in e.says]
    if len({d for d, _ in signed}) == 1:
        return _published(signed[0][0], "stated", (e for _, e in signed))
    for clue in sorted(clues.days, key=lambda c: c.rank):
        options, basis, reasons = _years_of(clue, clues, lower, why, horizon)
        if len(options) == 1:
            return _published(options[0], basis, (clue.evidence, *reasons))
    return None


def _years_of(
    clue: DayClue, clues: Clues, lower: date | None, why: tuple[Evidence, ...], horizon: date
) -> tuple[list[date], PublishedBasis, tuple[Evidence, ...]]:
    """Days that a clue without a year can mean, the basis, and what decided."""
    if clue.year is not None:
        day = cal.day_of(clue.year, clue.month, clue.day)
        return ([day] if day else []), ("inferred" if clue.rank == 3 else "stated"), ()
    reasons: list[Evidence] = []
    if clues.month is not None:
        first, last, evidence = clues.month
        day = cal.day_of(first.year, clue.month, clue.day)
        return ([day] if day and first <= day <= last else []), "stated", (evidence,)
    exact = {d for d, _ in clues.exact if (d.month, d.day) == (clue.month, clue.day)}
    if len(exact) == 1:
        return [exact.pop()], "inferred", tuple(e for _, e in clues.exact)
    tested = _by_news(clue, clues)
    if len(tested) == 1:
        return [tested[0][0]], "inferred", (tested[0][1],)
    if lower is None:
        return [], "inferred", ()
    options = [d for y in range(lower.year, horizon.year + 1) if (d := cal.day_of(y, clue.month, clue.day)) and lower <= d <= horizon]
    reasons.extend(why)
    tests: list[tuple[Callable[[date], bool], list[Evidence]]] = []
    if clue.weekday is not None:
        tests.append((lambda d: d.isoweekday() == clue.weekday, []))
    tests += [(t.holds, [t.evidence]) for t in clues.terms]
    for wd, e in clues.weekdays_today:
        tests.append((lambda d, wd=wd: d.isoweekday() == wd, [e]))  # type: ignore[misc]
    for m, dd, wd, e in clues.dated_weekdays:
        tests.append((lambda d, m=m, dd=dd, wd=wd: _weekday_near(d, m, dd, wd), [e]))  # type: ignore[misc]
    for test, said in tests:
        kept = [d for d in options if test(d)]
        if kept and len(kept) < len(options):
            options = kept
            reasons.extend(said)
    bounded = lower >= _RECENT or any(t.stretches[-1][1] is not None for t in clues.terms)
    if len(options) > 1 and clues.weekdays_told and bounded:
        options = _by_told(options, lower, clues, reasons)
    return options, "inferred", tuple(reasons)


def _by_news(clue: DayClue, clues: Clues) -> list[tuple[date, Evidence]]:
    """The days of a date without a year that follow soon on something that the first lines tell of, and fit the weekdays."""
    out: dict[date, Evidence] = {}
    for on, evidence in clues.news:
        for year in (on.year, on.year + 1):
            d = cal.day_of(year, clue.month, clue.day)
            if d is None or not 0 <= (d - on).days <= _AFTERMATH or (clue.weekday is not None and d.isoweekday() != clue.weekday):
                continue
            if all(wd == d.isoweekday() for wd, _ in clues.weekdays_today):
                out.setdefault(d, evidence)
    return list(out.items())


def _from_news(clues: Clues, lower: date | None, feasts: Mapping[str, str]) -> Published | None:
    """From an occurrence of the first lines whose own weekday, date or feast the report names, and what it says of its own day."""
    today = {wd for wd, _ in clues.weekdays_today}
    days: dict[date, list[Evidence]] = {}
    for on, evidence in clues.news:
        if lower is not None and (lower - on).days > 2 * _AFTERMATH:
            continue
        # The weekday of the report itself, or for want of it the first that it tells of, is that many days behind.
        own = today or {wd for wd, _ in clues.weekdays_told[:1]}
        after = [(n, e) for n, e in clues.days_after if own == {(on + timedelta(days=n)).isoweekday()} and (today or n > 1)]
        if len(after) == 1:
            n, e = after[0]
            days.setdefault(on + timedelta(days=n), [evidence, e, *(x for _, x in clues.weekdays_today)])
            continue
        said = [e for wd, e in clues.weekdays_told if wd == on.isoweekday()]
        said += [e for name, e in clues.feasts if name in feasts and feast_day(feasts[name], on.year) == on]
        if len(today) == 1:
            day = cal.weekday_near(on, next(iter(today)), "future")
            if said or day == on:
                days.setdefault(day, [evidence, *said[:1], *(x for _, x in clues.weekdays_today)])
        elif not said:
            continue
        elif clues.yesterday:
            days.setdefault(on + timedelta(days=1), [evidence, said[0], clues.yesterday[0]])
        elif clues.wire and clues.weekdays_told and _told_on(clues.weekdays_told[0], on):
            # A wire that tells in its first sentence what happened on a weekday tells it on that day.
            days.setdefault(on, [evidence, said[0]])
    if len(days) != 1:
        return None
    day, reasons = next(iter(days.items()))
    return _published(day, "inferred", reasons)


def _told_on(told: tuple[int, Evidence], day: date) -> bool:
    """Whether the weekday is the day's, and not one of the two of a night."""
    return told[0] == day.isoweekday() and not told[1].says.startswith("a night")


def _by_told(options: list[date], lower: date, clues: Clues, reasons: list[Evidence]) -> list[date]:
    """The day that the weekdays told of make by far the likeliest: most of what a report tells of by weekday was that day or the day before.

    Of days that fit alike, the sooner after the latest thing named is the likelier. Where two are close, none is chosen.
    """
    told = clues.weekdays_told[:_TOLD]
    leads = bool(told) and (clues.wire or any(c.rank == 1 for c in clues.days)) and told[0][1].span.start < _LEAD_END

    def likelihood(d: date) -> float:
        gaps = [(d.isoweekday() - wd) % 7 for wd, _ in told]
        shares = [(_LEAD if k == 0 and leads else _GAPS)[gap] for k, gap in enumerate(gaps)]
        return sum(map(log, shares)) - (d - lower).days * _AGEING

    ranked = sorted(((likelihood(d), d) for d in options), reverse=True)
    if ranked[0][0] - ranked[1][0] < log(_CLEARLY):
        return options
    reasons.extend(e for _, e in told[:2])
    return [ranked[0][1]]


def _weekday_near(day: date, month: int, dd: int, weekday: int) -> bool:
    """Whether the date nearest to the day falls on the weekday."""
    options = [x for y in (-1, 0, 1) if (x := cal.day_of(day.year + y, month, dd))]
    return bool(options) and min(options, key=lambda x: abs((x - day).days)).isoweekday() == weekday


def _from_month(clues: Clues, lower: date | None, feasts: Mapping[str, str]) -> Published | None:
    """From the month of a crawl header, cut down by dates and weekdays."""
    if clues.month is None:
        return None
    first, last, header = clues.month
    days = [first + timedelta(days=k) for k in range((last - first).days + 1)]
    evidence: list[Evidence] = [header]
    told = [
        (d, e)
        for m, dd, e in clues.months_days
        if m in (first.month, (first.month - 2) % 12 + 1) and (d := _on_or_before(last, m, dd)) is not None
    ]
    floor = max((d for d, _ in told if d <= last), default=None)
    if lower is not None and first <= lower <= last and (floor is None or lower > floor):
        floor = lower
    if floor is not None and floor >= first:
        kept = [d for d in days if d >= floor]
        days = kept or days
        evidence.extend(e for d, e in told if d == floor)
    today = {wd for wd, _ in clues.weekdays_today}
    if len(today) == 1:
        days = [d for d in days if d.isoweekday() in today]
        evidence.extend(e for _, e in clues.weekdays_today)
    if len(days) == 1:
        return _published(days[0], "inferred", evidence)
    told_days = [wd for wd, _ in clues.weekdays_told]
    most = max(set(told_days), key=told_days.count) if told_days else 0
    if days and floor is not None and days[0] == floor and most == floor.isoweekday() and told_days[:2] == [most, most]:
        # What is told by weekday, first and most often, fell on the latest day that is named.
        return _published(floor, "inferred", (*evidence, *(e for _, e in clues.weekdays_told)))
    by_news = _from_news(clues, lower, feasts)
    if by_news is not None and first.isoformat() <= (by_news.earliest or "") <= last.isoformat():
        return by_news
    if not days:
        return Published(first.isoformat(), last.isoformat(), "unknown", (header,))
    # Bounds only: the day itself stays unknown.
    return Published(days[0].isoformat(), days[-1].isoformat(), "unknown", tuple(evidence))


def _on_or_before(day: date, month: int, dd: int) -> date | None:
    options = [x for y in (-1, 0) if (x := cal.day_of(day.year + y, month, dd)) and x <= day]
    return options[-1] if options else None


def _from_weekdays(clues: Clues, lower: date | None, why: tuple[Evidence, ...], horizon: date) -> Published | None:
    """From a weekday with its date, a year, and the weekday of the report itself."""
    today = {wd for wd, _ in clues.weekdays_today}
    if len(today) != 1 or not clues.dated_weekdays or lower is None:
        return None
    month, dd, wd, evidence = clues.dated_weekdays[-1]
    options = [
        d
        for y in range(lower.year, horizon.year + 1)
        if (d := cal.day_of(y, month, dd)) and lower <= d <= horizon and d.isoweekday() == wd and all(t.holds(d) for t in clues.terms)
    ]
    if len(options) != 1:
        return None
    day = cal.weekday_near(options[0], today.pop(), "future")
    return _published(day, "inferred", (evidence, *why, *(e for _, e in clues.weekdays_today)))
