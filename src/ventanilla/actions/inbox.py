"""An inbox that one admin works through: read, answer, move to any state (contract 1)."""

from dataclasses import dataclass

from ventanilla.actions import threads
from ventanilla.actions.ports import Transaction
from ventanilla.actions.reading import load, queue_counts
from ventanilla.core.access import Permission
from ventanilla.core.filters import Order, Page, PageOf, TicketFilter
from ventanilla.core.ids import TicketRef
from ventanilla.core.lifecycle import Status, way_to
from ventanilla.core.people import Actor
from ventanilla.core.ticket import Ticket


@dataclass(frozen=True, slots=True)
class InboxPage:
    """A page of tickets, and how many of all that the caller may see nobody of the staff has read."""

    page: PageOf[Ticket]
    unread: int


async def page(tx: Transaction, actor: Actor, wanted: TicketFilter, page: Page) -> InboxPage:
    """Return one page of a filter. Raises Forbidden for anybody but staff."""
    counts = await queue_counts(tx, actor)
    return InboxPage(await tx.tickets.whole_page(wanted, Order.NEWEST, page), counts.unread)


async def handle(
    tx: Transaction, actor: Actor, ref: TicketRef | None, statuses: tuple[Status, ...] | None, answer: str | None
) -> Ticket:
    """Mark a ticket as read, answer its requester, and move it to the first of `statuses` unless it is in one of them.

    The answer is written only where it differs from the latest one. Raises NotFound, Forbidden, and TicketClosed for
    an answer to a ticket that is to stay closed.
    """
    ticket = await load(tx, actor, ref, Permission.OVERRIDE_STATUS)
    ticket.mark_read(actor, tx.now)
    if ticket.status is Status.CLOSED and statuses:
        _move(tx, actor, ticket, statuses)
    if answer and answer != ticket.last_answer:
        message = await threads.draft_answer(tx, actor, answer)
        ticket.answer(actor, message)
        await tx.threads.add(ticket, message)
    if statuses:
        _move(tx, actor, ticket, statuses)
    if ticket.facts:
        await tx.tickets.save(ticket)
    return ticket


def _move(tx: Transaction, actor: Actor, ticket: Ticket, statuses: tuple[Status, ...]) -> None:
    if ticket.status in statuses:
        return
    action = way_to(ticket.status, statuses[0])
    if action is None:
        ticket.override_status(actor, statuses[0], tx.now)
    else:
        ticket.act(actor, action, tx.now)
