"""The shapes of contract 4 as they stand on the wire."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from ventanilla.wirekit import forms

TICKETS = "/api/support-tickets"

Status = Annotated[Literal["open", "in_progress", "resolved", "closed"], forms.FOLDED]
Key = Annotated[str, Meta(max_length=255, description="The accessKey of the ticket, from the answer that opened it.")]
NoFiles = Annotated[
    Any, Meta(description="Files come as multipart/form-data.", extra_json_schema={"type": "array", "maxItems": 0})
]


class Create(Struct, frozen=True, kw_only=True, rename="camel"):
    """A new ticket. `status` and `createdAt` count when staff send them; `updatedAt` never does."""

    role_context: Annotated[str, Meta(min_length=1, max_length=50)]
    full_name: Annotated[str, Meta(min_length=1, max_length=150)]
    email: forms.Email
    subject: Annotated[str, Meta(min_length=1, max_length=200)]
    category: Annotated[str, Meta(min_length=1, max_length=100)]
    message: Annotated[str, Meta(min_length=1, max_length=20_000)]
    status: Status | None = None
    created_at: forms.Time | None = None
    updated_at: forms.Time | None = None
    attachments: NoFiles = None


class ListQuery(Struct, frozen=True):
    """Without `page` and `size` the newest 1,000 are told."""

    page: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None
    size: Annotated[int, Meta(ge=1, le=200)] | None = None


class KeyQuery(Struct, frozen=True):
    key: Key | None = None


class LinkQuery(KeyQuery, frozen=True):
    """`expires` and `signature` stand in every `fileUrl`."""

    expires: Annotated[str, Meta(max_length=20)] | None = None
    signature: Annotated[str, Meta(max_length=128)] | None = None


class KeyHeader(Struct, frozen=True):
    access_key: Key | None = field(name="X-Access-Key", default=None)


class Attachment(Struct, frozen=True, rename="camel"):
    """A file. `fileUrl` opens it for 15 minutes, for whoever holds it."""

    id: int
    file_name: str
    file_url: str
    mime_type: str
    file_size_bytes: int
    uploaded_at: forms.Time


class Ticket(Struct, frozen=True, kw_only=True, rename="camel"):
    """A ticket. What another contract did not ask for (`roleContext`, `fullName`, `email`) is an empty text."""

    id: int
    role_context: str
    full_name: str
    email: str
    subject: str
    category: str
    message: str
    status: Status
    created_at: forms.Time
    updated_at: forms.Time
    attachments: list[Attachment]


class OpenedTicket(Ticket, frozen=True, kw_only=True, rename="camel"):
    """A new ticket. `accessKey` opens it without an account, and is told this once."""

    access_key: str


class Error(Struct, frozen=True):
    status: int
    error: str
    message: str
    path: str
    timestamp: forms.Time
    errors: dict[str, str] | UnsetType = UNSET
