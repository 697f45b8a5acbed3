"""Presence: telling others that one is at a ticket, and seeing who else is."""

from collections.abc import Sequence

from ventanilla.actions import staff
from ventanilla.actions.ports import Transaction
from ventanilla.actions.reading import load
from ventanilla.core import access, presence
from ventanilla.core.access import Permission
from ventanilla.core.areas import is_one_of
from ventanilla.core.ids import TicketRef
from ventanilla.core.people import Actor
from ventanilla.core.presence import Move, Presence, PresenceState


async def others(tx: Transaction, actor: Actor, ref: TicketRef | None) -> Sequence[Presence]:
    """Return who else is at the ticket, first come first. Raises NotFound and Forbidden."""
    ticket = await load(tx, actor, ref, Permission.READ_INTERNAL)
    own = await staff.number_of(tx, actor)
    return [one for one in await tx.presence.at(ticket.id) if one.agent.id != own]


async def moves(tx: Transaction, actor: Actor) -> frozenset[Move]:
    """Return who moved just now at the tickets of the caller's sight. Raises Unauthenticated and Forbidden."""
    access.require_desk(actor, Permission.USE_STAFF_API)
    own = access.in_sight(actor).served
    return frozenset(move for move in await tx.presence.moves() if own is None or is_one_of(own, move.area))


async def is_news(tx: Transaction, actor: Actor, ref: TicketRef | None, state: PresenceState) -> bool:
    """Tell whether `be` has anything to write down; most of the time it has not. Raises NotFound and Forbidden."""
    ticket = await load(tx, actor, ref, Permission.READ_INTERNAL)
    own = await staff.number_of(tx, actor)
    known = await tx.presence.of(ticket.id, own) if own else None
    return presence.is_news(known, state, tx.now)


async def be(tx: Transaction, actor: Actor, ref: TicketRef | None, state: PresenceState) -> None:
    """Note that the caller is at the ticket, or no longer. Raises NotFound and Forbidden."""
    ticket = await load(tx, actor, ref, Permission.READ_INTERNAL)
    own = (await staff.agent_of(tx, actor)).id
    known = await tx.presence.of(ticket.id, own)
    if presence.is_news(known, state, tx.now):
        await tx.presence.put(ticket.id, own, state, presence.since(known, state, tx.now))
