"""The first ledger: archive, reports, readings and their rows, full-text search, and triggers that keep it append-only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = (
    "archive", "report", "sighting", "reading", "statement", "event", "figure", "holds", "time", "place", "actor", "issue",
)  # fmt: skip


def upgrade() -> None:
    _tables()
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgres()


def downgrade() -> None:
    raise NotImplementedError("a ledger only goes forward; keep a copy before you bring Selon up to date")


def _sqlite() -> None:
    op.execute("PRAGMA application_id = 1397050447")
    for name, columns in (("statement_search", "content, source"), ("report_search", "title, text")):
        op.execute(f"CREATE VIRTUAL TABLE {name} USING fts5({columns}, content='', tokenize='unicode61 remove_diacritics 2')")
    for name in APPEND_ONLY:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {name}_no_{act.lower()} BEFORE {act} ON {name} BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
            )


def _postgres() -> None:
    for name in ("statement_search", "report_search"):
        op.execute(f"CREATE TABLE {name} (key bigint PRIMARY KEY, words tsvector NOT NULL)")
        op.execute(f"CREATE INDEX {name}_words ON {name} USING gin (words)")
    op.execute(
        "CREATE FUNCTION selon_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$"
    )
    for name in APPEND_ONLY:
        op.execute(f'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "{name}" EXECUTE FUNCTION selon_append_only()')


def _tables() -> None:
    op.create_table(
        "archive",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_archive"),
    )
    op.create_table(
        "issue",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("excerpt", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_issue"),
    )
    op.create_index("ix_issue_recorded_at", "issue", ["recorded_at"], unique=False)
    op.create_table(
        "report",
        sa.Column("key", KEY, nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("path", sa.Text(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("retrieved", sa.Text(), nullable=True),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["archive.sha256"], name="fk_report_sha256_archive"),
        sa.PrimaryKeyConstraint("key", name="pk_report"),
        sa.UniqueConstraint("id", name="uq_report_id"),
    )
    op.create_index("ix_report_added_at", "report", ["added_at"], unique=False)
    op.create_table(
        "reading",
        sa.Column("key", KEY, nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("report", KEY, nullable=False),
        sa.Column("version", sa.String(length=200), nullable=False),
        sa.Column("given", sa.String(length=16), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_earliest", sa.String(length=32), nullable=True),
        sa.Column("published_latest", sa.String(length=32), nullable=True),
        sa.Column("published_basis", sa.String(length=16), nullable=False),
        sa.Column("statements", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("figures", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.key"], name="fk_reading_report_report"),
        sa.PrimaryKeyConstraint("key", name="pk_reading"),
        sa.UniqueConstraint("id", name="uq_reading_id"),
        sa.UniqueConstraint("report", "version", "given", name="uq_reading_report_version_given"),
    )
    op.create_index("ix_reading_report_recorded_at", "reading", ["report", "recorded_at"], unique=False)
    op.create_table(
        "sighting",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("report", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.key"], name="fk_sighting_report_report"),
        sa.PrimaryKeyConstraint("id", name="pk_sighting"),
    )
    op.create_index("ix_sighting_report", "sighting", ["report"], unique=False)
    op.create_index("ix_sighting_name", "sighting", ["name"], unique=False)
    op.create_table(
        "actor",
        sa.Column("key", KEY, nullable=False),
        sa.Column("reading", KEY, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("country", sa.String(length=8), nullable=True),
        sa.Column("private", sa.Integer(), nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["reading"], ["reading.key"], name="fk_actor_reading_reading"),
        sa.PrimaryKeyConstraint("key", name="pk_actor"),
    )
    op.create_index("ix_actor_reading", "actor", ["reading"], unique=False)
    op.create_table(
        "event",
        sa.Column("key", KEY, nullable=False),
        sa.Column("reading", KEY, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=True),
        sa.Column("target", sa.Text(), nullable=True),
        sa.Column("target_name", sa.Text(), nullable=True),
        sa.Column("instrument", sa.Text(), nullable=True),
        sa.Column("role_words", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("place_name", sa.Text(), nullable=True),
        sa.Column("admin1", sa.Text(), nullable=True),
        sa.Column("country", sa.String(length=8), nullable=True),
        sa.Column("place_precision", sa.String(length=32), nullable=True),
        sa.Column("geonameid", KEY, nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("place_words", sa.Text(), nullable=True),
        sa.Column("time", sa.Text(), nullable=True),
        sa.Column("earliest", sa.String(length=32), nullable=True),
        sa.Column("latest", sa.String(length=32), nullable=True),
        sa.Column("time_precision", sa.String(length=32), nullable=True),
        sa.CheckConstraint('start >= 0 AND "end" >= start', name="ck_event_span"),
        sa.ForeignKeyConstraint(["reading"], ["reading.key"], name="fk_event_reading_reading"),
        sa.PrimaryKeyConstraint("key", name="pk_event"),
        sa.UniqueConstraint("reading", "id", name="uq_event_reading_id"),
    )
    op.create_index("ix_event_earliest_latest", "event", ["earliest", "latest"], unique=False)
    op.create_index("ix_event_type", "event", ["type"], unique=False)
    op.create_table(
        "place",
        sa.Column("key", KEY, nullable=False),
        sa.Column("reading", KEY, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("admin1", sa.Text(), nullable=True),
        sa.Column("country", sa.String(length=8), nullable=True),
        sa.Column("precision", sa.String(length=32), nullable=False),
        sa.Column("geonameid", KEY, nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["reading"], ["reading.key"], name="fk_place_reading_reading"),
        sa.PrimaryKeyConstraint("key", name="pk_place"),
    )
    op.create_index("ix_place_reading", "place", ["reading"], unique=False)
    op.create_table(
        "statement",
        sa.Column("key", KEY, nullable=False),
        sa.Column("reading", KEY, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("stance", sa.String(length=32), nullable=False),
        sa.Column("mood", sa.String(length=32), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_name", sa.Text(), nullable=True),
        sa.Column("source_kind", sa.String(length=32), nullable=True),
        sa.Column("source_country", sa.String(length=8), nullable=True),
        sa.Column("source_words", sa.Text(), nullable=True),
        sa.Column("cue", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("said_earliest", sa.String(length=32), nullable=True),
        sa.Column("said_latest", sa.String(length=32), nullable=True),
        sa.Column("within", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.CheckConstraint('start >= 0 AND "end" >= start', name="ck_statement_span"),
        sa.ForeignKeyConstraint(["reading"], ["reading.key"], name="fk_statement_reading_reading"),
        sa.PrimaryKeyConstraint("key", name="pk_statement"),
        sa.UniqueConstraint("reading", "id", name="uq_statement_reading_id"),
    )
    op.create_index("ix_statement_stance", "statement", ["stance"], unique=False)
    op.create_table(
        "time",
        sa.Column("key", KEY, nullable=False),
        sa.Column("reading", KEY, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("earliest", sa.String(length=32), nullable=True),
        sa.Column("latest", sa.String(length=32), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["reading"], ["reading.key"], name="fk_time_reading_reading"),
        sa.PrimaryKeyConstraint("key", name="pk_time"),
    )
    op.create_index("ix_time_reading", "time", ["reading"], unique=False)
    op.create_table(
        "figure",
        sa.Column("key", KEY, nullable=False),
        sa.Column("event", KEY, nullable=False),
        sa.Column("count_of", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("low", KEY, nullable=True),
        sa.Column("high", KEY, nullable=True),
        sa.Column("qualifier", sa.String(length=32), nullable=False),
        sa.Column("population", sa.String(length=32), nullable=True),
        sa.Column("scope", sa.String(length=32), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["event.key"], name="fk_figure_event_event"),
        sa.PrimaryKeyConstraint("key", name="pk_figure"),
    )
    op.create_index("ix_figure_count_of", "figure", ["count_of"], unique=False)
    op.create_index("ix_figure_event", "figure", ["event"], unique=False)
    op.create_table(
        "holds",
        sa.Column("event", KEY, nullable=False),
        sa.Column("statement", KEY, nullable=False),
        sa.ForeignKeyConstraint(["event"], ["event.key"], name="fk_holds_event_event"),
        sa.ForeignKeyConstraint(["statement"], ["statement.key"], name="fk_holds_statement_statement"),
        sa.PrimaryKeyConstraint("event", "statement", name="pk_holds"),
    )
    op.create_index("ix_holds_statement", "holds", ["statement"], unique=False)
