"""A credential may have several ballots on a board where the last press counts: each press has its number."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ONE_BALLOT = "board_one_ballot_per_credential"


def upgrade() -> None:
    """Ballots stored before are the first press of their credential."""
    with op.batch_alter_table("board") as board:
        board.add_column(sa.Column("press", sa.Integer, nullable=False, server_default="1"))
        board.drop_constraint(ONE_BALLOT, type_="unique")
        board.create_unique_constraint("board_one_ballot_per_press", ["poll", "credential", "press"])
