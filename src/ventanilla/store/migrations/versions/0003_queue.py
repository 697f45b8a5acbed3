"""What the agents' queue is sorted and cut by; files of messages; links between tickets."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_UUID = sa.LargeBinary(length=16).with_variant(postgresql.UUID(), "postgresql")
_NONE = sa.text("0")

_FILL = """
UPDATE tickets SET
    is_live = CASE WHEN status IN ('open', 'in_progress', 'pending') THEN 1 ELSE 0 END,
    due_at = CASE
        WHEN status NOT IN ('open', 'in_progress', 'pending') THEN 4611686018427387905
        WHEN sla_paused_at IS NOT NULL THEN 4611686018427387904
        ELSE created_at + sla_hours * 3600000000 + sla_paused END,
    priority_rank = CASE
        WHEN status NOT IN ('open', 'in_progress', 'pending') THEN 0
        WHEN priority = 'low' THEN 1
        WHEN priority = 'normal' THEN 2
        WHEN priority = 'high' THEN 3
        WHEN priority = 'urgent' THEN 4
        ELSE 5 END
"""


def upgrade() -> None:
    op.add_column("tickets", sa.Column("due_at", sa.BigInteger(), nullable=False, server_default=_NONE))
    op.add_column("tickets", sa.Column("is_live", sa.SmallInteger(), nullable=False, server_default=_NONE))
    op.add_column("tickets", sa.Column("priority_rank", sa.SmallInteger(), nullable=False, server_default=_NONE))
    op.add_column("tickets", sa.Column("snoozed_until", sa.BigInteger(), nullable=True))
    op.add_column("tickets", sa.Column("merged_into_id", _ID, nullable=True))
    op.execute(_FILL)
    op.create_index("tickets_by_due", "tickets", ["due_at", "id"])
    op.create_index("tickets_by_urgency", "tickets", ["priority_rank", "updated_at", "id"])
    _create_partial_index("tickets_by_merger", ["merged_into_id"], "merged_into_id IS NOT NULL")
    _create_partial_index("live_by_change", ["updated_at", "id"], "is_live = 1")
    _create_partial_index("live_by_creation", ["created_at", "id"], "is_live = 1")
    _create_partial_index("live_by_area", ["area_key", "updated_at", "id"], "is_live = 1")
    op.drop_index("tickets_by_assignee", "tickets")
    _create_partial_index("tickets_by_assignee", ["assignee_id", "created_at", "id"], "assignee_id IS NOT NULL")
    assigned, unassigned = (f"is_live = 1 AND assignee_id IS {state}" for state in ("NOT NULL", "NULL"))
    _create_partial_index("live_by_assignee", ["assignee_id", "updated_at", "id"], assigned)
    _create_partial_index("unassigned_by_change", ["updated_at", "id"], unassigned)
    op.create_index("requesters_by_email", "requesters", ["email"])
    op.add_column("attachments", sa.Column("message_uuid", _UUID, nullable=True))
    public = sa.text("'public'")
    op.add_column("attachments", sa.Column("visibility", sa.Text(), nullable=False, server_default=public))
    op.add_column("attachments", sa.Column("uploader_id", _ID, nullable=True))
    op.create_table(
        "ticket_links",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("ticket_id", _ID, nullable=False),
        sa.Column("other_id", _ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("ticket_id", "other_id", "kind", name="ticket_links_once"),
        sqlite_autoincrement=True,
    )
    op.create_index("ticket_links_by_other", "ticket_links", ["other_id"])


def _create_partial_index(name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, "tickets", columns, sqlite_where=where, postgresql_where=where)
