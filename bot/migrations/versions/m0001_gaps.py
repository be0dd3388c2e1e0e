"""The questions that the documents do not answer."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Brings the table of gaps."""
    op.create_table(
        "gaps",
        sa.Column("folded", sa.Text(), primary_key=True),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("document", sa.Text()),
        sa.Column("section", sa.Text()),
        sa.Column("score", sa.Double()),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
    )
