"""Changing whatever staff may change about a ticket, all at once or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from ventanilla.actions import custom_fields, tags
from ventanilla.actions.expecting import Expected, require_current
from ventanilla.actions.ports import Transaction
from ventanilla.actions.reading import load
from ventanilla.actions.staff import agent_of
from ventanilla.actions.triage import PERMISSION_FOR
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.core.areas import same_area
from ventanilla.core.custom_fields import Answer
from ventanilla.core.errors import Fault, InvalidInput, Rule, TransitionRefused
from ventanilla.core.events import Event, EventKind
from ventanilla.core.ids import TicketRef
from ventanilla.core.lifecycle import LIVE, CloseReason, Status, steps_to
from ventanilla.core.people import Actor, AgentRef
from ventanilla.core.ticket import Ticket
from ventanilla.core.words import Priority


class Keep(Enum):
    """Says of a thing that may be taken away that it stays as it is."""

    KEEP = "keep"


KEEP = Keep.KEEP
ASSIGNEE = "assignee_id"
"""Where a form names the agent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a caller wants changed. None (KEEP, where None takes a thing away) leaves it as it is.

    `assignee` is the UUID of an agent. `tags_add` come besides those there are. `fields` has values by key, None for
    one that is taken away. `close_reason` belongs to a `status` that is closed. `reason` is kept in the history with
    each thing that is changed.
    """

    status: Status | None = None
    close_reason: CloseReason | None = None
    priority: Priority | None = None
    area: str | None = None
    assignee: UUID | None | Keep = KEEP
    category: str | None = None
    subcategory: str | None | Keep = KEEP
    subject: str | None = None
    tags: tuple[str, ...] | None = None
    tags_add: tuple[str, ...] = ()
    fields: Mapping[str, Answer] | None = None
    snoozed_until: datetime | None | Keep = KEEP
    resolution_note: str | None | Keep = KEEP
    is_read: bool | None = None
    reason: str | None = None


NOTHING = Change()


async def change(
    tx: Transaction, actor: Actor, ref: TicketRef | None, wanted: Change, expected: Expected = None
) -> Ticket:
    """Change a ticket, all or nothing. Raises NotFound, Forbidden, Stale, InvalidInput, and TransitionRefused."""
    ticket = await load(tx, actor, ref, Permission.READ_INTERNAL)
    require_current(ticket.version, expected)
    await apply(tx, actor, ticket, wanted)
    if ticket.facts:
        await tx.tickets.save(ticket)
    return ticket


async def apply(tx: Transaction, actor: Actor, ticket: Ticket, wanted: Change) -> None:
    """As `change`, to a ticket that this transaction holds; saving it is left to the caller.

    A ticket that is opened again takes that step first, one that is brought to its end takes it last.
    """
    is_opened_again = wanted.status in LIVE and not ticket.is_live
    if is_opened_again:
        await _move(tx, actor, ticket, wanted)
    await _hand_over(tx, actor, ticket, wanted)
    _describe(tx, actor, ticket, wanted)
    await _label(tx, actor, ticket, wanted)
    _put_away(tx, actor, ticket, wanted)
    if not is_opened_again:
        await _move(tx, actor, ticket, wanted)
    _leave_note(tx, actor, ticket, wanted)
    _mark(tx, actor, ticket, wanted)


async def take(tx: Transaction, actor: Actor, ticket: Ticket) -> None:
    """Make the caller the one who works on the ticket. Raises Forbidden."""
    if await _is_caller(tx, actor, ticket.assignee):
        return
    access.require(actor, Permission.ASSIGN if ticket.assignee else Permission.TAKE, ticket)
    ticket.assign(actor, await agent_of(tx, actor), tx.now)


async def _hand_over(tx: Transaction, actor: Actor, ticket: Ticket, wanted: Change) -> None:
    moves = wanted.area is not None and not same_area(wanted.area, ticket.area)
    agent = ticket.assignee if wanted.assignee is KEEP else await _named(tx, actor, ticket, wanted)
    if wanted.area is not None and moves:
        access.require(actor, Permission.TRANSFER, ticket)
        # Who works on it in one area does not go with it to another, unless they are named again.
        ticket.transfer(actor, wanted.area, None if wanted.assignee is KEEP else agent, tx.now, wanted.reason)
    else:
        await _assign(tx, actor, ticket, agent, wanted)


async def _named(tx: Transaction, actor: Actor, ticket: Ticket, wanted: Change) -> AgentRef | None:
    if not isinstance(wanted.assignee, UUID):
        return None
    agent = await tx.people.agent_by_uuid(wanted.assignee)
    if agent is None or not agent.is_active:
        raise InvalidInput(Fault(ASSIGNEE, Rule.UNKNOWN_PERSON))
    has_it = ticket.assignee is not None and ticket.assignee.id == agent.id and wanted.area is None
    # What callers may do themselves is asked when they take it.
    if not has_it and agent.identity != actor.identity:
        access.require_hands(agent, wanted.area or ticket.area, ASSIGNEE)
    return agent.ref


async def _assign(tx: Transaction, actor: Actor, ticket: Ticket, agent: AgentRef | None, wanted: Change) -> None:
    if (agent and agent.id) == (ticket.assignee and ticket.assignee.id):
        return
    takes = ticket.assignee is None and await _is_caller(tx, actor, agent)
    access.require(actor, Permission.TAKE if takes else Permission.ASSIGN, ticket)
    if wanted.status is not None and await _takes_back_assignment(tx, actor, ticket, agent, wanted.status):
        ticket.give_back(actor, agent, wanted.status, tx.now, wanted.reason)
    else:
        ticket.assign(actor, agent, tx.now, wanted.reason)


async def _takes_back_assignment(
    tx: Transaction, actor: Actor, ticket: Ticket, agent: AgentRef | None, status: Status
) -> bool:
    """Tell whether `agent` and `status` are what they were before the caller gave the ticket away, the last deed."""
    deed = await _own_last_step(tx, actor, ticket, status)
    had, _ = deed.changes.get("assignee", (None, None)) if deed and deed.kind is EventKind.ASSIGNED else ("", None)
    return had == (agent.subject if agent else None)


async def _own_last_step(tx: Transaction, actor: Actor, ticket: Ticket, status: Status) -> Event | None:
    """Return what was done last to the ticket if the caller did it and it led away from `status`."""
    deed = await tx.history.last_deed(ticket)
    is_own = deed is not None and deed.is_by(actor) and deed.changes.get("status") == (status, ticket.status)
    return deed if is_own else None


async def _is_caller(tx: Transaction, actor: Actor, agent: AgentRef | None) -> bool:
    known = await tx.people.agent(actor.identity) if agent and actor.identity else None
    return agent is not None and known is not None and known.id == agent.id


def _describe(tx: Transaction, actor: Actor, ticket: Ticket, wanted: Change) -> None:
    priority, category = wanted.priority or ticket.priority, wanted.category or ticket.category
    if (priority, category) != (ticket.priority, ticket.category):
        access.require(actor, Permission.RECLASSIFY, ticket)
        ticket.reclassify(actor, priority, category, tx.policy.sla, tx.now, wanted.reason)
    subject = wanted.subject or ticket.subject
    subcategory = ticket.subcategory if wanted.subcategory is KEEP else wanted.subcategory
    if (subject, subcategory) != (ticket.subject, ticket.subcategory):
        access.require(actor, Permission.EDIT, ticket)
        ticket.edit(actor, subject, subcategory, tx.now, wanted.reason)


async def _label(tx: Transaction, actor: Actor, ticket: Ticket, wanted: Change) -> None:
    if wanted.tags is not None:
        await tags.put_on(tx, actor, ticket, (*wanted.tags, *wanted.tags_add))
    elif wanted.tags_add:
        await tags.add_to(tx, actor, ticket, wanted.tags_add)
    if wanted.fields:
        await custom_fields.put_on(tx, actor, ticket, wanted.fields)


def _put_away(tx: Transaction, actor: Actor, ticket: Ticket, wanted: Change) -> None:
    until = wanted.snoozed_until
    if until is KEEP or until == ticket.snoozed_until:
        return
    access.require(actor, Permission.SNOOZE, ticket)
    if until is None:
        ticket.wake(actor, tx.now)
    elif until <= tx.now:
        raise InvalidInput(Fault("snoozed_until", Rule.IN_THE_PAST))
    else:
        ticket.snooze(actor, until, tx.now, wanted.reason)


async def _move(tx: Transaction, actor: Actor, ticket: Ticket, wanted: Change) -> None:
    status, reason = wanted.status, wanted.close_reason
    if status is None or (status, reason) == (ticket.status, ticket.close_reason):
        return
    steps = steps_to(ticket.status, status, reason)
    if steps is None:
        if not access.may(actor, Permission.OVERRIDE_STATUS, ticket):
            raise TransitionRefused(ticket.status, f"move to {status}")
        ticket.override_status(actor, status, tx.now)
        return
    for step in steps:
        access.require(actor, PERMISSION_FOR[step], ticket)
    if len(steps) > 1 and await _own_last_step(tx, actor, ticket, status):
        ticket.put_back(actor, status, tx.now, wanted.reason)
        return
    for step in steps:
        ticket.act(actor, step, tx.now, wanted.reason)


def _leave_note(tx: Transaction, actor: Actor, ticket: Ticket, wanted: Change) -> None:
    note = wanted.resolution_note
    if note is not KEEP and note != ticket.resolution_note:
        access.require(actor, Permission.RESOLVE, ticket)
        ticket.leave_resolution_note(actor, note, tx.now)


def _mark(tx: Transaction, actor: Actor, ticket: Ticket, wanted: Change) -> None:
    if wanted.is_read is not None and wanted.is_read != ticket.is_read:
        access.require(actor, Permission.MARK_READ, ticket)
        if wanted.is_read:
            ticket.mark_read(actor, tx.now)
        else:
            ticket.mark_unread(actor, tx.now)
