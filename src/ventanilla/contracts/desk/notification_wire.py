"""Notifications as they stand on the native API's wire."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from ventanilla.contracts.desk.wire import PREFIX, Form, Paging, Time, Uuid

NOTIFICATIONS = PREFIX + "/notifications"
READ = NOTIFICATIONS + "/read"

Kind = Literal["assigned", "mentioned", "replied", "breaching"]


class NotificationQuery(Paging, frozen=True, kw_only=True):
    unread: Annotated[bool, Meta(description="Only those that were not read yet.")] = False


class Subject(Struct, frozen=True):
    """The ticket that a notification is about."""

    id: int
    label: str
    subject: str


class Notification(Struct, frozen=True, kw_only=True):
    """`actor` is the name of who did it; null when it is the clock."""

    id: Uuid
    kind: Kind
    ticket: Subject
    actor: str | None
    at: Time
    read_at: Time | None


class NotificationList(Struct, frozen=True, kw_only=True):
    """`unread` counts all that were not read, up to 1,000."""

    data: list[Notification]
    next: str | None
    unread: int


class MarkRead(Form, frozen=True, kw_only=True):
    """Either `ids`, or `all`."""

    ids: Annotated[list[Annotated[str, Meta(max_length=36)]], Meta(max_length=200)] | None = None
    all: bool = False


class Unread(Struct, frozen=True):
    unread: int
