"""Linking tickets that belong together."""

from ventanilla.actions import tickets
from ventanilla.actions.expecting import Expected, require_current
from ventanilla.actions.ports import Transaction
from ventanilla.actions.reading import load
from ventanilla.actions.tickets import WholeTicket
from ventanilla.core.access import Permission
from ventanilla.core.errors import Fault, InvalidInput, NotFound, Rule
from ventanilla.core.events import EventKind
from ventanilla.core.ids import TicketRef
from ventanilla.core.links import OTHER_SIDE, Link, LinkKind
from ventanilla.core.people import Actor
from ventanilla.core.ticket import Ticket


async def link(
    tx: Transaction,
    actor: Actor,
    ref: TicketRef | None,
    other_ref: TicketRef | None,
    kind: LinkKind,
    expected: Expected,
) -> WholeTicket:
    """Link a ticket to another one; linking them the same way again changes nothing.

    Raises NotFound, Forbidden, Stale, and InvalidInput when `other_ref` names no ticket of the caller's or this one.
    """
    ticket = await load(tx, actor, ref, Permission.LINK)
    require_current(ticket.version, expected)
    other = await find_other(tx, actor, ticket, other_ref, Permission.READ_INTERNAL, "other")
    await join(tx, actor, ticket, other, kind)
    return await tickets.whole(tx, actor, ticket)


async def join(tx: Transaction, actor: Actor, ticket: Ticket, other: Ticket, kind: LinkKind) -> None:
    """Link two tickets that this transaction holds, and save both."""
    if await tx.ticket_links.add(Link(ticket.id, other.id, kind).normal):
        told = {"link": (None, f"{kind} {other.label}")}
        ticket.record(actor, EventKind.LINKED, tx.now, changes=told)
        other.record(actor, EventKind.LINKED, tx.now, changes={"link": (None, f"{OTHER_SIDE[kind]} {ticket.label}")})
        await save_both(tx, ticket, other)


async def unlink(
    tx: Transaction,
    actor: Actor,
    ref: TicketRef | None,
    other_ref: TicketRef | None,
    kind: LinkKind | None,
    expected: Expected,
) -> WholeTicket:
    """Take a link away. Raises NotFound for what is not linked, Forbidden and Stale."""
    ticket = await load(tx, actor, ref, Permission.LINK)
    require_current(ticket.version, expected)
    other = await load(tx, actor, other_ref, Permission.READ_INTERNAL)
    if kind is None or not await tx.ticket_links.remove(Link(ticket.id, other.id, kind).normal):
        raise NotFound
    ticket.record(actor, EventKind.UNLINKED, tx.now, changes={"link": (f"{kind} {other.label}", None)})
    other.record(actor, EventKind.UNLINKED, tx.now, changes={"link": (f"{OTHER_SIDE[kind]} {ticket.label}", None)})
    await save_both(tx, ticket, other)
    return await tickets.whole(tx, actor, ticket)


async def find_other(
    tx: Transaction, actor: Actor, ticket: Ticket, ref: TicketRef | None, permission: Permission, field: str
) -> Ticket:
    """Return another ticket that the caller has `permission` on. Raises InvalidInput for `field`, and Forbidden."""
    try:
        other = await load(tx, actor, ref, permission)
    except NotFound:
        raise InvalidInput(Fault(field, Rule.UNKNOWN_TICKET)) from None
    if other.id == ticket.id:
        raise InvalidInput(Fault(field, Rule.ITSELF))
    return other


async def save_both(tx: Transaction, one: Ticket, other: Ticket) -> None:
    """Save two tickets always in the same order, so that two transactions never wait for each other."""
    for ticket in sorted((one, other), key=lambda ticket: ticket.id):
        await tx.tickets.save(ticket)
