"""The files of a ticket. The bytes are safe before an action names them, and go after none does any more."""

from collections.abc import Sequence

from ventanilla.actions.ports import Transaction
from ventanilla.actions.reading import load
from ventanilla.core.access import Permission
from ventanilla.core.errors import NotFound
from ventanilla.core.events import EventKind
from ventanilla.core.ids import TicketRef
from ventanilla.core.people import Actor
from ventanilla.core.thread import Attachment
from ventanilla.core.ticket import Ticket


async def attach(
    tx: Transaction, actor: Actor, ref: TicketRef | None, files: Sequence[Attachment]
) -> Sequence[Attachment]:
    """Add files to a ticket and return them as stored. Raises NotFound and Forbidden."""
    return await add_to(tx, actor, await load(tx, actor, ref, Permission.ATTACH), files)


async def add_to(tx: Transaction, actor: Actor, ticket: Ticket, files: Sequence[Attachment]) -> Sequence[Attachment]:
    """As `attach`, to a ticket that this transaction holds and has asked access for."""
    stored = [await tx.attachments.add(ticket, file) for file in files]
    if stored:
        ticket.record_files(actor, EventKind.ATTACHED, ", ".join(file.file_name for file in stored), tx.now)
        await tx.tickets.save(ticket)
    return stored


async def may_attach(tx: Transaction, actor: Actor, ref: TicketRef | None) -> None:
    """Refuse whoever may not attach, before they send their files. Raises NotFound and Forbidden."""
    await load(tx, actor, ref, Permission.ATTACH)


async def get(tx: Transaction, actor: Actor, ref: TicketRef | None, attachment_id: int | None) -> Attachment:
    """Return one file of a ticket. Raises NotFound."""
    return await _find(tx, await load(tx, actor, ref), attachment_id)


async def remove(tx: Transaction, actor: Actor, ref: TicketRef | None, attachment_id: int | None) -> Attachment:
    """Take a file off a ticket and return it; its bytes may go after the commit. Raises NotFound and Forbidden."""
    ticket = await load(tx, actor, ref, Permission.DELETE_ATTACHMENT)
    attachment = await _find(tx, ticket, attachment_id)
    await tx.attachments.remove(attachment)
    ticket.record_files(actor, EventKind.DETACHED, attachment.file_name, tx.now)
    await tx.tickets.save(ticket)
    return attachment


async def named_keys(tx: Transaction, keys: Sequence[str]) -> set[str]:
    """Return those of `keys` that some attachment names as the place of its bytes."""
    return await tx.attachments.named_keys(keys)


async def _find(tx: Transaction, ticket: Ticket, attachment_id: int | None) -> Attachment:
    found = None if attachment_id is None else await tx.attachments.get(ticket, attachment_id)
    if found is None:
        raise NotFound
    return found
