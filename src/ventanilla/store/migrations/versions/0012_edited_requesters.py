"""Requesters whose name or address staff have changed, which no token changes any more."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("requesters", sa.Column("is_edited", sa.SmallInteger(), nullable=False, server_default=sa.text("0")))
