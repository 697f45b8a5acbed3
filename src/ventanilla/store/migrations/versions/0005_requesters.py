"""What staff note about requesters; files by their bytes, and those that wait for a message."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_WAITING = sa.text("message_uuid IS NULL AND uploader_id IS NOT NULL")


def upgrade() -> None:
    op.add_column("requesters", sa.Column("notes", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("requesters", sa.Column("version", sa.Integer(), nullable=False, server_default=sa.text("1")))
    op.create_index("attachments_by_blob", "attachments", ["blob_key"])
    op.create_index(
        "attachments_waiting",
        "attachments",
        ["uploaded_at"],
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )
