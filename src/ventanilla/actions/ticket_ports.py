"""What actions need from the store to keep tickets, what was said in them and what happened to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ventanilla.core.events import Event
from ventanilla.core.filters import CappedCount, Order, Page, PageOf, Place, Placed, QueueOrder, TicketFilter
from ventanilla.core.ids import TicketRef
from ventanilla.core.lifecycle import Status
from ventanilla.core.links import Link
from ventanilla.core.message_row import MessageRow
from ventanilla.core.people import Identity
from ventanilla.core.thread import Attachment, Message
from ventanilla.core.ticket import Ticket
from ventanilla.core.ticket_row import OwnRow, TicketRow
from ventanilla.core.timeline import Entry, FeedEntry


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many tickets there are in each status, and how many of all are unread by staff."""

    by_status: dict[Status, int]
    unread: int

    @property
    def total(self) -> int:
        return sum(self.by_status.values())


class Tickets(Protocol):
    async def add(self, ticket: Ticket, opening: Message) -> Message:
        """Store a new ticket with its requester (made, or brought up to date), its first message and its facts.

        Sets `ticket.id`, the label's number and the requester's id.
        """

    async def get(self, ref: TicketRef) -> Ticket | None: ...

    async def conversation(self, ref: TicketRef) -> tuple[TicketRow, Sequence[MessageRow]] | None:
        """Return a ticket to look at, with its public messages, oldest first."""

    async def save(self, ticket: Ticket) -> None:
        """Store what changed and the facts, and tell whom they concern. Raises EditedMeanwhile when somebody saved it
        first.
        """

    async def page(self, wanted: TicketFilter, order: Order, page: Page) -> PageOf[TicketRow]:
        """Return one page and the total."""

    async def own_page(self, owners: Sequence[Identity], page: Page) -> PageOf[OwnRow]:
        """Return one page of what these people own, newest first, and the total."""

    async def rows(self, wanted: TicketFilter, order: Order, page: Page) -> Sequence[TicketRow]:
        """Return the page alone, without counting."""

    async def whole_page(self, wanted: TicketFilter, order: Order, page: Page) -> PageOf[Ticket]:
        """As `page`, for lists that show what was said."""

    async def queue(
        self, wanted: TicketFilter, order: QueueOrder, size: int, after: Place | None
    ) -> Sequence[Placed[TicketRow]]:
        """Return a page of the queue, from its beginning or from behind a place on."""

    async def merged_into(self, tickets: Sequence[int]) -> Sequence[int]:
        """Return the ids of the tickets that were merged into these."""

    async def count_up_to(self, most: int, wanted: TicketFilter) -> CappedCount: ...

    async def counts_up_to(self, most: int, wanted: Sequence[TicketFilter]) -> Sequence[CappedCount]:
        """As `count_up_to`, for one filter or more at once."""

    async def counts(self, areas: Sequence[str] | None) -> QueueCounts: ...


class Threads(Protocol):
    async def add(self, ticket: Ticket, message: Message) -> Message: ...

    async def of(self, ticket: Ticket | TicketRow, *, internal: bool) -> Sequence[Message]:
        """Return the messages in the order they were written; `internal` includes the notes."""

    async def newest(self, tickets: Sequence[int], most: int, *, internal: bool) -> Sequence[tuple[int, str]]:
        """Return the ticket and the body of the newest messages of each ticket, newest first, at most so many each."""


class History(Protocol):
    async def of(self, ticket: Ticket) -> Sequence[Event]: ...

    async def timeline(self, tickets: Sequence[int], size: int, after: Place | None) -> Sequence[Placed[Entry]]:
        """Return what happened to the first of these tickets, and what was said in the others and which files came.

        Oldest first, from the beginning or from behind a place on. That somebody looked at a ticket is left out.
        """

    async def feed(self, size: int, after: Place) -> Sequence[Placed[FeedEntry]]:
        """Return what happened on the desk from behind a place on. To this order nothing is added but at its end.

        What was written by a transaction that others are older than shows once those are over.
        """

    async def latest(self) -> Place:
        """Return the place of the last entry of the feed."""

    async def last_public(self, ticket: Ticket) -> Event: ...

    async def last_deed(self, ticket: Ticket) -> Event | None:
        """Return what happened to a ticket last, but for who looked at it; None for one that is not stored yet."""


class Attachments(Protocol):
    async def add(self, ticket: Ticket, attachment: Attachment) -> Attachment: ...

    async def of(self, tickets: Sequence[int], *, internal: bool = False) -> dict[int, list[Attachment]]:
        """Return the attachments of each ticket, by ticket id, in the order they came.

        `internal` includes what requesters do not see.
        """

    async def send(self, ticket: Ticket, ids: Sequence[int], message: Message) -> None:
        """Let these files of the ticket go with a message; they are for whom the message is for."""

    async def get(self, ticket: Ticket, attachment_id: int) -> Attachment | None: ...

    async def remove(self, attachment: Attachment) -> None: ...

    async def waiting_since(self, before: datetime) -> Sequence[Attachment]:
        """Return some of the files that were uploaded before this moment to go with a message, and did not."""

    async def named_keys(self, keys: Sequence[str]) -> set[str]:
        """Return those of `keys` that some attachment names as the place of its bytes."""


class TicketLinks(Protocol):
    async def add(self, link: Link) -> bool:
        """Keep a link in its normal form; returns whether it is new."""

    async def remove(self, link: Link) -> bool:
        """Returns whether it was there."""

    async def of(self, ticket_id: int) -> Sequence[Link]:
        """Return the links of a ticket as seen from it, oldest first."""
