"""Agents and API keys serve several areas: their names, as a JSON list."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    is_postgres = op.get_context().dialect.name == "postgresql"
    listed = "json_build_array(area)::text" if is_postgres else "json_array(area)"
    for table in ("agents", "api_keys"):
        op.add_column(table, sa.Column("areas", sa.Text(), nullable=False, server_default=sa.text("'[]'")))
        op.execute(f"UPDATE {table} SET areas = {listed} WHERE area <> ''")
        op.execute(f"ALTER TABLE {table} DROP COLUMN area")
