"""The shapes of contract 3 as they stand on the wire."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from ventanilla.wirekit import forms

Status = Annotated[Literal["open", "in_progress", "resolved", "closed"], forms.FOLDED]
Priority = Annotated[Literal["low", "normal", "high", "urgent"], forms.FOLDED]
Category = Literal["billing", "technical", "account", "other"]
Body = Annotated[str, Meta(min_length=1, max_length=20_000)]


class Create(Struct, frozen=True):
    subject: Annotated[str, Meta(min_length=1, max_length=200)]
    body: Body
    category: Category = "other"
    priority: Priority = "normal"


class Reply(Struct, frozen=True):
    body: Body


class Change(Struct, frozen=True):
    """What an admin wants changed, at least one of it; `assigned_to` null takes the ticket from whoever has it."""

    status: Status | UnsetType = UNSET
    priority: Priority | UnsetType = UNSET
    assigned_to: str | int | None | UnsetType = UNSET


class Paging(Struct, frozen=True):
    page: Annotated[int, Meta(ge=1, le=1_000_000)] = 1
    per_page: Annotated[int, Meta(ge=1, le=100)] = 20


class AdminQuery(Paging, frozen=True):
    status: Status | None = None


class Message(Struct, frozen=True):
    id: str
    body: str
    is_admin: bool
    created_at: str


class Ticket(Struct, frozen=True):
    """A ticket with its messages; the last two are in the admin half alone."""

    id: str
    subject: str
    status: Status
    priority: Priority
    category: Category
    created_at: str
    messages: list[Message]
    updated_at: str | UnsetType = UNSET
    assigned_to: str | None | UnsetType = UNSET


class Row(Struct, frozen=True):
    """A ticket in a list; the last two are in the admin half alone."""

    id: str
    subject: str
    status: Status
    priority: Priority
    category: Category
    created_at: str
    updated_at: str
    user_id: str | UnsetType = UNSET
    assigned_to: str | None | UnsetType = UNSET


class Pagination(Struct, frozen=True):
    page: int
    per_page: int
    total: int
    total_pages: int


class TicketList(Struct, frozen=True):
    success: bool
    data: list[Row]
    pagination: Pagination


class Fault(Struct, frozen=True):
    code: str
    message: str
    details: dict[str, str] | None


class Error(Struct, frozen=True):
    error: Fault
