"""An address belongs to one account, also when two are made at once."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ACCOUNTS = sa.text("password_hash IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "accounts_by_email", "agents", ["email"], unique=True, sqlite_where=ACCOUNTS, postgresql_where=ACCOUNTS
    )
