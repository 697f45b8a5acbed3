"""What staff know about the people who ask for help. Whoever sees none of their tickets does not see them."""

from dataclasses import dataclass, replace

from ventanilla.actions import queue
from ventanilla.actions.expecting import Expected, require_current
from ventanilla.actions.ports import Transaction
from ventanilla.actions.queue import MOST_COUNTED, QueuePage, QueuePart
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.core.errors import NotFound
from ventanilla.core.filters import CappedCount, TicketFilter
from ventanilla.core.people import Actor, RequesterFile


@dataclass(frozen=True, slots=True)
class KnownRequester:
    """A requester, and how many of their tickets the caller may see."""

    file: RequesterFile
    tickets: CappedCount


@dataclass(frozen=True, slots=True, kw_only=True)
class RequesterChange:
    """What is to be changed; None leaves a thing as it is."""

    name: str | None = None
    email: str | None = None
    notes: str | None = None


async def show(tx: Transaction, actor: Actor, requester_id: int | None) -> KnownRequester:
    """Return a requester. Raises Unauthenticated, Forbidden and NotFound."""
    access.require_desk(actor, Permission.USE_STAFF_API)
    file = await tx.people.requester_file(requester_id) if requester_id is not None else None
    if file is None:
        raise NotFound
    theirs = TicketFilter(requesters=(file.id,)).within(access.in_sight(actor))
    tickets = await tx.tickets.count_up_to(MOST_COUNTED, theirs)
    if not tickets.count:
        raise NotFound
    return KnownRequester(file, tickets)


async def change(
    tx: Transaction, actor: Actor, requester_id: int | None, wanted: RequesterChange, expected: Expected
) -> KnownRequester:
    """Change what is known about a requester, not who they are: they keep the tickets that are theirs.

    Raises Unauthenticated, Forbidden, NotFound and Stale.
    """
    found = await show(tx, actor, requester_id)
    access.require_desk(actor, Permission.EDIT_REQUESTER)
    require_current(found.file.version, expected)
    known = found.file.profile
    profile = known._replace(
        name=known.name if wanted.name is None else wanted.name,
        email=known.email if wanted.email is None else wanted.email,
    )
    notes = found.file.notes if wanted.notes is None else wanted.notes
    changed = replace(found.file, profile=profile, notes=notes)
    if changed == found.file:
        return found
    await tx.people.save_requester_file(changed)
    return KnownRequester(replace(changed, version=changed.version + 1), found.tickets)


async def tickets(tx: Transaction, actor: Actor, requester_id: int | None, part: QueuePart) -> QueuePage:
    """Return a page of a requester's tickets, as far as the caller may see them. Raises as `show` does."""
    found = await show(tx, actor, requester_id)
    return await queue.page(tx, actor, TicketFilter(requesters=(found.file.id,)), part)
