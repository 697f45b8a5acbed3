"""What staff decide about a ticket: who does it, how urgent it is, where it stands."""

from dataclasses import dataclass
from datetime import datetime

from ventanilla.actions import staff, threads
from ventanilla.actions.ports import Transaction
from ventanilla.actions.reading import load
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.core.ids import TicketRef
from ventanilla.core.lifecycle import Action, Status, action_towards, next_status
from ventanilla.core.people import Actor
from ventanilla.core.ticket import Ticket
from ventanilla.core.words import Priority

PERMISSION_FOR = {
    Action.START: Permission.START,
    Action.PAUSE: Permission.PAUSE,
    Action.RESUME: Permission.PAUSE,
    Action.RESOLVE: Permission.RESOLVE,
    Action.CLOSE: Permission.CLOSE,
    Action.WITHDRAW: Permission.WITHDRAW,
    Action.CONFIRM: Permission.WITHDRAW,
    Action.CANCEL: Permission.CANCEL,
    Action.ARCHIVE: Permission.ARCHIVE,
    Action.REOPEN: Permission.REOPEN,
}
"""What each step of the lifecycle asks of the access table."""


async def act(
    tx: Transaction,
    actor: Actor,
    ref: TicketRef | None,
    action: Action,
    reason: str | None,
    *,
    for_requester: bool = False,
) -> Ticket:
    """Take one step of the lifecycle. Raises NotFound, Forbidden and TransitionRefused.

    With `for_requester` the history shows it as wished by the requester, under the name of the agent who took the step.
    """
    ticket = await load(tx, actor, ref, PERMISSION_FOR[action])
    ticket.act(actor.as_requester() if for_requester else actor, action, tx.now, reason)
    return await _save(tx, ticket)


async def withdraw(tx: Transaction, actor: Actor, ref: TicketRef | None) -> Ticket:
    """The requester closes their ticket; closing a closed one changes nothing. Raises NotFound."""
    ticket = await load(tx, actor, ref, Permission.WITHDRAW)
    if ticket.status is Status.CLOSED:
        return ticket
    ticket.act(actor, Action.WITHDRAW, tx.now)
    return await _save(tx, ticket)


async def assign(
    tx: Transaction, actor: Actor, ref: TicketRef | None, agent_id: str | None, field: str, reason: str | None = None
) -> Ticket:
    """Give the ticket to an agent (None or blank: to nobody). Raises NotFound, Forbidden, InvalidInput, Conflict."""
    ticket = await load(tx, actor, ref, Permission.ASSIGN)
    ticket.assign(actor, await staff.find(tx, actor, agent_id, field), tx.now, reason)
    return await _save(tx, ticket)


async def transfer(
    tx: Transaction, actor: Actor, ref: TicketRef | None, area: str, agent_id: str | None, field: str, reason: str
) -> Ticket:
    """Hand the ticket to another area. Raises NotFound, Forbidden, InvalidInput, Conflict."""
    ticket = await load(tx, actor, ref, Permission.TRANSFER)
    ticket.transfer(actor, area, await staff.find(tx, actor, agent_id, field), tx.now, reason)
    return await _save(tx, ticket)


async def reclassify(
    tx: Transaction, actor: Actor, ref: TicketRef | None, priority: Priority, category: str, reason: str
) -> Ticket:
    """Change priority and category. Raises NotFound, Forbidden, Conflict."""
    ticket = await load(tx, actor, ref, Permission.RECLASSIFY)
    ticket.reclassify(actor, priority, category, tx.policy.sla, tx.now, reason)
    return await _save(tx, ticket)


async def update(
    tx: Transaction, actor: Actor, ref: TicketRef | None, status: Status, priority: Priority, area: str, answer: str
) -> Ticket:
    """Answer the requester and set status, priority and area, all or nothing. Raises NotFound, Forbidden, Conflict.

    A `status` that the ticket already has asks for nothing: the answer alone may then move the ticket on.
    """
    ticket = await load(tx, actor, ref, Permission.UPDATE)
    answered = next_status(ticket.status, ticket.close_reason, Action.ANSWER)
    if status in (ticket.status, answered):
        status = answered
    else:
        access.require(actor, PERMISSION_FOR[action_towards(answered, status)], ticket)
    message = await threads.draft_answer(tx, actor, answer)
    ticket.update(actor, status, priority, area, tx.policy.sla, tx.now, message)
    await tx.threads.add(ticket, message)
    return await _save(tx, ticket)


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a caller wants changed; None leaves a thing as it is.

    A wire word may stand for several states of ours: `statuses` and `priorities` hold all that the word is shown for,
    the one to go to first. A ticket that already shows the word is left alone.
    """

    statuses: tuple[Status, ...] | None = None
    priorities: tuple[Priority, ...] | None = None
    reassign: bool = False
    agent_id: str | None = None
    agent_field: str = "agent"
    resolution_note: str | None = None


async def amend(tx: Transaction, actor: Actor, ref: TicketRef | None, wanted: Amendment) -> Ticket:
    """Change assignee, priority and status, all or nothing.

    Raises NotFound, Forbidden, InvalidInput, and TransitionRefused when the lifecycle has no such step.
    """
    ticket = await load(tx, actor, ref, Permission.READ_INTERNAL)
    if wanted.reassign:
        access.require(actor, Permission.ASSIGN, ticket)
        agent = await staff.find(tx, actor, wanted.agent_id, wanted.agent_field)
        if agent != ticket.assignee:
            ticket.assign(actor, agent, tx.now)
    if wanted.priorities and ticket.priority not in wanted.priorities:
        access.require(actor, Permission.RECLASSIFY, ticket)
        ticket.reclassify(actor, wanted.priorities[0], ticket.category, tx.policy.sla, tx.now)
    if wanted.statuses:
        _move(actor, ticket, wanted.statuses, tx.now)
    if wanted.resolution_note:
        access.require(actor, Permission.RESOLVE, ticket)
        ticket.leave_resolution_note(actor, wanted.resolution_note, tx.now)
    return await _save(tx, ticket) if ticket.facts else ticket


def _move(actor: Actor, ticket: Ticket, statuses: tuple[Status, ...], at: datetime) -> None:
    if ticket.status in statuses:
        access.require(actor, Permission.START, ticket)
        return
    action = action_towards(ticket.status, statuses[0])
    access.require(actor, PERMISSION_FOR[action], ticket)
    ticket.act(actor, action, at)


async def _save(tx: Transaction, ticket: Ticket) -> Ticket:
    await tx.tickets.save(ticket)
    return ticket
