"""The tables of the ledger. May import: `ledger`.

    archive   raw bytes by SHA-256          report    one text, by content-derived id      sighting  where a report was met
    reading   one version's reading         statement, event, figure, holds, time, place, actor   rows of a reading, for questions
    issue     inputs that could not be read  judgement  what people decided, by target
    shingle   what texts share               copy       of which earlier report one is a copy
    item      what a source lists           retrieval  what was asked for and came back   page     versions of a page
    stamp     time stamps of archived bytes  alert     what rules found (alerted: told of once)   delivery  by which channel
    account   who may look and judge over a network   session  who is logged in       audit     who did what on the pages

All but the rows of full-text search and of sessions are append-only: triggers (see the first migration) refuse to change or delete them.
`time`, `place` and `actor` rows serve questions and maps; the whole reading, field by field, is `reading.body`.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, UniqueConstraint
from sqlalchemy.types import BigInteger

from selon.ledger.columns import Packed, PackedJson, UtcTime, Words

HEAD = "0005"
"""The newest migration. A ledger with another one is migrated on opening, or refused when it is unknown (newer)."""
APPLICATION_ID = 0x53454C4F
"""What SQLite's header says about a ledger's file: SELO."""

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=_NAMES)
Key = BigInteger().with_variant(Integer, "sqlite")

archive = Table(
    "archive", metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("content", Packed, nullable=False),
    Column("added_at", UtcTime, nullable=False),
)  # fmt: skip

report = Table(
    "report", metadata,
    Column("key", Key, primary_key=True),
    Column("id", String(16), nullable=False, unique=True),
    Column("name", Words, nullable=False),
    Column("lang", String(16), nullable=False),
    Column("title", Words),
    Column("url", Words),
    Column("outlet", Words),
    Column("path", Words),
    Column("sha256", String(64), ForeignKey("archive.sha256")),
    Column("retrieved", Words),
    Column("length", Integer, nullable=False),
    Column("text", Packed, nullable=False),
    Column("added_at", UtcTime, nullable=False, index=True),
)  # fmt: skip

sighting = Table(
    "sighting", metadata,
    Column("id", String(16), primary_key=True),
    Column("report", Key, ForeignKey("report.key"), nullable=False, index=True),
    Column("name", Words, nullable=False, index=True),
    Column("path", Words),
    Column("seen_at", UtcTime, nullable=False),
)  # fmt: skip

reading = Table(
    "reading", metadata,
    Column("key", Key, primary_key=True),
    Column("id", String(16), nullable=False, unique=True),
    Column("report", Key, ForeignKey("report.key"), nullable=False),
    Column("version", String(200), nullable=False),
    Column("given", String(16), nullable=False),
    Column("recorded_at", UtcTime, nullable=False),
    Column("published_earliest", String(32)),
    Column("published_latest", String(32)),
    Column("published_basis", String(16), nullable=False),
    Column("statements", Integer, nullable=False),
    Column("events", Integer, nullable=False),
    Column("figures", Integer, nullable=False),
    Column("body", PackedJson, nullable=False),
    UniqueConstraint("report", "version", "given"),
    Index("ix_reading_report_recorded_at", "report", "recorded_at"),
)  # fmt: skip

statement = Table(
    "statement", metadata,
    Column("key", Key, primary_key=True),
    Column("reading", Key, ForeignKey("reading.key"), nullable=False),
    Column("id", Words, nullable=False),
    Column("stance", String(32), nullable=False, index=True),
    Column("mood", String(32), nullable=False),
    Column("source", Words),
    Column("source_name", Words),
    Column("source_kind", String(32)),
    Column("source_country", String(8)),
    Column("source_words", Words),
    Column("cue", Words),
    Column("channel", Words),
    Column("said_earliest", String(32)),
    Column("said_latest", String(32)),
    Column("within", Words),
    Column("content", Words, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("sentence", Words, nullable=False),
    Column("rule", Words, nullable=False),
    UniqueConstraint("reading", "id"),
    CheckConstraint("start >= 0 AND \"end\" >= start", name="span"),
)  # fmt: skip

event = Table(
    "event", metadata,
    Column("key", Key, primary_key=True),
    Column("reading", Key, ForeignKey("reading.key"), nullable=False),
    Column("id", Words, nullable=False),
    Column("type", String(32), nullable=False, index=True),
    Column("status", String(32), nullable=False),
    Column("trigger", Words, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("sentence", Words, nullable=False),
    Column("rule", Words, nullable=False),
    Column("actor", Words),
    Column("actor_name", Words),
    Column("target", Words),
    Column("target_name", Words),
    Column("instrument", Words),
    Column("role_words", Words),
    Column("place", Words),
    Column("place_name", Words),
    Column("admin1", Words),
    Column("country", String(8)),
    Column("place_precision", String(32)),
    Column("geonameid", Key),
    Column("lat", Float),
    Column("lon", Float),
    Column("place_words", Words),
    Column("time", Words),
    Column("earliest", String(32)),
    Column("latest", String(32)),
    Column("time_precision", String(32)),
    UniqueConstraint("reading", "id"),
    CheckConstraint("start >= 0 AND \"end\" >= start", name="span"),
    Index("ix_event_earliest_latest", "earliest", "latest"),
)  # fmt: skip

figure = Table(
    "figure", metadata,
    Column("key", Key, primary_key=True),
    Column("event", Key, ForeignKey("event.key"), nullable=False, index=True),
    Column("count_of", String(32), nullable=False, index=True),
    Column("unit", Words),
    Column("low", Key),
    Column("high", Key),
    Column("qualifier", String(32), nullable=False),
    Column("population", String(32)),
    Column("scope", String(32)),
    Column("text", Words, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)  # fmt: skip

holds = Table(
    "holds", metadata,
    Column("event", Key, ForeignKey("event.key"), primary_key=True),
    Column("statement", Key, ForeignKey("statement.key"), primary_key=True, index=True),
)  # fmt: skip

time = Table(
    "time", metadata,
    Column("key", Key, primary_key=True),
    Column("reading", Key, ForeignKey("reading.key"), nullable=False, index=True),
    Column("text", Words, nullable=False),
    Column("type", String(16), nullable=False),
    Column("value", Words, nullable=False),
    Column("earliest", String(32)),
    Column("latest", String(32)),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)  # fmt: skip

place = Table(
    "place", metadata,
    Column("key", Key, primary_key=True),
    Column("reading", Key, ForeignKey("reading.key"), nullable=False, index=True),
    Column("text", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("admin1", Words),
    Column("country", String(8)),
    Column("precision", String(32), nullable=False),
    Column("geonameid", Key),
    Column("lat", Float),
    Column("lon", Float),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)  # fmt: skip

actor = Table(
    "actor", metadata,
    Column("key", Key, primary_key=True),
    Column("reading", Key, ForeignKey("reading.key"), nullable=False, index=True),
    Column("id", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("words", Words, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("country", String(8)),
    Column("private", Integer, nullable=False),
    Column("mentions", Integer, nullable=False),
)  # fmt: skip

issue = Table(
    "issue", metadata,
    Column("id", String(16), primary_key=True),
    Column("code", String(16), nullable=False),
    Column("place", Words, nullable=False),
    Column("problem", Words, nullable=False),
    Column("excerpt", Words, nullable=False),
    Column("remedy", Words, nullable=False),
    Column("recorded_at", UtcTime, nullable=False, index=True),
)  # fmt: skip

judgement = Table(
    "judgement", metadata,
    Column("key", Key, primary_key=True),
    Column("id", String(16), nullable=False, unique=True),
    Column("about", String(40), nullable=False, index=True),
    Column("verdict", String(16)),
    Column("author", Words, nullable=False),
    Column("retracts", String(16)),
    Column("made_at", UtcTime, nullable=False, index=True),
    Column("body", PackedJson, nullable=False),
)  # fmt: skip

account = Table(
    "account", metadata,
    Column("key", Key, primary_key=True),
    Column("name", String(80), nullable=False, index=True),
    Column("role", String(16), nullable=False),
    Column("password", String(200), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("made_by", String(80), nullable=False),
)  # fmt: skip

session = Table(
    "session", metadata,
    Column("id", String(64), primary_key=True),
    Column("account", Key, ForeignKey("account.key"), nullable=False),
    Column("began_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
)  # fmt: skip

audit = Table(
    "audit", metadata,
    Column("key", Key, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("who", String(80), nullable=False),
    Column("act", String(32), nullable=False),
    Column("what", Words, nullable=False),
    Column("address", String(64), nullable=False),
)  # fmt: skip

item = Table(
    "item", metadata,
    Column("key", Key, primary_key=True),
    Column("id", String(16), nullable=False, unique=True),
    Column("source", Words, nullable=False),
    Column("url", Words, nullable=False, index=True),
    Column("listed_at", UtcTime, nullable=False),
    Column("body", PackedJson, nullable=False),
    Index("ix_item_source_listed_at", "source", "listed_at"),
)  # fmt: skip

retrieval = Table(
    "retrieval", metadata,
    Column("key", Key, primary_key=True),
    Column("id", String(16), nullable=False, unique=True),
    Column("purpose", String(8), nullable=False),
    Column("source", Words),
    Column("item", Key, ForeignKey("item.key"), index=True),
    Column("url", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("status", Integer),
    Column("code", String(16)),
    Column("sha256", String(64), ForeignKey("archive.sha256"), index=True),
    Column("listed", Integer),
    Column("fresh", Integer),
    Column("body", PackedJson, nullable=False),
    Index("ix_retrieval_url_at", "url", "at"),
    Index("ix_retrieval_source_purpose_at", "source", "purpose", "at"),
)  # fmt: skip

page = Table(
    "page", metadata,
    Column("key", Key, primary_key=True),
    Column("id", String(16), nullable=False, unique=True),
    Column("url", Words, nullable=False, index=True),
    Column("kind", String(8), nullable=False),
    Column("source", Words),
    Column("report", Key, ForeignKey("report.key"), index=True),
    Column("retrieval", Key, ForeignKey("retrieval.key"), nullable=False),
    Column("at", UtcTime, nullable=False, index=True),
)  # fmt: skip

stamp = Table(
    "stamp", metadata,
    Column("key", Key, primary_key=True),
    Column("sha256", String(64), ForeignKey("archive.sha256"), nullable=False),
    Column("authority", Words, nullable=False),
    Column("said_at", UtcTime, nullable=False),
    Column("token", Packed, nullable=False),
    Column("added_at", UtcTime, nullable=False),
    UniqueConstraint("sha256", "authority"),
)  # fmt: skip

alert = Table(
    "alert", metadata,
    Column("key", Key, primary_key=True),
    Column("id", String(16), nullable=False, unique=True),
    Column("rule", Words, nullable=False),
    Column("made_at", UtcTime, nullable=False, index=True),
    Column("body", PackedJson, nullable=False),
)  # fmt: skip

alerted = Table(
    "alerted", metadata,
    Column("id", String(16), primary_key=True),
    Column("alert", Key, ForeignKey("alert.key"), nullable=False),
)  # fmt: skip

delivery = Table(
    "delivery", metadata,
    Column("key", Key, primary_key=True),
    Column("alert", Key, ForeignKey("alert.key"), nullable=False, index=True),
    Column("channel", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("done", Integer, nullable=False),
    Column("problem", Words, nullable=False),
)  # fmt: skip

shingle = Table(
    "shingle", metadata,
    Column("hash", Key, primary_key=True, autoincrement=False),
    Column("report", Key, ForeignKey("report.key"), primary_key=True),
)  # fmt: skip

copy = Table(
    "copy", metadata,
    Column("report", Key, ForeignKey("report.key"), primary_key=True),
    Column("original", Key, ForeignKey("report.key"), nullable=False, index=True),
    Column("share", Float, nullable=False),
    Column("added_at", UtcTime, nullable=False),
)  # fmt: skip

APPEND_ONLY = tuple(t.name for t in metadata.sorted_tables if t.name != "session")
SEARCH_TABLES = ("statement_search", "report_search")
"""Full-text tables. SQLite: contentless FTS5, rowid = key of the statement or report. PostgreSQL: (key, words tsvector)."""


def is_ours(name: str | None) -> bool:
    """Whether Alembic may compare a table: full-text tables and their shadows are SQLite's own business."""
    return name is None or not name.startswith(SEARCH_TABLES)
