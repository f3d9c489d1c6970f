"""From expressions to time spans: the loop that walks a text and keeps what each expression is counted from.

Anchors, in this order: the expression itself (a full date), the day beside it in the sentence, the day the text last spoke of, the entry's
stamp, the day of publication. May import: `lang`, `model`, `grammar`, `meaning`, `operations`, `periods`, `tense`, `edtf`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from selon.lang import Pack
from selon.model import Parse, Passage, Span, TimeSpan
from selon.resolve.when.calendar import ONE_DAY
from selon.resolve.when.edtf import format_edtf
from selon.resolve.when.grammar import Expr, grammar_of, scan
from selon.resolve.when.meaning import OPERATIONS, Anchor, Meaning, mean
from selon.resolve.when.operations import DAY_OPERATIONS
from selon.resolve.when.periods import PERIOD_OPERATIONS
from selon.resolve.when.tense import Tenses, tenses_of
from selon.resolve.when.timex import iso
from selon.resolve.when.words import Words

OPERATIONS.update({**DAY_OPERATIONS, **PERIOD_OPERATIONS})

DAYLESS = frozenset(("clock", "part"))
_NEAR_BEFORE, _NEAR_AFTER = 9, 6
# A time behind these words does not become what later expressions are counted from.
_UNSPOKEN = frozenset(("by", "since", "from", "until", "before"))
_DATELINE = re.compile(r"[,.]?\s*(?:\([^)\n]{1,60}\)|/[^/\n]{1,30}/)?\s*\.?\s*[-–—]")
# A place at the head of a line and its date in brackets.
_BRACKETED = re.compile(r"\)\s*[.:–—-]")
_PLACE_BRACKET = re.compile(r"[A-ZÀ-Ý][^\n.!?:;(]{1,40}\($")
# Shortened names of states in datelines ("BUTLER, Pa.").
_SHORT = re.compile(r"\b[A-Z][a-z]{0,4}\.")
_LINE_END = re.compile(r"[ \t.,]*(?:\n|$)")
_STAMP = re.compile(r"\s*(?:[-–—:|>]|$)", re.M)
# What means the same whatever the tense.
_TENSELESS = frozenset(
    ("year", "decade", "century", "clock", "set", "setvalue", "ref", "same", "ago", "quarter", "half", "nightly", "seasonal")
)
# Clues to the day of publication that are no times by themselves.
UNSHOWN = frozenset(("warday",))
DAYED = frozenset(("later", "earlier"))


@dataclass(frozen=True, slots=True)
class Piece:
    """One expression as it is shown: a range falls into two or three pieces, which share the interval."""

    expr: Expr
    group: int
    join: str = ""
    month_from: Expr | None = None


def pieces_of(exprs: Sequence[Expr]) -> list[Piece]:
    """Ranges and lists taken apart, and bare hours told from clock times by what stands before them."""
    out: list[Piece] = []
    for g, e in enumerate(exprs):
        if e.op == "none":
            continue
        if e.op != "range":
            beside = bool(g) and exprs[g - 1].op in ("day", "rel") and e.first - exprs[g - 1].stop <= 1
            out.append(Piece(_hours(e, beside), g, month_from=_carried(exprs, g)))
            continue
        join = e.text("join", "to")
        parts = [x for name in ("a", "c", "b") if (x := e.expr(name)) is not None]
        last = _of_same_month(parts[0], parts[-1])
        parts[-1] = last
        for x in parts:
            carried = (
                last
                if x is not last and last.op == "day" and "month" in last.args and "month" not in x.args and "weekday" not in x.args
                else None
            )
            if x.op == "clock":
                x = replace(x, args={**x.args, "bare": ""})
            # The words before the range bind its first piece, and "from … to" is a relation of its own.
            out.append(Piece(replace(x, lead=e.lead if join != "to" else "", lead_first=e.lead_first), g, join, carried))
    return out


def _of_same_month(first: Expr, last: Expr) -> Expr:
    """The last day of a range with the month that the first one names ("May 5 to 7")."""
    if first.op != "day" or last.op != "day" or "month" not in first.args or "month" in last.args or "weekday" in last.args:
        return last
    return replace(last, args={**{k: first.args[k] for k in ("month", "yyyy") if k in first.args}, **last.args})


def _hours(e: Expr, beside_day: bool) -> Expr:
    """Whether a bare "18 heures" is a time of the clock or a length: by the words before it, the size, and a day named beside it."""
    form = e.text("bare")
    if e.op != "clock" or not form:
        return e
    hour = e.number("hh") or 0
    clock = hour <= 24
    if not (e.text("zone") or beside_day) and e.lead not in ("at", "around", "before", "until", "by", "between"):
        if e.lead in ("within", "for", "ago", "ahead") or (e.lead == "" and form != "h"):
            clock = False
        elif e.lead in ("since", "from"):
            clock = clock and hour not in (12, 24)
        elif e.lead == "part":
            clock = clock and (form == "h" or hour > 12)
    return e if clock else replace(e, op="length", args={"n": hour, "unit": "HOUR"})


def _carried(exprs: Sequence[Expr], g: int) -> Expr | None:
    """The date from which a bare day number takes its month in a list ("Monday 20, Tuesday 21 and Sunday 26 April")."""
    e = exprs[g]
    if e.op != "day" or "d" not in e.args or "month" in e.args:
        return None
    for k in range(g + 1, min(g + 8, len(exprs))):
        x = exprs[k]
        if x.first - exprs[k - 1].stop > 3:
            return None
        x = x.expr("a") or x if x.op == "range" else x
        if x.op != "day" or "d" not in x.args:
            return None
        if "month" in x.args:
            return x
    return None


def find_spans(text: str, pack: Pack) -> tuple[Words, list[Piece]]:
    """Words and pieces of a text."""
    words, exprs = scan(text, pack)
    return words, pieces_of(exprs)


def span_of(words: Words, e: Expr) -> Span:
    """The text of an expression."""
    return Span.of(words.text, words.start[e.first], words.end[e.stop - 1])


_LEAD = 80
"""Code points of its line that may stand before the date of a header."""


def is_header(words: Words, e: Expr) -> bool:
    """Whether the expression dates the report or an entry of it and not what is told ("KIEV, 12 mars (Agency) -", "18h31 : …")."""
    start, end, text = words.start[e.first], words.end[e.stop - 1], words.text
    line = text.rfind("\n", 0, start) + 1
    if start - line > _LEAD:
        return False
    before = _SHORT.sub("", text[line:start]).strip()
    if e.op == "clock":
        return not before and bool(_STAMP.match(text, end))
    if e.op not in ("day", "month") or any(c in ".!?:" for c in before):
        return False
    if "month" in e.args and _BRACKETED.match(text, end) and _PLACE_BRACKET.match(before):
        return True
    if _DATELINE.match(text, end):
        return "month" in e.args or before.endswith(",")
    # At the end of its line a date is a header only when it stands apart from what is before it.
    alone = not before or before[-1] in ",·•|-–—"
    return "month" in e.args and alone and bool(_LINE_END.match(text, end))


class Walk:
    """One pass over the pieces of a text with a given day of publication."""

    def __init__(self, text: str, parse: Parse | None, pack: Pack, passages: Sequence[Passage], day: date | None) -> None:
        self.words, self.pieces = find_spans(text, pack)
        self.parse, self.day = parse, day
        self.tenses: Tenses = tenses_of(pack)
        self.feasts = grammar_of(pack).table.get("feasts", {})
        stamped = [(p.start, p.end, p.stamp) for p in passages if p.stamp]
        self.stamps = sorted(stamped)
        self.stamp_starts = [s for s, _, _ in self.stamps]

    def run(self) -> list[tuple[Piece, Meaning]]:
        """Each piece with its meaning, in text order."""
        out: list[tuple[Piece, Meaning]] = []
        text_day: date | None = None
        text_name = text_value = ""
        text_year: int | None = None
        text_stop = 0
        past_day: date | None = None
        past_name = ""
        for k, piece in enumerate(self.pieces):
            e = piece.expr
            day, name = self._day(e)
            anchor = Anchor(
                day,
                name,
                text_day,
                text_name,
                past_day,
                past_name,
                text_value,
                self._recent(text_day, day, text_stop, e.first),
                text_year,
                tense="" if e.op in _TENSELESS or "yyyy" in e.args else self.tense(e),
                feasts=self.feasts,
            )
            if e.op in DAYLESS or (e.op in DAYED and e.text("of") == "noun"):
                near = self._near(k, out, anchor)
                if near is not None:
                    anchor = replace(anchor, near_day=near[0], near_name=near[1])
            if piece.month_from is not None:
                last = mean(piece.month_from, anchor)
                m = _in_month_before(e, last) or mean(e, anchor)
            else:
                m = mean(e, anchor)
            out.append((piece, m))
            if (
                m.day is not None
                and e.lead not in _UNSPOKEN
                and e.op not in ("same", "feast", "anniversary")
                and not is_header(self.words, e)
            ):
                if not (m.day == text_day and "T" in text_value and "T" not in m.value):
                    text_value = m.value if m.value[:1].isdigit() else m.day.isoformat()
                text_day, text_name, text_stop = m.day, f"text:{self.words.start[e.first]}", e.stop
                if anchor.day is None or m.day <= anchor.day:
                    past_day, past_name = text_day, text_name
            if m.precision == "year" and m.interval[0] is not None:
                text_year = m.interval[0].year
        return self._bounded(out)

    def _recent(self, text_day: date | None, day: date | None, stop: int, first: int) -> bool:
        """Whether the day last spoken of was so in the same line, no more than one sentence back, and no more than a week from the anchor's."""
        if text_day is None or (day is not None and not timedelta(-7) <= text_day - day <= timedelta(7)):
            return False
        between = self.words.low[stop:first]
        return self.words.breaks(max(stop - 1, 0), first) == 0 and sum(w in ".!?" for w in between) <= 1

    def _day(self, e: Expr) -> tuple[date | None, str]:
        """The day that the expression is counted from, and its name: the entry's stamp, else the day of publication."""
        start = self.words.start[e.first]
        k = bisect_right(self.stamp_starts, start) - 1
        if k >= 0 and start < self.stamps[k][1]:
            stamp = self.stamps[k][2] or ""
            if stamp[:1].isdigit():
                return date.fromisoformat(stamp[:10]), "stamp"
        return self.day, "published"

    def tense(self, e: Expr) -> str:
        """The direction that the words before the expression, else its clause, give."""
        if e.lead == "since":
            return "past"
        found = ""
        if self.parse is not None:
            token = self.parse.at(self.words.start[e.first])
            if token is not None and token.start < self.words.end[e.stop - 1]:
                found = self.tenses.of_clause(self.parse, token)
        if e.lead == "until" or (e.lead == "by" and found != "past"):
            return "future"
        if found:
            return found
        return self.tenses.around(self.words, e.first, e.stop)

    def _near(self, k: int, done: list[tuple[Piece, Meaning]], anchor: Anchor) -> tuple[date, str] | None:
        """The day named beside a clock time or a part of the day, in the same sentence."""
        e = self.pieces[k].expr
        for piece, m in reversed(done[-3:]):
            x = piece.expr
            if (
                m.day is not None
                and x.lead not in ("by",)
                and x.op not in DAYLESS
                and e.whole_first - x.whole_stop <= _NEAR_BEFORE
                and self._joined(x.whole_stop, e.whole_first)
            ):
                return m.day, f"text:{self.words.start[x.first]}"
        for piece in self.pieces[k + 1 : k + 3]:
            x = piece.expr
            if x.op in ("day", "rel", "feast") and x.first - e.stop <= _NEAR_AFTER and self._joined(e.stop, x.first):
                m = mean(x, replace(anchor, tense=self.tense(x)))
                if m.day is not None:
                    return m.day, f"text:{self.words.start[x.first]}"
        return None

    def _joined(self, a: int, b: int) -> bool:
        return not any(w in ".!?;" for w in self.words.low[a:b]) and self.words.breaks(max(a - 1, 0), b) == 0

    def _bounded(self, found: list[tuple[Piece, Meaning]]) -> list[tuple[Piece, Meaning]]:
        """Meanings with the bounds that ranges and the words before them give."""
        groups: dict[int, list[Meaning]] = {}
        for piece, m in found:
            if piece.join in ("to", "and"):
                groups.setdefault(piece.group, []).append(m)
        out: list[tuple[Piece, Meaning]] = []
        for piece, m in found:
            if piece.group in groups:
                members = groups[piece.group]
                first, last = members[0].interval[0], members[-1].interval[1]
                if first and last and first <= last:
                    m = replace(m, interval=(first, last), precision="days" if first != last else "day", because="one end of a stretch")
            else:
                m = _with_lead(m, piece.expr)
            out.append((piece, m))
        return _night_hours(out)


def _night_hours(found: list[tuple[Piece, Meaning]]) -> list[tuple[Piece, Meaning]]:
    """A night with an hour beside it ("at 2.30 last night") is the one day on which that hour fell."""
    out = list(found)
    for k in range(len(found) - 1):
        (p, m), (q, n) = found[k], found[k + 1]
        if q.expr.first - p.expr.stop > 2:
            continue
        for clock, night, at_clock, at_night in ((p, n, k, k + 1), (q, m, k + 1, k)):
            first, last = night.interval
            if clock.expr.op != "clock" or night.precision != "night" or first is None or last is None:
                continue
            day = last if (clock.expr.number("hh") or 0) < 12 else first
            why = "the hour named beside it"
            out[at_night] = (out[at_night][0], replace(out[at_night][1], interval=(day, day), precision="day", because=why))
            value = f"{day.isoformat()}T{out[at_clock][1].value.partition('T')[2]}"
            out[at_clock] = (clock, replace(out[at_clock][1], value=value, interval=(day, day), day=day))
    return out


def _in_month_before(e: Expr, last: Meaning) -> Meaning | None:
    """A bare day number that shares month and year with the date that follows it ("9 to 19 January")."""
    d = e.number("d")
    if last.day is None or d is None:
        return None
    month = last.day if d <= last.day.day else last.day.replace(day=1) - ONE_DAY
    try:
        day = month.replace(day=d)
    except ValueError:
        return None
    return Meaning("DATE", day.isoformat(), (day, day), "day", last.anchor, "the month named with it", day)


def _with_lead(m: Meaning, e: Expr) -> Meaning:
    first, last = m.interval
    if m.type not in ("DATE", "TIME") or first is None or last is None:
        return m
    if e.lead in ("since", "from"):
        return replace(m, interval=(first, None), because=f"{m.because}; from then on")
    if e.lead in ("until", "by"):
        return replace(m, interval=(None, last), because=f"{m.because}; up to then")
    return m


def to_span(words: Words, piece: Piece, m: Meaning) -> TimeSpan:
    """The time span of the reading format."""
    first, last = m.interval
    return TimeSpan(
        span_of(words, piece.expr), m.type, m.value, iso(first), iso(last), format_edtf(first, last), m.precision, m.anchor, m.because,
    )  # fmt: skip


def resolve(
    text: str, parse: Parse | None, pack: Pack, passages: Sequence[Passage] = (), earliest: str | None = None, latest: str | None = None
) -> list[TimeSpan]:
    """All times of a text against a day of publication, which may be an interval: what holds for both of its ends is kept, the rest stays symbolic."""
    low = date.fromisoformat(earliest) if earliest else None
    high = date.fromisoformat(latest) if latest else None
    if low is None or high is None:
        low = high = None
    walk = Walk(text, parse, pack, passages, low)
    one = walk.run()
    if low == high:
        return [to_span(walk.words, p, m) for p, m in one if p.expr.op not in UNSHOWN]
    other = Walk(text, parse, pack, passages, high).run()
    none = Walk(text, parse, pack, passages, None).run()
    return [
        to_span(walk.words, p, m if (m.value, m.interval) == (m2.value, m2.interval) else m3)
        for (p, m), (_, m2), (_, m3) in zip(one, other, none, strict=True)
        if p.expr.op not in UNSHOWN
    ]


__all__ = ["OPERATIONS", "Piece", "Walk", "find_spans", "resolve", "span_of", "to_span"]
