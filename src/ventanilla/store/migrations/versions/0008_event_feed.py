"""The event feed: events in an order in which none appears behind one that was read."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("events", sa.Column("xid", sa.BigInteger(), nullable=False, server_default=sa.text("0")))
    if op.get_context().dialect.name == "postgresql":
        op.execute("ALTER TABLE events ALTER COLUMN xid SET DEFAULT (pg_current_xact_id()::text::bigint)")
    op.create_index("events_by_transaction", "events", ["xid", "id"])
