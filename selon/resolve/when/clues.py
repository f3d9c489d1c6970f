"""Clues to the day of publication in a report's own text. May import: `lang`, `model`, `grammar`, `news`, `periods`, `resolve`, `terms`, `words`.

A clue is a span, what it says in words, and what it asks of a candidate day. `dating` solves for the days that satisfy them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from selon.lang import Pack, per_pack
from selon.model import Evidence, Report, Span
from selon.resolve.when import calendar as cal
from selon.resolve.when.grammar import Expr
from selon.resolve.when.news import HEAD, find_news
from selon.resolve.when.periods import amount_of
from selon.resolve.when.resolve import Piece, find_spans, is_header, span_of
from selon.resolve.when.tense import Tenses, tenses_of
from selon.resolve.when.terms import Term, terms_of
from selon.resolve.when.words import Phrases, Words, split_words

# Days by which an age in these units may be rounded up or down, and the words behind it in which what is so old is named.
_AGES = {"D": (1, 1), "W": (5, 6), "M": (20, 31), "Y": (75, 300)}
_AGE_REACH = 6
# How far down a masthead or a dateline reaches, in code points, and how far up a signature does.
_HEAD, _TAIL = 600, 250
# What closes a dateline: a dash, perhaps behind an agency in brackets.
_DASH = re.compile(r"\s*[.,]?\s*(?:\([^)\n]{1,40}\))?\s*[-–—]")
# The address of a page with its day, as news sites write it.
_LINK = re.compile(r"https?://[^\s?#]*?/(?P<year>20\d{2})[/-]?(?P<month>[01]\d)[/-]?(?P<day>[0-3]\d)[/_-]")
# A dateline: a place in capitals or before the sign of an agency, perhaps a date, a dash.
_WIRE = re.compile(r"^[ \t]*[A-ZÀ-Ý][^\n.!?:;–—]{1,60}?(?:\([^)\n]{2,60}\)|,[^\n.!?:;–—]{2,30}|(?<=[A-ZÀ-Ý]{3}))\s*[-–—]\s", re.M)


@dataclass(frozen=True, slots=True)
class DayClue:
    """A day that the report gives for itself: day and month, perhaps year and weekday. Rank: 0 says so, 1 dateline, 2 masthead, 3 period."""

    rank: int
    evidence: Evidence
    month: int
    day: int
    year: int | None = None
    weekday: int | None = None


@dataclass
class Clues:
    """All that a text says of its day."""

    days: list[DayClue] = field(default_factory=list)
    month: tuple[date, date, Evidence] | None = None
    exact: list[tuple[date, Evidence]] = field(default_factory=list)
    weekdays_today: list[tuple[int, Evidence]] = field(default_factory=list)
    weekdays_told: list[tuple[int, Evidence]] = field(default_factory=list)
    dated_weekdays: list[tuple[int, int, int, Evidence]] = field(default_factory=list)
    lower: list[tuple[date, Evidence]] = field(default_factory=list)
    months_days: list[tuple[int, int, Evidence]] = field(default_factory=list)
    news: list[tuple[date, Evidence]] = field(default_factory=list)
    feasts: list[tuple[str, Evidence]] = field(default_factory=list)
    yesterday: list[Evidence] = field(default_factory=list)
    days_after: list[tuple[int, Evidence]] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    wire: bool = False


class DatingWords:
    """The pack's table, compiled."""

    def __init__(self, pack: Pack) -> None:
        t: Mapping[str, Any] = pack.table("time-dating")
        self.feasts: Mapping[str, str] = pack.table("time").get("feasts", {})
        months = pack.table("time")["classes"]
        self.months = {k.rstrip(" ."): int(v) for name in ("shortmonth", "month") for k, v in months[name].items()}
        self.header = re.compile(t["header"], re.I)
        self.signature = re.compile(t["signature"])
        self.published = Phrases(dict.fromkeys(t["published"], "1"))
        self.updated = Phrases(dict.fromkeys(t.get("updated", ("\x00",)), "1"))
        self.period = Phrases(dict.fromkeys(t["period"], "1"))
        self.wars = t["wars"]
        self.occurrences = Phrases(t["occurrences"])
        self.known = Phrases({**t["known_since"], **t["occurrences"]})
        self.together = [(frozenset(w for name in x["words"] for w in split_words(name).low), x["since"]) for x in t["together"]]
        self.horizon = date.fromisoformat(t["horizon"])
        self.today = frozenset(t["today"])


@per_pack
def dating_words(pack: Pack) -> DatingWords:
    """The dating table of a pack."""
    return DatingWords(pack)


def _year(e: Expr) -> int | None:
    y, yy = e.number("yyyy"), e.number("yy")
    return y if y is not None else (2000 + yy if yy is not None and yy < 50 else None)


def find_clues(report: Report, pack: Pack) -> Clues:
    """The clues of a text, by one pass over its time expressions and one over its words."""
    words, pieces = find_spans(report.text, pack)
    table, tenses = dating_words(pack), tenses_of(pack)
    out = Clues()
    _headers(report.text, table, out)
    for k, p in enumerate(pieces):
        _of_piece(words, pieces, k, p, table, tenses, out)
    _known(words, pieces, table, out)
    out.news.extend(find_news(words, pack))
    out.terms.extend(terms_of(pack).find(words))
    out.wire = _WIRE.search(report.text[:_HEAD]) is not None
    return out


def _headers(text: str, table: DatingWords, out: Clues) -> None:
    m = table.header.search(text[:80])
    if m:
        first, last = cal.month_of(int(m["year"]), min(max(int(m["month"]), 1), 12))
        if m["day"] and (d := cal.day_of(first.year, first.month, int(m["day"]))):
            first = last = d
        span = Span.trimmed(text, m.start(), m.end())
        out.month = (first, last, Evidence(span, f"the header of the crawl says {first.isoformat()[:7]}"))
    if link := _LINK.search(text[:_HEAD]):
        on = cal.day_of(int(link["year"]), int(link["month"]), int(link["day"]))
        if on is not None:
            said = Evidence(Span.of(text, link.start(), link.end()), "the address of the page")
            out.days.append(DayClue(2, said, on.month, on.day, on.year))
    start = max(0, len(text) - _TAIL)
    for s in table.signature.finditer(text, start):
        month = table.months.get(s["month"].lower())
        year = int(s["year"]) + (2000 if len(s["year"]) == 2 else 0)
        if month and (d := cal.day_of(year, month, int(s["day"]))):
            out.exact.append((d, Evidence(Span.of(text, s.start(), s.end()), "the signature of the wire")))


def _line(words: Words, e: Expr) -> tuple[int, int]:
    text = words.text
    start = text.rfind("\n", 0, words.start[e.first]) + 1
    end = text.find("\n", words.end[e.stop - 1])
    return start, len(text) if end < 0 else end


def _of_piece(words: Words, pieces: list[Piece], k: int, p: Piece, table: DatingWords, tenses: Tenses, out: Clues) -> None:
    e = p.expr
    early = words.start[e.first] < HEAD
    if e.op == "feast" and early and not e.number("yyyy"):
        out.feasts.append((e.text("feast"), Evidence(span_of(words, e), "a feast told of")))
    elif e.op == "rel" and early and e.number("n") == -1 and not e.text("from"):
        out.yesterday.append(Evidence(span_of(words, e), "told of as the day before"))
    elif e.op == "later" and early and (amount := e.expr("it")) is not None and amount.text("unit") == "D" and amount.number("n"):
        out.days_after.append((amount.number("n") or 0, Evidence(span_of(words, e), "so many days after it")))
    elif e.op == "night":
        for name in ("a", "b"):
            inner = e.expr(name)
            if inner is not None and inner.number("weekday") and tenses.around(words, e.first, e.stop) != "future":
                out.weekdays_told.append(
                    (inner.number("weekday") or 0, Evidence(span_of(words, e), "a night told of, within the last days"))
                )
    if e.op in ("day", "month", "year"):
        _lower_bound(words, p, e, tenses, out)
    named = e.number("weekday")
    if e.op == "rel" and named is not None:
        today = (named - (e.number("n") or 0) - 1) % 7 + 1
        out.weekdays_today.append((today, Evidence(span_of(words, e), "a weekday told from today")))
    inner = e.expr("point")
    if e.op == "part" and inner is not None:
        e = inner
    if e.op != "day":
        return
    month, day, wd = e.number("month"), e.number("d"), e.number("weekday")
    span = span_of(words, e)
    last_of_range = p.join == "to" and (k + 1 == len(pieces) or pieces[k + 1].group != p.group)
    first_of_range = p.join == "to" and k + 1 < len(pieces) and pieces[k + 1].group == p.group
    if month is not None and day is not None:
        if p.join == "to":
            head = _first_of(pieces, k)
            if last_of_range and _led(words, table.period, head):
                out.days.append(DayClue(3, Evidence(span, "the last day of the stretch that the report covers"), month, day, _year(e), wd))
            return
        rank = _rank(words, e, table)
        if rank is None and early and _stamped(words, pieces, k):
            rank = 2
        if (
            rank is None
            and words.low[e.first] in table.today
            and early
            and (_year(e) or wd)
            and tenses.around(words, e.first, e.stop) != "future"
        ):
            rank = 2
        if rank is not None:
            says = ("the text says when it appeared", "the dateline", "the masthead")[rank]
            out.days.append(DayClue(rank, Evidence(span, says), month, day, _year(e), wd))
        elif e.lead not in ("until", "by", "ahead"):
            out.months_days.append((month, day, Evidence(span, "a day told of")))
            if wd is not None:
                out.dated_weekdays.append((month, day, wd, Evidence(span, f"a weekday with its date, so the year fits {span.text}")))
        return
    if wd is None or day is not None or e.text("dir") or e.text("weekdir") or first_of_range:
        return
    start, end = _line(words, e)
    alone = (
        end - start <= 60
        and not words.text[start : words.start[e.first]].strip(" \t*#-–—,")
        and not words.text[words.end[e.stop - 1] : end].strip(" \t*.,")
    )
    first_word = words.low[e.first]
    dateline = (
        words.start[e.first] < _HEAD
        and words.start[e.first] - start <= 60
        and _opens_dateline(words.text, start, words.start[e.first], words.end[e.stop - 1])
    )
    if first_word in table.today or alone or dateline:
        out.weekdays_today.append((wd, Evidence(span, "the weekday of the report itself")))
    elif tenses.around(words, e.first, e.stop) != "future" and e.lead not in ("until", "by", "before"):
        out.weekdays_told.append((wd, Evidence(span, "a weekday told of, within the last days")))


def _opens_dateline(text: str, line: int, start: int, end: int) -> bool:
    """Whether a weekday closes a dateline: a dash behind it, or a stop behind "CITY, "."""
    if _DASH.match(text, end):
        return True
    return _placed(text, line, start, end)


def _placed(text: str, line: int, start: int, end: int) -> bool:
    """Whether a place and a comma stand before it at the head of the line, and a stop behind it."""
    before = text[line:start].strip()
    return before.endswith(",") and before[:1].isupper() and not any(c in ".!?;" for c in before) and text[end : end + 1] in (".", ":")


def _stamped(words: Words, pieces: list[Piece], k: int) -> bool:
    """Whether a line of its own begins with the date and a clock time ("March 25, 11:02")."""
    e = pieces[k].expr
    start, end = _line(words, e)
    if end - start > 110 or words.text[start : words.start[e.first]].strip(" \t*#-–—|•") or k + 1 == len(pieces):
        return False
    clock = pieces[k + 1].expr
    return clock.op == "clock" and 0 <= clock.first - e.stop <= 3 and words.breaks(e.stop - 1, clock.first) == 0


def _first_of(pieces: list[Piece], k: int) -> Expr:
    j = k
    while j > 0 and pieces[j - 1].group == pieces[k].group:
        j -= 1
    return pieces[j].expr


def _led(words: Words, phrases: Phrases, e: Expr) -> bool:
    return any(phrases.ending(words, j, 6) is not None for j in range(max(0, e.whole_first - 1), e.first + 2))


def _rank(words: Words, e: Expr, table: DatingWords) -> int | None:
    start, end = _line(words, e)
    position = words.start[e.first]
    if _led(words, table.published, e):
        return 0
    if _led(words, table.updated, e):
        return 2
    if position < _HEAD and (
        is_header(words, e) or (position - start <= 60 and _placed(words.text, start, position, words.end[e.stop - 1]))
    ):
        return 1
    line = words.text[start:end]
    short = len(line) <= 110 and not re.search(r"[.!?…]\s*$", line.strip())
    if short and position < _HEAD and ("weekday" in e.args or _year(e)) and not words.text[:start].strip().count("\n") > 6:
        return 2 if words.start[e.first] < 300 else None
    if short and ("weekday" in e.args or _year(e)) and position > len(words.text) - _TAIL and end - position <= 60:
        return 2
    return None


def _lower_bound(words: Words, p: Piece, e: Expr, tenses: Tenses, out: Clues) -> None:
    year = _year(e)
    if year is None or year > 2100 or e.lead in ("until", "by", "ahead", "before"):
        return
    if tenses.around(words, e.first, e.stop) == "future":
        return
    first = date(year, 1, 1)
    month, day = e.number("month"), e.number("d")
    if month is not None:
        first = cal.day_of(year, month, day or 1) or first
    out.lower.append((first, Evidence(span_of(words, e), f"told of as past: not before {first.isoformat()}")))


def _known(words: Words, pieces: list[Piece], table: DatingWords, out: Clues) -> None:
    low = frozenset(words.low)
    first = table.known.first.keys() & low
    for k in [k for k, w in enumerate(words.low) if w in first] if first else ():
        for stop, value in table.known.at(words, k):
            span = Span.of(words.text, words.start[k], words.end[stop - 1])
            out.lower.append((date.fromisoformat(value), Evidence(span, f"not before {value}")))
            break
    for names, value in table.together:
        if names <= low:
            k = min(words.low.index(w) for w in names)
            span = Span.of(words.text, words.start[k], words.end[k])
            out.lower.append((date.fromisoformat(value), Evidence(span, f"{', '.join(sorted(names))} together: not before {value}")))
    for p in pieces:
        e = p.expr
        n = e.number("n")
        if e.op in ("nthday", "warday") and n is not None and n > 20:
            behind = words.low[e.stop : e.stop + 6] if e.op == "nthday" else words.low[max(0, e.first - 6) : e.stop + 4]
            for war in table.wars.values():
                if any(w in behind for w in war["count"]) and any(w in low for w in war["near"]):
                    d = date.fromisoformat(war["start"]) + timedelta(days=n - 1)
                    out.exact.append((d, Evidence(span_of(words, e), f"day {n}, the first being {war['start']}")))
        if e.op in ("later", "length") and (term := _age(words, e, table, low)) is not None:
            out.terms.append(term)
            if e.text("exact"):
                out.exact.append((term.first, term.evidence))
        if e.op == "anniversary" and n is not None:
            for j in range(e.whole_stop, min(e.whole_stop + 5, len(words))):
                for _, value in table.occurrences.at(words, j):
                    start = date.fromisoformat(value)
                    if (d2 := cal.shift(start, n, "Y")) is not None:
                        out.exact.append((d2, Evidence(span_of(words, e), f"{n} years after {value}")))


def _age(words: Words, e: Expr, table: DatingWords, low: frozenset[str]) -> Term | None:
    """The days at which a war, or an occurrence known by name, was as old as the text says ("ten months after the invasion", "two years of war")."""
    number, unit = amount_of(e)
    if number is None or unit not in _AGES or e.lead in ("within", "ahead", "ago"):
        return None
    start: str | None = None
    for j in range(e.stop, min(e.whole_stop + _AGE_REACH, len(words))):
        start = next((value for _, value in table.occurrences.at(words, j)), None)
        if start is not None:
            break
    if start is None:
        behind = frozenset(words.low[e.stop : e.whole_stop + _AGE_REACH])
        wars = [war for war in table.wars.values() if not behind.isdisjoint(war["count"]) and not low.isdisjoint(war["near"])]
        if len(wars) != 1:
            return None
        start = wars[0]["start"]
    day = cal.shift(date.fromisoformat(start), number, unit)
    if day is None:
        return None
    # "Ten months" is said of nine and a half to eleven, "two years" of nearly two up to almost three; "to the day" of one day.
    early, late = (0, 0) if e.text("exact") else _AGES[unit]
    evidence = Evidence(span_of(words, e), f"so long after {start}")
    return Term(((day - timedelta(days=early), day + timedelta(days=late)),), evidence)
