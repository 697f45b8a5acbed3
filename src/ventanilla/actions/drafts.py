"""Drafts: keeping what somebody has begun to write, for them alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from ventanilla.actions import attachments, staff
from ventanilla.actions.ports import Transaction
from ventanilla.actions.reading import load
from ventanilla.core.access import Permission
from ventanilla.core.drafts import NO_DRAFT, Draft
from ventanilla.core.ids import TicketRef
from ventanilla.core.macros import MessageKind
from ventanilla.core.people import Actor
from ventanilla.core.thread import Attachment
from ventanilla.core.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Begun:
    """What the caller has begun to write into a ticket, and their files that wait there to be sent."""

    ticket_id: int
    draft: Draft
    files: Sequence[Attachment]


async def get(tx: Transaction, actor: Actor, ref: TicketRef | None) -> Begun:
    """Return the caller's draft, NO_DRAFT when there is none. Raises NotFound and Forbidden."""
    ticket = await load(tx, actor, ref, Permission.NOTE)
    agent = await staff.number_of(tx, actor)
    draft = (await tx.drafts.get(ticket.id, agent) if agent else None) or NO_DRAFT
    return Begun(ticket.id, draft, await attachments.waiting(tx, actor, ticket))


async def put(tx: Transaction, actor: Actor, ref: TicketRef | None, body: str, kind: MessageKind) -> Begun:
    """Keep the caller's draft; an empty one is none. Raises NotFound and Forbidden."""
    ticket = await load(tx, actor, ref, Permission.NOTE)
    files = await attachments.waiting(tx, actor, ticket)
    if not body:
        await clear(tx, actor, ticket)
        return Begun(ticket.id, NO_DRAFT, files)
    agent = await staff.agent_of(tx, actor)
    return Begun(ticket.id, await tx.drafts.put(ticket.id, agent.id, body, kind), files)


async def remove(tx: Transaction, actor: Actor, ref: TicketRef | None) -> None:
    """Throw the caller's draft away, if there is one. Raises NotFound and Forbidden."""
    await clear(tx, actor, await load(tx, actor, ref, Permission.NOTE))


async def clear(tx: Transaction, actor: Actor, ticket: Ticket) -> None:
    """As `remove`, for a ticket that the caller is writing into."""
    agent = await staff.number_of(tx, actor)
    if agent is not None:
        await tx.drafts.remove(ticket.id, agent)
