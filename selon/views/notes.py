"""A report as a desk's notes: who says what, what is said to have happened, how many, with the words. May import: `model`, `views`.

Whatever comes from a report stands in guillemets: the ledger quotes labels, it does not use them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from selon.model import Reading
from selon.model.rows import EventRow, FigureRow, StatementRow
from selon.views.labels import Words
from selon.views.rows import event_rows, statement_rows

Style = Literal["title", "head", "strong", "text", "dim", "quote", "warn", "as_is"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line to show; `indent` in steps; `as_is` is not wrapped."""

    text: str
    style: Style = "text"
    indent: int = 0


def quoted(text: str | None) -> str:
    """Report text in guillemets, on one line."""
    return f"« {' '.join((text or '').split())} »"


def days(earliest: str | None, latest: str | None, words: Words) -> str:
    """A closed interval of days in words, open ends said."""
    if earliest and earliest == latest:
        return words("time.day", earliest=earliest)
    if earliest and latest:
        return words("time.interval", earliest=earliest, latest=latest)
    if earliest:
        return words("time.since", earliest=earliest)
    return words("time.until", latest=latest) if latest else words("time.unknown")


def number(f: FigureRow, words: Words) -> str:
    """The value of a figure in words: « at least 12 », « 5 to 8 », « several (20 or more) »."""
    key = "range" if f.qualifier == "exact" and f.low != f.high else f.qualifier
    if key == "range" and (f.low is None or f.high is None):
        key = "unknown" if f.low is None and f.high is None else ("up_to" if f.low is None else "at_least")
    low, high = (f.high if f.low is None else f.low), (f.low if f.high is None else f.high)
    if low is None:
        key = "unknown"
    return words(f"qualifier.{key}", low=grouped(low, words.lang), high=grouped(high, words.lang))


def grouped(value: int | None, lang: str) -> str:
    """A number with its thousands apart: `12 000` in French, `12,000` in English."""
    return "?" if value is None else f"{value:,}".replace(",", "\u202f" if lang == "fr" else ",")


def figure(f: FigureRow, words: Words) -> str:
    """A figure in words, with what it counts and the words of the report."""
    about = [words.get("population", f.population)] if f.population else []
    about += [words.get("scope", f.scope)] if f.scope and f.scope != "this" else []
    tail = f" ({', '.join(about)})" if about else ""
    return f"{words.get('count_of', f.count_of)}{_colon(words)} {number(f, words)}{tail} {quoted(f.text)}"


def _colon(words: Words) -> str:
    return "\u00a0:" if words.lang == "fr" else ":"


def source(name: str | None, written: str | None, kind: str | None, country: str | None, words: Words) -> str:
    """A source as written, with who that is, of which kind and side."""
    if not name and not written:
        return words("word.nobody")
    text = quoted(written or name)
    if written:
        text += _named(written, name)
    about = ", ".join(x for x in (words.get("source_kind", kind), country) if x)
    return f"{text} ({about})" if about else text


def _named(written: str, name: str | None) -> str:
    """Who that is, where the words written do not say it."""
    return f" = {quoted(name)}" if name and name.casefold() not in written.casefold() else ""


def statement_lines(s: StatementRow, words: Words, indent: int = 0) -> Iterator[Line]:
    """A statement: who, stance, channel; then the words."""
    who = source(s.source_name, s.source, s.source_kind, s.source_country, words)
    stance = words.get("stance", s.stance)
    head = f"{s.id}  {who} {stance}" if s.source_name or s.source or s.stance != "hearsay" else f"{s.id}  {words('notes.hearsay')}"
    if s.channel:
        head += ", " + words("notes.on", channel=quoted(s.channel))
    yield Line(head + _colon(words), "strong", indent)
    yield Line(quoted(s.content), "quote", indent + 2)


def event_lines(e: EventRow, words: Words, indent: int = 0) -> Iterator[Line]:
    """An event: type, status, day, place; roles, figures, under whom; then the sentence."""
    parts = [words.get("type", e.type), words.get("status", e.status), days(e.earliest, e.latest, words)]
    if e.place:
        parts.append(place(e, words))
    yield Line(f"{e.id}  " + " · ".join(parts), "strong", indent)
    roles = [
        words(f"notes.{key}", text=quoted(written) + _named(written, name))
        for key, written, name in (("who", e.actor, e.actor_name), ("whom", e.target, e.target_name), ("with", e.instrument, None))
        if written
    ]
    if roles:
        yield Line(", ".join(roles), "text", indent + 2)
    for f in e.figures:
        yield Line(figure(f, words), "text", indent + 2)
    if not e.under:
        yield Line(words("notes.told"), "text", indent + 2)
    for u in e.under:
        who = quoted(u.source) if u.source else words("word.nobody")
        yield Line(words("notes.under", id=u.id, source=who, stance=words.get("stance", u.stance)), "text", indent + 2)
    yield Line(quoted(e.sentence), "quote", indent + 2)


def place(e: EventRow, words: Words) -> str:
    """The place of an event as written and as resolved, or that it is not located."""
    if e.place_precision in (None, "unresolved") and not e.country:
        return words("notes.not_located", text=quoted(e.place))
    resolved = ", ".join(dict.fromkeys(x for x in (e.place_name, e.admin1, e.country) if x))
    near = f", {words.get('precision', e.place_precision)}" if e.place_precision not in (None, "exact") else ""
    return f"{quoted(e.place)} = {resolved}{near}"


def desk_notes(reading: Reading, words: Words) -> Iterator[Line]:
    """The whole reading as notes."""
    report = reading.report
    yield Line(" ".join((report.title or words("notes.untitled")).split()), "title")
    yield Line(" · ".join(x for x in (report.id, published(reading, words), report.source.outlet, report.source.url) if x), "dim")
    yield Line("")
    yield Line(words("notes.statements"), "head")
    rows = statement_rows(reading)
    if not rows:
        yield Line(words("notes.no_statements"), "text", 1)
    for row, depth in nested(rows):
        yield from statement_lines(row, words, 1 + depth)
    yield Line("")
    yield Line(words("notes.events"), "head")
    if not reading.events:
        yield Line(words("notes.no_events"), "text", 1)
    for event in event_rows(reading):
        yield from event_lines(event, words, 1)


def published(reading: Reading, words: Words) -> str:
    """The day of publication with its basis and the words that show it."""
    p = reading.published
    if p.basis == "unknown" or (not p.earliest and not p.latest):
        return words("notes.published_unknown")
    proof = "".join(f", {quoted(e.span.text)}" for e in p.evidence[:3])
    return words("notes.published", day=days(p.earliest, p.latest, words), basis=words.get("basis", p.basis) + proof)


def nested(rows: list[StatementRow]) -> Iterator[tuple[StatementRow, int]]:
    """Statements in order, each under the one that relays it, with its depth. A circle, should one occur, is cut."""
    ids = {r.id for r in rows}
    below: dict[str | None, list[StatementRow]] = {}
    for r in rows:
        below.setdefault(r.within if r.within in ids and r.within != r.id else None, []).append(r)
    seen: set[str] = set()

    def walk(parent: str | None, depth: int) -> Iterator[tuple[StatementRow, int]]:
        for r in below.get(parent, []):
            if r.id not in seen:
                seen.add(r.id)
                yield r, depth
                yield from walk(r.id, depth + 1)

    yield from walk(None, 0)
    yield from ((r, 0) for r in rows if r.id not in seen)
