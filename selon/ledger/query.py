"""Questions as SQL. May import: `ledger`, `model`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, bindparam, exists, func, literal_column, or_, select, text
from sqlalchemy.sql.selectable import Exists

from selon.ledger import schema as s
from selon.ledger.store import EventQuestion, StatementQuestion
from selon.model.fold import fold


def current(as_of: datetime | None) -> Subquery:
    """Of each report, the newest reading recorded at or before `as_of`: its key."""
    # The body is a large column of the same row: ranking over a narrow select keeps it out of the sort.
    rank = func.row_number().over(partition_by=s.reading.c.report, order_by=(s.reading.c.recorded_at.desc(), s.reading.c.key.desc()))
    ranked = select(s.reading.c.key, s.reading.c.report, rank.label("rank"))
    if as_of is not None:
        ranked = ranked.where(s.reading.c.recorded_at <= as_of)
    sub = ranked.subquery("ranked")
    return select(sub.c.key, sub.c.report).where(sub.c.rank == 1).subquery("current")


def has_words(column: ColumnElement[Any], words: str) -> ColumnElement[bool]:
    """The folded words stand in the column in this order, as whole words."""
    return column.like(f"% {fold(words)} %")


def named(ref: str) -> ColumnElement[bool]:
    """A report by a name under which it was met, its id, or the beginning of its id (four digits or more)."""
    r = s.report.c
    tests: list[ColumnElement[bool]] = [r.key.in_(select(s.sighting.c.report).where(s.sighting.c.name == ref)), r.id == ref]
    if 4 <= len(ref) < 16 and all(c in "0123456789abcdef" for c in ref):
        tests.append(r.id.like(f"{ref}%"))
    return or_(*tests)


def searched(table: str, key: ColumnElement[Any], words: str, dialect: str) -> ColumnElement[bool]:
    """Full-text search: all the words, a `*` at the end of one for its beginning."""
    parts = [(fold(w).split(), w.endswith("*")) for w in words.split()]
    if dialect == "sqlite":
        query = " ".join(f'"{w}"' + ("*" if star and k == len(ws) - 1 else "") for ws, star in parts for k, w in enumerate(ws))
        sub = text(f"SELECT rowid FROM {table} WHERE {table} MATCH :words_{table}").bindparams(bindparam(f"words_{table}", query or '""'))
    else:
        query = " & ".join(f"'{w}'" + (":*" if star and k == len(ws) - 1 else "") for ws, star in parts for k, w in enumerate(ws))
        sub = text(f"SELECT key FROM {table} WHERE words @@ to_tsquery('simple', :words_{table})").bindparams(
            bindparam(f"words_{table}", query)
        )
    return key.in_(sub.columns(literal_column("key")))


def statements(q: StatementQuestion, as_of: datetime | None, dialect: str) -> Select[Any]:
    """The rows of `StatementRow`, by name."""
    now, c, r = current(as_of), s.statement.c, s.report.c
    query = (
        select(
            r.id.label("report"), r.name, r.title, s.reading.c.published_earliest, s.reading.c.published_latest,
            *(c[k] for k in (
                "id", "stance", "mood", "content", "start", "end", "sentence", "rule", "source", "source_name", "source_kind",
                "source_country", "cue", "channel", "within",
            )),
        )
        .join_from(s.statement, now, c.reading == now.c.key)
        .join(s.reading, s.reading.c.key == now.c.key)
        .join(s.report, r.key == now.c.report)
        .order_by(s.reading.c.published_earliest, r.name, r.key, c.start, c.key)
    )  # fmt: skip
    if q.source:
        query = query.where(has_words(c.source_words, q.source))
    for column, wanted in ((c.source_kind, q.kinds), (c.source_country, q.countries), (c.stance, q.stances)):
        if wanted:
            query = query.where(column.in_(wanted))
    if q.search:
        query = query.where(searched("statement_search", c.key, q.search, dialect))
    if q.report:
        query = query.where(named(q.report))
    return query.limit(q.limit) if q.limit else query


_EVENT = (
    "id", "type", "status", "trigger", "start", "end", "sentence", "rule", "actor", "actor_name", "target", "target_name", "instrument",
    "place", "place_name", "admin1", "country", "place_precision", "geonameid", "lat", "lon",
    "time", "earliest", "latest", "time_precision",
)  # fmt: skip


def events(q: EventQuestion, as_of: datetime | None) -> Select[Any]:
    """The rows of `EventRow` without figures and statements, by name, and the event's key."""
    now, c, r = current(as_of), s.event.c, s.report.c
    query = (
        select(
            c.key, r.id.label("report"), r.name, r.title, s.reading.c.published_earliest, s.reading.c.published_latest,
            *(c[k] for k in _EVENT),
        )
        .join_from(s.event, now, c.reading == now.c.key)
        .join(s.reading, s.reading.c.key == now.c.key)
        .join(s.report, r.key == now.c.report)
        .order_by(func.coalesce(c.earliest, c.latest, s.reading.c.published_earliest), r.name, r.key, c.start, c.key)
    )  # fmt: skip
    for column, words in ((c.place_words, q.place), (c.role_words, q.who)):
        if words:
            query = query.where(has_words(column, words))
    for column, wanted in ((c.type, q.types), (c.status, q.statuses)):
        if wanted:
            query = query.where(column.in_(wanted))
    if q.since or q.until:
        query = query.where(in_days(c.earliest, c.latest, q.since, q.until, q.undated))
    if q.counts_of:
        query = query.where(exists().where(s.figure.c.event == c.key, s.figure.c.count_of.in_(q.counts_of)))
    if q.source:
        query = query.where(_under(q.source))
    if q.report:
        query = query.where(named(q.report))
    return query.limit(q.limit) if q.limit else query


def in_days(
    earliest: ColumnElement[Any], latest: ColumnElement[Any], since: str | None, until: str | None, undated: bool
) -> ColumnElement[bool]:
    """The closed interval meets [since, until]. An interval with one open end meets whatever lies on that side."""
    known = or_(earliest.is_not(None), latest.is_not(None))
    tests = [known]
    if since:
        tests.append(or_(latest.is_(None), latest >= since))
    if until:
        tests.append(or_(earliest.is_(None), earliest <= until))
    return or_(and_(*tests), ~known) if undated else and_(*tests)


def _under(source: str) -> Exists:
    h, st = s.holds.c, s.statement.c
    return exists().where(h.event == s.event.c.key, h.statement == st.key, has_words(st.source_words, source))
