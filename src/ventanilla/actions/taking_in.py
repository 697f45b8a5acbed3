"""Opening a ticket for somebody who called, wrote elsewhere or came by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from ventanilla.actions import changing, custom_fields, tags, tickets
from ventanilla.actions.changing import Change
from ventanilla.actions.opening import TicketDraft, new_ticket, opening_message
from ventanilla.actions.ports import Transaction
from ventanilla.actions.tickets import WholeTicket
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.core.areas import is_one_of, same_area
from ventanilla.core.custom_fields import Answer
from ventanilla.core.errors import Fault, InvalidInput, Rule
from ventanilla.core.people import Actor, Profile, Requester, email_identity


@dataclass(frozen=True, slots=True)
class Calling:
    """A ticket for the person of the draft's contact; `assignee` is the UUID of an agent."""

    draft: TicketDraft
    assignee: UUID | None = None
    tags: Sequence[str] = ()
    fields: Mapping[str, Answer] = field(default_factory=dict)


async def take_in(tx: Transaction, actor: Actor, calling: Calling) -> WholeTicket:
    """Open a ticket for somebody else. Who serves some areas alone opens it in one of them, the first unless told.

    Raises Unauthenticated, Forbidden, and InvalidInput for an area that is not the caller's, an agent who is none, and
    custom fields that are missing or of another kind.
    """
    access.require_desk(actor, Permission.OPEN_FOR_OTHERS)
    draft = replace(calling.draft, area=_area(actor, calling.draft.area))
    filling = await custom_fields.for_new(tx, calling.fields)
    contact = draft.contact
    profile = Profile(name=contact.name, email=contact.email)
    requester = Requester(0, email_identity(contact.email), profile)
    ticket = new_ticket(tx, actor, draft, requester, contact, tx.now)
    message = opening_message(tx, ticket)
    ticket.record_opening(actor, message)
    if calling.assignee:
        await changing.apply(tx, actor, ticket, Change(assignee=calling.assignee))
    await tx.tickets.add(ticket, message)
    if calling.tags:
        await tags.put_on(tx, actor, ticket, calling.tags)
    if calling.fields:
        await custom_fields.fill_in(tx, actor, ticket, filling)
    if ticket.facts:
        await tx.tickets.save(ticket)
    return await tickets.whole(tx, actor, ticket)


def _area(actor: Actor, wanted: str | None) -> str | None:
    own = access.in_sight(actor).served
    if own is None:
        return wanted
    if wanted is not None and not is_one_of(own, wanted):
        raise InvalidInput(Fault("area", Rule.NOT_ALLOWED, allowed=own))
    return next((area for area in own if wanted is None or same_area(area, wanted)), None)
