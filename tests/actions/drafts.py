"""Tickets on a desk, in as few words as a test wants to spend on them."""

from typing import Any

from tests.people import REDES
from ventanilla.actions.opening import TicketDraft, open_ticket
from ventanilla.actions.ports import Desk, Transaction
from ventanilla.core.events import Event
from ventanilla.core.ids import TicketRef
from ventanilla.core.people import Actor
from ventanilla.core.thread import Message
from ventanilla.core.ticket import Ticket
from ventanilla.core.words import Channel


def a_draft(**changes: Any) -> TicketDraft:
    values: dict[str, Any] = {
        "channel": Channel.SUPPORT,
        "subject": "Sin conexión",
        "description": "No tengo internet desde ayer",
        "category": "technical",
        "area": REDES,
    }
    return TicketDraft(**(values | changes))


async def opened_by(desk: Desk, actor: Actor, **changes: Any) -> Ticket:
    return (await desk.write(open_ticket, actor, a_draft(**changes))).ticket


async def found(desk: Desk, ref: TicketRef) -> Ticket | None:
    """The ticket as it is stored, whoever may see it."""
    return await desk.read(_get, ref)


async def stored(desk: Desk, ticket: Ticket) -> Ticket:
    again = await found(desk, ticket.id)
    assert again is not None
    return again


async def history(desk: Desk, ticket: Ticket) -> list[Event]:
    """Every fact of the ticket, internal ones too."""
    return await desk.read(_events, ticket)


async def thread(desk: Desk, ticket: Ticket) -> list[Message]:
    """Every message of the ticket, notes too."""
    return await desk.read(_messages, ticket)


async def _get(tx: Transaction, ref: TicketRef) -> Ticket | None:
    return await tx.tickets.get(ref)


async def _events(tx: Transaction, ticket: Ticket) -> list[Event]:
    return list(await tx.history.of(ticket))


async def _messages(tx: Transaction, ticket: Ticket) -> list[Message]:
    return list(await tx.threads.of(ticket, internal=True))
