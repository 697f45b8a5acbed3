"""The desk's tables as ORM classes. The tables are made by the desk; columns and indexes are therefore the same."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Dialect, ForeignKey, LargeBinary, Text, TypeDecorator
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeEngine

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Moment(TypeDecorator[datetime]):
    """A time, kept as microseconds since 1970."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        return None if value is None else (value - _EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class Uuid(TypeDecorator[UUID]):
    """PostgreSQL's own type; sixteen bytes on SQLite."""

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind: TypeEngine[Any] = postgresql.UUID() if dialect.name == "postgresql" else LargeBinary(16)
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> Any:
        return value if value is None or dialect.name == "postgresql" else value.bytes

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:
        return value if value is None or dialect.name == "postgresql" else UUID(bytes=value)


class Base(DeclarativeBase):
    type_annotation_map = {int: BigInteger, str: Text, datetime: Moment, UUID: Uuid}  # noqa: RUF012


class Requester(Base):
    __tablename__ = "requesters"

    id: Mapped[int] = mapped_column(primary_key=True)
    issuer: Mapped[str]
    subject: Mapped[str]
    name: Mapped[str]
    email: Mapped[str]
    first_name: Mapped[str] = mapped_column(default="")
    last_name: Mapped[str] = mapped_column(default="")
    username: Mapped[str] = mapped_column(default="")
    picture: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]


class Ticket(Base):
    __tablename__ = "tickets"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID]
    label_year: Mapped[int]
    label_number: Mapped[int]
    channel: Mapped[str]
    requester_id: Mapped[int] = mapped_column(ForeignKey("requesters.id"))
    contact_name: Mapped[str]
    contact_email: Mapped[str]
    contact_phone: Mapped[str | None]
    contact_whatsapp: Mapped[int] = mapped_column(default=0)
    contact_document: Mapped[str | None]
    contact_company: Mapped[str | None]
    subject: Mapped[str | None]
    subject_key: Mapped[str]
    category: Mapped[str]
    topic: Mapped[str]
    subcategory: Mapped[str | None]
    request_type: Mapped[str]
    role_context: Mapped[str | None]
    area: Mapped[str]
    area_key: Mapped[str]
    assignee_id: Mapped[int | None]
    priority: Mapped[str]
    status: Mapped[str]
    close_reason: Mapped[str | None]
    resolution_note: Mapped[str | None]
    sla_hours: Mapped[int]
    sla_paused: Mapped[int] = mapped_column(default=0)
    sla_paused_at: Mapped[datetime | None]
    sla_stopped_at: Mapped[datetime | None]
    is_read: Mapped[int] = mapped_column(default=0)
    address: Mapped[str] = mapped_column(default="")
    access_key_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    last_reply_at: Mapped[datetime | None]
    last_answer_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    requester: Mapped[Requester] = relationship()
    messages: Mapped[list["Message"]] = relationship(order_by="Message.id")
    events: Mapped[list["Event"]] = relationship()


class Message(Base):
    __tablename__ = "messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    author_kind: Mapped[str]
    author_name: Mapped[str]
    author_picture: Mapped[str | None]
    author_subject: Mapped[str | None]
    visibility: Mapped[str]
    body: Mapped[str]
    created_at: Mapped[datetime]


class Event(Base):
    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    kind: Mapped[str]
    at: Mapped[datetime]
    actor_kind: Mapped[str]
    actor_name: Mapped[str]
    actor_role: Mapped[str | None]
    actor_subject: Mapped[str | None]
    reason: Mapped[str | None]
    changes: Mapped[str]
    message_uuid: Mapped[UUID | None]
    is_internal: Mapped[int] = mapped_column(default=0)


class LabelCounter(Base):
    __tablename__ = "label_counters"

    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class QueueCount(Base):
    __tablename__ = "queue_counts"

    area_key: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(primary_key=True)
    is_read: Mapped[int] = mapped_column(primary_key=True)
    tickets: Mapped[int]
