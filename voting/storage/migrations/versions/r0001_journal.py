"""The journal, the ballot store, the boards and the access codes."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the four tables."""
    op.create_table(
        "journal",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("event", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "ballots",
        sa.Column("poll", sa.String, primary_key=True),
        sa.Column("tracker", sa.String, primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "board",
        sa.Column("poll", sa.String, primary_key=True),
        sa.Column("height", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("credential", sa.String, nullable=False),
        sa.Column("tracker", sa.String, nullable=False),
        sa.UniqueConstraint("poll", "credential", name="board_one_ballot_per_credential"),
    )
    op.create_table(
        "access",
        sa.Column("code_mac", sa.String, primary_key=True),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
    )
