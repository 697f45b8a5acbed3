"""PostgreSQL: which indexes an upgrade has left to build beside everybody's work (`engines/postgres_indexes.py`)."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.create_table(
            "unbuilt_indexes",
            sa.Column("name", sa.Text(), primary_key=True),
            sa.Column("statement", sa.Text(), nullable=False),
        )
