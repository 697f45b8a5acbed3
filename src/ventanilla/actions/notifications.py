"""What an agent is told of: looking at it, having read it, and telling it where no saved ticket does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from ventanilla.actions import staff
from ventanilla.actions.ports import Transaction
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.core.mentions import mentioned
from ventanilla.core.notifications import Notice, Notification, NotificationKind
from ventanilla.core.people import Actor
from ventanilla.core.thread import Message
from ventanilla.core.ticket import Ticket

MOST_COUNTED = 1_000
DUE_AT_ONCE = 200
DUE_LEASE = "due tickets"
DUE_LEASE_SPAN = timedelta(seconds=1)
"""Longer than what the clocks of replicas are apart; who comes later finds all told. A killed holder delays nobody."""


@dataclass(frozen=True, slots=True)
class NotificationPage:
    """Newest first; `next` is the id of the last one when there are more, `unread` counts up to MOST_COUNTED."""

    notifications: Sequence[Notification]
    next: int | None
    unread: int


async def page(tx: Transaction, actor: Actor, after: int | None, size: int, *, unread: bool) -> NotificationPage:
    """Return what the caller was told of tickets that they may still see. Raises Unauthenticated and Forbidden."""
    access.require_desk(actor, Permission.USE_STAFF_API)
    agent = await staff.number_of(tx, actor)
    if agent is None:
        return NotificationPage((), None, 0)
    areas = access.in_sight(actor).served
    found = await tx.notifications.page(agent, areas, after, size + 1, unread=unread)
    shown = found[:size]
    following = shown[-1].id if len(found) > size else None
    return NotificationPage(shown, following, await tx.notifications.unread(agent, areas, MOST_COUNTED))


async def count_unread(tx: Transaction, actor: Actor) -> int:
    """Return how many the caller has not read, up to MOST_COUNTED. Raises Unauthenticated and Forbidden."""
    access.require_desk(actor, Permission.USE_STAFF_API)
    agent = await staff.number_of(tx, actor)
    return 0 if agent is None else await tx.notifications.unread(agent, access.in_sight(actor).served, MOST_COUNTED)


async def mark_read(tx: Transaction, actor: Actor, uuids: Sequence[UUID] | None) -> int:
    """Note that the caller has read these, or all (None); returns how many are left.

    What is somebody else's is passed over. Raises Unauthenticated and Forbidden.
    """
    access.require_desk(actor, Permission.USE_STAFF_API)
    agent = await staff.number_of(tx, actor)
    if agent is not None:
        await tx.notifications.mark_read(agent, uuids)
    return await count_unread(tx, actor)


async def tell_mentioned(tx: Transaction, actor: Actor, ticket: Ticket, note: Message) -> None:
    """Tell the agents whom a note that is being written calls; who calls themselves is not told."""
    if "@" not in note.body:
        return
    own = await staff.number_of(tx, actor)
    called = [agent for agent in mentioned(note.body, await tx.people.active_agents()) if agent.id != own]
    notices = [Notice(NotificationKind.MENTIONED, agent.id, note.author.name) for agent in called]
    await tx.notifications.tell(ticket.id, notices)


async def any_due(tx: Transaction) -> bool:
    """Tell whether agents are still to be told of tickets about to be due."""
    return await tx.notifications.any_due(tx.policy.warned_before)


async def tell_due(tx: Transaction) -> int:
    """Tell agents of tickets about to be due, if no other process just does; returns how many were told."""
    if not await tx.leases.take(DUE_LEASE, DUE_LEASE_SPAN):
        return 0
    return await tx.notifications.tell_due(tx.policy.warned_before, DUE_AT_ONCE)
