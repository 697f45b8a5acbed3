"""A ticket is found by each of its five spellings, and comes back as it was stored."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.actions.drafts import found, opened_by, stored
from tests.conftest import Clock
from tests.people import ALICIA, ANA
from tests.store.corpus import row_of
from ventanilla.actions.ports import Desk, Transaction
from ventanilla.core import ids
from ventanilla.core.ids import Label, TicketRef
from ventanilla.core.people import Contact
from ventanilla.core.ticket_row import TicketRow
from ventanilla.core.words import Channel, Priority, RequestType


async def row(tx: Transaction, ref: TicketRef) -> TicketRow | None:
    conversation = await tx.tickets.conversation(ref)
    return conversation[0] if conversation else None


async def test_a_ticket_is_found_by_each_of_its_five_spellings(desk: Desk) -> None:
    await opened_by(desk, ANA)
    ticket = await opened_by(desk, ANA, subject="La segunda")
    spellings = [
        ids.parse_uuid(str(ticket.uuid)),
        ids.parse_ulid(ids.ulid(ticket.uuid)),
        ids.parse_object_id(str(ticket.object_id)),
        ids.parse_integer(str(ticket.id)),
        ids.parse_label(str(ticket.label)),
    ]
    for ref in spellings:
        assert ref is not None
        assert await found(desk, ref) == ticket
        assert await desk.read(row, ref) == row_of(ticket)


async def test_an_object_id_with_other_seconds_names_no_ticket(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    another = replace(ticket.object_id, seconds=ticket.object_id.seconds + 1)
    assert await found(desk, another) is None
    assert await desk.read(row, another) is None


@pytest.mark.parametrize("year", [1969, 2026, 2110])
async def test_an_imported_ticket_is_found_by_its_object_id_however_old(desk: Desk, year: int) -> None:
    ticket = await opened_by(
        desk, ALICIA, contact=Contact(email="ana@example.org"), created_at=datetime(year, 6, 1, tzinfo=UTC)
    )
    ref = ids.parse_object_id(str(ticket.object_id))
    assert ref is not None
    assert await found(desk, ref) == ticket


@pytest.mark.parametrize("ref", [99, ids.MAX_ID, Label(2026, 99), Label(2025, 1), ids.parse_ulid("0" * 26)])
async def test_what_was_never_opened_is_not_found(desk: Desk, ref: TicketRef) -> None:
    await opened_by(desk, ANA)
    assert await found(desk, ref) is None
    assert await desk.read(row, ref) is None


async def test_every_value_of_a_ticket_comes_back(desk: Desk, clock: Clock) -> None:
    clock.now = datetime(2026, 3, 15, 10, 0, 0, 123_456, tzinfo=UTC)
    ticket = await opened_by(
        desk,
        replace(ANA, address="192.0.2.9"),
        channel=Channel.MESA,
        contact=Contact("Ana Ñ", "ana@example.org", "+34 600", True, "X-1", "ACME"),
        subject=None,
        description="línea 1\nlínea 2 👩‍👩‍👧",
        subcategory="wifi",
        request_type=RequestType.COMPLAINT,
        role_context="vendedora",
        priority=Priority.CRITICAL,
        access_key="llave-1",
    )
    again = await stored(desk, ticket)
    assert again == ticket
    assert again.opens_with("llave-1")
    assert again.sla.due_at == clock.now + timedelta(hours=1)
    assert (again.address, again.contact.has_whatsapp, again.title) == ("192.0.2.9", True, "línea 1")
