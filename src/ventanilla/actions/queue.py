"""The agents' queue: any filter in any order, and how many there are, up to a cap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ventanilla.actions.ports import Transaction
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.core.filters import CappedCount, Place, QueueOrder, TicketFilter
from ventanilla.core.people import Actor
from ventanilla.core.search import Words, excerpt
from ventanilla.core.ticket_row import TicketRow

MOST_COUNTED = 5_000
MOST_SHOWN = 20
"""Messages of a ticket that are looked through for a part to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePart:
    """Which part of the queue: `size` rows from behind a place on, and whether to count them all."""

    order: QueueOrder
    size: int
    after: Place | None = None
    counts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """Tickets as they stood at the moment `at`; the tags of each by its id, and what they say of the sought words.

    `next` is where the next page begins, None on the last one.
    """

    tickets: Sequence[TicketRow]
    tags: Mapping[int, Sequence[str]]
    excerpts: Mapping[int, str]
    next: Place | None
    total: CappedCount | None
    at: datetime


async def page(tx: Transaction, actor: Actor, wanted: TicketFilter, part: QueuePart) -> QueuePage:
    """Return a page of the queue, as far as the caller may see it. Raises Unauthenticated and Forbidden."""
    access.require_desk(actor, Permission.USE_STAFF_API)
    seen = wanted.within(access.in_sight(actor))
    found = await tx.tickets.queue(seen, part.order, part.size + 1, part.after)
    rows = found[: part.size]
    return QueuePage(
        tickets=[placed.row for placed in rows],
        tags=await tx.tags.of([placed.row.id for placed in rows]),
        excerpts=await _excerpts(tx, [placed.row.id for placed in rows], seen.all_sought),
        next=rows[-1].place if len(found) > part.size else None,
        total=await tx.tickets.count_up_to(MOST_COUNTED, seen) if part.counts else None,
        at=tx.now,
    )


async def _excerpts(tx: Transaction, tickets: Sequence[int], sought: Sequence[Words]) -> Mapping[int, str]:
    """Return a part of the newest message that holds one of these words, by ticket, where one of the newest does."""
    if not sought or not tickets:
        return {}
    found: dict[int, str] = {}
    internal = all(one.in_notes for one in sought)
    for ticket, body in await tx.threads.newest(tickets, MOST_SHOWN, internal=internal):
        part = None if ticket in found else excerpt(body, sought)
        if part:
            found[ticket] = part
    return found


async def counts(tx: Transaction, actor: Actor, wanted: Mapping[str, TicketFilter]) -> Mapping[str, CappedCount]:
    """Return how many tickets the caller may see of each filter. Raises Unauthenticated and Forbidden."""
    access.require_desk(actor, Permission.USE_STAFF_API)
    sight = access.in_sight(actor)
    found = await tx.tickets.counts_up_to(MOST_COUNTED, [one.within(sight) for one in wanted.values()])
    return dict(zip(wanted, found, strict=True))
