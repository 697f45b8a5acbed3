"""Drafts: keeping what somebody has begun to write, for them alone."""

from ventanilla.actions import staff
from ventanilla.actions.ports import Transaction
from ventanilla.actions.reading import load
from ventanilla.core.access import Permission
from ventanilla.core.drafts import NO_DRAFT, Draft
from ventanilla.core.ids import TicketRef
from ventanilla.core.macros import MessageKind
from ventanilla.core.people import Actor
from ventanilla.core.ticket import Ticket


async def get(tx: Transaction, actor: Actor, ref: TicketRef | None) -> Draft:
    """Return the caller's draft, NO_DRAFT when there is none. Raises NotFound and Forbidden."""
    ticket = await load(tx, actor, ref, Permission.NOTE)
    agent = await staff.number_of(tx, actor)
    return (await tx.drafts.get(ticket.id, agent) if agent else None) or NO_DRAFT


async def put(tx: Transaction, actor: Actor, ref: TicketRef | None, body: str, kind: MessageKind) -> Draft:
    """Keep the caller's draft; an empty one is none. Raises NotFound and Forbidden."""
    if not body:
        await remove(tx, actor, ref)
        return NO_DRAFT
    ticket = await load(tx, actor, ref, Permission.NOTE)
    agent = await staff.agent_of(tx, actor)
    return await tx.drafts.put(ticket.id, agent.id, body, kind)


async def remove(tx: Transaction, actor: Actor, ref: TicketRef | None) -> None:
    """Throw the caller's draft away, if there is one. Raises NotFound and Forbidden."""
    await clear(tx, actor, await load(tx, actor, ref, Permission.NOTE))


async def clear(tx: Transaction, actor: Actor, ticket: Ticket) -> None:
    """As `remove`, for a ticket that the caller is writing into."""
    agent = await staff.number_of(tx, actor)
    if agent is not None:
        await tx.drafts.remove(ticket.id, agent)
