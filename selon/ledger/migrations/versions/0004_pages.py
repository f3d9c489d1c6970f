"""Pages: what was asked for and what came back, what sources list, versions of pages, time stamps, alerts and their delivery."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("item", "retrieval", "page", "stamp", "alert", "alerted", "delivery")


def upgrade() -> None:
    op.create_table(
        "item",
        sa.Column("key", KEY, nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_item"),
        sa.UniqueConstraint("id", name="uq_item_id"),
    )
    op.create_index("ix_item_source_listed_at", "item", ["source", "listed_at"], unique=False)
    op.create_index("ix_item_url", "item", ["url"], unique=False)
    op.create_table(
        "retrieval",
        sa.Column("key", KEY, nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("purpose", sa.String(length=8), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("item", KEY, nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=16), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("listed", sa.Integer(), nullable=True),
        sa.Column("fresh", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["item.key"], name="fk_retrieval_item_item"),
        sa.ForeignKeyConstraint(["sha256"], ["archive.sha256"], name="fk_retrieval_sha256_archive"),
        sa.PrimaryKeyConstraint("key", name="pk_retrieval"),
        sa.UniqueConstraint("id", name="uq_retrieval_id"),
    )
    op.create_index("ix_retrieval_url_at", "retrieval", ["url", "at"], unique=False)
    op.create_index("ix_retrieval_source_purpose_at", "retrieval", ["source", "purpose", "at"], unique=False)
    op.create_index("ix_retrieval_item", "retrieval", ["item"], unique=False)
    op.create_index("ix_retrieval_sha256", "retrieval", ["sha256"], unique=False)
    op.create_table(
        "page",
        sa.Column("key", KEY, nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("report", KEY, nullable=True),
        sa.Column("retrieval", KEY, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.key"], name="fk_page_report_report"),
        sa.ForeignKeyConstraint(["retrieval"], ["retrieval.key"], name="fk_page_retrieval_retrieval"),
        sa.PrimaryKeyConstraint("key", name="pk_page"),
        sa.UniqueConstraint("id", name="uq_page_id"),
    )
    op.create_index("ix_page_url", "page", ["url"], unique=False)
    op.create_index("ix_page_report", "page", ["report"], unique=False)
    op.create_index("ix_page_at", "page", ["at"], unique=False)
    op.create_table(
        "stamp",
        sa.Column("key", KEY, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["archive.sha256"], name="fk_stamp_sha256_archive"),
        sa.PrimaryKeyConstraint("key", name="pk_stamp"),
        sa.UniqueConstraint("sha256", "authority", name="uq_stamp_sha256_authority"),
    )
    op.create_table(
        "alert",
        sa.Column("key", KEY, nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_alert"),
        sa.UniqueConstraint("id", name="uq_alert_id"),
    )
    op.create_index("ix_alert_made_at", "alert", ["made_at"], unique=False)
    op.create_table(
        "alerted",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("alert", KEY, nullable=False),
        sa.ForeignKeyConstraint(["alert"], ["alert.key"], name="fk_alerted_alert_alert"),
        sa.PrimaryKeyConstraint("id", name="pk_alerted"),
    )
    op.create_table(
        "delivery",
        sa.Column("key", KEY, nullable=False),
        sa.Column("alert", KEY, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["alert"], ["alert.key"], name="fk_delivery_alert_alert"),
        sa.PrimaryKeyConstraint("key", name="pk_delivery"),
    )
    op.create_index("ix_delivery_alert", "delivery", ["alert"], unique=False)
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name in TABLES:
        if not sqlite:
            op.execute(f'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "{name}" EXECUTE FUNCTION selon_append_only()')
            continue
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {name}_no_{act.lower()} BEFORE {act} ON {name} BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
            )


def downgrade() -> None:
    raise NotImplementedError("a ledger only goes forward; keep a copy before you bring Selon up to date")
