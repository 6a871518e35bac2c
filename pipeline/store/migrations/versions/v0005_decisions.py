"""Decisions, which can only be added, and what they come to."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | Sequence[str] | None = "0004"

_REFUSAL = "decisions are only added"


def upgrade() -> None:
    """Make the change."""
    op.add_column("figures", sa.Column("grade_checked", sa.Text(), server_default="", nullable=False))
    op.execute("UPDATE figures SET grade_checked = grade")
    op.create_table(
        "decisions",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        *(
            sa.Column(name, sa.Text(), server_default="", nullable=False)
            for name in ("at", "who", "action", "subject_kind", "subject_id", "saw", "before", "after", "why")
        ),
        sa.Column("of", sa.Integer()),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.Text(), server_default="", nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("previous"),
        sa.UniqueConstraint("hash"),
    )
    op.create_index("decisions_by_subject", "decisions", ["subject_kind", "subject_id"])
    op.create_table(
        "standings",
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), server_default="", nullable=False),
        sa.Column("in_force", sa.Integer()),
        sa.Column("pending", sa.Integer()),
        sa.Column("stale", sa.Text(), server_default="", nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("suspected", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["in_force"], ["decisions.number"]),
        sa.ForeignKeyConstraint(["pending"], ["decisions.number"]),
        sa.PrimaryKeyConstraint("subject_kind", "subject_id"),
    )
    op.create_index("standings_by_status", "standings", ["subject_kind", "status"])
    _refuse_changes()


def _refuse_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER decisions_no_{event.lower()} BEFORE {event} ON decisions "
                f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION decisions_only_added() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER decisions_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON decisions "
        "FOR EACH STATEMENT EXECUTE FUNCTION decisions_only_added()"
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("standings")
    op.drop_table("decisions")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION decisions_only_added()")
    op.drop_column("figures", "grade_checked")
