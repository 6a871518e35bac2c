"""Two readings of the figures of scans, and the confidence that they were read with."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | Sequence[str] | None = "0003"


def upgrade() -> None:
    """Make the change. Documents that were read before get their readings with their next import, which reads them again."""
    op.add_column("figures", sa.Column("readings", sa.Text(), server_default="", nullable=False))
    op.add_column("figures", sa.Column("agreement", sa.Text(), server_default="", nullable=False))
    op.add_column("figures", sa.Column("confidence_as_read", sa.Float(), server_default="0", nullable=False))
    op.execute("UPDATE figures SET confidence_as_read = confidence")


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("figures") as figures:
        for name in ("confidence_as_read", "agreement", "readings"):
            figures.drop_column(name)
