"""Opening a ticket: who asks, for whom, and what is kept."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.actions.drafts import a_draft, history, opened_by, stored, thread
from tests.conftest import MORNING, Clock
from tests.people import ALICIA, ANA, BRUNO, CARMEN, ELENA, ELENA_EMAIL, LEO, MARTA, NOBODY, RAUL, REDES, with_key
from ventanilla.actions.opening import open_ticket
from ventanilla.actions.ports import Desk
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.core.errors import Unauthenticated
from ventanilla.core.events import EventKind
from ventanilla.core.lifecycle import Status
from ventanilla.core.people import SYSTEM, Actor, Contact, email_identity
from ventanilla.core.thread import Attachment, Author, AuthorKind
from ventanilla.core.words import Priority

ELENAS = Contact(name="Elena", email=ELENA_EMAIL)
LAST_YEAR = datetime(2025, 11, 3, 9, 30, tzinfo=UTC)


async def test_a_requester_opens_a_ticket_of_their_own(desk: Desk) -> None:
    opened = await desk.write(open_ticket, ANA, a_draft())
    ticket = opened.ticket
    assert ticket.requester.identity == ANA.identity
    assert ticket.contact == Contact("Ana", "ana@example.org")
    assert (ticket.status, ticket.area, ticket.is_read) == (Status.OPEN, REDES, False)
    assert (ticket.created_at, ticket.updated_at, ticket.last_reply_at) == (MORNING, MORNING, MORNING)
    assert opened.message.author == Author(AuthorKind.REQUESTER, "Ana", None, "u-1")
    assert await stored(desk, ticket) == ticket
    assert await thread(desk, ticket) == [opened.message]


async def test_a_ticket_for_no_area_goes_to_the_front_desk(desk: Desk) -> None:
    assert (await opened_by(desk, ANA, area=None)).area == "MESA"
    assert (await opened_by(desk, ANA, area="")).area == "MESA"


async def test_the_due_time_follows_from_the_priority(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA, priority=Priority.URGENT)
    assert ticket.sla.due_at == MORNING + timedelta(hours=2)


async def test_the_picture_of_the_requester_stands_beside_the_message(desk: Desk) -> None:
    pictured = replace(ANA, profile=ANA.profile._replace(picture="https://example.org/ana.png"))
    opened = await desk.write(open_ticket, pictured, a_draft())
    assert opened.message.author.picture == "https://example.org/ana.png"


async def test_the_contact_given_with_the_ticket_is_the_tickets_own(desk: Desk) -> None:
    office = Contact(name="Oficina de Ana", phone="+34 600")
    ticket = await opened_by(desk, ANA, contact=office)
    assert ticket.contact == office
    assert ticket.requester.profile.name == "Ana"


async def test_an_anonymous_caller_is_known_by_the_address_of_the_draft(desk: Desk) -> None:
    ticket = await opened_by(desk, NOBODY, contact=ELENAS)
    assert ticket.requester.identity == email_identity(ELENA_EMAIL)
    assert ticket.address == NOBODY.address
    assert access.may(ELENA, Permission.REPLY, ticket)
    assert not access.may(ANA, Permission.READ, ticket)
    assert (await history(desk, ticket))[0].actor.name == "Elena"


@pytest.mark.parametrize("who", [NOBODY, SYSTEM])
async def test_a_draft_that_says_nothing_of_who_asks_is_refused(desk: Desk, who: Actor) -> None:
    with pytest.raises(Unauthenticated):
        await opened_by(desk, who, contact=Contact(name="Alguien"))
    assert (await desk.read(lambda tx: tx.tickets.counts(None))).total == 0


async def test_the_holder_of_the_access_key_may_read_the_ticket(desk: Desk) -> None:
    ticket = await stored(desk, await opened_by(desk, NOBODY, contact=ELENAS, access_key="llave-1"))
    assert access.may(with_key("llave-1"), Permission.READ, ticket)
    assert not access.may(with_key("llave-2"), Permission.READ, ticket)
    assert not access.may(with_key("llave-1"), Permission.REPLY, ticket)


@pytest.mark.parametrize("who", [MARTA, CARMEN, ALICIA])
async def test_staff_import_a_ticket_with_its_own_date_and_status(desk: Desk, who: Actor) -> None:
    ticket = await opened_by(desk, who, contact=ELENAS, created_at=LAST_YEAR, status=Status.RESOLVED)
    assert ticket.requester.identity == email_identity(ELENA_EMAIL)
    assert str(ticket.label) == "TKT-2025-00001"
    assert (ticket.created_at, ticket.resolved_at, ticket.status) == (LAST_YEAR, LAST_YEAR, Status.RESOLVED)
    assert ticket.sla.remaining(MORNING) == timedelta(hours=24)
    assert [fact.kind for fact in await history(desk, ticket)] == [EventKind.OPENED, EventKind.UPDATED]


async def test_an_import_from_a_clock_that_runs_ahead_is_of_now(desk: Desk) -> None:
    ticket = await opened_by(desk, MARTA, contact=ELENAS, created_at=MORNING + timedelta(minutes=4))
    assert (ticket.created_at, ticket.updated_at) == (MORNING, MORNING)


async def test_an_import_without_a_date_and_status_is_a_new_open_ticket(desk: Desk) -> None:
    ticket = await opened_by(desk, MARTA, contact=ELENAS)
    assert (ticket.created_at, ticket.status) == (MORNING, Status.OPEN)
    assert [fact.kind for fact in await history(desk, ticket)] == [EventKind.OPENED]


@pytest.mark.parametrize("who", [ANA, BRUNO, NOBODY, RAUL, LEO])
async def test_nobody_else_sets_the_date_or_status_of_a_new_ticket(desk: Desk, who: Actor) -> None:
    ticket = await opened_by(desk, who, contact=ELENAS, created_at=LAST_YEAR, status=Status.CLOSED)
    assert (ticket.created_at, ticket.status) == (MORNING, Status.OPEN)
    assert ticket.requester.identity == (who.identity or email_identity(ELENA_EMAIL))


async def test_staff_who_name_nobody_open_a_ticket_of_their_own(desk: Desk) -> None:
    ticket = await opened_by(desk, MARTA, created_at=LAST_YEAR, status=Status.CLOSED)
    assert ticket.requester.identity == MARTA.identity
    assert (ticket.created_at, ticket.status) == (MORNING, Status.OPEN)


def a_file(name: str) -> Attachment:
    return Attachment(
        uuid=uuid4(),
        file_name=name,
        media_type="image/png",
        size=3,
        sha256="0" * 64,
        blob_key=name,
        uploaded_at=MORNING,
    )


async def test_files_come_with_the_ticket_and_stand_in_its_history(desk: Desk, clock: Clock) -> None:
    opened = await desk.write(open_ticket, ANA, a_draft(), (a_file("a.png"), a_file("b.png")))
    assert [file.file_name for file in opened.attachments] == ["a.png", "b.png"]
    assert all(file.id for file in opened.attachments)
    attached = (await history(desk, opened.ticket))[-1]
    assert (attached.kind, attached.reason, attached.at) == (EventKind.ATTACHED, "a.png, b.png", clock.now)
    assert await stored(desk, opened.ticket) == opened.ticket
