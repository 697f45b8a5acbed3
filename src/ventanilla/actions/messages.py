"""Writing into a ticket from the desk: a text, its files, and what is done along with it, all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ventanilla.actions import attachments, changing, drafts, notifications, threads, tickets
from ventanilla.actions.changing import NOTHING, Change
from ventanilla.actions.expecting import Expected, require_current
from ventanilla.actions.ports import Transaction
from ventanilla.actions.reading import load
from ventanilla.actions.tickets import Timeline, WholeTicket
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.core.errors import faults_under
from ventanilla.core.events import Event
from ventanilla.core.ids import TicketRef
from ventanilla.core.macros import MessageKind
from ventanilla.core.people import Actor
from ventanilla.core.thread import Message, Visibility
from ventanilla.core.ticket import Ticket
from ventanilla.core.timeline import Entry

_NEEDS = {MessageKind.ANSWER: Permission.ANSWER, MessageKind.NOTE: Permission.NOTE}
_SEEN_BY = {MessageKind.ANSWER: Visibility.PUBLIC, MessageKind.NOTE: Visibility.INTERNAL}
FILES_FIELD = "attachment_ids"
CHANGE_FIELD = "change"
"""Where a form has what a fault may be about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What somebody of the staff wants to say and change. `files` are ids of theirs that wait in the ticket."""

    kind: MessageKind
    body: str
    files: Sequence[int] = ()
    change: Change = NOTHING
    takes: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """The ticket after it, and the new entry of its timeline."""

    whole: WholeTicket
    timeline: Timeline


async def say(tx: Transaction, actor: Actor, ref: TicketRef | None, saying: Saying, expected: Expected) -> Said:
    """Write, take the ticket and change it, as asked for: all of it or nothing.

    Raises NotFound, Forbidden, Stale, InvalidInput, and TransitionRefused (TicketClosed for an answer).
    """
    ticket = await load(tx, actor, ref, _NEEDS[saying.kind])
    require_current(ticket.version, expected)
    files = await attachments.drafts(tx, actor, ticket, saying.files, FILES_FIELD)
    if saying.takes:
        await changing.take(tx, actor, ticket)
    new = await write(tx, actor, ticket, saying)
    await drafts.clear(tx, actor, ticket)
    await tx.attachments.send(ticket, [file.id for file in files], new.message)
    with faults_under(CHANGE_FIELD):
        await changing.apply(tx, actor, ticket, saying.change)
    await tx.tickets.save(ticket)
    whole = await tickets.whole(tx, actor, ticket)
    return Said(whole, await tickets.entry(tx, whole, Entry(ticket.id, new.event, new.message)))


class New(NamedTuple):
    """A message as stored, and the fact of it, which is not saved yet."""

    message: Message
    event: Event


async def write(tx: Transaction, actor: Actor, ticket: Ticket, saying: Saying) -> New:
    """Write into a ticket that this transaction holds, the text alone; saving it is left to the caller.

    Raises Forbidden, and TicketClosed for an answer to a closed ticket.
    """
    access.require(actor, _NEEDS[saying.kind], ticket)
    message = await threads.draft(tx, actor, saying.body, _SEEN_BY[saying.kind])
    if saying.kind is MessageKind.ANSWER:
        ticket.answer(actor, message)
    else:
        ticket.note(actor, message)
        await notifications.tell_mentioned(tx, actor, ticket, message)
    event = ticket.facts[-1]
    return New(await tx.threads.add(ticket, message), event)
