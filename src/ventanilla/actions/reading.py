"""Looking at tickets: one, a list, the counts of the queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ventanilla.actions.ports import Transaction
from ventanilla.actions.ticket_ports import QueueCounts
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.core.errors import Fault, InvalidInput, NotFound, Rule
from ventanilla.core.events import Event
from ventanilla.core.filters import Cursor, Order, Page, PageOf, TicketFilter
from ventanilla.core.ids import Label, TicketRef
from ventanilla.core.message_row import ShownMessage
from ventanilla.core.people import Actor, normal_email
from ventanilla.core.thread import Attachment, Message
from ventanilla.core.ticket import Ticket
from ventanilla.core.ticket_row import OwnRow, TicketRow


@dataclass(frozen=True, slots=True)
class Conversation:
    """A ticket with its messages, oldest first."""

    ticket: Ticket | TicketRow
    messages: Sequence[ShownMessage]


@dataclass(frozen=True, slots=True)
class WithFiles:
    """A ticket with its attachments, in the order they came."""

    ticket: Ticket
    attachments: Sequence[Attachment]


@dataclass(frozen=True, slots=True)
class WithHistory:
    """A ticket with its whole history, oldest first, as it stood at the moment `at`."""

    ticket: Ticket
    events: Sequence[Event]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenToRequester:
    """A ticket with all of it that its requester may know, as it stood at the moment `at`."""

    ticket: Ticket
    messages: Sequence[Message]
    attachments: Sequence[Attachment]
    events: Sequence[Event]
    at: datetime


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Tickets as they stood at the moment `at`."""

    tickets: Sequence[TicketRow]
    at: datetime


@dataclass(frozen=True, slots=True)
class WithLastEvent:
    """A ticket with the last thing that happened to it and that its requester may know."""

    ticket: Ticket
    last_event: Event


async def load(
    tx: Transaction, actor: Actor, ref: TicketRef | None, permission: Permission = Permission.READ
) -> Ticket:
    """Return the ticket if the caller has `permission` on it. Raises NotFound or Forbidden (`access.require`)."""
    ticket = await tx.tickets.get(ref) if ref is not None else None
    if ticket is None:
        raise NotFound
    access.require(actor, permission, ticket)
    return ticket


async def conversation(tx: Transaction, actor: Actor, ref: TicketRef | None) -> Conversation:
    """Return the ticket and its public messages. Raises NotFound."""
    found = await tx.tickets.conversation(ref) if ref is not None else None
    if found is None:
        raise NotFound
    ticket, messages = found
    access.require(actor, Permission.READ, ticket)
    return Conversation(ticket, messages)


async def with_files(tx: Transaction, actor: Actor, ref: TicketRef | None) -> WithFiles:
    """Return the ticket and its attachments. Raises NotFound."""
    ticket = await load(tx, actor, ref)
    return WithFiles(ticket, (await tx.attachments.of([ticket.id])).get(ticket.id, []))


async def open_to_requester(tx: Transaction, actor: Actor, ref: TicketRef | None) -> OpenToRequester:
    """Return, for staff, the ticket and all of it that is no secret of theirs. Raises NotFound or Forbidden."""
    found = await with_history(tx, actor, ref)
    ticket = found.ticket
    return OpenToRequester(
        ticket=ticket,
        messages=await tx.threads.of(ticket, internal=False),
        attachments=(await tx.attachments.of([ticket.id])).get(ticket.id, []),
        events=found.events,
        at=found.at,
    )


async def with_history(tx: Transaction, actor: Actor, ref: TicketRef | None) -> WithHistory:
    """Return the ticket and its history, for staff. Raises NotFound or Forbidden."""
    ticket = await load(tx, actor, ref, Permission.READ_INTERNAL)
    events = await tx.history.of(ticket)
    return WithHistory(ticket, [event for event in events if not event.is_internal], tx.now)


async def by_label_and_email(tx: Transaction, label: Label | None, email: str) -> WithLastEvent:
    """Return a ticket to whoever knows its label and the address it was opened with.

    The same work is done, and the same NotFound raised, whichever of the two is wrong.
    """
    ticket = await tx.tickets.get(label or Label(0, 0))
    wanted = normal_email(email)
    if ticket is None or not wanted or normal_email(ticket.contact.email) != wanted:
        raise NotFound  # an empty address is nobody's: tickets opened with a token may have none
    return WithLastEvent(ticket, await tx.history.last_public(ticket))


async def page(tx: Transaction, wanted: TicketFilter, page: Page, order: Order = Order.NEWEST) -> PageOf[TicketRow]:
    """Return one page and the exact total of a filter made by `access.own` or `access.in_sight`."""
    return await tx.tickets.page(wanted, order, page)


async def own_page(tx: Transaction, actor: Actor, page: Page) -> PageOf[OwnRow]:
    """Return one page of the caller's own tickets, newest first, and the exact total."""
    return await tx.tickets.own_page(access.owners(actor), page)


async def rows(tx: Transaction, wanted: TicketFilter, page: Page, order: Order = Order.NEWEST) -> Sequence[TicketRow]:
    """Return one page alone, where nobody asks for the total."""
    return await tx.tickets.rows(wanted, order, page)


async def whole_page(tx: Transaction, wanted: TicketFilter, page: Page, order: Order = Order.NEWEST) -> PageOf[Ticket]:
    """As `page`, for lists that show what was said."""
    return await tx.tickets.whole_page(wanted, order, page)


async def last_changed(tx: Transaction, actor: Actor, size: int, after: TicketRef | None, field: str) -> Snapshot:
    """Return the tickets that staff may see, the last changed first, from behind the ticket `after` on.

    Raises InvalidInput for `field` when `after` names no ticket of theirs.
    """
    page = Page(size=size, after=await _place(tx, actor, after, field) if after is not None else None)
    return Snapshot(await tx.tickets.rows(access.in_sight(actor), Order.LAST_CHANGED, page), tx.now)


async def _place(tx: Transaction, actor: Actor, ref: TicketRef, field: str) -> Cursor:
    try:
        ticket = await load(tx, actor, ref)
    except NotFound:
        raise InvalidInput(Fault(field, Rule.UNKNOWN_TICKET)) from None
    return Cursor(ticket.updated_at, ticket.id)


async def page_with_files(tx: Transaction, wanted: TicketFilter, page: Page) -> PageOf[WithFiles]:
    """As `page`, newest first, with the attachments of each ticket."""
    found = await tx.tickets.whole_page(wanted, Order.NEWEST, page)
    files = await tx.attachments.of([ticket.id for ticket in found.rows])
    return PageOf([WithFiles(ticket, files.get(ticket.id, [])) for ticket in found.rows], found.total, page)


async def queue_counts(tx: Transaction, actor: Actor) -> QueueCounts:
    """Return how many tickets there are in each status, among those that this member of staff may see.

    Raises Unauthenticated or Forbidden.
    """
    access.require_desk(actor, Permission.USE_STAFF_API)
    return await tx.tickets.counts(access.in_sight(actor).served)
