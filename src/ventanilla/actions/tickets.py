"""A ticket as staff see it, with all that belongs to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ventanilla.actions import attachments, changing
from ventanilla.actions.changing import Change
from ventanilla.actions.expecting import Expected
from ventanilla.actions.ports import Transaction
from ventanilla.actions.reading import load
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.core.custom_fields import CustomField
from ventanilla.core.explanation import Step, explain
from ventanilla.core.filters import Place
from ventanilla.core.ids import Label, TicketRef
from ventanilla.core.links import LinkKind
from ventanilla.core.mentions import mentioned
from ventanilla.core.people import Actor, AgentRef
from ventanilla.core.thread import Attachment
from ventanilla.core.ticket import Ticket
from ventanilla.core.timeline import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeTicket:
    """A ticket with its files and links, what the caller may do to it, and the moment `at` that it stood so.

    Of other tickets only those that the caller may see are in it. `fields` are all the custom fields that there are.
    `explanation` tells how the due time came about.
    """

    ticket: Ticket
    attachments: Sequence[Attachment]
    fields: Sequence[CustomField]
    links: Sequence[tuple[LinkKind, Ticket]]
    merged_into: Ticket | None
    explanation: Sequence[Step]
    permissions: Sequence[Permission]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A part of what happened to a ticket and of what was said in those merged into it, oldest first.

    `files` has those of each message, `mentions` whom a note calls, `agents` the members of staff by the subject under
    which entries name them, `labels` what tickets are called by the id under which entries name them. `next` is where
    the next part begins, None at the end.
    """

    ticket: Ticket
    entries: Sequence[Entry]
    files: Mapping[UUID, Sequence[Attachment]]
    mentions: Mapping[UUID, Sequence[AgentRef]]
    agents: Mapping[str, AgentRef]
    labels: Mapping[str, Label]
    next: Place | None


async def show(tx: Transaction, actor: Actor, ref: TicketRef | None) -> WholeTicket:
    """Return the ticket. Raises NotFound and Forbidden."""
    return await whole(tx, actor, await load(tx, actor, ref, Permission.READ_INTERNAL))


async def change(
    tx: Transaction, actor: Actor, ref: TicketRef | None, wanted: Change, expected: Expected
) -> WholeTicket:
    """As `changing.change`; returns all of the ticket."""
    return await whole(tx, actor, await changing.change(tx, actor, ref, wanted, expected))


async def whole(tx: Transaction, actor: Actor, ticket: Ticket) -> WholeTicket:
    """Return all that belongs to a ticket, for somebody who may read it."""
    await tx.tags.load(ticket)
    await tx.custom_fields.load(ticket)
    files = (await attachments.shown(tx, actor, [ticket.id])).get(ticket.id, [])
    links = [(link.kind, await _seen(tx, actor, link.other_id)) for link in await tx.ticket_links.of(ticket.id)]
    return WholeTicket(
        ticket=ticket,
        attachments=files,
        fields=await tx.custom_fields.everything(),
        links=[(kind, other) for kind, other in links if other],
        merged_into=await _seen(tx, actor, ticket.merged_into_id) if ticket.merged_into_id else None,
        explanation=explain(ticket.sla, tx.policy.sla.hours, await tx.history.of(ticket), tx.now),
        permissions=access.permissions(actor, ticket),
        at=tx.now,
    )


async def _seen(tx: Transaction, actor: Actor, ticket_id: int) -> Ticket | None:
    ticket = await tx.tickets.get(ticket_id)
    return ticket if ticket and access.may(actor, Permission.READ_INTERNAL, ticket) else None


async def timeline(tx: Transaction, actor: Actor, ref: TicketRef | None, size: int, after: Place | None) -> Timeline:
    """Return what happened, from the beginning or from behind a place on. Raises NotFound and Forbidden."""
    ticket = await load(tx, actor, ref, Permission.READ_INTERNAL)
    parts = await _with_merged(tx, ticket.id)
    found = await tx.history.timeline(parts, size + 1, after)
    entries = [placed.row for placed in found[:size]]
    return Timeline(
        ticket=ticket,
        entries=entries,
        files=await _by_message(tx, actor, parts),
        mentions=await _mentions(tx, entries),
        agents=await tx.people.agents_called(sorted(_named(entries))),
        labels=await _labels(tx, actor, entries),
        next=found[size - 1].place if len(found) > size else None,
    )


async def entry(tx: Transaction, found: WholeTicket, new: Entry) -> Timeline:
    """Return a new entry as the timeline will have it."""
    message = new.message.uuid if new.message else None
    return Timeline(
        ticket=found.ticket,
        entries=[new],
        files={message: [file for file in found.attachments if file.message == message]} if message else {},
        mentions=await _mentions(tx, [new]),
        agents=await tx.people.agents_called(sorted(_named([new]))),
        labels={},
        next=None,
    )


async def _with_merged(tx: Transaction, ticket_id: int) -> Sequence[int]:
    found, new = [ticket_id], [ticket_id]
    while new:
        new = [merged for merged in await tx.tickets.merged_into(new) if merged not in found]
        found += new
    return found


async def _by_message(tx: Transaction, actor: Actor, tickets: Sequence[int]) -> Mapping[UUID, Sequence[Attachment]]:
    found: dict[UUID, list[Attachment]] = {}
    for files in (await attachments.shown(tx, actor, tickets)).values():
        for file in files:
            if file.message:
                found.setdefault(file.message, []).append(file)
    return found


async def _mentions(tx: Transaction, entries: Sequence[Entry]) -> Mapping[UUID, Sequence[AgentRef]]:
    messages = [entry.message for entry in entries if entry.message and not entry.message.is_public]
    calling = [note for note in messages if "@" in note.body]
    agents = await tx.people.active_agents() if calling else ()
    return {note.uuid: mentioned(note.body, agents) for note in calling}


def _named(entries: Sequence[Entry]) -> set[str]:
    """Return the subjects under which the entries name members of staff."""
    actors = {entry.event.actor.subject for entry in entries}
    assigned = {value for entry in entries for value in entry.event.changes.get("assignee", ())}
    return {subject for subject in actors | assigned if subject}


async def _labels(tx: Transaction, actor: Actor, entries: Sequence[Entry]) -> Mapping[str, Label]:
    """Return what the tickets that others were merged into are called, of those that the actor may see."""
    named = {value for entry in entries for value in entry.event.changes.get("merged_into", ()) if value}
    found = [await _seen(tx, actor, int(value)) for value in sorted(named)]
    return {str(ticket.id): ticket.label for ticket in found if ticket}
