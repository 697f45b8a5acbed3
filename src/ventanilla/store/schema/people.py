"""The people of the desk and what lets them in."""

from sqlalchemy import Column, ForeignKey, Index, Integer, SmallInteger, Table, Text, UniqueConstraint
from sqlalchemy import text as sql

from ventanilla.store.schema.column_kinds import Id, flag, maybe, metadata, row_id, secret_hash, text, time, uuid

_IS_ACCOUNT = sql("password_hash IS NOT NULL")

requesters = Table(
    "requesters",
    metadata,
    row_id(),
    text("issuer"),
    text("subject"),
    text("name"),
    text("email"),
    text("first_name"),
    text("last_name"),
    text("username"),
    text("picture"),
    time("created_at"),
    Column("notes", Text, nullable=False, server_default=sql("''")),
    Column("version", Integer, nullable=False, server_default=sql("1")),
    Column("is_edited", SmallInteger, nullable=False, server_default=sql("0")),
    UniqueConstraint("issuer", "subject", name="requesters_identity"),
    Index("requesters_by_subject", "subject"),
    Index("requesters_by_email", "email"),
    sqlite_autoincrement=True,
)

agents = Table(
    "agents",
    metadata,
    row_id(),
    uuid(),
    text("issuer"),
    text("subject"),
    text("email"),
    text("name"),
    text("role"),
    text("phone"),
    text("picture"),
    flag("is_active"),
    maybe("password_hash"),
    time("created_at"),
    maybe("language"),
    Column("theme", Text, nullable=False, server_default="system"),
    Column("signature", Text, nullable=False, server_default=""),
    time("last_seen_at", nullable=True),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("areas", Text, nullable=False, server_default="[]"),
    UniqueConstraint("issuer", "subject", name="agents_identity"),
    Index("agents_by_subject", "subject"),
    Index("agents_by_email", "email"),
    Index("accounts_by_email", "email", unique=True, sqlite_where=_IS_ACCOUNT, postgresql_where=_IS_ACCOUNT),
    sqlite_autoincrement=True,
)

sessions = Table(
    "sessions",
    metadata,
    row_id(),
    uuid(),
    secret_hash(),
    Column("agent_id", Id, ForeignKey("agents.id"), nullable=False),
    time("created_at"),
    time("seen_at"),
    text("address"),
    text("browser"),
    Index("sessions_by_agent", "agent_id", "id"),
    Index("sessions_by_use", "seen_at"),
    sqlite_autoincrement=True,
)

one_time_links = Table(
    "one_time_links",
    metadata,
    row_id(),
    secret_hash(),
    text("kind"),
    Column("agent_id", Id, ForeignKey("agents.id")),
    time("expires_at"),
    Index("one_time_links_by_agent", "agent_id"),
    sqlite_autoincrement=True,
)

api_keys = Table(
    "api_keys",
    metadata,
    row_id(),
    uuid(),
    secret_hash(),
    text("prefix"),
    text("name"),
    text("role"),
    text("scopes"),
    time("created_at"),
    time("last_used_at", nullable=True),
    time("expires_at", nullable=True),
    Column("areas", Text, nullable=False, server_default="[]"),
    sqlite_autoincrement=True,
)
