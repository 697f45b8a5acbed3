"""What stands around the tickets: views, macros, tags, custom fields, drafts, presence, notifications."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from ventanilla.store.schema.column_kinds import Id, flag, maybe, metadata, row_id, text, time, uuid

views = Table(
    "views",
    metadata,
    row_id(),
    uuid(),
    Column("agent_id", Id, ForeignKey("agents.id"), nullable=False),
    text("name"),
    text("query"),
    text("sort"),
    text("columns"),
    text("icon"),
    Column("position", Integer, nullable=False),
    flag("is_shared"),
    time("created_at"),
    Column("version", Integer, nullable=False),
    Index("views_by_agent", "agent_id"),
    sqlite_autoincrement=True,
)

macros = Table(
    "macros",
    metadata,
    row_id(),
    uuid(),
    Column("agent_id", Id, ForeignKey("agents.id"), nullable=False),
    text("name"),
    text("body"),
    text("kind"),
    text("change"),
    Column("position", Integer, nullable=False),
    flag("is_shared"),
    time("created_at"),
    Column("version", Integer, nullable=False),
    Index("macros_by_agent", "agent_id"),
    sqlite_autoincrement=True,
)

tags = Table(
    "tags",
    metadata,
    row_id(),
    uuid(),
    text("name"),
    Column("tag_key", Text, nullable=False, unique=True),
    text("color"),
    time("created_at"),
    Column("version", Integer, nullable=False),
    sqlite_autoincrement=True,
)

ticket_tags = Table(
    "ticket_tags",
    metadata,
    Column("ticket_id", Id, ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
    Column("tag_id", Id, ForeignKey("tags.id"), primary_key=True, autoincrement=False),
    Index("ticket_tags_by_tag", "tag_id", "ticket_id"),
)

custom_fields = Table(
    "custom_fields",
    metadata,
    row_id(),
    uuid(),
    Column("field_key", Text, nullable=False, unique=True),
    text("name"),
    text("kind"),
    text("choices"),
    flag("is_required"),
    flag("is_active"),
    Column("position", Integer, nullable=False),
    time("created_at"),
    Column("version", Integer, nullable=False),
    sqlite_autoincrement=True,
)

ticket_fields = Table(
    "ticket_fields",
    metadata,
    Column("ticket_id", Id, ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
    Column("field_id", Id, ForeignKey("custom_fields.id"), primary_key=True, autoincrement=False),
    text("value"),
    text("value_key"),
    Index("ticket_fields_by_value", "field_id", "value_key", "ticket_id"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("ticket_id", Id, ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
    Column("agent_id", Id, ForeignKey("agents.id"), primary_key=True, autoincrement=False),
    text("kind"),
    text("body"),
    time("updated_at"),
    Index("drafts_by_agent", "agent_id"),
)

presence = Table(
    "presence",
    metadata,
    Column("ticket_id", Id, ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
    Column("agent_id", Id, ForeignKey("agents.id"), primary_key=True, autoincrement=False),
    text("state"),
    time("since"),
    time("seen_at"),
    Index("presence_by_age", "seen_at"),
)

notifications = Table(
    "notifications",
    metadata,
    row_id(),
    uuid(),
    Column("agent_id", Id, ForeignKey("agents.id"), nullable=False),
    Column("ticket_id", Id, ForeignKey("tickets.id"), nullable=False),
    text("kind"),
    maybe("actor_name"),
    time("at"),
    time("read_at", nullable=True),
    time("due_at", nullable=True),
    Index("notifications_by_agent", "agent_id", "read_at", "id"),
    Index("notifications_by_ticket", "ticket_id", "id"),
    Index("notifications_by_age", "at"),
    sqlite_autoincrement=True,
)
