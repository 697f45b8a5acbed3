"""A ticket as staff see it, with all that belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ventanilla.actions.ports import Transaction
from ventanilla.actions.reading import load
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.core.ids import TicketRef
from ventanilla.core.people import Actor
from ventanilla.core.thread import Attachment
from ventanilla.core.ticket import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeTicket:
    """A ticket with its files, what the caller may do to it, and the moment `at` that it stood so."""

    ticket: Ticket
    attachments: Sequence[Attachment]
    permissions: Sequence[Permission]
    at: datetime


async def show(tx: Transaction, actor: Actor, ref: TicketRef | None) -> WholeTicket:
    """Return the ticket. Raises NotFound and Forbidden."""
    ticket = await load(tx, actor, ref, Permission.READ_INTERNAL)
    await tx.tags.load(ticket)
    files = (await tx.attachments.of([ticket])).get(ticket.id, [])
    return WholeTicket(ticket=ticket, attachments=files, permissions=access.permissions(actor, ticket), at=tx.now)
