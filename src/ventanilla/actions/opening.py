"""Opening a ticket."""

from dataclasses import dataclass, field
from datetime import datetime

from ventanilla.actions import attachments
from ventanilla.actions.ports import Transaction
from ventanilla.core import access, ids
from ventanilla.core.access import Permission
from ventanilla.core.access_keys import hash_access_key
from ventanilla.core.errors import Unauthenticated
from ventanilla.core.lifecycle import Status
from ventanilla.core.people import Actor, Contact, Identity, Profile, Requester, email_identity
from ventanilla.core.thread import Attachment, Author, AuthorKind, Message
from ventanilla.core.ticket import Ticket
from ventanilla.core.words import Channel, Priority, RequestType


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketDraft:
    """What somebody asks to be opened. `created_at` and `status` are for imports by staff alone."""

    channel: Channel
    contact: Contact = field(default_factory=Contact)
    subject: str | None
    description: str
    category: str
    subcategory: str | None = None
    request_type: RequestType = RequestType.SERVICE
    role_context: str | None = None
    area: str | None = None
    priority: Priority = Priority.NORMAL
    access_key: str | None = None
    created_at: datetime | None = None
    status: Status = Status.OPEN


@dataclass(frozen=True, slots=True)
class Opened:
    """A new ticket, its first message as stored, and its files."""

    ticket: Ticket
    message: Message
    attachments: tuple[Attachment, ...] = ()


async def open_ticket(tx: Transaction, actor: Actor, draft: TicketDraft, files: tuple[Attachment, ...] = ()) -> Opened:
    """Open a ticket for the caller; an anonymous caller is known by the e-mail address of the draft.

    Staff open tickets for the person whose address the draft holds, and may set `created_at` and `status`; a date
    that is yet to come counts as now.
    Raises Unauthenticated when the draft says nothing of who asks.
    """
    imported = access.may_on_desk(actor, Permission.IMPORT) and bool(draft.contact.email)
    created_at = min((draft.created_at if imported else None) or tx.now, tx.now)
    identity, profile = _who_asks(actor, draft.contact, imported)
    contact = draft.contact if draft.contact.name or draft.contact.email else _contact_of(actor)
    ticket = new_ticket(tx, actor, draft, Requester(0, identity, profile), contact, created_at)
    message = opening_message(tx, ticket)
    ticket.record_opening(actor, message)
    if imported and draft.status is not Status.OPEN:
        ticket.override_status(actor, draft.status, created_at)
    stored = await tx.tickets.add(ticket, message)
    return Opened(ticket, stored, tuple(await attachments.add_to(tx, actor, ticket, files)))


def new_ticket(
    tx: Transaction, actor: Actor, draft: TicketDraft, requester: Requester, contact: Contact, created_at: datetime
) -> Ticket:
    """Return a ticket that is not stored yet."""
    return Ticket(
        uuid=tx.new_uuid(),
        label=ids.Label(ids.label_year(created_at, tx.policy.zone), 0),
        channel=draft.channel,
        requester=requester,
        contact=contact,
        subject=draft.subject,
        description=draft.description,
        category=draft.category,
        subcategory=draft.subcategory,
        request_type=draft.request_type,
        role_context=draft.role_context,
        area=draft.area or tx.policy.front_desk,
        priority=draft.priority,
        sla=tx.policy.sla.clock(draft.priority, created_at),
        address=actor.address,
        access_key_hash=hash_access_key(draft.access_key) if draft.access_key else None,
        created_at=created_at,
        updated_at=created_at,
        last_reply_at=created_at,
    )


def opening_message(tx: Transaction, ticket: Ticket) -> Message:
    """Return the requester's first message of a new ticket: what it is about."""
    requester = ticket.requester
    author = Author(
        AuthorKind.REQUESTER, ticket.contact.name, requester.profile.picture or None, requester.identity.subject
    )
    return Message(uuid=tx.new_uuid(), author=author, body=ticket.description, created_at=ticket.created_at)


def _who_asks(actor: Actor, contact: Contact, imported: bool) -> tuple[Identity, Profile]:
    if actor.identity and not imported:
        return actor.identity, actor.profile
    if not contact.email:
        raise Unauthenticated
    return email_identity(contact.email), Profile(name=contact.name, email=contact.email)


def _contact_of(actor: Actor) -> Contact:
    return Contact(name=actor.display_name, email=actor.profile.email)
