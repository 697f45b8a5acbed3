"""The shapes of contract 5 as they stand on the wire."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from ventanilla.wirekit import forms

Category = Literal["account", "payment", "technical", "other"]
Status = Annotated[Literal["open", "in_progress", "resolved", "closed"], forms.FOLDED]
Body = Annotated[str, Meta(min_length=1, max_length=20_000)]


class Create(Struct, frozen=True):
    category: Category
    subject: Annotated[str, Meta(min_length=1, max_length=200)]
    message: Body


class Reply(Struct, frozen=True):
    body: Body


class Assign(Struct, frozen=True, rename="camel"):
    admin_id: str | int | None


class ChangeStatus(Struct, frozen=True, rename="camel"):
    status: Status
    resolution_note: Annotated[str, Meta(max_length=5_000)] | None = None


class Paging(Struct, frozen=True):
    page: Annotated[int, Meta(ge=1, le=1_000_000)] = 1
    size: Annotated[int, Meta(ge=1, le=100)] = 20


class AdminQuery(Paging, frozen=True, rename="camel"):
    status: Status | None = None
    category: Category | None = None
    customer_id: Annotated[str, Meta(max_length=255)] | None = None
    assigned_admin_id: Annotated[str, Meta(max_length=255)] | None = None
    search: Annotated[str, Meta(max_length=200)] | None = None


class Message(Struct, frozen=True, rename="camel"):
    """A message. The last three are in the admin half alone."""

    id: int
    author_type: Literal["customer", "admin"]
    author_name: str
    author_image: str | None
    body: str
    created_at: str
    support_request_id: int | UnsetType = UNSET
    author_customer_id: str | None | UnsetType = UNSET
    author_admin_id: str | None | UnsetType = UNSET


class SupportRequest(Struct, frozen=True, kw_only=True, rename="camel"):
    """A request. `messages` is absent in lists; the admin half has the ids of people, the user half `isAssigned`."""

    id: int
    category: Category
    subject: str
    status: Status
    is_assigned: bool | UnsetType = UNSET
    resolution_note: str | None
    resolved_at: str | None
    closed_at: str | None
    last_customer_message_at: str | None
    last_admin_message_at: str | None
    messages: list[Message] | UnsetType = UNSET
    created_at: str
    updated_at: str
    customer_id: str | UnsetType = UNSET
    assigned_admin_id: str | None | UnsetType = UNSET


class PageMeta(Struct, frozen=True, rename="camel"):
    page: int
    size: int
    total: int
    total_pages: int


class RequestAnswer(Struct, frozen=True):
    message: str
    data: SupportRequest


class RequestList(Struct, frozen=True):
    message: str
    data: list[SupportRequest]
    meta: PageMeta


class MessageAnswer(Struct, frozen=True):
    message: str
    data: Message


class FieldError(Struct, frozen=True):
    field: str
    message: str


class Error(Struct, frozen=True, rename="camel"):
    status_code: int
    message: str
    error: str
    errors: list[FieldError] | UnsetType = UNSET
