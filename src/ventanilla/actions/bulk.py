"""One of many tickets that are changed in the same way."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ventanilla.actions import changing, macros, messages
from ventanilla.actions.changing import KEEP, Change
from ventanilla.actions.messages import Saying
from ventanilla.actions.ports import Transaction
from ventanilla.actions.reading import load
from ventanilla.core.access import Permission
from ventanilla.core.errors import Fault, InvalidInput, NotFound, Rule
from ventanilla.core.macros import MacroChange
from ventanilla.core.people import Actor
from ventanilla.core.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Changed:
    """The ticket as it stood at the moment `at`, with its tags."""

    ticket: Ticket
    at: datetime


async def change_one(tx: Transaction, actor: Actor, ticket_id: int, wanted: Change, macro: UUID | None) -> Changed:
    """Use a macro on a ticket, if one is named, and change it.

    Raises NotFound, Forbidden, InvalidInput (for `macro_id` when there is no such macro), and TransitionRefused.
    """
    ticket = await load(tx, actor, ticket_id, Permission.READ_INTERNAL)
    if macro is not None:
        await _use(tx, actor, ticket, macro)
    await changing.apply(tx, actor, ticket, wanted)
    if ticket.facts:
        await tx.tickets.save(ticket)
    await tx.tags.load(ticket)
    return Changed(ticket, tx.now)


async def _use(tx: Transaction, actor: Actor, ticket: Ticket, macro: UUID) -> None:
    try:
        await macros.get(tx, actor, macro)
    except NotFound:
        raise InvalidInput(Fault("macro_id", Rule.UNKNOWN_MACRO)) from None
    filled = await macros.render(tx, actor, macro, ticket.id)
    if filled.filled.body.strip():
        await messages.write(tx, actor, ticket, Saying(kind=filled.kind, body=filled.filled.body))
    await changing.apply(tx, actor, ticket, _change(filled.change))


def _change(wanted: MacroChange) -> Change:
    assignee = UUID(wanted.assignee) if wanted.assignee else KEEP
    return Change(
        status=wanted.status, priority=wanted.priority, area=wanted.area, assignee=assignee, tags_add=wanted.tags_add
    )
