"""What happened to a ticket, in one line of time: messages, notes and deeds."""

from dataclasses import dataclass

from ventanilla.core.events import Event
from ventanilla.core.thread import Message


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact of a ticket, with the message that it is about."""

    ticket_id: int
    event: Event
    message: Message | None
