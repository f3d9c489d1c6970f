"""Which reports are copies of earlier ones, and the shingles by which that is found. Reports that are there already are marked in their order."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from selon.ledger.copies import mark_all

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "shingle",
        sa.Column("hash", KEY, autoincrement=False, nullable=False),
        sa.Column("report", KEY, nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.key"], name="fk_shingle_report_report"),
        sa.PrimaryKeyConstraint("hash", "report", name="pk_shingle"),
    )
    op.create_table(
        "copy",
        sa.Column("report", KEY, nullable=False),
        sa.Column("original", KEY, nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.key"], name="fk_copy_report_report"),
        sa.ForeignKeyConstraint(["original"], ["report.key"], name="fk_copy_original_report"),
        sa.PrimaryKeyConstraint("report", name="pk_copy"),
    )
    op.create_index("ix_copy_original", "copy", ["original"], unique=False)
    for name in ("shingle", "copy"):
        if op.get_bind().dialect.name == "sqlite":
            for act in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {name}_no_{act.lower()} BEFORE {act} ON {name} BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
                )
        else:
            op.execute(f'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "{name}" EXECUTE FUNCTION selon_append_only()')
    mark_all(op.get_bind(), datetime.now(UTC))


def downgrade() -> None:
    raise NotImplementedError("a ledger only goes forward; keep a copy before you bring Selon up to date")
