"""The thread of a ticket: messages between requester and staff, internal notes, attachments."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID


class Visibility(StrEnum):
    PUBLIC = "public"
    INTERNAL = "internal"


class AuthorKind(StrEnum):
    REQUESTER = "requester"
    STAFF = "staff"


class Author(NamedTuple):
    """Who wrote a message, as it stood then. `subject` is their id as their issuer gave it."""

    kind: AuthorKind
    name: str
    picture: str | None
    subject: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message. `id` is 0 until it is stored."""

    uuid: UUID
    author: Author
    body: str
    created_at: datetime
    visibility: Visibility = Visibility.PUBLIC
    id: int = 0

    @property
    def is_from_staff(self) -> bool:
        return self.author.kind is AuthorKind.STAFF

    @property
    def is_public(self) -> bool:
        return self.visibility is Visibility.PUBLIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file of a ticket. `sha256` is the hex digest of its bytes, `blob_key` where the bytes are kept.

    `message` is the one that it came with. `uploader_id` is set on what an agent uploads to go with a message: until
    the message is sent nobody else sees it. The files of an internal note are internal.
    """

    uuid: UUID
    file_name: str
    media_type: str
    size: int
    sha256: str
    blob_key: str
    uploaded_at: datetime
    message: UUID | None = None
    visibility: Visibility = Visibility.PUBLIC
    uploader_id: int | None = None
    id: int = 0

    @property
    def is_public(self) -> bool:
        return self.visibility is Visibility.PUBLIC

    @property
    def is_draft(self) -> bool:
        """Tell whether it waits for its uploader to send it along with a message."""
        return self.uploader_id is not None and self.message is None
