"""Writing into a ticket's thread."""

from dataclasses import dataclass

from ventanilla.actions import notifications, staff
from ventanilla.actions.ports import Transaction
from ventanilla.actions.reading import load
from ventanilla.core.access import Permission
from ventanilla.core.ids import TicketRef
from ventanilla.core.people import Actor
from ventanilla.core.thread import Author, AuthorKind, Message, Visibility
from ventanilla.core.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Written:
    """A message as stored, and the ticket after it."""

    ticket: Ticket
    message: Message


async def reply(tx: Transaction, actor: Actor, ref: TicketRef | None, body: str) -> Written:
    """The requester writes. Raises NotFound, and TicketClosed on a closed ticket."""
    ticket = await load(tx, actor, ref, Permission.REPLY)
    message = _message(tx, actor, AuthorKind.REQUESTER, actor.display_name or ticket.contact.name, body)
    ticket.reply(actor, message)
    return await _save(tx, ticket, message)


async def answer(
    tx: Transaction, actor: Actor, ref: TicketRef | None, body: str, *, take_if_unassigned: bool = False
) -> Written:
    """Staff write to the requester. Raises NotFound, Forbidden, and TicketClosed on a closed ticket.

    With `take_if_unassigned` a ticket that nobody has becomes the writer's.
    """
    ticket = await load(tx, actor, ref, Permission.ANSWER)
    agent = await staff.agent_of(tx, actor)
    if take_if_unassigned and ticket.assignee is None:
        ticket.assign(actor, agent, tx.now)
    message = _message(tx, actor, AuthorKind.STAFF, agent.name, body)
    ticket.answer(actor, message)
    return await _save(tx, ticket, message)


async def draft_answer(tx: Transaction, actor: Actor, body: str) -> Message:
    """Return a message of staff to a requester that is in no ticket yet."""
    return await draft(tx, actor, body, Visibility.PUBLIC)


async def draft(tx: Transaction, actor: Actor, body: str, visibility: Visibility) -> Message:
    """Return a message of staff that is in no ticket yet."""
    agent = await staff.agent_of(tx, actor)
    return _message(tx, actor, AuthorKind.STAFF, agent.name, body, visibility)


async def note(tx: Transaction, actor: Actor, ref: TicketRef | None, body: str) -> Written:
    """Staff write to each other. Raises NotFound and Forbidden."""
    ticket = await load(tx, actor, ref, Permission.NOTE)
    agent = await staff.agent_of(tx, actor)
    message = _message(tx, actor, AuthorKind.STAFF, agent.name, body, Visibility.INTERNAL)
    ticket.note(actor, message)
    await notifications.tell_mentioned(tx, actor, ticket, message)
    return await _save(tx, ticket, message)


async def _save(tx: Transaction, ticket: Ticket, message: Message) -> Written:
    stored = await tx.threads.add(ticket, message)
    await tx.tickets.save(ticket)
    return Written(ticket, stored)


def _message(
    tx: Transaction,
    actor: Actor,
    kind: AuthorKind,
    name: str,
    body: str,
    visibility: Visibility = Visibility.PUBLIC,
) -> Message:
    subject = actor.identity.subject if actor.identity else None
    author = Author(kind, name, actor.profile.picture or None, subject)
    return Message(uuid=tx.new_uuid(), author=author, body=body, created_at=tx.now, visibility=visibility)
