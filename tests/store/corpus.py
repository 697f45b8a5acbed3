"""A desk full of different tickets, and the plain Python answer to every list of them."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import cycle, islice, product

from tests.actions.drafts import opened_by, stored
from tests.conftest import Clock
from tests.people import ALICIA, ANA, BRUNO, ELENA, ELENA_EMAIL, MARTA, NOBODY, PAGOS, RAUL, REDES, requester
from ventanilla.actions import staff, triage
from ventanilla.actions.ports import Desk, Transaction
from ventanilla.core.filters import Order, TicketFilter
from ventanilla.core.lifecycle import Status
from ventanilla.core.moments import maybe_micros, micros
from ventanilla.core.people import Actor, Contact
from ventanilla.core.ticket import Ticket
from ventanilla.core.ticket_row import TicketRow

NAMESAKE = requester("Ana", "u-1", issuer="another-app")
OWNERS = (ANA, BRUNO, NAMESAKE, ELENA, NOBODY)
AREAS = (REDES, "REDES ", PAGOS)
CATEGORIES = ("technical", "Problema técnico", "pagos", "Redes y WiFi")
ASSIGNEES = (None, "marta", "raúl")
SUBJECTS = ("Sin conexión", "100% de descuento", "snake_case", "¡Hola! ¿Qué tal?", None, "1000 de descuento")

SEARCHES: dict[str, tuple[str | None, ...]] = {
    "": SUBJECTS,
    "CONEXION": ("Sin conexión",),
    "conexión": ("Sin conexión",),
    "n c": ("Sin conexión",),
    "100%": ("100% de descuento",),
    "de  Descuento": ("100% de descuento", "1000 de descuento"),
    "snake_case": ("snake_case",),
    "e_c": ("snake_case",),
    "1_0": (),
    "%x": (),
    "s%e": (),
    "a!!": (),
    "a!": ("¡Hola! ¿Qué tal?",),
    "!": ("¡Hola! ¿Qué tal?",),
    "internet": (None,),
    "nada de esto": (),
}
"""What is searched for, and the subjects that hold it. A ticket without a subject goes by its description.

An underscore is a blank (`core.text.fold`); that it is no wildcard shows in `1_0`.
"""


async def fill(desk: Desk, clock: Clock) -> list[Ticket]:
    """Open 45 tickets, some of them at the same moment, and bring each somewhere else."""
    for agent in (MARTA, RAUL):
        await desk.write(_make_known, agent)
    tickets = [await _open(desk, number, clock) for number in range(45)]
    for number, (ticket, status) in enumerate(zip(reversed(tickets), cycle(Status), strict=False)):
        await desk.write(_override, ticket, status)
        if number % 3:
            clock.forward(minutes=1)
    return [await stored(desk, ticket) for ticket in tickets]


def expected(tickets: Sequence[Ticket], wanted: TicketFilter, order: Order = Order.NEWEST) -> list[Ticket]:
    """The tickets that `wanted` asks for, found by looking at each of them."""

    def key(ticket: Ticket) -> tuple[object, int]:
        return (ticket.created_at if order is Order.NEWEST else ticket.updated_at), ticket.id

    return sorted((ticket for ticket in tickets if _matches(ticket, wanted)), key=key, reverse=True)


def row_of(ticket: Ticket) -> TicketRow:
    """What a list shows of a ticket."""
    sla, requester, assignee = ticket.sla, ticket.requester, ticket.assignee
    return TicketRow(
        id=ticket.id,
        uuid_bytes=ticket.uuid.bytes,
        label_year=ticket.label.year,
        label_number=ticket.label.number,
        channel_word=ticket.channel.value,
        contact_name=ticket.contact.name,
        contact_email=ticket.contact.email,
        subject=ticket.subject,
        opening=None if ticket.subject else ticket.description,
        category=ticket.category,
        subcategory=ticket.subcategory,
        request_type_word=ticket.request_type.value,
        area=ticket.area,
        priority_word=ticket.priority.value,
        status_word=ticket.status.value,
        close_reason_word=ticket.close_reason.value if ticket.close_reason else None,
        resolution_note=ticket.resolution_note,
        sla_hours=sla.hours,
        sla_paused=sla.paused // timedelta(microseconds=1),
        sla_paused_at=maybe_micros(sla.paused_at),
        sla_stopped_at=maybe_micros(sla.stopped_at),
        read_flag=ticket.is_read,
        created_at=micros(ticket.created_at),
        updated_at=micros(ticket.updated_at),
        resolved_at=maybe_micros(ticket.resolved_at),
        closed_at=maybe_micros(ticket.closed_at),
        last_reply_at=maybe_micros(ticket.last_reply_at),
        last_answer_at=maybe_micros(ticket.last_answer_at),
        snoozed_until=maybe_micros(ticket.snoozed_until),
        version=ticket.version,
        access_key_hash=ticket.access_key_hash,
        requester_id=requester.id,
        requester_issuer=requester.identity.issuer,
        requester_subject=requester.identity.subject,
        requester_name=requester.profile.name,
        requester_email=requester.profile.email,
        assignee_id=assignee.id if assignee else None,
        assignee_subject=assignee.subject if assignee else None,
        assignee_name=assignee.name if assignee else None,
        assignee_uuid=assignee.uuid.bytes if assignee else None,
    )


def _matches(ticket: Ticket, wanted: TicketFilter) -> bool:
    return all(
        (
            wanted.owners is None or ticket.requester.identity in wanted.owners,
            wanted.served is None or ticket.area.strip().lower() in [area.strip().lower() for area in wanted.served],
            wanted.statuses is None or ticket.status in wanted.statuses,
            wanted.topics is None or ticket.topic in wanted.topics,
            wanted.requester_subject is None or ticket.requester.identity.subject == wanted.requester_subject,
            wanted.assignee_subject is None
            or (ticket.assignee is not None and ticket.assignee.subject == wanted.assignee_subject),
            wanted.subject_contains is None or ticket.subject in SEARCHES[wanted.subject_contains],
        )
    )


async def _open(desk: Desk, number: int, clock: Clock) -> Ticket:
    ways = product(OWNERS, AREAS, CATEGORIES, ASSIGNEES)
    owner, area, category, assignee = next(islice(ways, number * 7 % 180, None))
    clock.forward(minutes=number % 3)
    values = {"area": area, "category": category, "subject": SUBJECTS[number % len(SUBJECTS)]}
    ticket = await opened_by(desk, owner, contact=_contact(owner), **values)
    if assignee:
        await desk.write(triage.assign, MARTA, ticket.id, assignee, "assignee")
    return ticket


def _contact(owner: Actor) -> Contact:
    return Contact(email=ELENA_EMAIL) if owner is NOBODY else Contact()


async def _make_known(tx: Transaction, agent: Actor) -> None:
    await staff.agent_of(tx, agent)


async def _override(tx: Transaction, ticket: Ticket, status: Status) -> None:
    again = await tx.tickets.get(ticket.id)
    assert again is not None
    again.override_status(ALICIA, status, tx.now)
    await tx.tickets.save(again)
