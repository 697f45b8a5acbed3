"""What happened to a ticket, in one line of time: messages, notes and deeds."""

from dataclasses import dataclass

from ventanilla.core.events import Event
from ventanilla.core.ids import Label
from ventanilla.core.thread import Message


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One fact of whichever ticket, with what the ticket is called and where it stands now."""

    event: Event
    ticket_id: int
    label: Label
    area: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact of a ticket, with the message that it is about."""

    ticket_id: int
    event: Event
    message: Message | None
