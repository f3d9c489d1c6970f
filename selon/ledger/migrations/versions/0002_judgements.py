"""Judgements: what people decided about statements, events and figures; append-only like the rest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "judgement",
        sa.Column("key", KEY, nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("retracts", sa.String(length=16), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_judgement"),
        sa.UniqueConstraint("id", name="uq_judgement_id"),
    )
    op.create_index("ix_judgement_about", "judgement", ["about"], unique=False)
    op.create_index("ix_judgement_made_at", "judgement", ["made_at"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER judgement_no_{act.lower()} BEFORE {act} ON judgement "
                "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
            )
    else:
        op.execute("CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON judgement EXECUTE FUNCTION selon_append_only()")


def downgrade() -> None:
    raise NotImplementedError("a ledger only goes forward; keep a copy before you bring Selon up to date")
