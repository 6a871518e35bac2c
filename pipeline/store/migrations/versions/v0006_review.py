"""What the review shows at once: the order of figures to look at, tallies of documents, and the indexes that its pages use."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | Sequence[str] | None = "0005"


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "suspects",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("figure_id", sa.Text(), server_default="", nullable=False),
        sa.Column("priority", sa.Float(), nullable=False),
        sa.Column("scope", sa.Text(), server_default="", nullable=False),
        sa.Column("period", sa.Text(), server_default="", nullable=False),
        sa.Column("measure", sa.Text(), server_default="", nullable=False),
        sa.Column("grade", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("severity", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index("suspects_by_priority", "suspects", ["priority", "figure_id"])
    op.create_index("suspects_by_figure", "suspects", ["figure_id"])
    op.create_table(
        "tallies",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "what"),
        sqlite_with_rowid=False,
    )
    op.create_index("figures_by_grade", "figures", ["grade"])
    op.create_index("figures_by_page", "figures", ["document_id", "page"])
    op.create_index("marks_by_page", "marks", ["document_id", "page"])
    op.create_index("findings_by_severity", "findings", ["severity", "kind"])
    op.create_index("observations_by_measure", "observations", ["scope", "measure", "series_id"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_index("observations_by_measure", "observations")
    op.drop_index("findings_by_severity", "findings")
    op.drop_index("marks_by_page", "marks")
    op.drop_index("figures_by_page", "figures")
    op.drop_index("figures_by_grade", "figures")
    op.drop_table("tallies")
    op.drop_index("suspects_by_figure", "suspects")
    op.drop_index("suspects_by_priority", "suspects")
    op.drop_table("suspects")
