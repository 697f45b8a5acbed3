"""The files of a ticket. The bytes are safe before an action names them, and go after none does any more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from ventanilla.actions.ports import Transaction
from ventanilla.actions.reading import load
from ventanilla.actions.staff import agent_of
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.core.errors import Fault, InvalidInput, NotFound, Rule
from ventanilla.core.events import EventKind
from ventanilla.core.ids import TicketRef
from ventanilla.core.people import Actor, ActorKind
from ventanilla.core.thread import Attachment, Visibility
from ventanilla.core.ticket import Ticket

LONGEST_WAIT = timedelta(days=1)
"""How long a file may wait for the message that it is to go with."""


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


async def attach_draft(
    tx: Transaction, actor: Actor, ref: TicketRef | None, files: Sequence[Attachment]
) -> Sequence[Attachment]:
    """Add files that wait for a message of the caller's to go with. Raises NotFound and Forbidden.

    Nobody else sees them until then, and nothing of it is told in the history.
    """
    ticket = await load(tx, actor, ref, Permission.ATTACH)
    agent = await agent_of(tx, actor)
    waiting = [replace(file, visibility=Visibility.INTERNAL, uploader_id=agent.id) for file in files]
    return [await tx.attachments.add(ticket, file) for file in waiting]


async def drafts(tx: Transaction, actor: Actor, ticket: Ticket, ids: Sequence[int], field: str) -> Sequence[Attachment]:
    """Return the caller's files that wait in this ticket. Raises InvalidInput for `field` for any other id."""
    found = [await tx.attachments.get(ticket, attachment_id) for attachment_id in ids]
    own = await _own_id(tx, actor)
    faults = [
        Fault(f"{field}/{place}", Rule.UNKNOWN_FILE)
        for place, file in enumerate(found)
        if file is None or not file.is_draft or file.uploader_id != own
    ]
    if faults:
        raise InvalidInput(*faults)
    return [file for file in found if file is not None]


async def waiting(tx: Transaction, actor: Actor, ticket: Ticket) -> Sequence[Attachment]:
    """Return the caller's files that wait in this ticket for a message of theirs to go with."""
    own = await _own_id(tx, actor)
    found = await tx.attachments.of([ticket.id], internal=True)
    return [file for file in found.get(ticket.id, []) if file.is_draft and file.uploader_id == own]


async def shown(tx: Transaction, actor: Actor, tickets: Sequence[int]) -> dict[int, list[Attachment]]:
    """Return the files of tickets that the caller may read as staff: those of others that wait are left out."""
    own = await _own_id(tx, actor)
    found = await tx.attachments.of(tickets, internal=True)
    return {
        ticket: [file for file in files if not file.is_draft or file.uploader_id == own]
        for ticket, files in found.items()
    }


async def may_attach(tx: Transaction, actor: Actor, ref: TicketRef | None) -> None:
    """Refuse whoever may not attach, before they send their files. Raises NotFound and Forbidden."""
    await load(tx, actor, ref, Permission.ATTACH)


async def get(tx: Transaction, actor: Actor, ref: TicketRef | None, attachment_id: int | None) -> Attachment:
    """Return one file of a ticket. Raises NotFound."""
    return await _find(tx, actor, await load(tx, actor, ref), attachment_id)


async def remove(tx: Transaction, actor: Actor, ref: TicketRef | None, attachment_id: int | None) -> Attachment:
    """Take a file off a ticket and return it. Raises NotFound and Forbidden.

    Its bytes may go after the commit, unless another ticket has them as well (`named_keys`).
    """
    ticket = await load(tx, actor, ref, Permission.DELETE_ATTACHMENT)
    attachment = await _find(tx, actor, ticket, attachment_id)
    await tx.attachments.remove(attachment)
    if attachment.is_draft:
        return attachment
    ticket.record_files(actor, EventKind.DETACHED, attachment.file_name, tx.now)
    await tx.tickets.save(ticket)
    return attachment


async def drop_unsent(tx: Transaction) -> Sequence[Attachment]:
    """Remove some files that have waited for their message for longer than a day, and return them."""
    unsent = await tx.attachments.waiting_since(tx.now - LONGEST_WAIT)
    for file in unsent:
        await tx.attachments.remove(file)
    return unsent


async def named_keys(tx: Transaction, keys: Sequence[str]) -> set[str]:
    """Return those of `keys` that some attachment names as the place of its bytes."""
    return await tx.attachments.named_keys(keys)


async def _find(tx: Transaction, actor: Actor, ticket: Ticket, attachment_id: int | None) -> Attachment:
    found = None if attachment_id is None else await tx.attachments.get(ticket, attachment_id)
    if found is None or not await _may_see(tx, actor, ticket, found):
        raise NotFound
    return found


async def _may_see(tx: Transaction, actor: Actor, ticket: Ticket, file: Attachment) -> bool:
    if file.is_public or actor.kind is ActorKind.SYSTEM:
        return True
    if file.is_draft:
        return file.uploader_id == await _own_id(tx, actor)
    return access.may(actor, Permission.READ_INTERNAL, ticket)


async def _own_id(tx: Transaction, actor: Actor) -> int | None:
    agent = await tx.people.agent(actor.identity) if actor.identity else None
    return agent.id if agent else None
