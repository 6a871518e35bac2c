"""Accounts of the review, who is logged in, and log-ins that failed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | Sequence[str] | None = "0006"


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "accounts",
        sa.Column("name", sa.Text(), nullable=False),
        _text("role"),
        _text("password"),
        sa.Column("identity", sa.Text()),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        _text("made"),
        sa.PrimaryKeyConstraint("name"),
        sa.UniqueConstraint("identity"),
    )
    op.create_table(
        "sessions",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("account", sa.Text()),
        _text("token"),
        _text("content"),
        _text("browser"),
        sa.Column("began", sa.Float(), nullable=False),
        sa.Column("seen", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.name"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("sessions_by_account", "sessions", ["account"])
    op.create_table(
        "failed_logins",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("key"),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("failed_logins_by_key", "failed_logins", ["key", "at"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("failed_logins")
    op.drop_table("sessions")
    op.drop_table("accounts")
