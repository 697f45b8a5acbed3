"""What is said in a ticket, as it stands on the native API's wire."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from ventanilla.contracts.desk.ticket_wire import TICKET, Adjustment, Attachment, CloseReason, Status, Ticket
from ventanilla.contracts.desk.wire import AgentRef, Cursor, Form, Time

TIMELINE = TICKET + "/timeline"
MESSAGES = TICKET + "/messages"

MOST_FILES = 50

Kind = Literal["answer", "note"]
EntryKind = Literal["reply", "answer", "note", "event"]
AuthorKind = Literal["requester", "agent", "system"]
Body = Annotated[str, Meta(min_length=1, max_length=20_000, description="Markdown.")]


class TimelineQuery(Form, frozen=True, kw_only=True):
    after: Cursor | None = None
    limit: Annotated[int, Meta(ge=1, le=500)] = 500


class Author(Struct, frozen=True):
    """Who it was. `id` is the UUID of an agent, or the number of the requester; null for whoever is not known."""

    kind: AuthorKind
    name: str
    picture: str | None
    id: str | None


class Event(Struct, frozen=True):
    """What was done. `changes` maps what changed to its value before and after."""

    kind: str
    reason: str | None
    changes: dict[str, tuple[str | None, str | None]]


class Entry(Struct, frozen=True, kw_only=True):
    """One line of the timeline: a message (with `body`), or a deed. Of a message, `event` tells what it changed.

    `ticket_id` is another ticket's where the entry was said in one that was merged into this one.
    """

    kind: EntryKind
    id: str
    ticket_id: int
    at: Time
    author: Author
    body: str | UnsetType = UNSET
    attachments: list[Attachment]
    event: Event | UnsetType = UNSET
    mentions: list[AgentRef]


class Timeline(Struct, frozen=True):
    data: list[Entry]
    next: str | None


class NewMessage(Form, frozen=True, kw_only=True):
    """`attachment_ids` are files of the caller's that wait in this ticket; `change` is made along with the message."""

    kind: Kind
    body: Body
    attachment_ids: Annotated[list[Annotated[int, Meta(ge=1)]], Meta(max_length=MOST_FILES)] = field(
        default_factory=list
    )
    status: Status | UnsetType = UNSET
    close_reason: CloseReason | UnsetType = UNSET
    assign_to_me: bool = False
    change: Adjustment = Adjustment()


class Written(Struct, frozen=True):
    entry: Entry
    ticket: Ticket
