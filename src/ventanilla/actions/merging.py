"""Tickets that are one after all, and messages that are a ticket of their own."""

from dataclasses import replace
from uuid import UUID

from ventanilla.actions import linking, tickets
from ventanilla.actions.expecting import Expected, require_current
from ventanilla.actions.opening import TicketDraft, new_ticket, opening_message
from ventanilla.actions.ports import Transaction
from ventanilla.actions.reading import load
from ventanilla.actions.tickets import WholeTicket
from ventanilla.core.access import Permission
from ventanilla.core.errors import Fault, InvalidInput, Rule, TransitionRefused
from ventanilla.core.events import EventKind
from ventanilla.core.ids import TicketRef
from ventanilla.core.lifecycle import Status
from ventanilla.core.links import LinkKind
from ventanilla.core.people import Actor
from ventanilla.core.thread import Message
from ventanilla.core.ticket import Ticket


async def merge(
    tx: Transaction, actor: Actor, ref: TicketRef | None, into: TicketRef | None, reason: str | None, expected: Expected
) -> WholeTicket:
    """Let a ticket end and go on as another one. Each keeps its own messages: the other one's timeline shows both.

    Raises NotFound, Forbidden, Stale, InvalidInput when `into` names no ticket of the caller's or this very one, and
    TransitionRefused when either is merged already.
    """
    ticket = await load(tx, actor, ref, Permission.MERGE)
    require_current(ticket.version, expected)
    other = await linking.find_other(tx, actor, ticket, into, Permission.MERGE, "into")
    ticket.merge_into(actor, other, tx.now, reason)
    await linking.save_both(tx, ticket, other)
    return await tickets.whole(tx, actor, ticket)


async def unmerge(tx: Transaction, actor: Actor, ref: TicketRef | None, expected: Expected) -> WholeTicket:
    """Part a ticket from the one it was merged into; it is what it was before.

    Raises NotFound, Forbidden, Stale, and TransitionRefused for one that is not merged.
    """
    ticket = await load(tx, actor, ref, Permission.MERGE)
    require_current(ticket.version, expected)
    other = await tx.tickets.get(ticket.merged_into_id) if ticket.merged_into_id else None
    if other is None:
        raise TransitionRefused(ticket.status, "unmerge")
    ticket.unmerge(actor, other, await _status_before(tx, ticket), tx.now)
    await linking.save_both(tx, ticket, other)
    return await tickets.whole(tx, actor, ticket)


async def split(
    tx: Transaction, actor: Actor, ref: TicketRef | None, message_id: UUID | None, subject: str, expected: Expected
) -> WholeTicket:
    """Open a ticket of its own from a message, with its files; the message stays where it is, and the two are linked.

    Raises NotFound, Forbidden, Stale, and InvalidInput when `message_id` names no message of the requester and staff.
    """
    ticket = await load(tx, actor, ref, Permission.SPLIT)
    require_current(ticket.version, expected)
    message = await _message(tx, ticket, message_id)
    new = new_ticket(tx, actor, _draft(ticket, message, subject), ticket.requester, ticket.contact, tx.now)
    opening = replace(opening_message(tx, new), author=message.author)
    new.record_opening(actor, opening)
    await tx.tickets.add(new, opening)
    await _copy_files(tx, ticket, message, new, opening)
    ticket.record(actor, EventKind.SPLIT, tx.now, changes={"split": (None, str(new.label))})
    await linking.join(tx, actor, new, ticket, LinkKind.RELATED)
    return await tickets.whole(tx, actor, new)


async def _status_before(tx: Transaction, ticket: Ticket) -> Status:
    merged = [event for event in await tx.history.of(ticket) if event.kind is EventKind.MERGED]
    before, _ = merged[-1].changes.get("status", (None, None)) if merged else (None, None)
    return Status(before) if before else ticket.status


async def _message(tx: Transaction, ticket: Ticket, message_id: UUID | None) -> Message:
    for message in await tx.threads.of(ticket, internal=False):
        if message.uuid == message_id:
            return message
    raise InvalidInput(Fault("message_id", Rule.UNKNOWN_MESSAGE))


def _draft(ticket: Ticket, message: Message, subject: str) -> TicketDraft:
    return TicketDraft(
        channel=ticket.channel,
        contact=ticket.contact,
        subject=subject,
        description=message.body,
        category=ticket.category,
        subcategory=ticket.subcategory,
        request_type=ticket.request_type,
        role_context=ticket.role_context,
        area=ticket.area,
        priority=ticket.priority,
    )


async def _copy_files(tx: Transaction, ticket: Ticket, message: Message, new: Ticket, opening: Message) -> None:
    for file in (await tx.attachments.of([ticket.id])).get(ticket.id, []):
        if file.message == message.uuid:
            await tx.attachments.add(new, replace(file, uuid=tx.new_uuid(), message=opening.uuid, id=0))
