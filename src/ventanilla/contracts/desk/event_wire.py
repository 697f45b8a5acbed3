"""The event feed as it stands on the native API's wire."""

from typing import Annotated

import msgspec
from msgspec import Meta, Struct, UnsetType

from ventanilla.contracts.desk.message_wire import AuthorKind
from ventanilla.contracts.desk.wire import PREFIX, Form, Limit, Time

EVENTS = PREFIX + "/events"
LATEST = "latest"
GONE = "ticket.gone"


class EventQuery(Form, frozen=True, kw_only=True):
    after: (
        Annotated[
            str,
            Meta(
                max_length=200,
                description="`next` or an event's `id`; `latest` for from now on. Else from the beginning.",
            ),
        ]
        | None
    ) = None
    limit: Limit = 50


class EventHeaders(Struct, frozen=True):
    """What a stream is resumed by."""

    last_event_id: Annotated[
        str | UnsetType, Meta(description="The `id` of the last event of the stream before; goes before `after`.")
    ] = msgspec.field(default=msgspec.UNSET, name="Last-Event-ID")


class EventTicket(Struct, frozen=True):
    id: int
    label: str
    area: str


class EventActor(Struct, frozen=True):
    """Who did it. `id` is the UUID of an agent; null for anybody else."""

    kind: AuthorKind
    name: str
    id: str | None


class FeedEvent(Struct, frozen=True, kw_only=True):
    """Something that happened. `ticket.gone` is the last that is told of a ticket that left the caller's sight."""

    id: str
    kind: str
    at: Time
    ticket: EventTicket
    actor: EventActor
    changes: dict[str, tuple[str | None, str | None]]
    message_id: str | None


class Events(Struct, frozen=True):
    """`next` is where the feed goes on, also when there is nothing more yet."""

    data: list[FeedEvent]
    next: str
