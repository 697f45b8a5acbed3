"""Every table on one screen. Times are microseconds since 1970 in UTC, yes/no is 1/0, UUIDs are 16 bytes.

`migrations/` makes this schema; `tests/store/test_migrations.py` holds the two equal.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine

metadata = MetaData()

# SQLite numbers rows by itself only when the key is an INTEGER; PostgreSQL wants 64 bits for it.
_Id: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")


# Sixteen bytes for our code on both engines; PostgreSQL has a type that people can read.
_Uuid: TypeEngine[bytes] = LargeBinary(16).with_variant(postgresql.UUID(), "postgresql")


_ZERO = text("0")
_IS_ACCOUNT = text("password_hash IS NOT NULL")


def _partial(name: str, *columns: str, where: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


def _id() -> Column[int]:
    return Column("id", _Id, primary_key=True, autoincrement=True)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _maybe(name: str) -> Column[str]:
    return Column(name, Text)


def _time(name: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=nullable)


def _flag(name: str) -> Column[int]:
    return Column(name, SmallInteger, nullable=False)


def _uuid() -> Column[bytes]:
    return Column("uuid", _Uuid, nullable=False, unique=True)


def _secret_hash() -> Column[bytes]:
    """The SHA-256 of what its bearer shows."""
    return Column("secret_hash", LargeBinary(32), nullable=False, unique=True)


requesters = Table(
    "requesters",
    metadata,
    _id(),
    _text("issuer"),
    _text("subject"),
    _text("name"),
    _text("email"),
    _text("first_name"),
    _text("last_name"),
    _text("username"),
    _text("picture"),
    _time("created_at"),
    Column("notes", Text, nullable=False, server_default=text("''")),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("is_edited", SmallInteger, nullable=False, server_default=text("0")),
    UniqueConstraint("issuer", "subject", name="requesters_identity"),
    Index("requesters_by_subject", "subject"),
    Index("requesters_by_email", "email"),
    sqlite_autoincrement=True,
)

agents = Table(
    "agents",
    metadata,
    _id(),
    _uuid(),
    _text("issuer"),
    _text("subject"),
    _text("email"),
    _text("name"),
    _text("role"),
    _text("phone"),
    _text("picture"),
    _flag("is_active"),
    _maybe("password_hash"),
    _time("created_at"),
    _maybe("language"),
    Column("theme", Text, nullable=False, server_default="system"),
    Column("signature", Text, nullable=False, server_default=""),
    _time("last_seen_at", nullable=True),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("areas", Text, nullable=False, server_default="[]"),
    UniqueConstraint("issuer", "subject", name="agents_identity"),
    Index("agents_by_subject", "subject"),
    Index("agents_by_email", "email"),
    Index("accounts_by_email", "email", unique=True, sqlite_where=_IS_ACCOUNT, postgresql_where=_IS_ACCOUNT),
    sqlite_autoincrement=True,
)

tickets = Table(
    "tickets",
    metadata,
    _id(),
    _uuid(),
    Column("label_year", Integer, nullable=False),
    Column("label_number", BigInteger, nullable=False),
    _text("channel"),
    Column("requester_id", _Id, ForeignKey("requesters.id"), nullable=False),
    _text("contact_name"),
    _text("contact_email"),
    _maybe("contact_phone"),
    _flag("contact_whatsapp"),
    _maybe("contact_document"),
    _maybe("contact_company"),
    _maybe("subject"),
    _text("subject_key"),
    _text("category"),
    _text("topic"),
    _maybe("subcategory"),
    _text("request_type"),
    _maybe("role_context"),
    _text("area"),
    _text("area_key"),
    Column("assignee_id", _Id, ForeignKey("agents.id")),
    _text("priority"),
    _text("status"),
    _maybe("close_reason"),
    _maybe("resolution_note"),
    Column("sla_hours", Integer, nullable=False),
    _time("sla_paused"),
    _time("sla_paused_at", nullable=True),
    _time("sla_stopped_at", nullable=True),
    _flag("is_read"),
    _text("address"),
    Column("access_key_hash", LargeBinary(32)),
    _time("created_at"),
    _time("updated_at"),
    _time("resolved_at", nullable=True),
    _time("closed_at", nullable=True),
    _time("last_reply_at", nullable=True),
    _time("last_answer_at", nullable=True),
    Column("version", Integer, nullable=False),
    # Never NULL, so that it sorts: a clock that stands still is due after all others, what is done with after that.
    Column("due_at", BigInteger, nullable=False, server_default=_ZERO),
    Column("is_live", SmallInteger, nullable=False, server_default=_ZERO),
    Column("priority_rank", SmallInteger, nullable=False, server_default=_ZERO),
    _time("snoozed_until", nullable=True),
    # No foreign key: rows are imported in the order of their ids, and this one may be higher.
    Column("merged_into_id", _Id),
    UniqueConstraint("label_year", "label_number", name="tickets_label"),
    Index("tickets_by_requester", "requester_id", "created_at", "id"),
    Index("tickets_by_creation", "created_at", "id"),
    Index("tickets_by_change", "updated_at", "id"),
    Index("tickets_by_status", "status", "created_at", "id"),
    Index("tickets_by_area", "area_key", "updated_at", "id"),
    Index("tickets_by_area_creation", "area_key", "created_at", "id"),
    Index("tickets_by_topic", "topic", "status", "created_at", "id"),
    _partial("tickets_by_assignee", "assignee_id", "created_at", "id", where="assignee_id IS NOT NULL"),
    Index("tickets_by_due", "due_at", "id"),
    Index("tickets_by_urgency", "priority_rank", "updated_at", "id"),
    _partial("tickets_by_merger", "merged_into_id", where="merged_into_id IS NOT NULL"),
    _partial("live_by_change", "updated_at", "id", where="is_live = 1"),
    _partial("live_by_creation", "created_at", "id", where="is_live = 1"),
    _partial("live_by_area", "area_key", "updated_at", "id", where="is_live = 1"),
    _partial("live_by_channel", "channel", "updated_at", "id", where="is_live = 1 AND channel IS NOT NULL"),
    _partial("snoozed_by_end", "snoozed_until", where="snoozed_until IS NOT NULL"),
    _partial("live_by_assignee", "assignee_id", "updated_at", "id", where="is_live = 1 AND assignee_id IS NOT NULL"),
    _partial("unassigned_by_change", "updated_at", "id", where="is_live = 1 AND assignee_id IS NULL"),
    sqlite_autoincrement=True,
)

messages = Table(
    "messages",
    metadata,
    _id(),
    _uuid(),
    Column("ticket_id", _Id, ForeignKey("tickets.id"), nullable=False),
    _text("author_kind"),
    _text("author_name"),
    _maybe("author_picture"),
    _maybe("author_subject"),
    _text("visibility"),
    _text("body"),
    _time("created_at"),
    Index("messages_by_ticket", "ticket_id", "id"),
    sqlite_autoincrement=True,
)

attachments = Table(
    "attachments",
    metadata,
    _id(),
    _uuid(),
    Column("ticket_id", _Id, ForeignKey("tickets.id"), nullable=False),
    _text("file_name"),
    _text("media_type"),
    Column("size", BigInteger, nullable=False),
    _text("sha256"),
    _text("blob_key"),
    _time("uploaded_at"),
    Column("message_uuid", _Uuid),
    Column("visibility", Text, nullable=False, server_default=text("'public'")),
    Column("uploader_id", _Id),
    Index("attachments_by_ticket", "ticket_id", "id"),
    Index("attachments_by_blob", "blob_key"),
    _partial("attachments_waiting", "uploaded_at", where="message_uuid IS NULL AND uploader_id IS NOT NULL"),
    sqlite_autoincrement=True,
)

events = Table(
    "events",
    metadata,
    _id(),
    Column("ticket_id", _Id, ForeignKey("tickets.id"), nullable=False),
    _text("kind"),
    _time("at"),
    _text("actor_kind"),
    _text("actor_name"),
    _maybe("actor_role"),
    _maybe("actor_subject"),
    _maybe("reason"),
    _text("changes"),
    Column("message_uuid", _Uuid),
    _flag("is_internal"),
    # Which transaction wrote it: on PostgreSQL by its default, on SQLite, where one writes at a time, 0. It means
    # nothing in another database, so that no archive carries it.
    Column("xid", BigInteger, nullable=False, server_default=_ZERO, info={"is_local": True}),
    Index("events_by_ticket", "ticket_id", "id"),
    Index("events_by_transaction", "xid", "id"),
    sqlite_autoincrement=True,
)

ticket_links = Table(
    "ticket_links",
    metadata,
    _id(),
    Column("ticket_id", _Id, ForeignKey("tickets.id"), nullable=False),
    # No foreign key, as for tickets.merged_into_id.
    Column("other_id", _Id, nullable=False),
    _text("kind"),
    _time("created_at"),
    UniqueConstraint("ticket_id", "other_id", "kind", name="ticket_links_once"),
    Index("ticket_links_by_other", "other_id"),
    sqlite_autoincrement=True,
)

label_counters = Table(
    "label_counters",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", BigInteger, nullable=False),
)

queue_counts = Table(
    "queue_counts",
    metadata,
    Column("area_key", Text, primary_key=True),
    Column("status", Text, primary_key=True),
    Column("is_read", SmallInteger, primary_key=True, autoincrement=False),
    Column("tickets", BigInteger, nullable=False),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    _text("fingerprint"),
    Column("status", Integer, nullable=False),
    _text("headers"),
    Column("body", LargeBinary, nullable=False),
    _time("created_at"),
    Index("idempotency_keys_by_age", "created_at"),
)

failed_attempts = Table(
    "failed_attempts",
    metadata,
    Column("bucket", Text, primary_key=True),
    Column("window_start", BigInteger, primary_key=True, autoincrement=False),
    Column("attempts", Integer, nullable=False),
    Index("failed_attempts_by_age", "window_start"),
)

views = Table(
    "views",
    metadata,
    _id(),
    _uuid(),
    Column("agent_id", _Id, ForeignKey("agents.id"), nullable=False),
    _text("name"),
    _text("query"),
    _text("sort"),
    _text("columns"),
    _text("icon"),
    Column("position", Integer, nullable=False),
    _flag("is_shared"),
    _time("created_at"),
    Column("version", Integer, nullable=False),
    Index("views_by_agent", "agent_id"),
    sqlite_autoincrement=True,
)

macros = Table(
    "macros",
    metadata,
    _id(),
    _uuid(),
    Column("agent_id", _Id, ForeignKey("agents.id"), nullable=False),
    _text("name"),
    _text("body"),
    _text("kind"),
    _text("change"),
    Column("position", Integer, nullable=False),
    _flag("is_shared"),
    _time("created_at"),
    Column("version", Integer, nullable=False),
    Index("macros_by_agent", "agent_id"),
    sqlite_autoincrement=True,
)

tags = Table(
    "tags",
    metadata,
    _id(),
    _uuid(),
    _text("name"),
    Column("tag_key", Text, nullable=False, unique=True),
    _text("color"),
    _time("created_at"),
    Column("version", Integer, nullable=False),
    sqlite_autoincrement=True,
)

ticket_tags = Table(
    "ticket_tags",
    metadata,
    Column("ticket_id", _Id, ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
    Column("tag_id", _Id, ForeignKey("tags.id"), primary_key=True, autoincrement=False),
    Index("ticket_tags_by_tag", "tag_id", "ticket_id"),
)

custom_fields = Table(
    "custom_fields",
    metadata,
    _id(),
    _uuid(),
    Column("field_key", Text, nullable=False, unique=True),
    _text("name"),
    _text("kind"),
    _text("choices"),
    _flag("is_required"),
    _flag("is_active"),
    Column("position", Integer, nullable=False),
    _time("created_at"),
    Column("version", Integer, nullable=False),
    sqlite_autoincrement=True,
)

ticket_fields = Table(
    "ticket_fields",
    metadata,
    Column("ticket_id", _Id, ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
    Column("field_id", _Id, ForeignKey("custom_fields.id"), primary_key=True, autoincrement=False),
    _text("value"),
    _text("value_key"),
    Index("ticket_fields_by_value", "field_id", "value_key", "ticket_id"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("ticket_id", _Id, ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
    Column("agent_id", _Id, ForeignKey("agents.id"), primary_key=True, autoincrement=False),
    _text("kind"),
    _text("body"),
    _time("updated_at"),
    Index("drafts_by_agent", "agent_id"),
)

presence = Table(
    "presence",
    metadata,
    Column("ticket_id", _Id, ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
    Column("agent_id", _Id, ForeignKey("agents.id"), primary_key=True, autoincrement=False),
    _text("state"),
    _time("since"),
    _time("seen_at"),
    Index("presence_by_age", "seen_at"),
)

notifications = Table(
    "notifications",
    metadata,
    _id(),
    _uuid(),
    Column("agent_id", _Id, ForeignKey("agents.id"), nullable=False),
    Column("ticket_id", _Id, ForeignKey("tickets.id"), nullable=False),
    _text("kind"),
    _maybe("actor_name"),
    _time("at"),
    _time("read_at", nullable=True),
    _time("due_at", nullable=True),
    Index("notifications_by_agent", "agent_id", "read_at", "id"),
    Index("notifications_by_ticket", "ticket_id", "id"),
    Index("notifications_by_age", "at"),
    sqlite_autoincrement=True,
)

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    _time("until"),
)

sessions = Table(
    "sessions",
    metadata,
    _id(),
    _uuid(),
    _secret_hash(),
    Column("agent_id", _Id, ForeignKey("agents.id"), nullable=False),
    _time("created_at"),
    _time("seen_at"),
    _text("address"),
    _text("browser"),
    Index("sessions_by_agent", "agent_id", "id"),
    Index("sessions_by_use", "seen_at"),
    sqlite_autoincrement=True,
)

one_time_links = Table(
    "one_time_links",
    metadata,
    _id(),
    _secret_hash(),
    _text("kind"),
    Column("agent_id", _Id, ForeignKey("agents.id")),
    _time("expires_at"),
    Index("one_time_links_by_agent", "agent_id"),
    sqlite_autoincrement=True,
)

api_keys = Table(
    "api_keys",
    metadata,
    _id(),
    _uuid(),
    _secret_hash(),
    _text("prefix"),
    _text("name"),
    _text("role"),
    _text("scopes"),
    _time("created_at"),
    _time("last_used_at", nullable=True),
    _time("expires_at", nullable=True),
    Column("areas", Text, nullable=False, server_default="[]"),
    sqlite_autoincrement=True,
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
